import { FsError, O, S, type FileSystem, type Stat } from '../fs/types.ts';
import type {
  AttributeChange,
  Attributes,
  EmscriptenFs,
  EmscriptenModule,
  FsNode,
  FsStream,
  LookupOptions,
} from './emscripten.ts';

/**
 * The sandbox's disk as the interpreter's file system. Nothing is cached: other processes change the same files.
 * Emscripten keeps what does not exist on the disk: its devices, `/proc`, and the interpreter's own library.
 */

const BLOCK = 4096;
/** `st_dev` of the disk; SQLite tells files apart by device and inode. */
const DEVICE = 64;
/** Paths that stay with Emscripten. */
const ENGINE_PATHS = ['/dev', '/proc', '/lib/python3.14', '/lib/python314.zip'];

function isEnginePath(path: string): boolean {
  return ENGINE_PATHS.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}

/** `.` and `..` resolved by name; symbolic links are the disk's matter. */
function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function join(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}

function attributes(stat: Stat): Attributes {
  return {
    dev: DEVICE,
    ino: stat.ino,
    mode: stat.mode,
    nlink: stat.nlink,
    uid: 0,
    gid: 0,
    rdev: 0,
    size: stat.size,
    atime: new Date(stat.atime),
    mtime: new Date(stat.mtime),
    ctime: new Date(stat.ctime),
    blksize: BLOCK,
    blocks: Math.ceil(stat.size / 512),
  };
}

/** What Python asks of the disk past Emscripten; called from `_sandbox_files`. */
export interface MountedDisk {
  /** Makes a hard link, of absolute paths. Returns the error's name, or '' when it is made. */
  link(existing: string, path: string): string;
  /** Sets the bits that new files and folders do not get, and returns those before. */
  umask(mask: number): number;
}

/** Puts the disk under the interpreter: from now on its paths lead there. */
export function mountDisk(module: EmscriptenModule, disk: FileSystem): MountedDisk {
  const mount = new DiskMount(module, disk);
  mount.install();
  return {
    link: (existing, path) => mount.link(existing, path),
    umask: (mask) => mount.setMask(mask),
  };
}

class DiskMount {
  readonly #module: EmscriptenModule;
  readonly #fs: EmscriptenFs;
  readonly #disk: FileSystem;
  readonly #engineLookup: EmscriptenFs['lookupPath'];
  readonly #nodeOps: object;
  readonly #streamOps: object;
  #mask = 0o022;

  constructor(module: EmscriptenModule, disk: FileSystem) {
    this.#module = module;
    this.#fs = module.FS;
    this.#disk = disk;
    this.#engineLookup = module.FS.lookupPath.bind(module.FS);
    this.#nodeOps = this.#nodeOperations();
    this.#streamOps = this.#streamOperations();
  }

  install(): void {
    this.#fs.ignorePermissions = true;
    this.#fs.lookupPath = (path, options = {}) => this.#lookupPath(path, options);
    const rename = this.#fs.rename.bind(this.#fs);
    this.#fs.rename = (from, to) => {
      const [source, target] = [this.#named(from), this.#named(to)];
      if (isEnginePath(source) && isEnginePath(target)) rename(source, target);
      else this.#guard(() => this.#disk.rename(source, target));
    };
    const open = this.#fs.open.bind(this.#fs);
    this.#fs.open = (path, flags, wanted = 0o666) => {
      const mode = wanted & ~this.#mask;
      try {
        return open(path, flags, mode);
      } catch (error) {
        // Emscripten looks first and creates then; another process may have created the file in between.
        const creates = typeof flags === 'number' && (flags & O.CREAT) !== 0 && (flags & O.EXCL) === 0;
        if (!creates || !this.#isError(error, 'EEXIST')) throw error;
        return open(path, flags, mode);
      }
    };
    const getPath = this.#fs.getPath.bind(this.#fs);
    this.#fs.getPath = (node) => node.diskPath ?? getPath(node);
  }

  setMask(mask: number): number {
    const before = this.#mask;
    this.#mask = mask;
    return before;
  }

  link(existing: string, path: string): string {
    try {
      this.#disk.link(existing, path);
      return '';
    } catch (error) {
      if (error instanceof FsError) return error.code;
      throw error;
    }
  }

