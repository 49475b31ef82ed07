import type { Task } from '../../domain/task.ts';
import type { SharedRun } from '../../share/links/index.ts';
import type { Services } from '../services.ts';

type Language = Task['language'];

/** What runs of a link need that may have to be downloaded first; bytes as they are stored. */
export interface Downloads {
  /** One for each language. */
  readonly engines: readonly { readonly language: Language; readonly bytes: number }[];
  readonly packages: { readonly count: number; readonly bytes: number };
  /** What runs the user's own collection; 0 without one. */
  readonly collection: number;
  /** Packages of the claims, `name version`, that this site does not store. */
  readonly elsewhere: readonly string[];
  readonly total: number;
}

type Wanted = Pick<SharedRun, 'packages' | 'collection'>;

/**
 * Adds up what running claims downloads, by the packages that they say were installed; what several share counts once.
 * It reads the list of the engines' files and that of the stored packages.
 * @throws Error when they cannot be loaded
 */
export async function downloadsOf(
  claims: readonly { readonly claimed: Wanted; readonly language: Language }[],
  sizes: Services['downloadSizes'],
): Promise<Downloads> {
  const parts = await Promise.all(
    [...new Set(claims.map(({ language }) => language))].map(async (language) => {
      const same = claims.filter((claim) => claim.language === language);
      const named = distinct(same.flatMap(({ claimed }) => Object.entries(claimed.packages)));
      return { language, named, ...(await sizes(language, named)) };
    }),
  );
  const elsewhere = parts.flatMap(({ named, stored }) =>
    named.flatMap(([name, version], at) => (stored[at] === undefined ? [`${name} ${version}`] : [])),
  );
  const count = sum(parts.map(({ named }) => named.length)) - elsewhere.length;
  const bytes = sum(parts.flatMap(({ index, stored }) => [index, ...stored.map((size) => size ?? 0)]));
  const withCollection = claims.some(({ claimed }) => claimed.collection !== undefined);
  const collection = withCollection ? (parts[0]?.collectionRunner ?? 0) : 0;
  const engines = parts.map(({ language, engine }) => ({ language, bytes: engine }));
  const total = sum(engines.map((engine) => engine.bytes)) + bytes + collection;
  return { engines, packages: { count, bytes }, collection, elsewhere, total };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Names with versions, each pair once. */
function distinct(pairs: readonly [string, string][]): [string, string][] {
  return [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()];
}
