import { lockDirectory, Lock } from '../node/addons/sqlite/locks.ts';
import { FsError, O, type FileSystem } from '../fs/types.ts';
import type { EmscriptenModule } from './emscripten.ts';

/**
 * Locks of byte ranges (`fcntl` with F_SETLK) among the processes of a sandbox. Emscripten grants them all; SQLite needs
 * them, or two interpreters write one database at the same time.
 *
 * A process announces what it wants before it looks at the others, so two can both be refused but never both be let in.
 * The announcements lie where the Node engine's SQLite has its own: a file per inode and process, whose first byte is the
 * level of SQLite's lock; what follows are the ranges.
 */

/** `l_type` of musl's `struct flock`. */
const Kind = { read: 0, write: 1, none: 2 } as const;
const GETLK = 12;
const SETLK = 13;
const SETLKW = 14;
/** Emscripten's EAGAIN: what Linux answers when another process has the range. */
const EAGAIN = 6;
const RECORD = 17;
/** Where SQLite locks a database file. */
const PENDING = 0x40000000;
const RESERVED = PENDING + 1;
const SHARED = PENDING + 2;
const SHARED_END = SHARED + 510;
/** Where SQLite locks the index of a write-ahead log while it uses it. */
const INDEX_IN_USE = 128;

interface Range {
  readonly kind: number;
  readonly start: number;
  /** First byte after it. */
  readonly end: number;
}

export class FileLocks {
  readonly #fs: FileSystem;
  readonly #pid: number;
  readonly #held = new Map<number, { ranges: readonly Range[]; announcement: number }>();

  constructor(fs: FileSystem, pid: number) {
    this.#fs = fs;
    this.#pid = pid;
  }

  /** Sets what this process has on a range. @returns false when another process is in the way. */
  set(ino: number, kind: number, start: number, end: number): boolean {
    const file = this.#file(ino);
    const before = file.ranges;
    const kept = before.flatMap((range) => without(range, start, end));
    file.ranges = kind === Kind.none ? kept : [...kept, { kind, start, end }];
    this.#announce(file);
    if (kind === Kind.none || this.#blocker(ino, kind, start, end) === undefined) return true;
    file.ranges = before;
    this.#announce(file);
    return false;
  }

  /** What another process has that stands against a lock. */
  test(ino: number, kind: number, start: number, end: number): number {
    return this.#blocker(ino, kind, start, end)?.kind ?? Kind.none;
  }

  #file(ino: number): { ranges: readonly Range[]; announcement: number } {
    let file = this.#held.get(ino);
    if (file === undefined) {
      const directory = `${lockDirectory}/${ino}`;
      this.#fs.mkdirp(directory);
      const announcement = this.#fs.open(`${directory}/${this.#pid}`, O.RDWR | O.CREAT | O.TRUNC, 0o600);
      file = { ranges: [], announcement };
      this.#held.set(ino, file);
    }
    return file;
  }

  #announce({ ranges, announcement }: { ranges: readonly Range[]; announcement: number }): void {
    const bytes = new Uint8Array(1 + ranges.length * RECORD);
    const view = new DataView(bytes.buffer);
    bytes[0] = levelOf(ranges);
    for (const [index, { kind, start, end }] of ranges.entries()) {
      view.setUint8(1 + index * RECORD, kind);
      view.setFloat64(2 + index * RECORD, start);
      view.setFloat64(10 + index * RECORD, end);
    }
    this.#fs.write(announcement, bytes, 0);
    this.#fs.truncate(announcement, bytes.length);
  }

  #blocker(ino: number, kind: number, start: number, end: number): Range | undefined {
    const directory = `${lockDirectory}/${ino}`;
    if (!this.#fs.exists(directory)) return undefined;
    for (const { name } of this.#fs.readdir(directory)) {
      if (name === String(this.#pid)) continue;
      const found = this.#announced(`${directory}/${name}`).find(
        (range) =>
          range.start < end && start < range.end && (kind === Kind.write || range.kind === Kind.write),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #announced(path: string): Range[] {
    let bytes: Uint8Array;
    try {
      bytes = this.#fs.readFile(path);
    } catch (error) {
      if (error instanceof FsError && error.code === 'ENOENT') return [];
      throw error;
    }
    if (bytes.length <= 1) return rangesOf(bytes[0] ?? Lock.none);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: Math.floor((bytes.length - 1) / RECORD) }, (_, index) => ({
      kind: view.getUint8(1 + index * RECORD),
      start: view.getFloat64(2 + index * RECORD),
      end: view.getFloat64(10 + index * RECORD),
    }));
  }
}

