import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FsError,
  fsErrorText,
  O,
  type DirectoryEntry,
  type FileSystem,
  type FsErrorCode,
  type Stat,
} from '../../fs/types.ts';

interface OpenFile {
  fd: number;
  writable: boolean;
  holders: number;
}

/**
 * The file system of the Node that runs this, with the interface of the embedded engine's disk, so that what was
 * written over that runs over this: the shell, SQLite. Inodes are those of the system; an open one is a descriptor.
 */
export class NodeDisk implements FileSystem {
  readonly #open = new Map<number, OpenFile>();

  lookup(path: string, follow = true): number {
    return (follow ? this.stat(path) : this.lstat(path)).ino;
  }

  stat(path: string): Stat {
    return attempt('stat', path, () => toStat(fs.statSync(path)));
  }

  lstat(path: string): Stat {
    return attempt('lstat', path, () => toStat(fs.lstatSync(path)));
  }

  statInode(ino: number): Stat {
    return attempt('fstat', undefined, () => toStat(fs.fstatSync(this.#file(ino).fd)));
  }

  exists(path: string): boolean {
    return fs.existsSync(path);
  }

  open(path: string, flags: number, mode = 0o644): number {
    return attempt('open', path, () => {
      const fd = fs.openSync(path, flags, mode);
      const { ino } = fs.fstatSync(fd);
      const writable = (flags & O.ACCMODE) !== O.RDONLY;
      const known = this.#open.get(ino);
      if (known === undefined) {
        this.#open.set(ino, { fd, writable, holders: 1 });
        return ino;
      }
      known.holders += 1;
      // One descriptor serves all who hold the file: the one that can do more.
      const spare = writable && !known.writable ? known.fd : fd;
      if (spare === known.fd) Object.assign(known, { fd, writable });
      fs.closeSync(spare);
      return ino;
    });
  }

  release(ino: number): void {
    const file = this.#open.get(ino);
    if (file === undefined || --file.holders > 0) return;
    this.#open.delete(ino);
    fs.closeSync(file.fd);
  }

  retain(ino: number): void {
    this.#file(ino).holders += 1;
  }

  read(ino: number, target: Uint8Array, position: number): number {
    return attempt('read', undefined, () =>
      fs.readSync(this.#file(ino).fd, target, 0, target.length, position),
    );
  }

  write(ino: number, source: Uint8Array, position: number): number {
    return attempt('write', undefined, () =>
      fs.writeSync(this.#file(ino).fd, source, 0, source.length, position),
    );
  }

  append(ino: number, source: Uint8Array): number {
    const end = this.statInode(ino).size;
    return end + this.write(ino, source, end);
  }

  truncate(ino: number, size: number): void {
    attempt('ftruncate', undefined, () => fs.ftruncateSync(this.#file(ino).fd, size));
  }

  anonymous(): number {
    const path = join(tmpdir(), `anonymous-${randomUUID()}`);
    const ino = this.open(path, O.RDWR | O.CREAT | O.EXCL, 0o600);
    this.unlink(path);
    return ino;
  }

  drain(ino: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.statInode(ino).size);
    const length = this.read(ino, bytes, 0);
    this.truncate(ino, 0);
    return bytes.slice(0, length);
  }

  readFile(path: string): Uint8Array {
    return attempt('open', path, () => new Uint8Array(fs.readFileSync(path)));
  }

  readText(path: string): string {
    return attempt('open', path, () => fs.readFileSync(path, 'utf8'));
  }

  writeFile(path: string, data: Uint8Array | string, mode = 0o644): void {
    attempt('open', path, () => fs.writeFileSync(path, data, { mode }));
  }

  mkdir(path: string, mode = 0o755): void {
    attempt('mkdir', path, () => fs.mkdirSync(path, mode));
  }

  mkdirp(path: string): void {
    attempt('mkdir', path, () => fs.mkdirSync(path, { recursive: true }));
  }

  rmdir(path: string): void {
    attempt('rmdir', path, () => fs.rmdirSync(path));
  }

  unlink(path: string): void {
    attempt('unlink', path, () => fs.unlinkSync(path));
  }

  remove(path: string): void {
    attempt('rm', path, () => fs.rmSync(path, { recursive: true }));
  }

  rename(from: string, to: string): void {
    attempt('rename', from, () => fs.renameSync(from, to));
  }

  link(existing: string, path: string): void {
    attempt('link', existing, () => fs.linkSync(existing, path));
  }

  symlink(target: string, path: string): void {
    attempt('symlink', path, () => fs.symlinkSync(target, path));
  }

  makeSocket(path: string): void {
    throw new FsError('EPERM', 'bind', path);
  }

  readlink(path: string): string {
    return attempt('readlink', path, () => fs.readlinkSync(path));
  }

  realpath(path: string): string {
    return attempt('realpath', path, () => fs.realpathSync(path));
  }

  readdir(path: string): DirectoryEntry[] {
    const entries = attempt('scandir', path, () => fs.readdirSync(path, { withFileTypes: true }));
    return entries
      .map((entry) => ({ name: entry.name, ino: 0, type: typeOf(entry) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  chmodInode(ino: number, mode: number): void {
    attempt('fchmod', undefined, () => fs.fchmodSync(this.#file(ino).fd, mode));
  }

  chmod(path: string, mode: number): void {
    attempt('chmod', path, () => fs.chmodSync(path, mode));
  }

  chownInode(ino: number, uid: number, gid: number): void {
    attempt('fchown', undefined, () => fs.fchownSync(this.#file(ino).fd, uid, gid));
  }

  utimesInode(ino: number, atime: number, mtime: number): void {
    attempt('futimes', undefined, () => fs.futimesSync(this.#file(ino).fd, atime / 1_000, mtime / 1_000));
  }

  watch(): never {
    throw new FsError('EPERM', 'watch');
  }

  statfs(): ReturnType<FileSystem['statfs']> {
    throw new FsError('EPERM', 'statfs');
  }

  #file(ino: number): OpenFile {
    const file = this.#open.get(ino);
    if (file === undefined) throw new FsError('EBADF', 'read');
    return file;
  }
}

function attempt<T>(syscall: string, path: string | undefined, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof FsError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new FsError(code in fsErrorText ? (code as FsErrorCode) : 'EPERM', syscall, path);
  }
}

function toStat(stat: fs.Stats): Stat {
  const { ino, mode, nlink, uid, gid, size, atimeMs, mtimeMs, ctimeMs, birthtimeMs } = stat;
  return {
    ino,
    mode,
    nlink,
    uid,
    gid,
    size,
    atime: atimeMs,
    mtime: mtimeMs,
    ctime: ctimeMs,
    birthtime: birthtimeMs,
  };
}

function typeOf(entry: fs.Dirent): DirectoryEntry['type'] {
  if (entry.isDirectory()) return 'directory';
  if (entry.isSymbolicLink()) return 'symlink';
  return entry.isSocket() ? 'socket' : 'file';
}
