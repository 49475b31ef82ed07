import type { Heap } from './heap.ts';
import { FsError, S, type Stat } from './types.ts';

/** Inode records and file content on the heap. An inode's number is its offset. Callers hold the lock. */

const RECORD_BYTES = 96;
const Field = {
  mode: 0,
  nlink: 1,
  opened: 2,
  data: 3,
  capacity: 4,
  size: 5,
  entries: 6,
  slots: 7,
  /** The directory that holds the inode; of one with several names, the last that it was moved or made in. */
  parent: 16,
  uid: 17,
  gid: 18,
} as const;
const Time = { atime: 4, mtime: 5, ctime: 6, birthtime: 7 } as const;

export class Inodes {
  constructor(readonly heap: Heap) {}

  create(mode: number, parent: number): number {
    this.heap.countInode(1);
    const ino = this.heap.allocate(RECORD_BYTES);
    this.heap.i32.fill(0, ino >> 2, (ino + RECORD_BYTES) >> 2);
    this.set(ino, 'mode', mode);
    this.set(ino, 'parent', parent);
    const now = Date.now();
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime'] as const) this.setTime(ino, name, now);
    return ino;
  }

  get(ino: number, field: keyof typeof Field): number {
    return this.heap.word((ino >> 2) + Field[field]);
  }

  set(ino: number, field: keyof typeof Field, value: number): void {
    this.heap.i32[(ino >> 2) + Field[field]] = value;
  }

  setTime(ino: number, name: keyof typeof Time, value: number): void {
    this.heap.f64[(ino >> 3) + Time[name]] = value;
  }

  touch(ino: number): void {
    const now = Date.now();
    this.setTime(ino, 'mtime', now);
    this.setTime(ino, 'ctime', now);
  }

  isDirectory(ino: number): boolean {
    return (this.get(ino, 'mode') & S.IFMT) === S.IFDIR;
  }

  isSymlink(ino: number): boolean {
    return (this.get(ino, 'mode') & S.IFMT) === S.IFLNK;
  }

  stat(ino: number): Stat {
    const time = (name: keyof typeof Time) => this.heap.double((ino >> 3) + Time[name]);
    return {
      ino,
      mode: this.get(ino, 'mode'),
      nlink: this.get(ino, 'nlink'),
      uid: this.get(ino, 'uid'),
      gid: this.get(ino, 'gid'),
      size: this.isDirectory(ino) ? 4096 : this.get(ino, 'size'),
      atime: time('atime'),
      mtime: time('mtime'),
      ctime: time('ctime'),
      birthtime: time('birthtime'),
    };
  }

  /** Frees the inode when it is neither linked nor open. */
  releaseIfUnused(ino: number): void {
    if (this.get(ino, 'nlink') > 0 || this.get(ino, 'opened') > 0) return;
    const capacity = this.get(ino, 'capacity');
    if (capacity > 0) this.heap.free(this.get(ino, 'data'), capacity);
    this.heap.free(ino, RECORD_BYTES);
    this.heap.countInode(-1);
  }

  read(ino: number, target: Uint8Array, position: number): number {
    const count = Math.max(0, Math.min(target.byteLength, this.get(ino, 'size') - position));
    const start = this.get(ino, 'data') + position;
    if (count > 0) target.set(this.heap.u8.subarray(start, start + count));
    return count;
  }

  write(ino: number, source: Uint8Array, position: number): number {
    const size = this.get(ino, 'size');
    const end = position + source.byteLength;
    if (end > size) this.resize(ino, end);
    this.heap.u8.set(source, this.get(ino, 'data') + position);
    this.touch(ino);
    return source.byteLength;
  }

  /** Sets the size; what is new reads as zeros. */
  resize(ino: number, size: number): void {
    if (size > this.heap.maxFileBytes) throw new FsError('EFBIG', 'write');
    const old = this.get(ino, 'size');
    const capacity = this.get(ino, 'capacity');
    const data = this.get(ino, 'data');
    if (size > capacity) {
      // A first write is exact; a file that keeps growing doubles, so that appends stay cheap.
      const wanted = capacity === 0 ? size : Math.min(Math.max(size, capacity * 2), this.heap.maxFileBytes);
      const moved = this.heap.allocate(wanted);
      if (old > 0) this.heap.u8.copyWithin(moved, data, data + old);
      this.set(ino, 'data', moved);
      this.set(ino, 'capacity', wanted);
      if (capacity > 0) this.heap.free(data, capacity);
    } else if (size === 0 && capacity > 0) {
      this.set(ino, 'data', 0);
      this.set(ino, 'capacity', 0);
      this.heap.free(data, capacity);
    }
    if (size > old) {
      const start = this.get(ino, 'data');
      this.heap.u8.fill(0, start + old, start + size);
    }
    this.set(ino, 'size', size);
  }
}
