import { limits } from '../../domain/limits.ts';
import { Heap, type DiskLimits } from './heap.ts';
import { watchChanges } from './changes.ts';
import { Failure, Tree } from './tree.ts';
import { FsError, O, S, type DirectoryEntry, type FileSystem, type Stat, type Watch } from './types.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The disk of a sandbox in shared memory: every worker attaches to the same buffer and calls synchronously.
 * See `FileSystem` for the calls; `owner` is the pid under which locks are taken.
 */
export class SharedFs implements FileSystem {
  readonly #heap: Heap;
  readonly #tree: Tree;

  private constructor(heap: Heap) {
    this.#heap = heap;
    this.#tree = new Tree(heap);
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
      const root = fs.#tree.inodes.create(S.IFDIR | 0o755, 0);
      fs.#tree.inodes.set(root, 'parent', root);
      fs.#tree.inodes.set(root, 'nlink', 2);
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
    return this.#locked('stat', path, () => this.#tree.existing(path, follow));
  }

  stat(path: string): Stat {
    return this.#locked('stat', path, () => this.#tree.inodes.stat(this.#tree.existing(path, true)));
  }

  lstat(path: string): Stat {
    return this.#locked('lstat', path, () => this.#tree.inodes.stat(this.#tree.existing(path, false)));
  }

  statInode(ino: number): Stat {
    return this.#heap.locked(() => this.#tree.inodes.stat(ino));
  }

  exists(path: string): boolean {
    // Asked very often (SQLite looks for journals with every statement): the usual answers cost no exception.
    return this.#heap.locked(() => this.#find(path));
  }

