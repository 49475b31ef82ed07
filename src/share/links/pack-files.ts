import { recordFiles } from '../../domain/files.ts';
import type { FileMap } from '../../engines/engine.ts';
import { hashOf } from './canonical.ts';
import { Nearest, type BaseFile } from './nearest.ts';
import type { ReferenceLibrary } from './references.ts';
import type { WireBase, WireFile, WireFiles } from './wire.ts';

/** What naming a file costs beyond its path, in characters. */
const entryCost = 8;

interface Base {
  id: string;
  files: ReadonlyMap<string, string>;
  /** Paths that the link takes something from. */
  used: Set<string>;
}

/** The hash that a link holds of what it takes from a reference: files that it does not use may change. */
export function hashOfUsed(files: ReadonlyMap<string, string>, used: Iterable<string>): Promise<string> {
  return hashOf([...used].sort().map((path) => [path, files.get(path) ?? null]));
}

/** Puts submissions into a link: what a reference has too is borrowed from it. */
export class FilePacker {
  readonly #library: ReferenceLibrary;
  readonly #bases: Base[] = [];

  constructor(library: ReferenceLibrary) {
    this.#library = library;
  }

  async pack(files: FileMap, taskId: string): Promise<WireFiles> {
    const candidates = await this.#load(this.#library.near(files, taskId));
    const whole = nearestWhole(files, candidates);
    const own = new Map(Object.entries(recordFiles(files)));
    let all: WireFiles['all'];
    if (whole !== undefined) {
      for (const path of whole.same) {
        own.delete(path);
        whole.base.used.add(path);
      }
      all = [this.#index(whole.base), whole.omitted];
    }
    const borrowed = this.#borrow([...own], candidates);
    return { ...(all !== undefined && { all }), own: borrowed };
  }

  /** The references that were used, after all runs are packed. */
  bases(): Promise<WireBase[]> {
    return Promise.all(
      this.#bases.map(async ({ id, files, used }): Promise<WireBase> => [id, await hashOfUsed(files, used)]),
    );
  }

  #borrow(
    own: readonly (readonly [path: string, content: string | { base64: string }])[],
    candidates: readonly Base[],
  ): WireFile[] {
    const nearest = new Nearest(
      candidates.flatMap(({ files }, reference) =>
        [...files].map(([path, text]): BaseFile => ({ reference, path, text })),
      ),
    );
    return own.map(([path, content]): WireFile => {
      if (typeof content !== 'string') return [path, content];
      const named = new Set(candidates.flatMap((base, at) => (this.#bases.includes(base) ? [at] : [])));
      const found = nearest.find(path, content, named);
      const base = found && candidates[found.base.reference];
      if (found === undefined || base === undefined) return [path, content];
      base.used.add(found.base.path);
      const index = this.#index(base);
      return found.delta === undefined
        ? [path, index, found.base.path]
        : [path, index, found.base.path, [...found.delta]];
    });
  }

  /** Candidates of an earlier run are the same objects. */
  readonly #known = new Map<string, Base>();

  /** One that cannot be loaded makes the link longer, no more. */
  async #load(ids: readonly string[]): Promise<Base[]> {
    const loaded = await Promise.all(
      ids.map(async (id) => {
        const files = this.#known.get(id)?.files ?? (await this.#library.load(id).catch(() => undefined));
        if (files === undefined) return [];
        const base = this.#known.get(id) ?? { id, files, used: new Set() };
        this.#known.set(id, base);
        return [base];
      }),
    );
    return loaded.flat();
  }

  #index(base: Base): number {
    const known = this.#bases.indexOf(base);
    return known === -1 ? this.#bases.push(base) - 1 : known;
  }
}

interface Whole {
  base: Base;
  /** Paths whose text is the same. */
  same: readonly string[];
  /** Paths of the base whose text is not. */
  omitted: string[];
}

/** The reference that is cheapest to name as a whole with exceptions; none when its files are better named one by one. */
function nearestWhole(files: FileMap, candidates: readonly Base[]): Whole | undefined {
  const wholes = candidates.map((base) => {
    const same = [...base.files].flatMap(([path, text]) => (files[path] === text ? [path] : []));
    const omitted = [...base.files.keys()].filter((path) => files[path] !== base.files.get(path));
    const bytes = same.reduce((sum, path) => sum + (base.files.get(path)?.length ?? 0), 0);
    return { base, same, omitted, bytes };
  });
  const best = wholes.reduce<(typeof wholes)[number] | undefined>(
    (found, whole) => (found === undefined || whole.bytes > found.bytes ? whole : found),
    undefined,
  );
  if (best === undefined || costOf(best.omitted) > costOf(best.same)) return undefined;
  return best.bytes === 0 ? undefined : best;
}

const costOf = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + path.length + entryCost, 0);
