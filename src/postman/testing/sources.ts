import { readFileSync } from 'node:fs';
import type { CollectionSource } from '../../domain/collection.ts';

const read = (name: string) => readFileSync(new URL(`./collections/${name}.json`, import.meta.url), 'utf8');

/** A collection of this folder, with its environment if it has one. */
export function loadSource(name: string, environment?: string): CollectionSource {
  return {
    fileName: `${name}.json`,
    collection: read(name),
    ...(environment !== undefined && { environment: read(environment) }),
  };
}
