import { FsError } from './types.ts';

/**
 * Memory of the shared disk: a growable SharedArrayBuffer with a lock and an allocator of size-class free lists.
 * Offsets are byte offsets, multiples of 16. Nothing here is safe without holding the lock.
 */

/** Words (Int32) of the header. */
const Header = {
  lock: 0,
  waiters: 1,
  brk: 2,
  inodes: 3,
  bytes: 4,
  root: 5,
  maxBytes: 6,
  maxInodes: 7,
  maxFileBytes: 8,
  watchers: 9,
  changeRing: 10,
  changeCount: 11,
  freeLists: 16,
  deadPids: 128,
} as const;

const DEAD_PIDS = 1_024;
const HEADER_BYTES = (Header.deadPids + DEAD_PIDS) * 4;
const GROW_BYTES = 4 * 2 ** 20;
const LOCK_RECHECK_MS = 50;

export interface DiskLimits {
  bytes: number;
  fileBytes: number;
  inodes: number;
}

/** Class 2k holds blocks of 32·2^k bytes, class 2k+1 of 48·2^k. */
export function sizeClass(bytes: number): number {
  if (bytes <= 32) return 0;
  const power = 31 - Math.clz32((bytes - 1) >>> 5);
  return bytes <= 48 * 2 ** power ? 2 * power + 1 : 2 * power + 2;
}

export function classBytes(index: number): number {
  return (index % 2 === 0 ? 32 : 48) * 2 ** (index >> 1);
}

export class Heap {
  readonly buffer: SharedArrayBuffer;
  readonly i32: Int32Array;
  readonly f64: Float64Array;
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly #owner: number;

  private constructor(buffer: SharedArrayBuffer, owner: number) {
    this.buffer = buffer;
    this.#owner = owner;
    this.i32 = new Int32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.u8 = new Uint8Array(buffer);
    this.u16 = new Uint16Array(buffer);
  }

  static create(limits: DiskLimits, owner: number): Heap {
    const buffer = new SharedArrayBuffer(GROW_BYTES, { maxByteLength: limits.bytes });
    const heap = new Heap(buffer, owner);
    heap.i32[Header.brk] = Math.ceil(HEADER_BYTES / 16) * 16;
    heap.i32[Header.maxBytes] = limits.bytes;
    heap.i32[Header.maxFileBytes] = limits.fileBytes;
    heap.i32[Header.maxInodes] = limits.inodes;
    return heap;
  }

  static attach(buffer: SharedArrayBuffer, owner: number): Heap {
    return new Heap(buffer, owner);
  }

  /** Runs `action` alone among all workers of the sandbox. Not reentrant. */
  locked<T>(action: () => T): T {
    this.#lock();
    try {
      return action();
    } finally {
      Atomics.store(this.i32, Header.lock, 0);
      if (Atomics.load(this.i32, Header.waiters) > 0) Atomics.notify(this.i32, Header.lock, 1);
    }
  }

  #lock(): void {
    if (Atomics.compareExchange(this.i32, Header.lock, 0, this.#owner) === 0) return;
    Atomics.add(this.i32, Header.waiters, 1);
    for (;;) {
      const holder = Atomics.compareExchange(this.i32, Header.lock, 0, this.#owner);
      if (holder === 0) break;
      const outcome = Atomics.wait(this.i32, Header.lock, holder, LOCK_RECHECK_MS);
      // A worker that was ended while it held the lock never gives it back.
      if (outcome === 'timed-out' && this.#isDead(holder)) {
        if (Atomics.compareExchange(this.i32, Header.lock, holder, this.#owner) === holder) break;
      }
    }
    Atomics.sub(this.i32, Header.waiters, 1);
  }

  /** Tells all workers that a process was ended and will not release what it holds. */
  markDead(pid: number, dead: boolean): void {
    Atomics.store(this.i32, Header.deadPids + (pid % DEAD_PIDS), dead ? pid : 0);
  }

  #isDead(pid: number): boolean {
    return Atomics.load(this.i32, Header.deadPids + (pid % DEAD_PIDS)) === pid;
  }

  /** A block of at least `bytes`; its content is undefined. @throws FsError ENOSPC. */
  allocate(bytes: number): number {
    const index = sizeClass(bytes);
    const size = classBytes(index);
    const head = Header.freeLists + index;
    const first = this.word(head);
    if (first !== 0) {
      this.i32[head] = this.word(first >> 2);
    }
    const offset = first !== 0 ? first : this.#extend(size);
    this.i32[Header.bytes] = this.word(Header.bytes) + size;
    return offset;
  }

  /** Gives back a block that was allocated with this many bytes. */
  free(offset: number, bytes: number): void {
    const index = sizeClass(bytes);
    const head = Header.freeLists + index;
    this.i32[offset >> 2] = this.word(head);
    this.i32[head] = offset;
    this.i32[Header.bytes] = this.word(Header.bytes) - classBytes(index);
  }

  #extend(size: number): number {
    const offset = this.word(Header.brk);
    const end = offset + size;
    if (end > this.word(Header.maxBytes)) throw new FsError('ENOSPC', 'write');
    if (end > this.buffer.byteLength) {
      const target = Math.ceil(end / GROW_BYTES) * GROW_BYTES;
      try {
        this.buffer.grow(Math.min(target, this.buffer.maxByteLength));
      } catch {
        throw new FsError('ENOSPC', 'write');
      }
    }
    this.i32[Header.brk] = end;
    return offset;
  }

  word(index: number): number {
    return this.i32[index] ?? 0;
  }

  double(index: number): number {
    return this.f64[index] ?? 0;
  }

  get root(): number {
    return this.word(Header.root);
  }
  set root(inode: number) {
    this.i32[Header.root] = inode;
  }

  get watchers(): number {
    return this.word(Header.watchers);
  }
  set watchers(count: number) {
    this.i32[Header.watchers] = count;
  }

  /** Offset of the ring of changes, or 0. */
  get changeRing(): number {
    return this.word(Header.changeRing);
  }
  set changeRing(offset: number) {
    this.i32[Header.changeRing] = offset;
  }

  get changeCount(): number {
    return this.word(Header.changeCount);
  }
  set changeCount(count: number) {
    this.i32[Header.changeCount] = count;
  }

  get maxFileBytes(): number {
    return this.word(Header.maxFileBytes);
  }

  /** Counts inodes; @throws FsError ENOSPC when there are too many. */
  countInode(change: 1 | -1): void {
    const count = this.word(Header.inodes) + change;
    if (count > this.word(Header.maxInodes)) throw new FsError('ENOSPC', 'open');
    this.i32[Header.inodes] = count;
  }

  usage(): { bytes: number; bytesFree: number; inodes: number; inodesFree: number } {
    return {
      bytes: this.word(Header.maxBytes),
      bytesFree: Math.max(0, this.word(Header.maxBytes) - this.word(Header.bytes)),
      inodes: this.word(Header.maxInodes),
      inodesFree: Math.max(0, this.word(Header.maxInodes) - this.word(Header.inodes)),
    };
  }
}
