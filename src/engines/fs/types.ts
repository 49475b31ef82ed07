/** Shapes of the shared file system. See shared-fs.ts. */

import type { Change } from './changes.ts';

/** A failure with a POSIX code; `syscall` and `path` as in Node's own errors. */
export class FsError extends Error {
  override readonly name = 'FsError';
  constructor(
    readonly code: FsErrorCode,
    readonly syscall: string,
    readonly path?: string,
  ) {
    super(`${code}: ${fsErrorText[code]}, ${syscall}${path === undefined ? '' : ` '${path}'`}`);
  }
}

export const fsErrorText = {
  EACCES: 'permission denied',
  EBADF: 'bad file descriptor',
  EEXIST: 'file already exists',
  EFBIG: 'file too large',
  EINVAL: 'invalid argument',
  EISDIR: 'illegal operation on a directory',
  ELOOP: 'too many symbolic links encountered',
  ENAMETOOLONG: 'name too long',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on device',
  ENOTDIR: 'not a directory',
  ENOTEMPTY: 'directory not empty',
  EPERM: 'operation not permitted',
  EXDEV: 'cross-device link not permitted',
} as const;
export type FsErrorCode = keyof typeof fsErrorText;

/** Linux open(2) flags, as Node and CPython pass them. */
export const O = {
  RDONLY: 0,
  WRONLY: 1,
  RDWR: 2,
  ACCMODE: 3,
  CREAT: 0o100,
  EXCL: 0o200,
  TRUNC: 0o1000,
  APPEND: 0o2000,
  DIRECTORY: 0o200000,
  NOFOLLOW: 0o400000,
} as const;

/** File type bits of `mode`. */
export const S = {
  IFMT: 0o170000,
  IFREG: 0o100000,
  IFDIR: 0o040000,
  IFLNK: 0o120000,
  IFSOCK: 0o140000,
} as const;

/** Times in milliseconds since the epoch. */
export interface Stat {
  ino: number;
  mode: number;
  nlink: number;
  uid: number;
  gid: number;
  size: number;
  atime: number;
  mtime: number;
  ctime: number;
  birthtime: number;
}

export interface DirectoryEntry {
  name: string;
  ino: number;
  type: 'file' | 'directory' | 'symlink' | 'socket';
}

export interface Watch {
  /** What has happened since the last call. */
  poll(): Change[];
  close(): void;
}

/**
 * The one synchronous file system of a sandbox, shared by the shell, every Node process and every interpreter.
 * Paths are absolute; `.` and `..` and symbolic links are resolved here. All calls are safe from any worker.
 * Inodes are numbers that stay valid while linked or open.
 */
export interface FileSystem {
  lookup(path: string, follow?: boolean): number;
  stat(path: string): Stat;
  lstat(path: string): Stat;
  statInode(ino: number): Stat;
  exists(path: string): boolean;
  /** Opens (and creates, truncates) as open(2); the inode stays alive until `release`. */
  open(path: string, flags: number, mode?: number): number;
  release(ino: number): void;
  /** Keeps an open inode alive until one more `release`. */
  retain(ino: number): void;
  /** Bytes read, 0 at the end of the file. */
  read(ino: number, target: Uint8Array, position: number): number;
  write(ino: number, source: Uint8Array, position: number): number;
  /** Writes at the end; returns the position after the last byte written. */
  append(ino: number, source: Uint8Array): number;
  truncate(ino: number, size: number): void;
  /** A new open file without a name; gone with its last `release`. */
  anonymous(): number;
  /** Takes out the whole content, in one step. */
  drain(ino: number): Uint8Array<ArrayBuffer>;
  /** Whole content as a copy in ordinary (not shared) memory. */
  readFile(path: string): Uint8Array;
  readText(path: string): string;
  writeFile(path: string, data: Uint8Array | string, mode?: number): void;
  mkdir(path: string, mode?: number): void;
  /** Makes the path and its parents; an existing directory is no error. */
  mkdirp(path: string): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  /** Removes a file or a whole tree. */
  remove(path: string): void;
  rename(from: string, to: string): void;
  link(existing: string, path: string): void;
  symlink(target: string, path: string): void;
  /** Makes a socket's file. @throws FsError EEXIST. */
  makeSocket(path: string): void;
  readlink(path: string): string;
  realpath(path: string): string;
  /** Sorted by name. */
  readdir(path: string): DirectoryEntry[];
  chmodInode(ino: number, mode: number): void;
  chmod(path: string, mode: number): void;
  chownInode(ino: number, uid: number, gid: number): void;
  /** Watches the whole disk. */
  watch(): Watch;
  utimesInode(ino: number, atime: number, mtime: number): void;
  statfs(): { bytes: number; bytesFree: number; inodes: number; inodesFree: number };
}