  /** Emscripten's path look-up with one question to the disk in place of a walk over cached nodes. */
  #lookupPath(path: string, options: LookupOptions): { path: string; node?: FsNode } {
    if (path === '') return this.#engineLookup(path, options);
    const named = this.#named(path);
    if (isEnginePath(named)) return this.#engineLookup(named, options);
    if (options.parent === true) {
      const directory = normalize(named.slice(0, named.lastIndexOf('/')));
      return { path: directory, node: this.#node(directory, true) };
    }
    const follow = options.follow === true || (path.endsWith('/') && named !== '/');
    try {
      return { path: named, node: this.#node(named, follow) };
    } catch (error) {
      if (options.noent_okay !== true || !this.#isError(error, 'ENOENT')) throw error;
      return { path: follow ? this.#missing(named) : named };
    }
  }

  /** Where a file is to be made that a name does not lead to: a symbolic link's target, if the name is that of one. */
  #missing(path: string): string {
    let place = path;
    try {
      for (let links = 0; links < 40; links++) {
        const target = this.#disk.readlink(place);
        place = normalize(target.startsWith('/') ? target : `${place}/../${target}`);
      }
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
    }
    return place;
  }

  /** The path without `.`, `..` and a slash at its end; `..` goes up from where a symbolic link leads. */
  #named(path: string): string {
    const absolute = path.startsWith('/') ? path : `${this.#fs.cwd()}/${path}`;
    return absolute.includes('..') ? this.#resolveDots(absolute) : normalize(absolute);
  }

  #resolveDots(path: string): string {
    const last = path.lastIndexOf('/');
    const name = path.slice(last + 1);
    if (name === '..' || name === '.' || name === '' || isEnginePath(normalize(path))) {
      return this.#realOr(path);
    }
    return join(this.#realOr(path.slice(0, last)), name);
  }

  #realOr(path: string): string {
    try {
      return this.#disk.realpath(path);
    } catch {
      return normalize(path);
    }
  }

