import type { FileMap } from '../src/engines/engine.ts';

/** Lazy texts as `import.meta.glob('./<folder>/**', {query: '?raw', import: 'default'})` gives them. */
type LazyTexts = Record<string, () => Promise<string>>;

/**
 * Loads one folder of a glob of texts; the folder's own name is stripped from the paths.
 * @returns undefined when the glob has no such folder.
 */
export async function loadFolder(texts: LazyTexts, folder: string): Promise<FileMap | undefined> {
  const prefix = `./${folder}/`;
  const found = Object.entries(texts).filter(([path]) => path.startsWith(prefix));
  if (found.length === 0) return undefined;
  const entries = found.map(async ([path, load]) => [path.slice(prefix.length), await load()] as const);
  return Object.fromEntries(await Promise.all(entries));
}
