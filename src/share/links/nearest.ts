import { deltaCost, makeDelta, type Delta } from './delta.ts';

/** A file of a reference. */
export interface BaseFile {
  /** Index of its reference among those that were looked at. */
  reference: number;
  path: string;
  text: string;
}

/** What a file takes from a reference: all of a file, or a delta against it. */
export interface Borrowed {
  base: BaseFile;
  delta?: Delta;
}

/** Larger files are sent in full. UTF-16 units. */
const largestFile = 256 * 1024;
/** Shorter texts cost less than to say where else they are. */
const shortestFile = 48;
/** Shorter lines, and lines that more files have than this, say nothing about kinship. */
const shortestLine = 8;
const mostOwners = 60;
/** Files of references that a delta is tried against. */
const tries = 3;
/** A text compresses by more than three, a delta by less: it has to be that much shorter. */
const worthwhile = 0.75;
/** What a reference costs in a link that has not named it yet, in characters: its hash, its id. */
const nameCost = 120;

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= shortestLine);

/** Finds, for a text, the file of the references that says most of it. */
export class Nearest {
  readonly #files: readonly BaseFile[];
  readonly #byText = new Map<string, BaseFile[]>();
  #byLine: Map<string, BaseFile[]> | undefined;

  constructor(files: readonly BaseFile[]) {
    this.#files = files;
    for (const file of files) push(this.#byText, file.text, file);
  }

  /**
   * The file to borrow from; undefined when the text is its own.
   * @param named - references that the link names already: they cost nothing more.
   */
  find(path: string, text: string, named: ReadonlySet<number>): Borrowed | undefined {
    if (text.length < shortestFile || text.length > largestFile) return undefined;
    const same = best(this.#byText.get(text) ?? [], (file) => rank(file, path, named));
    if (same !== undefined && text.length > (named.has(same.reference) ? 0 : nameCost)) return { base: same };
    const deltas = this.#alike(path, text, named).map((base) => {
      const delta = makeDelta(base.text, text);
      return { base, delta, cost: deltaCost(delta) + (named.has(base.reference) ? 0 : nameCost) };
    });
    const shortest = best(deltas, ({ cost }) => -cost);
    if (shortest === undefined || shortest.cost > text.length * worthwhile) return undefined;
    return { base: shortest.base, delta: shortest.delta };
  }

  /** Files that have most of the text's lines, the best first. */
  #alike(path: string, text: string, named: ReadonlySet<number>): BaseFile[] {
    const shared = new Map<BaseFile, number>();
    const byLine = (this.#byLine ??= indexLines(this.#files));
    for (const line of new Set(linesOf(text))) {
      const owners = byLine.get(line) ?? [];
      if (owners.length > mostOwners) continue;
      for (const file of owners) shared.set(file, (shared.get(file) ?? 0) + line.length);
    }
    return [...shared]
      .sort(([a, x], [b, y]) => y - x || rank(b, path, named) - rank(a, path, named))
      .slice(0, tries)
      .map(([file]) => file);
  }
}

/** Among equals, a reference that is named already is better, then one where the file has the same path. */
const rank = (file: BaseFile, path: string, named: ReadonlySet<number>): number =>
  (named.has(file.reference) ? 2 : 0) + (file.path === path ? 1 : 0) - file.reference / 1000;

function indexLines(files: readonly BaseFile[]): Map<string, BaseFile[]> {
  const index = new Map<string, BaseFile[]>();
  for (const file of files) for (const line of new Set(linesOf(file.text))) push(index, line, file);
  return index;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function best<T>(items: readonly T[], worth: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (found, item) => (found === undefined || worth(item) > worth(found) ? item : found),
    undefined,
  );
}
