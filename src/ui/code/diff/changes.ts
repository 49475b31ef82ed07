import type { FileMap } from '../../../engines/engine.ts';

export type Change = 'added' | 'removed' | 'changed';

/** A file that differs between two sets of files. */
export interface ChangedFile {
  readonly path: string;
  readonly change: Change;
}

/** A file whose two states are looked at side by side. */
export interface Comparison {
  readonly path: string;
  /** What it is compared with, for people. */
  readonly base: string;
  /** Undefined where there is no such file. */
  readonly before: string | Uint8Array | undefined;
}

/** Files that differ, by path. Contents of bytes are compared as bytes. */
export function changesOf(before: FileMap, now: FileMap): readonly ChangedFile[] {
  const changes: ChangedFile[] = [];
  for (const path of Object.keys(before))
    if (!Object.hasOwn(now, path)) changes.push({ path, change: 'removed' });
  for (const [path, content] of Object.entries(now)) {
    const old = Object.hasOwn(before, path) ? before[path] : undefined;
    if (old === undefined) changes.push({ path, change: 'added' });
    else if (!same(old, content)) changes.push({ path, change: 'changed' });
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function same(a: string | Uint8Array, b: string | Uint8Array): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
