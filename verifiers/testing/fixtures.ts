import { readSources, type Source } from '../sources.ts';

/** A submission of a few files that shows one case of a rule. */
export interface Fixture {
  /** `passing`, `failing-sqlite`: the first folder. */
  readonly kind: string;
  readonly name: string;
  readonly sources: readonly Source[];
}

/** Groups the texts of `import.meta.glob('./fixtures/**', {query: '?raw', import: 'default', eager: true})`. */
export function readFixtures(texts: Record<string, string>): Fixture[] {
  const files = new Map<string, Record<string, string>>();
  for (const [path, text] of Object.entries(texts)) {
    const [, , kind = '', name = '', ...rest] = path.split('/');
    const key = `${kind}/${name}`;
    files.set(key, { ...files.get(key), [rest.join('/')]: text });
  }
  return [...files].map(([key, contents]) => {
    const [kind = '', name = ''] = key.split('/');
    return { kind, name, sources: readSources(contents) };
  });
}
