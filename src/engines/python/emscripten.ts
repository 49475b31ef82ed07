/** The parts of Emscripten's file system that a file system type touches. */

export interface FsNode {
  id: number;
  name: string;
  mode: number;
  parent: FsNode;
  mount: { mountpoint: string };
  node_ops: object;
  stream_ops: object;
  /** Path on the sandbox's disk; absent on nodes of other file systems. */
  diskPath?: string;
}

export interface FsStream {
  node: FsNode;
  fd: number;
  flags: number;
  position: number;
  /** Inode on the sandbox's disk that the stream holds open. */
  ino?: number;
  /** What streams made by dup have in common. */
  shared: { references?: number };
}

export interface Attributes {
  dev: number;
  ino: number;
  mode: number;
  nlink: number;
  uid: number;
  gid: number;
  rdev: number;
  size: number;
  atime: Date;
  mtime: Date;
  ctime: Date;
  blksize: number;
  blocks: number;
}

export interface AttributeChange {
  mode?: number;
  size?: number;
  /** Milliseconds. */
  atime?: number;
  mtime?: number;
  timestamp?: number;
}

export interface LookupOptions {
  follow?: boolean;
  parent?: boolean;
  noent_okay?: boolean;
  follow_mount?: boolean;
}

export interface EmscriptenFs {
  root: FsNode;
  ErrnoError: new (errno: number) => Error;
  ignorePermissions: boolean;
  lookupPath(path: string, options?: LookupOptions): { path: string; node?: FsNode };
  createNode(parent: FsNode, name: string, mode: number, rdev: number): FsNode;
  hashRemoveNode(node: FsNode): void;
  getPath(node: FsNode): string;
  getStream(fd: number): FsStream | null | undefined;
  open(path: string | FsNode, flags: string | number, mode?: number): FsStream;
  rename(from: string, to: string): void;
  cwd(): string;
  chdir(path: string): void;
  mkdirTree(path: string): void;
  writeFile(path: string, data: Uint8Array | string): void;
  readdir(path: string): string[];
}

export interface EmscriptenModule {
  FS: EmscriptenFs;
  ERRNO_CODES: Record<string, number>;
  HEAPU8: Uint8Array;
  memory: WebAssembly.Memory;
  _malloc(size: number): number;
  /** Zeroed memory for a mapping; 0 when there is none. */
  mmapAlloc(size: number): number;
}
