import type { Heap } from './heap.ts';
import type { Watch } from './types.ts';

/**
 * What happened on the disk, for those who watch it: a ring in the heap, written only while somebody watches.
 * Callers hold the lock.
 */

export interface Change {
  /** `rename`: a name came or went. `change`: content or attributes. */
  kind: 'rename' | 'change';
  directory: number;
  ino: number;
  name: string;
}

const ENTRIES = 256;
const NAME_UNITS = 256;
/** Kind, directory, inode, length of the name, then the name. */
const ENTRY_BYTES = 16 + NAME_UNITS * 2;

export class Changes {
  readonly #heap: Heap;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  get watched(): boolean {
    return this.#heap.watchers > 0;
  }

  /** @returns the number of the next change. */
  start(): number {
    if (this.#heap.changeRing === 0) this.#heap.changeRing = this.#heap.allocate(ENTRIES * ENTRY_BYTES);
    this.#heap.watchers++;
    return this.#heap.changeCount;
  }

  stop(): void {
    this.#heap.watchers = Math.max(0, this.#heap.watchers - 1);
  }

  add({ kind, directory, ino, name }: Change): void {
    const at = this.#entry(this.#heap.changeCount);
    const { i32, u16 } = this.#heap;
    i32[at] = kind === 'rename' ? 1 : 0;
    i32[at + 1] = directory;
    i32[at + 2] = ino;
    i32[at + 3] = Math.min(name.length, NAME_UNITS);
    for (let i = 0; i < Math.min(name.length, NAME_UNITS); i++) u16[at * 2 + 8 + i] = name.charCodeAt(i);
    this.#heap.changeCount = (this.#heap.changeCount + 1) | 0;
  }

  /** Changes from number `from` on; those that the ring no longer holds are lost. */
  since(from: number): { next: number; changes: Change[] } {
    const next = this.#heap.changeCount;
    const count = Math.min((next - from) | 0, ENTRIES);
    const changes = Array.from({ length: Math.max(0, count) }, (_, i) => this.#read((next - count + i) | 0));
    return { next, changes };
  }

  #read(number: number): Change {
    const at = this.#entry(number);
    const { u16 } = this.#heap;
    const units = u16.subarray(at * 2 + 8, at * 2 + 8 + Math.min(this.#heap.word(at + 3), NAME_UNITS));
    return {
      kind: this.#heap.word(at) === 1 ? 'rename' : 'change',
      directory: this.#heap.word(at + 1),
      ino: this.#heap.word(at + 2),
      name: String.fromCharCode(...units),
    };
  }

  /** Index in words. */
  #entry(number: number): number {
    return (this.#heap.changeRing + (((number % ENTRIES) + ENTRIES) % ENTRIES) * ENTRY_BYTES) >> 2;
  }
}

/** Starts to watch, and takes the lock for it. */
export function watchChanges(heap: Heap, changes: Changes): Watch {
  let next = heap.locked(() => changes.start());
  return {
    poll() {
      const found = heap.locked(() => changes.since(next));
      next = found.next;
      return found.changes;
    },
    close: () => heap.locked(() => changes.stop()),
  };
}
