import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CollectionSource } from '../domain/collection.ts';
import { limits } from '../domain/limits.ts';
import { checkSource } from '../postman/read-collection.ts';
import { CollectionError } from '../postman/types.ts';
import type { CollectionOptions } from './collection-args.ts';
import { UsageError } from './exit-codes.ts';

/**
 * Reads a collection and its environment from their files.
 * @throws UsageError when there is none to read, or none that can be run.
 */
export async function loadCollection(options: CollectionOptions): Promise<CollectionSource> {
  const source: CollectionSource = {
    fileName: basename(options.file).slice(0, 255),
    collection: await readText(options.file),
    variables: options.variables,
    ...(options.environment !== undefined && { environment: await readText(options.environment) }),
  };
  try {
    checkSource(source);
  } catch (error) {
    if (!(error instanceof CollectionError)) throw error;
    throw new UsageError(`${options.file} cannot be run. ${error.message}`, { cause: error });
  }
  return source;
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > limits.collectionBytes) {
      throw new UsageError(`${path} is larger than ${limits.collectionBytes / 2 ** 20} MB.`);
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Cannot read ${path}: ${reason}.`, { cause: error });
  }
}
