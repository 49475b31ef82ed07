import { limits } from '../../domain/limits.ts';
import { Directories } from './directory.ts';
import { Heap, type DiskLimits } from './heap.ts';
import { Inodes } from './inodes.ts';
import { FsError, O, S, type DirectoryEntry, type FileSystem, type FsErrorCode, type Stat } from './types.ts';

const MAX_SYMLINKS = 40;
const NAME_MAX = 255;
const PATH_MAX = 4096;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Where a path leads: the directory that holds its last name, and the inode there (0 when there is none). */
interface Target {
  parent: number;
  name: string;
  ino: number;
}

/**
 * The disk of a sandbox in shared memory: every worker attaches to the same buffer and calls synchronously.
 * See `FileSystem` for the calls; `owner` is the pid under which locks are taken.
 */
export class SharedFs implements FileSystem {
  readonly #heap: Heap;
  readonly #inodes: Inodes;
  readonly #directories: Directories;

  private constructor(heap: Heap) {
    this.#heap = heap;
    this.#inodes = new Inodes(heap);
    this.#directories = new Directories(this.#inodes);
  }

  static create(
    disk: DiskLimits = {
      bytes: limits.diskBytes,
      fileBytes: limits.diskFileBytes,
      inodes: limits.diskInodes,
    },
    owner = 1,
  ): SharedFs {
    const fs = new SharedFs(Heap.create(disk, owner));
    fs.#heap.locked(() => {
      const root = fs.#inodes.create(S.IFDIR | 0o755, 0);
      fs.#inodes.set(root, 'parent', root);
      fs.#inodes.set(root, 'nlink', 2);
      fs.#heap.root = root;
    });
    return fs;
  }

  static attach(buffer: SharedArrayBuffer, owner: number): SharedFs {
    return new SharedFs(Heap.attach(buffer, owner));
  }

  get buffer(): SharedArrayBuffer {
    return this.#heap.buffer;
  }

  /** Says that a process was ended (or that its pid is in use again), so that a lock it held can be taken over. */
  markDead(pid: number, dead = true): void {
    this.#heap.markDead(pid, dead);
  }

  lookup(path: string, follow = true): number {
    return this.#locked('stat', path, () => this.#existing(path, follow));
  }

  stat(path: string): Stat {
    return this.#locked('stat', path, () => this.#inodes.stat(this.#existing(path, true)));
  }

  lstat(path: string): Stat {
    return this.#locked('lstat', path, () => this.#inodes.stat(this.#existing(path, false)));
  }

  statInode(ino: number): Stat {
    return this.#heap.locked(() => this.#inodes.stat(ino));
  }

  exists(path: string): boolean {
    // Asked very often (SQLite looks for journals with every statement): the usual answers cost no exception.
    return this.#heap.locked(() => this.#find(path));
  }

  #find(path: string): boolean {
    try {
      return this.#walk(path, true).ino !== 0;
    } catch (error) {
      if (error instanceof Failure) return false;
      throw error;
    }
  }

  open(path: string, flags: number, mode = 0o666): number {
    return this.#locked('open', path, () => {
      const wantsCreate = (flags & O.CREAT) !== 0;
      const exclusive = wantsCreate && (flags & O.EXCL) !== 0;
      const target = this.#walk(path, !exclusive && (flags & O.NOFOLLOW) === 0);
      let ino = target.ino;
      if (ino === 0) {
        if (!wantsCreate) throw new Failure('ENOENT');
        if (path.endsWith('/')) throw new Failure('EISDIR');
        ino = this.#create(target, S.IFREG | (mode & 0o777));
      } else {
        if (exclusive) throw new Failure('EEXIST');
        if (this.#inodes.isSymlink(ino)) throw new Failure('ELOOP');
        const writes = (flags & O.ACCMODE) !== O.RDONLY;
        if (this.#inodes.isDirectory(ino)) {
          if (writes || wantsCreate) throw new Failure('EISDIR');
        } else {
          if ((flags & O.DIRECTORY) !== 0) throw new Failure('ENOTDIR');
          if (writes && (flags & O.TRUNC) !== 0) this.#truncate(ino, 0);
        }
      }
      this.#inodes.set(ino, 'opened', this.#inodes.get(ino, 'opened') + 1);
      return ino;
    });
  }

  release(ino: number): void {
    this.#heap.locked(() => {
      this.#inodes.set(ino, 'opened', Math.max(0, this.#inodes.get(ino, 'opened') - 1));
      this.#inodes.releaseIfUnused(ino);
    });
  }

  read(ino: number, target: Uint8Array, position: number): number {
    return this.#locked('read', undefined, () => {
      if (this.#inodes.isDirectory(ino)) throw new Failure('EISDIR');
      return this.#inodes.read(ino, target, position);
    });
  }

  write(ino: number, source: Uint8Array, position: number): number {
    return this.#locked('write', undefined, () => this.#inodes.write(ino, source, position));
  }

  append(ino: number, source: Uint8Array): number {
    return this.#locked('write', undefined, () => {
      const position = this.#inodes.get(ino, 'size');
      return position + this.#inodes.write(ino, source, position);
    });
  }

  truncate(ino: number, size: number): void {
    this.#locked('ftruncate', undefined, () => {
      if (size < 0) throw new Failure('EINVAL');
      this.#truncate(ino, size);
    });
  }

  readFile(path: string): Uint8Array {
    return this.#locked('open', path, () => {
      const ino = this.#existing(path, true);
      if (this.#inodes.isDirectory(ino)) throw new Failure('EISDIR');
      const bytes = new Uint8Array(this.#inodes.get(ino, 'size'));
      this.#inodes.read(ino, bytes, 0);
      return bytes;
    });
  }

  readText(path: string): string {
    return decoder.decode(this.readFile(path));
  }

  writeFile(path: string, data: Uint8Array | string, mode = 0o666): void {
    const bytes = typeof data === 'string' ? encoder.encode(data) : data;
    this.#locked('open', path, () => {
      const target = this.#walk(path, true);
      const ino = target.ino === 0 ? this.#create(target, S.IFREG | (mode & 0o777)) : target.ino;
      if (this.#inodes.isDirectory(ino)) throw new Failure('EISDIR');
      this.#inodes.resize(ino, 0);
      this.#inodes.write(ino, bytes, 0);
    });
  }

  mkdir(path: string, mode = 0o777): void {
    this.#locked('mkdir', path, () => {
      const target = this.#walk(path, false);
      if (target.ino !== 0) throw new Failure('EEXIST');
      this.#create(target, S.IFDIR | (mode & 0o777 & ~0o022));
    });
  }

  mkdirp(path: string): void {
    let made = '';
    for (const part of path.split('/').filter((name) => name !== '' && name !== '.')) {
      made += `/${part}`;
      try {
        this.mkdir(made);
      } catch (error) {
        if (!(error instanceof FsError) || error.code !== 'EEXIST') throw error;
        if ((this.stat(made).mode & S.IFMT) !== S.IFDIR) throw new FsError('ENOTDIR', 'mkdir', made);
      }
    }
  }

  rmdir(path: string): void {
    this.#locked('rmdir', path, () => {
      const target = this.#walk(path, false);
      if (target.ino === 0) throw new Failure('ENOENT');
      if (!this.#inodes.isDirectory(target.ino)) throw new Failure('ENOTDIR');
      if (target.name === '') throw new Failure('EPERM');
      if (!this.#directories.isEmpty(target.ino)) throw new Failure('ENOTEMPTY');
      this.#detachDirectory(target);
    });
  }

  unlink(path: string): void {
    this.#locked('unlink', path, () => {
      const target = this.#walk(path, false);
      if (target.ino === 0) throw new Failure('ENOENT');
      if (this.#inodes.isDirectory(target.ino)) throw new Failure('EISDIR');
      this.#directories.remove(target.parent, target.name);
      this.#unlinkInode(target.ino);
    });
  }

  remove(path: string): void {
    if ((this.lstat(path).mode & S.IFMT) !== S.IFDIR) return this.unlink(path);
    for (const entry of this.readdir(path)) this.remove(`${path}/${entry.name}`);
    this.rmdir(path);
  }

  rename(from: string, to: string): void {
    this.#locked('rename', from, () => {
      const source = this.#walk(from, false);
      if (source.ino === 0) throw new Failure('ENOENT');
      const target = this.#walk(to, false);
      if (target.ino === source.ino) return;
      if (source.name === '' || target.name === '') throw new Failure('EINVAL');
      const directory = this.#inodes.isDirectory(source.ino);
      if (directory && this.#isInside(target.parent, source.ino)) throw new Failure('EINVAL');
      if (target.ino !== 0) this.#replace(target, directory);
      this.#directories.remove(source.parent, source.name);
      this.#directories.insert(target.parent, target.name, source.ino);
      if (directory) {
        this.#inodes.set(source.ino, 'parent', target.parent);
        this.#addLinks(source.parent, -1);
        this.#addLinks(target.parent, 1);
      }
      this.#inodes.setTime(source.ino, 'ctime', Date.now());
    });
  }

  link(existing: string, path: string): void {
    this.#locked('link', existing, () => {
      const ino = this.#existing(existing, false);
      if (this.#inodes.isDirectory(ino)) throw new Failure('EPERM');
      const target = this.#walk(path, false);
      if (target.ino !== 0) throw new Failure('EEXIST');
      this.#directories.insert(target.parent, target.name, ino);
      this.#addLinks(ino, 1);
    });
  }

  symlink(destination: string, path: string): void {
    this.#locked('symlink', path, () => {
      const target = this.#walk(path, false);
      if (target.ino !== 0) throw new Failure('EEXIST');
      const ino = this.#create(target, S.IFLNK | 0o777);
      this.#inodes.write(ino, encoder.encode(destination), 0);
    });
  }

  readlink(path: string): string {
    return this.#locked('readlink', path, () => {
      const ino = this.#existing(path, false);
      if (!this.#inodes.isSymlink(ino)) throw new Failure('EINVAL');
      return this.#linkText(ino);
    });
  }

  realpath(path: string): string {
    return this.#locked('realpath', path, () => {
      const names: string[] = [];
      let ino = this.#existing(path, true);
      if (!this.#inodes.isDirectory(ino)) {
        const target = this.#walk(path, true);
        names.push(target.name);
        ino = target.parent;
      }
      while (ino !== this.#heap.root) {
        const parent = this.#inodes.get(ino, 'parent');
        const entry = this.#directories.list(parent).find((candidate) => candidate.ino === ino);
        if (entry === undefined) throw new Failure('ENOENT');
        names.unshift(entry.name);
        ino = parent;
      }
      return `/${names.join('/')}`;
    });
  }

  readdir(path: string): DirectoryEntry[] {
    return this.#locked('scandir', path, () => {
      const ino = this.#existing(path, true);
      if (!this.#inodes.isDirectory(ino)) throw new Failure('ENOTDIR');
      return this.#directories.list(ino).map((entry) => ({ ...entry, type: this.#typeOf(entry.ino) }));
    });
  }

  chmodInode(ino: number, mode: number): void {
    this.#heap.locked(() => {
      this.#inodes.set(ino, 'mode', (this.#inodes.get(ino, 'mode') & S.IFMT) | (mode & 0o7777));
      this.#inodes.setTime(ino, 'ctime', Date.now());
    });
  }

  chmod(path: string, mode: number): void {
    this.chmodInode(
      this.#locked('chmod', path, () => this.#existing(path, true)),
      mode,
    );
  }

  utimesInode(ino: number, atime: number, mtime: number): void {
    this.#heap.locked(() => {
      this.#inodes.setTime(ino, 'atime', atime);
      this.#inodes.setTime(ino, 'mtime', mtime);
      this.#inodes.setTime(ino, 'ctime', Date.now());
    });
  }

  statfs(): { bytes: number; bytesFree: number; inodes: number; inodesFree: number } {
    return this.#heap.locked(() => this.#heap.usage());
  }

  /** Takes the lock, and gives failures their syscall and path. */
  #locked<T>(syscall: string, path: string | undefined, action: () => T): T {
    try {
      return this.#heap.locked(action);
    } catch (error) {
      if (error instanceof Failure) throw new FsError(error.code, syscall, path);
      throw error;
    }
  }

  #existing(path: string, follow: boolean): number {
    const { ino } = this.#walk(path, follow);
    if (ino === 0) throw new Failure('ENOENT');
    return ino;
  }

  #walk(path: string, follow: boolean): Target {
    if (path.length > PATH_MAX) throw new Failure('ENAMETOOLONG');
    if (path.includes('\0')) throw new Failure('EINVAL');
    if (path === '') throw new Failure('ENOENT');
    const pending = path.split('/').reverse();
    const mustBeDirectory = path.endsWith('/');
    const root = this.#heap.root;
    let current: Target = { parent: root, name: '', ino: root };
    let links = 0;
    for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
      if (part === '' || part === '.') continue;
      if (current.ino === 0) throw new Failure('ENOENT');
      if (!this.#inodes.isDirectory(current.ino)) throw new Failure('ENOTDIR');
      if (part === '..') {
        const ino = this.#inodes.get(current.ino, 'parent');
        current = { parent: this.#inodes.get(ino, 'parent'), name: '', ino };
        continue;
      }
      if (part.length > NAME_MAX) throw new Failure('ENAMETOOLONG');
      const directory = current.ino;
      const ino = this.#directories.find(directory, part);
      const last = pending.every((rest) => rest === '');
      if (ino !== 0 && this.#inodes.isSymlink(ino) && (!last || follow || mustBeDirectory)) {
        if (++links > MAX_SYMLINKS) throw new Failure('ELOOP');
        const text = this.#linkText(ino);
        pending.push(...text.split('/').reverse());
        const base = text.startsWith('/') ? root : directory;
        current = { parent: this.#inodes.get(base, 'parent'), name: '', ino: base };
        continue;
      }
      current = { parent: directory, name: part, ino };
    }
    if (mustBeDirectory && current.ino !== 0 && !this.#inodes.isDirectory(current.ino))
      throw new Failure('ENOTDIR');
    return current;
  }

  #create(target: Target, mode: number): number {
    if (target.name === '') throw new Failure('EEXIST');
    const directory = (mode & S.IFMT) === S.IFDIR;
    const ino = this.#inodes.create(mode, target.parent);
    this.#inodes.set(ino, 'nlink', directory ? 2 : 1);
    this.#directories.insert(target.parent, target.name, ino);
    if (directory) this.#addLinks(target.parent, 1);
    return ino;
  }

  #replace(target: Target, byDirectory: boolean): void {
    const directory = this.#inodes.isDirectory(target.ino);
    if (byDirectory && !directory) throw new Failure('ENOTDIR');
    if (!byDirectory && directory) throw new Failure('EISDIR');
    if (directory && !this.#directories.isEmpty(target.ino)) throw new Failure('ENOTEMPTY');
    if (directory) return this.#detachDirectory(target);
    this.#directories.remove(target.parent, target.name);
    this.#unlinkInode(target.ino);
  }

  #detachDirectory(target: Target): void {
    this.#directories.remove(target.parent, target.name);
    this.#addLinks(target.parent, -1);
    this.#inodes.set(target.ino, 'nlink', 0);
    this.#inodes.releaseIfUnused(target.ino);
  }

  #unlinkInode(ino: number): void {
    this.#addLinks(ino, -1);
    this.#inodes.releaseIfUnused(ino);
  }

  #addLinks(ino: number, change: number): void {
    this.#inodes.set(ino, 'nlink', this.#inodes.get(ino, 'nlink') + change);
  }

  #isInside(directory: number, ancestor: number): boolean {
    for (let ino = directory; ; ino = this.#inodes.get(ino, 'parent')) {
      if (ino === ancestor) return true;
      if (ino === this.#heap.root) return false;
    }
  }

  #truncate(ino: number, size: number): void {
    this.#inodes.resize(ino, size);
    this.#inodes.touch(ino);
  }

  #linkText(ino: number): string {
    const bytes = new Uint8Array(this.#inodes.get(ino, 'size'));
    this.#inodes.read(ino, bytes, 0);
    return decoder.decode(bytes);
  }

  #typeOf(ino: number): DirectoryEntry['type'] {
    if (this.#inodes.isDirectory(ino)) return 'directory';
    return this.#inodes.isSymlink(ino) ? 'symlink' : 'file';
  }
}

/** A failure before its syscall and path are known; no Error, because nobody reads its stack. */
class Failure {
  constructor(readonly code: FsErrorCode) {}
}
