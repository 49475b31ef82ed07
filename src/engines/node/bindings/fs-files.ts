import { FsError, O, S, type FileSystem, type Stat } from '../../fs/types.ts';
import type { RealmContext } from '../context.ts';
import { asBytes, utf8Text } from '../encoding.ts';

/** A path as Node's library passes it. */
export type PathLike = string | Uint8Array;

interface OpenFile {
  readonly ino: number;
  readonly flags: number;
  position: number;
}

/** First descriptor that files get; Node's own event loop takes those below, as natively. */
const firstFd = 17;
const fifo = 0o010600;

/** Open files of a process, and paths relative to its directory. Failures are `FsError`s. */
export class Files {
  readonly fs: FileSystem;
  readonly #realm: RealmContext;
  readonly #open = new Map<number, OpenFile>();

  static readonly #realms = new WeakMap<RealmContext, Files>();

  /** The descriptors of a process: one table for all who ask. */
  static of(realm: RealmContext): Files {
    let files = Files.#realms.get(realm);
    if (files === undefined) {
      files = new Files(realm);
      Files.#realms.set(realm, files);
    }
    return files;
  }

  private constructor(realm: RealmContext) {
    this.#realm = realm;
    this.fs = realm.fs;
  }

  /** Absolute path of what the program wrote. */
  path(path: PathLike): string {
    const text = typeof path === 'string' ? path : utf8Text(asBytes(path));
    if (text === '') throw new FsError('ENOENT', 'open', '');
    return text.startsWith('/') ? text : `${this.#realm.cwd}/${text}`;
  }

  mode(mode: number): number {
    return mode & 0o7777 & ~this.#realm.umask;
  }

  open(path: PathLike, flags: number, mode: number): number {
    const absolute = this.path(path);
    const ino = this.fs.open(absolute, flags, this.mode(mode));
    let fd = firstFd;
    while (this.#open.has(fd)) fd++;
    this.#open.set(fd, { ino, flags, position: 0 });
    return fd;
  }

  close(fd: number): void {
    if (fd <= 2 && fd >= 0) return;
    const file = this.#file(fd, 'close');
    this.#open.delete(fd);
    this.fs.release(file.ino);
  }

  /** Bytes read; from the file's own position when `position` is negative. */
  read(fd: number, target: Uint8Array, position: number): number {
    if (fd === 0) return 0;
    const file = this.#file(fd, 'read');
    if ((file.flags & O.ACCMODE) === O.WRONLY) throw new FsError('EBADF', 'read');
    if (isDirectory(this.fs.statInode(file.ino))) throw new FsError('EISDIR', 'read');
    const count = this.fs.read(file.ino, target, position < 0 ? file.position : position);
    if (position < 0) file.position += count;
    return count;
  }

  write(fd: number, source: Uint8Array, position: number | null): number {
    if (fd === 1 || fd === 2) {
      this.#realm.port.write(fd === 1 ? 'stdout' : 'stderr', source);
      return source.byteLength;
    }
    const file = this.#file(fd, 'write');
    if ((file.flags & O.ACCMODE) === O.RDONLY) throw new FsError('EBADF', 'write');
    if ((file.flags & O.APPEND) !== 0) {
      file.position = this.fs.append(file.ino, source);
      return source.byteLength;
    }
    const explicit = position !== null && position >= 0;
    const count = this.fs.write(file.ino, source, explicit ? position : file.position);
    if (!explicit) file.position += count;
    return count;
  }

  inode(fd: number, syscall: string): number {
    return this.#file(fd, syscall).ino;
  }

  stat(fd: number): Stat {
    if (fd >= 0 && fd <= 2) {
      const now = Date.now();
      const times = { atime: now, mtime: now, ctime: now, birthtime: now };
      return { ino: fd, mode: fifo, nlink: 1, uid: 0, gid: 0, size: 0, ...times };
    }
    return this.fs.statInode(this.inode(fd, 'fstat'));
  }

  /** Whole content of a path or descriptor. */
  readAll(source: PathLike | number, flags: number): Uint8Array {
    const own = typeof source !== 'number';
    const fd = own ? this.open(source, flags, 0o666) : source;
    try {
      const size = this.stat(fd).size;
      const chunks: Uint8Array[] = [];
      let expected = Math.max(size, 1);
      for (;;) {
        const chunk = new Uint8Array(expected);
        const count = this.read(fd, chunk, -1);
        if (count === 0) break;
        chunks.push(chunk.subarray(0, count));
        expected = count === size ? 1 : 65_536;
      }
      return join(chunks);
    } finally {
      if (own) this.close(fd);
    }
  }

  writeAll(target: PathLike | number, data: Uint8Array, flags: number, mode: number): void {
    const own = typeof target !== 'number';
    const fd = own ? this.open(target, flags, mode) : target;
    try {
      let offset = 0;
      while (offset < data.byteLength) offset += this.write(fd, data.subarray(offset), null);
    } finally {
      if (own) this.close(fd);
    }
  }

  #file(fd: number, syscall: string): OpenFile {
    const file = this.#open.get(fd);
    if (file === undefined) throw new FsError('EBADF', syscall);
    return file;
  }
}

export function isDirectory(stat: Stat): boolean {
  return (stat.mode & S.IFMT) === S.IFDIR;
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1 && chunks[0] !== undefined) return chunks[0];
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    out.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return out;
}

/** Values of a Stats object in the order of FsStatsOffset. */
export function statValues(stat: Stat): number[] {
  const blockSize = 4096;
  const times = [stat.atime, stat.mtime, stat.ctime, stat.birthtime].flatMap((time) => {
    const seconds = Math.floor(time / 1000);
    return [seconds, Math.round((time - seconds * 1000) * 1e6)];
  });
  return [
    1,
    stat.mode,
    stat.nlink,
    stat.uid,
    stat.gid,
    0,
    blockSize,
    stat.ino,
    stat.size,
    Math.ceil(stat.size / blockSize) * (blockSize / 512),
    ...times,
  ];
}
