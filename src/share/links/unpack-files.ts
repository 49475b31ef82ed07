import { restoreFiles } from '../../domain/files.ts';
import type { FileMap } from '../../engines/engine.ts';
import { beyondLimits, FileIntake } from './check-files.ts';
import { applyDelta, DeltaError } from './delta.ts';
import { damaged, type LinkFault } from './faults.ts';
import { hashOfUsed } from './pack-files.ts';
import type { ReferenceLibrary } from './references.ts';
import type { WireBase, WireFile, WireFiles } from './wire.ts';

type Texts = ReadonlyMap<string, string>;
type UnknownReference = Extract<LinkFault, { code: 'unknown-reference' }>;

/** Puts the files of a link together again. */
export class FileUnpacker {
  readonly #bases: readonly Texts[];

  private constructor(bases: readonly Texts[]) {
    this.#bases = bases;
  }

  /**
   * Loads the references that a link borrows from.
   * @returns the fault when one is not here, or not as it was
   * @throws LinkError `damaged` for a base that is not there at all
   */
  static async open(
    bases: readonly WireBase[],
    all: readonly WireFiles[],
    library: ReferenceLibrary,
  ): Promise<FileUnpacker | UnknownReference> {
    const unknown: UnknownReference['references'][number][] = [];
    const loaded = await Promise.all(
      bases.map(async ([id, hash], index): Promise<Texts> => {
        if (!library.ids.includes(id)) {
          unknown.push({ id, reason: 'missing' });
          return new Map();
        }
        const files = await library.load(id).catch(() => undefined);
        if (files === undefined) {
          unknown.push({ id, reason: 'unavailable' });
          return new Map();
        }
        const used = usedPaths(files, index, all);
        if ((await hashOfUsed(files, used)) !== hash) unknown.push({ id, reason: 'changed' });
        return files;
      }),
    );
    if (unknown.length > 0) return { code: 'unknown-reference', references: unknown };
    return new FileUnpacker(loaded);
  }

  /** @throws LinkError `damaged` for what does not fit together; `oversized` beyond the limits of a submission. */
  unpack({ all, own }: WireFiles): FileMap {
    const intake = new FileIntake();
    if (all !== undefined) {
      const omitted = new Set(all[1]);
      for (const [path, text] of this.#base(all[0])) if (!omitted.has(path)) intake.add(path, text);
    }
    for (const file of own) intake.add(file[0], this.#content(file, intake.room));
    return intake.finish();
  }

  #content([path, content, basePath, delta]: WireFile, most: number): string | Uint8Array {
    if (typeof content === 'string') return content;
    if (typeof content !== 'number') return bytesOf(path, content);
    const text = this.#base(content).get(basePath ?? '');
    if (text === undefined)
      throw damaged(`the file "${path.slice(0, 80)}" is taken from one that is not there`);
    if (delta === undefined) return text;
    try {
      return applyDelta(text, delta, most);
    } catch (error) {
      if (!(error instanceof DeltaError)) throw error;
      throw error.message === 'the text is too long' ? beyondLimits() : damaged(error.message);
    }
  }

  #base(index: number): Texts {
    const base = this.#bases[index];
    if (base === undefined) throw damaged('it takes text from a reference that it does not name');
    return base;
  }
}

/** What a link takes from one of its bases. */
function usedPaths(files: Texts, index: number, all: readonly WireFiles[]): Set<string> {
  const used = new Set<string>();
  for (const { all: whole, own } of all) {
    if (whole?.[0] === index) {
      const omitted = new Set(whole[1]);
      for (const path of files.keys()) if (!omitted.has(path)) used.add(path);
    }
    for (const [, base, path] of own) if (base === index && path !== undefined) used.add(path);
  }
  return used;
}

function bytesOf(path: string, content: { base64: string }): Uint8Array {
  try {
    const restored = restoreFiles({ content })['content'];
    if (restored instanceof Uint8Array) return restored;
  } catch {
    // Falls through: no base64.
  }
  throw damaged(`the file "${path.slice(0, 80)}" is no base64`);
}