/** What is left of a range outside of another. */
function without(range: Range, start: number, end: number): Range[] {
  if (range.end <= start || end <= range.start) return [range];
  return [
    { ...range, end: start },
    { ...range, start: end },
  ].filter((part) => part.start < part.end);
}

/** SQLite's lock level that ranges amount to. */
function levelOf(ranges: readonly Range[]): number {
  const has = (kind: number, at: number) =>
    ranges.some((range) => range.kind === kind && range.start <= at && at < range.end);
  if (has(Kind.write, SHARED)) return Lock.exclusive;
  if (has(Kind.write, PENDING)) return Lock.pending;
  if (has(Kind.write, RESERVED)) return Lock.reserved;
  return has(Kind.read, SHARED) ? Lock.shared : Lock.none;
}

/** The ranges that stand for a level which the Node engine's SQLite announced. */
function rangesOf(level: number): Range[] {
  const ranges: Range[] = [];
  if (level >= Lock.shared) {
    const kind = level === Lock.exclusive ? Kind.write : Kind.read;
    ranges.push({ kind, start: SHARED, end: SHARED_END });
  }
  if (level >= Lock.reserved) ranges.push({ kind: Kind.write, start: RESERVED, end: SHARED });
  if (level >= Lock.pending) ranges.push({ kind: Kind.write, start: PENDING, end: RESERVED });
  return ranges;
}

type SystemCall = (fd: number, command: number, varargs: number) => number;

let answer: ((...args: Parameters<SystemCall>) => number | undefined) | undefined;

/** Gives the interpreter's `fcntl` a way to the locks; to be called with what its module imports. */
export function withFileLocks(imports: WebAssembly.Imports | undefined): WebAssembly.Imports | undefined {
  const original = imports?.['env']?.['__syscall_fcntl64'];
  if (imports === undefined || typeof original !== 'function') return imports;
  const call = original as SystemCall;
  const wrapped: SystemCall = (fd, command, varargs) =>
    (command === GETLK || command === SETLK || command === SETLKW
      ? answer?.(fd, command, varargs)
      : undefined) ?? call(fd, command, varargs);
  return { ...imports, env: { ...imports['env'], __syscall_fcntl64: wrapped } };
}

/**
 * Lets the interpreter's locks count among the processes that share the disk. The index of a write-ahead log is memory
 * that processes share on a machine; here each interpreter has its own, so one at a time may use the log.
 * @param onRefused - told when another interpreter uses the log.
 */
export function attachFileLocks(
  module: EmscriptenModule,
  fs: FileSystem,
  pid: number,
  onRefused: () => void,
): void {
  const locks = new FileLocks(fs, pid);
  answer = (fd, command, varargs) => {
    const stream = module.FS.getStream(fd);
    if (stream?.ino === undefined) return undefined;
    const { buffer } = module.HEAPU8;
    const view = new DataView(buffer);
    const pointer = view.getUint32(varargs >>> 0, true);
    const whence = view.getInt16(pointer + 2, true);
    const base = whence === 1 ? stream.position : whence === 2 ? fs.statInode(stream.ino).size : 0;
    const start = base + Number(view.getBigInt64(pointer + 8, true));
    const length = Number(view.getBigInt64(pointer + 16, true));
    const end = length === 0 ? Number.MAX_SAFE_INTEGER : start + length;
    const asked = view.getInt16(pointer, true);
    const index = start === INDEX_IN_USE && module.FS.getPath(stream.node).endsWith('-shm');
    const kind = index && asked === Kind.read ? Kind.write : asked;
    if (index && kind !== Kind.none && locks.test(stream.ino, kind, start, end) !== Kind.none) onRefused();
    if (command !== GETLK) return locks.set(stream.ino, kind, start, end) ? 0 : -EAGAIN;
    view.setInt16(pointer, locks.test(stream.ino, kind, start, end), true);
    return 0;
  };
}
