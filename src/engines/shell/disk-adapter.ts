import type { FsStat, IFileSystem } from 'just-bash/browser';
import { S, type FileSystem, type Stat } from '../fs/types.ts';
import { latin1 } from './text.ts';

/**
 * The sandbox's disk as the shell library wants it: the same calls, as promises. `loadScript` is asked once for the
 * text of the script that the shell is about to run, so that it can be prepared without the disk's copy changing.
 */
export function diskAdapter(fs: FileSystem, loadScript: (path: string) => string | undefined): IFileSystem {
  const text = (path: string) => {
    const device = deviceBytes(path);
    if (device === undefined) return loadScript(path) ?? fs.readText(path);
    return latin1(device);
  };
  return {
    readFile: async (path) => text(path),
    readFileBuffer: async (path) => {
      const script = loadScript(path);
      if (script !== undefined) return new TextEncoder().encode(script);
      return deviceBytes(path) ?? fs.readFile(path);
    },
    writeFile: async (path, content) => {
      if (path !== '/dev/null') fs.writeFile(path, content);
    },
    appendFile: async (path, content) => {
      if (path === '/dev/null') return;
      const before = fs.exists(path) ? fs.readFile(path) : new Uint8Array();
      const added = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      const whole = new Uint8Array(before.byteLength + added.byteLength);
      whole.set(before);
      whole.set(added, before.byteLength);
      fs.writeFile(path, whole);
    },
    exists: async (path) => devices.has(path) || fs.exists(path),
    stat: async (path) => (devices.has(path) ? { ...deviceStat, identity: path } : shellStat(fs.stat(path))),
    lstat: async (path) =>
      devices.has(path) ? { ...deviceStat, identity: path } : shellStat(fs.lstat(path)),
    mkdir: async (path, options) => (options?.recursive === true ? fs.mkdirp(path) : fs.mkdir(path)),
    readdir: async (path) => fs.readdir(path).map((entry) => entry.name),
    readdirWithFileTypes: async (path) =>
      fs.readdir(path).map((entry) => ({
        name: entry.name,
        isFile: entry.type === 'file',
        isDirectory: entry.type === 'directory',
        isSymbolicLink: entry.type === 'symlink',
      })),
    rm: async (path, options) => {
      if (options?.force === true && !fs.exists(path)) return;
      if (options?.recursive === true) fs.remove(path);
      else if (isDirectory(fs.lstat(path))) fs.rmdir(path);
      else fs.unlink(path);
    },
    cp: async (from, to, options) => copy(fs, from, to, options?.recursive === true),
    mv: async (from, to) => fs.rename(from, to),
    resolvePath: (base, path) => normalize(path.startsWith('/') ? path : `${base}/${path}`),
    getAllPaths: () => [],
    chmod: async (path, mode) => fs.chmod(path, mode),
    symlink: async (target, path) => fs.symlink(target, path),
    link: async (existing, path) => fs.link(existing, path),
    readlink: async (path) => fs.readlink(path),
    realpath: async (path) => fs.realpath(path),
    utimes: async (path, atime, mtime) => fs.utimesInode(fs.lookup(path), atime.getTime(), mtime.getTime()),
  };
}

const devices: ReadonlySet<string> = new Set(['/dev/null', '/dev/random', '/dev/urandom', '/dev/zero']);

const deviceStat: FsStat = {
  isFile: false,
  isDirectory: false,
  isSymbolicLink: false,
  mode: 0o666,
  size: 0,
  mtime: new Date(0),
};

/**
 * As much of an endless device as a script takes a part of: the library reads a file as a whole. Bytes are below 128,
 * as its tools take what they read for text and count the bytes of that.
 */
function deviceBytes(path: string): Uint8Array | undefined {
  if (!devices.has(path)) return undefined;
  if (path === '/dev/null') return new Uint8Array();
  const bytes = new Uint8Array(65_536);
  return path === '/dev/zero' ? bytes : crypto.getRandomValues(bytes).map((byte) => byte & 0x7f);
}

function copy(fs: FileSystem, from: string, to: string, recursive: boolean): void {
  const stat = fs.stat(from);
  if (!isDirectory(stat)) return fs.writeFile(to, fs.readFile(from), stat.mode & 0o777);
  if (!recursive) throw new Error(`EISDIR: illegal operation on a directory, cp '${from}'`);
  fs.mkdirp(to);
  for (const entry of fs.readdir(from)) copy(fs, `${from}/${entry.name}`, `${to}/${entry.name}`, true);
}

function isDirectory(stat: Stat): boolean {
  return (stat.mode & S.IFMT) === S.IFDIR;
}

function shellStat(stat: Stat): FsStat {
  const type = stat.mode & S.IFMT;
  return {
    isFile: type === S.IFREG,
    isDirectory: type === S.IFDIR,
    isSymbolicLink: type === S.IFLNK,
    mode: stat.mode & 0o7777,
    size: stat.size,
    mtime: new Date(stat.mtime),
    ino: stat.ino,
  };
}

/** Resolves `.` and `..` by text alone. */
export function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
