import type { PyodideInterface } from 'pyodide';

/**
 * Snapshots of a booted interpreter: its memory, before it knew any process. They are made by a process of their own,
 * in a sandbox where nothing else runs; see src/engines/embedded/snapshots.ts for what becomes of them.
 */

/** Names the file that a process writes its snapshot to, in place of running a program. */
export const SNAPSHOT_VARIABLE = 'PYTHON_SANDBOX_SNAPSHOT';

const MAGIC = 0x706e_7331;
const PAGE = 4096;
const HEADER_WORDS = 3;

/** Imports ahead what servers import, and takes the memory. The interpreter must have been loaded for a snapshot. */
export function takeSnapshot(python: PyodideInterface): Uint8Array<ArrayBuffer> {
  python.runPython('import _sandbox_preload; _sandbox_preload.prepare()');
  const { makeMemorySnapshot } = python as unknown as { makeMemorySnapshot(): Uint8Array };
  return packPages(makeMemorySnapshot());
}

/** Leaves out the pages that are zero, a third of them. Words: magic, length, pages kept; their numbers; their bytes. */
export function packPages(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const kept: number[] = [];
  for (let start = 0; start < bytes.byteLength; start += PAGE) {
    if (bytes.subarray(start, start + PAGE).some((byte) => byte !== 0)) kept.push(start / PAGE);
  }
  const first = (HEADER_WORDS + kept.length) * Uint32Array.BYTES_PER_ELEMENT;
  const packed = new Uint8Array(first + kept.length * PAGE);
  new Uint32Array(packed.buffer, 0, HEADER_WORDS + kept.length).set([
    MAGIC,
    bytes.byteLength,
    kept.length,
    ...kept,
  ]);
  kept.forEach((page, at) => packed.set(bytes.subarray(page * PAGE, (page + 1) * PAGE), first + at * PAGE));
  return packed;
}

/** The opposite of `packPages`. @throws RangeError when the bytes are no snapshot. */
export function unpackPages(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(packed.buffer, packed.byteOffset, HEADER_WORDS);
  const [magic, length = 0, count = 0] = words;
  const first = (HEADER_WORDS + count) * Uint32Array.BYTES_PER_ELEMENT;
  if (magic !== MAGIC || packed.byteLength !== first + count * PAGE)
    throw new RangeError('the bytes are no snapshot of the interpreter');
  const numbers = new Uint32Array(packed.buffer, packed.byteOffset + words.byteLength, count);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < count; at++) {
    const start = (numbers[at] ?? 0) * PAGE;
    const from = first + at * PAGE;
    bytes.set(packed.subarray(from, from + Math.min(PAGE, length - start)), start);
  }
  return bytes;
}
