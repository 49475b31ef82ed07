import type { FileMap } from '../../../engines/engine.ts';
import { isFault, type Mark } from '../marks/marks.ts';

/** What the tree says beside the name of a file. */
export interface FileFacts {
  readonly content: string | Uint8Array | undefined;
  readonly bytes: number;
  /** How it differs from the files as they came in. */
  readonly change: 'changed' | 'added' | undefined;
  /** Findings that ask for a change, and whether they are all of before an edit. */
  readonly faults: number;
  readonly stale: boolean;
}

const encoder = new TextEncoder();
/** Sizes of texts that were measured, by path: the same string again is not measured twice. */
type Measured = Map<string, { readonly text: string; readonly bytes: number }>;

export interface Faults {
  readonly count: number;
  /** All of them are of before an edit. */
  readonly stale: boolean;
}

/** How many marks of each file ask for a change. */
export function faultsByFile(marks: readonly Mark[]): ReadonlyMap<string, Faults> {
  const faults = new Map<string, Faults>();
  for (const mark of marks) {
    if (!isFault(mark)) continue;
    const { count = 0, stale = true } = faults.get(mark.path) ?? {};
    faults.set(mark.path, { count: count + 1, stale: stale && mark.stale });
  }
  return faults;
}

/** Looks files up for the tree; only those in sight are asked for. */
export class Facts {
  readonly #measured: Measured = new Map();

  of(
    path: string,
    files: FileMap,
    original: FileMap | undefined,
    faults: ReadonlyMap<string, Faults>,
  ): FileFacts {
    const content = files[path];
    const found = faults.get(path);
    return {
      content,
      bytes: this.#bytes(path, content),
      change: changeOf(path, content, original),
      faults: found?.count ?? 0,
      stale: found?.stale ?? false,
    };
  }

  #bytes(path: string, content: string | Uint8Array | undefined): number {
    if (content === undefined) return 0;
    if (typeof content !== 'string') return content.length;
    const known = this.#measured.get(path);
    if (known?.text === content) return known.bytes;
    const bytes = encoder.encode(content).length;
    this.#measured.set(path, { text: content, bytes });
    return bytes;
  }
}

function changeOf(
  path: string,
  content: string | Uint8Array | undefined,
  original: FileMap | undefined,
): FileFacts['change'] {
  if (original === undefined || original[path] === content) return undefined;
  return Object.hasOwn(original, path) ? 'changed' : 'added';
}