  #find(path: string): boolean {
    try {
      return this.#tree.walk(path, true).ino !== 0;
    } catch (error) {
      if (error instanceof Failure) return false;
      throw error;
    }
  }

  open(path: string, flags: number, mode = 0o666): number {
    return this.#locked('open', path, () => {
      const wantsCreate = (flags & O.CREAT) !== 0;
      if (wantsCreate && path.endsWith('/')) throw new Failure('EISDIR');
      const exclusive = wantsCreate && (flags & O.EXCL) !== 0;
      const target = this.#tree.walk(path, !exclusive && (flags & O.NOFOLLOW) === 0);
      let ino = target.ino;
      if (ino === 0) {
        if (!wantsCreate) throw new Failure('ENOENT');
        ino = this.#tree.create(target, S.IFREG | (mode & 0o777));
      } else {
        if (exclusive) throw new Failure('EEXIST');
        if (this.#tree.inodes.isSymlink(ino)) throw new Failure('ELOOP');
        const writes = (flags & O.ACCMODE) !== O.RDONLY;
        if (this.#tree.inodes.isDirectory(ino)) {
          if (writes || wantsCreate) throw new Failure('EISDIR');
        } else {
          if ((flags & O.DIRECTORY) !== 0) throw new Failure('ENOTDIR');
          if (writes && (flags & O.TRUNC) !== 0) this.#tree.truncate(ino, 0);
        }
      }
      this.#tree.inodes.set(ino, 'opened', this.#tree.inodes.get(ino, 'opened') + 1);
      return ino;
    });
  }

  release(ino: number): void {
    this.#heap.locked(() => {
      this.#tree.inodes.set(ino, 'opened', Math.max(0, this.#tree.inodes.get(ino, 'opened') - 1));
      this.#tree.inodes.releaseIfUnused(ino);
    });
  }

  retain(ino: number): void {
    this.#heap.locked(() => this.#tree.inodes.set(ino, 'opened', this.#tree.inodes.get(ino, 'opened') + 1));
  }

  read(ino: number, target: Uint8Array, position: number): number {
    return this.#locked('read', undefined, () => {
      if (this.#tree.inodes.isDirectory(ino)) throw new Failure('EISDIR');
      return this.#tree.inodes.read(ino, target, position);
    });
  }

  write(ino: number, source: Uint8Array, position: number): number {
    return this.#locked('write', undefined, () => {
      const count = this.#tree.inodes.write(ino, source, position);
      this.#tree.changed(ino);
      return count;
    });
  }

  append(ino: number, source: Uint8Array): number {
    return this.#locked('write', undefined, () => {
      const position = this.#tree.inodes.get(ino, 'size');
      const end = position + this.#tree.inodes.write(ino, source, position);
      this.#tree.changed(ino);
      return end;
    });
  }

  truncate(ino: number, size: number): void {
    this.#locked('ftruncate', undefined, () => {
      if (size < 0) throw new Failure('EINVAL');
      this.#tree.truncate(ino, size);
    });
  }

  anonymous(): number {
    return this.#locked('open', undefined, () => {
      const ino = this.#tree.inodes.create(S.IFREG | 0o600, this.#heap.root);
      this.#tree.inodes.set(ino, 'opened', 1);
      return ino;
    });
  }

  drain(ino: number): Uint8Array<ArrayBuffer> {
    return this.#locked('read', undefined, () => {
      const bytes = new Uint8Array(this.#tree.inodes.get(ino, 'size'));
      if (bytes.byteLength === 0) return bytes;
      this.#tree.inodes.read(ino, bytes, 0);
      this.#tree.truncate(ino, 0);
      return bytes;
    });
  }

  readFile(path: string): Uint8Array {
    return this.#locked('open', path, () => {
      const ino = this.#tree.existing(path, true);
      if (this.#tree.inodes.isDirectory(ino)) throw new Failure('EISDIR');
      const bytes = new Uint8Array(this.#tree.inodes.get(ino, 'size'));
      this.#tree.inodes.read(ino, bytes, 0);
      return bytes;
    });
  }

  readText(path: string): string {
    return decoder.decode(this.readFile(path));
  }

  writeFile(path: string, data: Uint8Array | string, mode = 0o666): void {
    const bytes = typeof data === 'string' ? encoder.encode(data) : data;
    this.#locked('open', path, () => {
      const target = this.#tree.walk(path, true);
      const ino = target.ino === 0 ? this.#tree.create(target, S.IFREG | (mode & 0o777)) : target.ino;
      if (this.#tree.inodes.isDirectory(ino)) throw new Failure('EISDIR');
      this.#tree.inodes.resize(ino, 0);
      this.#tree.inodes.write(ino, bytes, 0);
      this.#tree.changed(ino);
    });
  }

  mkdir(path: string, mode = 0o777): void {
    this.#locked('mkdir', path, () => {
      const target = this.#tree.walk(path, false);
      if (target.ino !== 0) throw new Failure('EEXIST');
      this.#tree.create(target, S.IFDIR | (mode & 0o777 & ~0o022));
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
      const target = this.#tree.walk(path, false);
      if (target.ino === 0) throw new Failure('ENOENT');
      if (!this.#tree.inodes.isDirectory(target.ino)) throw new Failure('ENOTDIR');
      if (target.name === '') throw new Failure('EPERM');
      if (!this.#tree.directories.isEmpty(target.ino)) throw new Failure('ENOTEMPTY');
      this.#tree.detachDirectory(target);
    });
  }

  unlink(path: string): void {
    this.#locked('unlink', path, () => {
      const target = this.#tree.walk(path, false);
      if (target.ino === 0) throw new Failure('ENOENT');
      if (this.#tree.inodes.isDirectory(target.ino)) throw new Failure('EISDIR');
      this.#tree.directories.remove(target.parent, target.name);
      this.#tree.unlinkInode(target.ino);
    });
  }

  remove(path: string): void {
    if ((this.lstat(path).mode & S.IFMT) !== S.IFDIR) return this.unlink(path);
    for (const entry of this.readdir(path)) this.remove(`${path}/${entry.name}`);
    this.rmdir(path);
  }

  rename(from: string, to: string): void {
    this.#locked('rename', from, () => this.#tree.rename(from, to));
  }

  link(existing: string, path: string): void {
    this.#locked('link', existing, () => {
      const ino = this.#tree.existing(existing, false);
      if (this.#tree.inodes.isDirectory(ino)) throw new Failure('EPERM');
      const target = this.#tree.walk(path, false);
      if (target.ino !== 0) throw new Failure('EEXIST');
      this.#tree.directories.insert(target.parent, target.name, ino);
      this.#tree.addLinks(ino, 1);
    });
  }

  symlink(destination: string, path: string): void {
    this.#locked('symlink', path, () => {
      const target = this.#tree.walk(path, false);
      if (target.ino !== 0) throw new Failure('EEXIST');
      const ino = this.#tree.create(target, S.IFLNK | 0o777);
      this.#tree.inodes.write(ino, encoder.encode(destination), 0);
    });
  }

  makeSocket(path: string): void {
    this.#locked('bind', path, () => {
      const target = this.#tree.walk(path, false);
      if (target.ino !== 0) throw new Failure('EEXIST');
      this.#tree.create(target, S.IFSOCK | 0o755);
    });
  }

  readlink(path: string): string {
    return this.#locked('readlink', path, () => {
      const ino = this.#tree.existing(path, false);
      if (!this.#tree.inodes.isSymlink(ino)) throw new Failure('EINVAL');
      return this.#tree.linkText(ino);
    });
  }

  realpath(path: string): string {
    return this.#locked('realpath', path, () => this.#tree.realpath(path));
  }

  readdir(path: string): DirectoryEntry[] {
    return this.#locked('scandir', path, () => {
      const ino = this.#tree.existing(path, true);
      if (!this.#tree.inodes.isDirectory(ino)) throw new Failure('ENOTDIR');
      return this.#tree.directories
        .list(ino)
        .map((entry) => ({ ...entry, type: this.#tree.typeOf(entry.ino) }));
    });
  }

  chmodInode(ino: number, mode: number): void {
    this.#heap.locked(() => {
      this.#tree.inodes.set(ino, 'mode', (this.#tree.inodes.get(ino, 'mode') & S.IFMT) | (mode & 0o7777));
      this.#tree.inodes.setTime(ino, 'ctime', Date.now());
      this.#tree.changed(ino);
    });
  }

  chownInode(ino: number, uid: number, gid: number): void {
    this.#heap.locked(() => {
      if (uid >= 0) this.#tree.inodes.set(ino, 'uid', uid);
      if (gid >= 0) this.#tree.inodes.set(ino, 'gid', gid);
      this.#tree.inodes.setTime(ino, 'ctime', Date.now());
      this.#tree.changed(ino);
    });
  }

  watch(): Watch {
    return watchChanges(this.#heap, this.#tree.changes);
  }

  chmod(path: string, mode: number): void {
    this.chmodInode(
      this.#locked('chmod', path, () => this.#tree.existing(path, true)),
      mode,
    );
  }

  utimesInode(ino: number, atime: number, mtime: number): void {
    this.#heap.locked(() => {
      this.#tree.inodes.setTime(ino, 'atime', atime);
      this.#tree.inodes.setTime(ino, 'mtime', mtime);
      this.#tree.inodes.setTime(ino, 'ctime', Date.now());
      this.#tree.changed(ino);
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
}
