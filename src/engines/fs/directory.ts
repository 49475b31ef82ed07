import type { Inodes } from './inodes.ts';

/**
 * Directories as open-addressed hash tables on the heap. A slot is three words: hash, offset of the name record,
 * inode. A name record is its length and its UTF-16 units, so that lookups need no text encoder.
 */

const SLOT_BYTES = 12;
const EMPTY = 0;
const TOMBSTONE = 1;

export class Directories {
  readonly #inodes: Inodes;
  readonly #onName: (directory: number, name: string, ino: number) => void;

  /** @param onName Called after a name has come or gone. */
  constructor(inodes: Inodes, onName: (directory: number, name: string, ino: number) => void) {
    this.#inodes = inodes;
    this.#onName = onName;
  }

  get #heap() {
    return this.#inodes.heap;
  }

  /** The inode of an entry, or 0. */
  find(directory: number, name: string): number {
    const slot = this.#slot(directory, name);
    return slot === -1 ? 0 : this.#heap.word((slot >> 2) + 2);
  }

  /** Adds an entry that is not there yet. */
  insert(directory: number, name: string, ino: number): void {
    const inodes = this.#inodes;
    const capacity = this.#slots(directory);
    if ((inodes.get(directory, 'slots') + 1) * 4 > capacity * 3) this.#rehash(directory);
    this.#place(directory, hash(name), this.#storeName(name), ino);
    inodes.set(directory, 'entries', inodes.get(directory, 'entries') + 1);
    inodes.touch(directory);
    this.#onName(directory, name, ino);
  }

  remove(directory: number, name: string): void {
    const slot = this.#slot(directory, name);
    if (slot === -1) return;
    const record = this.#heap.word((slot >> 2) + 1);
    const ino = this.#heap.word((slot >> 2) + 2);
    this.#heap.free(record, 4 + name.length * 2);
    this.#heap.i32[(slot >> 2) + 1] = TOMBSTONE;
    this.#heap.i32[(slot >> 2) + 2] = 0;
    this.#inodes.set(directory, 'entries', this.#inodes.get(directory, 'entries') - 1);
    this.#inodes.touch(directory);
    this.#onName(directory, name, ino);
  }

  /** Names and inodes, sorted by name. */
  list(directory: number): { name: string; ino: number }[] {
    const entries: { name: string; ino: number }[] = [];
    this.#each(directory, (record, ino) => entries.push({ name: this.#readName(record), ino }));
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  isEmpty(directory: number): boolean {
    return this.#inodes.get(directory, 'entries') === 0;
  }

  /** Slots of the table; a power of two, or 0. `capacity` is in bytes, and exact. */
  #slots(directory: number): number {
    return this.#inodes.get(directory, 'capacity') / SLOT_BYTES;
  }

  #slot(directory: number, name: string): number {
    const slots = this.#slots(directory);
    if (slots === 0) return -1;
    const table = this.#inodes.get(directory, 'data');
    const wanted = hash(name);
    for (let i = wanted & (slots - 1), probes = 0; probes < slots; i = (i + 1) & (slots - 1), probes++) {
      const word = (table + i * SLOT_BYTES) >> 2;
      const record = this.#heap.word(word + 1);
      if (record === EMPTY) return -1;
      if (record !== TOMBSTONE && this.#heap.word(word) === wanted && this.#sameName(record, name))
        return word << 2;
    }
    return -1;
  }

  #place(directory: number, nameHash: number, record: number, ino: number): void {
    const slots = this.#slots(directory);
    const table = this.#inodes.get(directory, 'data');
    for (let i = nameHash & (slots - 1); ; i = (i + 1) & (slots - 1)) {
      const word = (table + i * SLOT_BYTES) >> 2;
      const present = this.#heap.word(word + 1);
      if (present !== EMPTY && present !== TOMBSTONE) continue;
      if (present === EMPTY) this.#inodes.set(directory, 'slots', this.#inodes.get(directory, 'slots') + 1);
      this.#heap.i32[word] = nameHash;
      this.#heap.i32[word + 1] = record;
      this.#heap.i32[word + 2] = ino;
      return;
    }
  }

  #rehash(directory: number): void {
    const inodes = this.#inodes;
    const old: [nameHash: number, record: number, ino: number][] = [];
    this.#each(directory, (record, ino, nameHash) => old.push([nameHash, record, ino]));
    let slots = 8;
    while (slots < (old.length + 1) * 2) slots *= 2;
    const bytes = slots * SLOT_BYTES;
    const table = this.#heap.allocate(bytes);
    this.#heap.i32.fill(0, table >> 2, (table + bytes) >> 2);
    const before = inodes.get(directory, 'capacity');
    if (before > 0) this.#heap.free(inodes.get(directory, 'data'), before);
    inodes.set(directory, 'data', table);
    inodes.set(directory, 'capacity', bytes);
    inodes.set(directory, 'slots', 0);
    for (const [nameHash, record, ino] of old) this.#place(directory, nameHash, record, ino);
  }

  #each(directory: number, visit: (record: number, ino: number, nameHash: number) => void): void {
    const table = this.#inodes.get(directory, 'data');
    for (let i = 0; i < this.#slots(directory); i++) {
      const word = (table + i * SLOT_BYTES) >> 2;
      const record = this.#heap.word(word + 1);
      if (record !== EMPTY && record !== TOMBSTONE)
        visit(record, this.#heap.word(word + 2), this.#heap.word(word));
    }
  }

  #storeName(name: string): number {
    const record = this.#heap.allocate(4 + name.length * 2);
    this.#heap.i32[record >> 2] = name.length;
    for (let i = 0; i < name.length; i++) this.#heap.u16[(record >> 1) + 2 + i] = name.charCodeAt(i);
    return record;
  }

  #readName(record: number): string {
    const length = this.#heap.word(record >> 2);
    const units = this.#heap.u16.subarray((record >> 1) + 2, (record >> 1) + 2 + length);
    return String.fromCharCode(...units);
  }

  #sameName(record: number, name: string): boolean {
    if (this.#heap.word(record >> 2) !== name.length) return false;
    for (let i = 0; i < name.length; i++) {
      if (this.#heap.u16[(record >> 1) + 2 + i] !== name.charCodeAt(i)) return false;
    }
    return true;
  }
}

/** FNV-1a over UTF-16 units. */
function hash(name: string): number {
  let value = 0x811c9dc5 | 0;
  for (let i = 0; i < name.length; i++) value = Math.imul(value ^ name.charCodeAt(i), 0x01000193);
  return value;
}
