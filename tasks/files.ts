import type { FileMap } from '../src/engines/engine.ts';

/** Lazy texts as `import.meta.glob('./<folder>/**', {query: '?raw', import: 'default'})` gives them. */
type LazyTexts = Record<string, () => Promise<string>>;

/**
 * Loads one folder of a glob of texts; the folder's own name is stripped from the paths.
 * @returns undefined when the glob has no such folder.
 */
export async function loadFolder(texts: LazyTexts, folder: string): Promise<FileMap | undefined> {
  const prefix = `./${folder}/`;
  const paths = Object.keys(texts).filter((path) => path.startsWith(prefix));
  if (paths.length === 0) return undefined;
  const entries = await Promise.all(
    paths.map(async (path) => [path.slice(prefix.length), await texts[path]!()] as const),
  );
  return Object.fromEntries(entries);
}
