import { Directories } from './directory.ts';
import { Changes } from './changes.ts';
import type { Heap } from './heap.ts';
import { Inodes } from './inodes.ts';
import { S, type DirectoryEntry, type FsErrorCode } from './types.ts';

const MAX_SYMLINKS = 40;
const NAME_MAX = 255;
const PATH_MAX = 4096;
const decoder = new TextDecoder();

/** A failure before its syscall and path are known; no Error, because nobody reads its stack. */
export class Failure {
  constructor(readonly code: FsErrorCode) {}
}

/** Where a path leads: the directory that holds its last name, and the inode there (0 when there is none). */
interface Target {
  parent: number;
  name: string;
  ino: number;
}

/** Paths, directories and links over the heap. Callers hold the lock; what fails throws a `Failure`. */
export class Tree {
  readonly inodes: Inodes;
  readonly directories: Directories;
  readonly changes: Changes;

  constructor(readonly heap: Heap) {
    this.inodes = new Inodes(heap);
    this.changes = new Changes(heap);
    this.directories = new Directories(this.inodes, (directory, name, ino) => {
      if (this.changes.watched) this.changes.add({ kind: 'rename', directory, ino, name });
    });
  }

  existing(path: string, follow: boolean): number {
    const { ino } = this.walk(path, follow);
    if (ino === 0) throw new Failure('ENOENT');
    return ino;
  }

  walk(path: string, follow: boolean): Target {
    if (path.length > PATH_MAX) throw new Failure('ENAMETOOLONG');
    if (path.includes('\0')) throw new Failure('EINVAL');
    if (path === '') throw new Failure('ENOENT');
    const pending = path.split('/').reverse();
    const mustBeDirectory = path.endsWith('/');
    const root = this.heap.root;
    let current: Target = { parent: root, name: '', ino: root };
    let links = 0;
    for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
      if (part === '' || part === '.') continue;
      if (current.ino === 0) throw new Failure('ENOENT');
      if (!this.inodes.isDirectory(current.ino)) throw new Failure('ENOTDIR');
      if (part === '..') {
        const ino = this.inodes.get(current.ino, 'parent');
        current = { parent: this.inodes.get(ino, 'parent'), name: '', ino };
        continue;
      }
      if (part.length > NAME_MAX) throw new Failure('ENAMETOOLONG');
      const directory = current.ino;
      const ino = this.directories.find(directory, part);
      const last = pending.every((rest) => rest === '');
      if (ino !== 0 && this.inodes.isSymlink(ino) && (!last || follow || mustBeDirectory)) {
        if (++links > MAX_SYMLINKS) throw new Failure('ELOOP');
        const text = this.linkText(ino);
        pending.push(...text.split('/').reverse());
        const base = text.startsWith('/') ? root : directory;
        current = { parent: this.inodes.get(base, 'parent'), name: '', ino: base };
        continue;
      }
      current = { parent: directory, name: part, ino };
    }
    if (mustBeDirectory && current.ino !== 0 && !this.inodes.isDirectory(current.ino))
      throw new Failure('ENOTDIR');
    return current;
  }

  create(target: Target, mode: number): number {
    if (target.name === '') throw new Failure('EEXIST');
    const directory = (mode & S.IFMT) === S.IFDIR;
    const ino = this.inodes.create(mode, target.parent);
    this.inodes.set(ino, 'nlink', directory ? 2 : 1);
    this.directories.insert(target.parent, target.name, ino);
    if (directory) this.addLinks(target.parent, 1);
    return ino;
  }

  replace(target: Target, byDirectory: boolean): void {
    const directory = this.inodes.isDirectory(target.ino);
    if (byDirectory && !directory) throw new Failure('ENOTDIR');
    if (!byDirectory && directory) throw new Failure('EISDIR');
    if (directory && !this.directories.isEmpty(target.ino)) throw new Failure('ENOTEMPTY');
    if (directory) return this.detachDirectory(target);
    this.directories.remove(target.parent, target.name);
    this.unlinkInode(target.ino);
  }

  detachDirectory(target: Target): void {
    this.directories.remove(target.parent, target.name);
    this.addLinks(target.parent, -1);
    this.inodes.set(target.ino, 'nlink', 0);
    this.inodes.releaseIfUnused(target.ino);
  }

  unlinkInode(ino: number): void {
    this.addLinks(ino, -1);
    this.inodes.releaseIfUnused(ino);
  }

  addLinks(ino: number, change: number): void {
    this.inodes.set(ino, 'nlink', this.inodes.get(ino, 'nlink') + change);
  }

  isInside(directory: number, ancestor: number): boolean {
    for (let ino = directory; ; ino = this.inodes.get(ino, 'parent')) {
      if (ino === ancestor) return true;
      if (ino === this.heap.root) return false;
    }
  }

  rename(from: string, to: string): void {
    const source = this.walk(from, false);
    if (source.ino === 0) throw new Failure('ENOENT');
    const target = this.walk(to, false);
    if (target.ino === source.ino) return;
    if (source.name === '' || target.name === '') throw new Failure('EINVAL');
    const directory = this.inodes.isDirectory(source.ino);
    if (directory && this.isInside(target.parent, source.ino)) throw new Failure('EINVAL');
    if (target.ino !== 0) this.replace(target, directory);
    this.directories.remove(source.parent, source.name);
    this.directories.insert(target.parent, target.name, source.ino);
    this.inodes.set(source.ino, 'parent', target.parent);
    if (directory) {
      this.addLinks(source.parent, -1);
      this.addLinks(target.parent, 1);
    }
    this.inodes.setTime(source.ino, 'ctime', Date.now());
  }

  realpath(path: string): string {
    const names: string[] = [];
    let ino = this.existing(path, true);
    if (!this.inodes.isDirectory(ino)) {
      const target = this.walk(path, true);
      names.push(target.name);
      ino = target.parent;
    }
    while (ino !== this.heap.root) {
      const parent = this.inodes.get(ino, 'parent');
      const entry = this.directories.list(parent).find((candidate) => candidate.ino === ino);
      if (entry === undefined) throw new Failure('ENOENT');
      names.unshift(entry.name);
      ino = parent;
    }
    return `/${names.join('/')}`;
  }

  truncate(ino: number, size: number): void {
    const before = this.inodes.get(ino, 'size');
    this.inodes.resize(ino, size);
    this.inodes.touch(ino);
    if (before !== size) this.changed(ino);
  }

  /** Tells those who watch of new content or attributes. */
  changed(ino: number): void {
    if (!this.changes.watched) return;
    const directory = this.inodes.get(ino, 'parent');
    if (directory === 0 || ino === this.heap.root) return;
    const name = this.directories.list(directory).find((entry) => entry.ino === ino)?.name;
    if (name !== undefined) this.changes.add({ kind: 'change', directory, ino, name });
  }

  linkText(ino: number): string {
    const bytes = new Uint8Array(this.inodes.get(ino, 'size'));
    this.inodes.read(ino, bytes, 0);
    return decoder.decode(bytes);
  }

  typeOf(ino: number): DirectoryEntry['type'] {
    if (this.inodes.isDirectory(ino)) return 'directory';
    if (this.inodes.isSymlink(ino)) return 'symlink';
    return (this.inodes.get(ino, 'mode') & S.IFMT) === S.IFSOCK ? 'socket' : 'file';
  }
}
