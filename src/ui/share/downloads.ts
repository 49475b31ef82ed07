import type { SharedRun } from '../../share/links/index.ts';
import type { Services } from '../services.ts';

/** What a run of a claim needs that may have to be downloaded first; bytes as they are stored. */
export interface Downloads {
  readonly engine: number;
  readonly packages: { readonly count: number; readonly bytes: number };
  /** What runs the user's own collection; 0 without one. */
  readonly collection: number;
  /** Packages of the claim, `name version`, that this site does not store. */
  readonly elsewhere: readonly string[];
  readonly total: number;
}

/**
 * Adds up what running a claim downloads, by the packages that it says were installed. It reads the list of the engines'
 * files and that of the stored packages.
 * @throws Error when they cannot be loaded
 */
export async function downloadsOf(
  { packages, collection }: SharedRun,
  language: 'node' | 'python',
  sizes: Services['downloadSizes'],
): Promise<Downloads> {
  const named = Object.entries(packages);
  const { engine, collectionRunner, index, stored } = await sizes(language, named);
  const elsewhere = named.flatMap(([name, version], at) =>
    stored[at] === undefined ? [`${name} ${version}`] : [],
  );
  const bytes = stored.reduce<number>((sum, size) => sum + (size ?? 0), index);
  const runner = collection === undefined ? 0 : collectionRunner;
  return {
    engine,
    packages: { count: named.length - elsewhere.length, bytes },
    collection: runner,
    elsewhere,
    total: engine + bytes + runner,
  };
}
