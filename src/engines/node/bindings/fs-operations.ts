import { FsError, O } from '../../fs/types.ts';
import { asBytes, decodeText, encodeText, encodingOf, utf8Text } from '../encoding.ts';
import { utf8Encoder } from '../host.ts';
import { isDirectory, type Files, type PathLike } from './fs-files.ts';

/** An operation as the binding offers it, without the ways in which its result is delivered. */
export interface Operation {
  readonly syscall: string;
  /** Which argument says how the result is delivered. */
  readonly request: number;
  /** How many of the first arguments are paths, for the error. */
  readonly paths: 0 | 1 | 2;
  run(...args: never[]): unknown;
}

/** Types of directory entries, as UV_DIRENT_*. */
const entryTypes = { file: 1, directory: 2, symlink: 3, socket: 5 } as const;
const executeBit = 1;
const copyExclusive = 1;

function named(
  bytes: string,
  encoding: unknown,
  toBuffer: (bytes: Uint8Array) => Uint8Array,
): string | Uint8Array {
  if (encoding === 'buffer') return toBuffer(utf8Encoder.encode(bytes));
  if (encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8')
    return bytes;
  return decodeText(utf8Encoder.encode(bytes), encodingOf(encoding));
}

/** Makes a directory and its parents; the first one made, or undefined. */
function makeDirectories(files: Files, path: PathLike, mode: number): string | undefined {
  const { fs } = files;
  const parts = files
    .path(path)
    .split('/')
    .filter((part) => part !== '');
  let current = '';
  let first: string | undefined;
  for (const part of parts) {
    current += `/${part}`;
    try {
      fs.mkdir(current, mode);
      first ??= current;
    } catch (error) {
      if (!(error instanceof FsError) || error.code !== 'EEXIST') throw error;
      if (!isDirectory(fs.stat(current)))
        throw new FsError(current === `/${parts.join('/')}` ? 'EEXIST' : 'ENOTDIR', 'mkdir', current);
    }
  }
  return first;
}

function positionOf(value: unknown): number {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : -1;
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
function randomSuffix(): string {
  return Array.from({ length: 6 }, () => letters.charAt(Math.floor(Math.random() * letters.length))).join('');
}

/** Every operation that exists in a synchronous, a callback and a promise form. Those on Stats are in fs.ts. */
export function createOperations(
  files: Files,
  toBuffer: (bytes: Uint8Array) => Uint8Array,
): Record<string, Operation> {
  const { fs } = files;
  const nothing = (): void => undefined;
  const operation = (
    syscall: string,
    request: number,
    paths: Operation['paths'],
    run: Operation['run'],
  ): Operation => ({ syscall, request, paths, run });

  const setTimes = (ino: number, atime: number, mtime: number): void =>
    fs.utimesInode(ino, atime * 1000, mtime * 1000);

  return {
    access: operation('access', 2, 1, (path: PathLike, mode: number) => {
      const stat = fs.stat(files.path(path));
      // The sandbox's user is root, who may read and write everything.
      if ((mode & executeBit) !== 0 && (stat.mode & 0o111) === 0) throw new FsError('EACCES', 'access');
    }),
    open: operation('open', 3, 1, (path: PathLike, flags: number, mode: number) =>
      files.open(path, flags, mode),
    ),
    close: operation('close', 1, 0, (fd: number) => files.close(fd)),
    read: operation(
      'read',
      5,
      0,
      (fd: number, buffer: ArrayBufferView, offset: number, length: number, position: unknown) =>
        files.read(fd, asBytes(buffer).subarray(offset, offset + length), positionOf(position)),
    ),
    readBuffers: operation('read', 3, 0, (fd: number, buffers: ArrayBufferView[], position: unknown) => {
      let at = positionOf(position);
      let total = 0;
      for (const buffer of buffers) {
        const count = files.read(fd, asBytes(buffer), at);
        total += count;
        if (at >= 0) at += count;
        if (count < buffer.byteLength) break;
      }
      return total;
    }),
    writeBuffer: operation(
      'write',
      5,
      0,
      (fd: number, buffer: ArrayBufferView, offset: number, length: number, position: unknown) =>
        files.write(fd, asBytes(buffer).subarray(offset, offset + length), positionOf(position)),
    ),
    writeString: operation('write', 4, 0, (fd: number, text: string, position: unknown, encoding: unknown) =>
      files.write(fd, encodeText(text, encodingOf(encoding)), positionOf(position)),
    ),
    writeBuffers: operation('write', 3, 0, (fd: number, buffers: ArrayBufferView[], position: unknown) => {
      let at = positionOf(position);
      let total = 0;
      for (const buffer of buffers) {
        const count = files.write(fd, asBytes(buffer), at);
        total += count;
        if (at >= 0) at += count;
      }
      return total;
    }),
    fsync: operation('fsync', 1, 0, nothing),
    fdatasync: operation('fdatasync', 1, 0, nothing),
    ftruncate: operation('ftruncate', 2, 0, (fd: number, size: number) =>
      fs.truncate(files.inode(fd, 'ftruncate'), size),
    ),
    rename: operation('rename', 2, 2, (from: PathLike, to: PathLike) =>
      fs.rename(files.path(from), files.path(to)),
    ),
    rmdir: operation('rmdir', 1, 1, (path: PathLike) => fs.rmdir(files.path(path))),
    unlink: operation('unlink', 1, 1, (path: PathLike) => fs.unlink(files.path(path))),
    mkdir: operation('mkdir', 3, 1, (path: PathLike, mode: number, recursive: boolean) => {
      if (recursive) return makeDirectories(files, path, files.mode(mode));
      fs.mkdir(files.path(path), files.mode(mode));
      return undefined;
    }),
    mkdtemp: operation('mkdtemp', 2, 1, (prefix: PathLike, encoding: unknown) => {
      const base = typeof prefix === 'string' ? prefix : utf8Text(prefix);
      const name = base + randomSuffix();
      fs.mkdir(files.path(name), 0o700);
      return named(name, encoding, toBuffer);
    }),
    readdir: operation('scandir', 3, 1, (path: PathLike, encoding: unknown, withTypes: boolean) => {
      const entries = fs.readdir(files.path(path));
      const names = entries.map((entry) => named(entry.name, encoding, toBuffer));
      return withTypes ? [names, entries.map((entry) => entryTypes[entry.type])] : names;
    }),
    link: operation('link', 2, 2, (existing: PathLike, path: PathLike) =>
      fs.link(files.path(existing), files.path(path)),
    ),
    symlink: operation('symlink', 3, 2, (target: PathLike, path: PathLike) =>
      fs.symlink(typeof target === 'string' ? target : utf8Text(target), files.path(path)),
    ),
    readlink: operation('readlink', 2, 1, (path: PathLike, encoding: unknown) =>
      named(fs.readlink(files.path(path)), encoding, toBuffer),
    ),
    realpath: operation('realpath', 2, 1, (path: PathLike, encoding: unknown) =>
      named(fs.realpath(files.path(path)), encoding, toBuffer),
    ),
    copyFile: operation('copyfile', 3, 2, (from: PathLike, to: PathLike, mode: number) => {
      const source = files.path(from);
      const stat = fs.stat(source);
      if (isDirectory(stat)) throw new FsError('EISDIR', 'copyfile');
      const exclusive = (mode & copyExclusive) !== 0 ? O.EXCL : 0;
      const flags = O.WRONLY | O.CREAT | O.TRUNC | exclusive;
      files.writeAll(files.path(to), fs.readFile(source), flags, stat.mode & 0o777);
    }),
    chmod: operation('chmod', 2, 1, (path: PathLike, mode: number) => fs.chmod(files.path(path), mode)),
    fchmod: operation('fchmod', 2, 0, (fd: number, mode: number) =>
      fs.chmodInode(files.inode(fd, 'fchmod'), mode),
    ),
    chown: operation('chown', 3, 1, (path: PathLike, uid: number, gid: number) =>
      fs.chownInode(fs.lookup(files.path(path)), uid | 0, gid | 0),
    ),
    fchown: operation('fchown', 3, 0, (fd: number, uid: number, gid: number) =>
      fs.chownInode(files.inode(fd, 'fchown'), uid | 0, gid | 0),
    ),
    lchown: operation('lchown', 3, 1, (path: PathLike, uid: number, gid: number) =>
      fs.chownInode(fs.lookup(files.path(path), false), uid | 0, gid | 0),
    ),
    utimes: operation('utime', 3, 1, (path: PathLike, atime: number, mtime: number) =>
      setTimes(fs.lookup(files.path(path)), atime, mtime),
    ),
    futimes: operation('futime', 3, 0, (fd: number, atime: number, mtime: number) =>
      setTimes(files.inode(fd, 'futime'), atime, mtime),
    ),
    lutimes: operation('lutime', 3, 1, (path: PathLike, atime: number, mtime: number) =>
      setTimes(fs.lookup(files.path(path), false), atime, mtime),
    ),
  };
}