  #isError(error: unknown, code: string): boolean {
    return (
      typeof error === 'object' &&
      error !== null &&
      'errno' in error &&
      error.errno === this.#module.ERRNO_CODES[code]
    );
  }

  #node(path: string, follow: boolean): FsNode {
    const { mode } = this.#guard(() => this.#disk.lstat(path));
    if (!follow || (mode & S.IFMT) !== S.IFLNK) return this.#makeNode(path, mode);
    // What is asked of the node is asked of what the link leads to.
    const target = this.#guard(() => this.#disk.realpath(path));
    return this.#makeNode(target, this.#guard(() => this.#disk.lstat(target)).mode);
  }

  #makeNode(path: string, mode: number): FsNode {
    const root = this.#fs.root;
    if (path === '/') {
      const top = Object.create(root) as FsNode;
      top.parent = top;
      // An id of its own: Emscripten's remembered nodes of its root are not to be found below this one.
      return Object.assign(top, {
        id: -1,
        mode,
        diskPath: '/',
        node_ops: this.#nodeOps,
        stream_ops: this.#streamOps,
      });
    }
    const name = path.slice(path.lastIndexOf('/') + 1);
    const node = this.#fs.createNode(root, name, mode, 0);
    // A node that Emscripten remembers would outlive the file.
    this.#fs.hashRemoveNode(node);
    node.diskPath = path;
    node.node_ops = this.#nodeOps;
    node.stream_ops = this.#streamOps;
    return node;
  }

  #path(node: FsNode, name?: string): string {
    const own = node.diskPath ?? this.#fs.getPath(node);
    return name === undefined ? own : join(own, name);
  }

  #nodeOperations(): object {
    const disk = this.#disk;
    return this.#guardAll({
      getattr: (node: FsNode) => attributes(disk.lstat(this.#path(node))),
      setattr: (node: FsNode, change: AttributeChange) =>
        this.#setAttributes(disk.lookup(this.#path(node), true), change),
      lookup: (parent: FsNode, name: string) => this.#node(this.#path(parent, name), false),
      mknod: (parent: FsNode, name: string, mode: number) => {
        const path = this.#path(parent, name);
        if ((mode & S.IFMT) === S.IFDIR) disk.mkdir(path, mode & 0o7777 & ~this.#mask);
        else disk.release(disk.open(path, O.CREAT | O.EXCL | O.WRONLY, mode & 0o7777));
        return this.#makeNode(path, mode);
      },
      unlink: (parent: FsNode, name: string) => disk.unlink(this.#path(parent, name)),
      rmdir: (parent: FsNode, name: string) => disk.rmdir(this.#path(parent, name)),
      readdir: (node: FsNode) => ['.', '..', ...disk.readdir(this.#path(node)).map((entry) => entry.name)],
      symlink: (parent: FsNode, name: string, target: string) => {
        const path = this.#path(parent, name);
        disk.symlink(target, path);
        return this.#makeNode(path, S.IFLNK | 0o777);
      },
      readlink: (node: FsNode) => disk.readlink(this.#path(node)),
      statfs: () => {
        const { bytes, bytesFree, inodes, inodesFree } = disk.statfs();
        const blocks = { blocks: Math.floor(bytes / BLOCK), bfree: Math.floor(bytesFree / BLOCK) };
        return { ...blocks, bavail: blocks.bfree, files: inodes, ffree: inodesFree };
      },
    });
  }

  #streamOperations(): object {
    const disk = this.#disk;
    const inode = (stream: FsStream): number => {
      if (stream.ino === undefined) throw new FsError('EBADF', 'read');
      return stream.ino;
    };
    return this.#guardAll({
      open: (stream: FsStream) => {
        stream.ino = disk.open(this.#path(stream.node), stream.flags & (O.ACCMODE | O.DIRECTORY));
        stream.shared.references = 1;
      },
      dup: (stream: FsStream) => void (stream.shared.references = (stream.shared.references ?? 1) + 1),
      close: (stream: FsStream) => {
        stream.shared.references = (stream.shared.references ?? 1) - 1;
        if (stream.shared.references === 0) disk.release(inode(stream));
      },
      getattr: (stream: FsStream) => attributes(disk.statInode(inode(stream))),
      setattr: (stream: FsStream, change: AttributeChange) => this.#setAttributes(inode(stream), change),
      read: (stream: FsStream, buffer: Uint8Array, offset: number, length: number, position: number) =>
        disk.read(inode(stream), view(buffer, offset, length), position),
      write: (stream: FsStream, buffer: Uint8Array, offset: number, length: number, position: number) => {
        const source = view(buffer, offset, length);
        if ((stream.flags & O.APPEND) === 0) return disk.write(inode(stream), source, position);
        // Emscripten then adds what was written to the position, which is to be the file's end.
        stream.position = disk.append(inode(stream), source) - length;
        return length;
      },
      llseek: (stream: FsStream, offset: number, whence: number) => {
        const base = whence === 1 ? stream.position : whence === 2 ? disk.statInode(inode(stream)).size : 0;
        if (base + offset < 0) throw new FsError('EINVAL', 'lseek');
        return base + offset;
      },
      mmap: (stream: FsStream, length: number, position: number) => {
        const pointer = this.#module.mmapAlloc(length);
        if (pointer === 0) throw new FsError('ENOSPC', 'mmap');
        disk.read(inode(stream), view(this.#module.HEAPU8, pointer, length), position);
        return { ptr: pointer, allocated: true };
      },
      msync: (stream: FsStream, buffer: Uint8Array, offset: number, length: number) => {
        disk.write(inode(stream), view(buffer, 0, length), offset);
        return 0;
      },
    });
  }

  #setAttributes(ino: number, change: AttributeChange): void {
    const disk = this.#disk;
    if (change.size !== undefined) disk.truncate(ino, change.size);
    if (change.mode !== undefined) disk.chmodInode(ino, change.mode & 0o7777);
    if (change.atime !== undefined && change.mtime !== undefined)
      disk.utimesInode(ino, change.atime, change.mtime);
  }

  #errno(error: unknown): unknown {
    if (!(error instanceof FsError)) return error;
    return new this.#fs.ErrnoError(
      this.#module.ERRNO_CODES[error.code] ?? this.#module.ERRNO_CODES['EIO'] ?? 29,
    );
  }

  #guard<T>(operation: () => T): T {
    try {
      return operation();
    } catch (error) {
      throw this.#errno(error);
    }
  }

  /** The operations with the disk's errors turned into Emscripten's. */
  #guardAll<T extends Record<string, (...args: never[]) => unknown>>(operations: T): object {
    return Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [
        name,
        (...args: Parameters<typeof operation>) => this.#guard(() => operation(...args)),
      ]),
    );
  }
}

/** Emscripten hands over its whole memory (as signed bytes) and a range. */
function view(buffer: Uint8Array, offset: number, length: number): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length);
}
