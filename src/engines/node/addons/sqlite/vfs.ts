import { host, utf8, utf8Encoder } from '../../host.ts';
import { limits } from '../../../../domain/limits.ts';
import { FsError, O, type FileSystem } from '../../../fs/types.ts';
import { LockTable, Lock } from './locks.ts';
import { WriteAheadMarks } from './write-ahead.ts';

/** SQLite's result codes for failed input and output. */
const IOERR = { read: 266, shortRead: 522, write: 778, truncate: 1546, fstat: 1802, unlink: 2570 } as const;
const BUSY = 5;
const CANTOPEN = 14;
const open = { readonly: 1, readwrite: 2, create: 4, deleteOnClose: 8, exclusive: 16 } as const;
const maxPath = 4096;

interface OpenFile {
  readonly ino: number;
  readonly writable: boolean;
}

/** What the WebAssembly build imports: SQLite's file layer over the disk of the sandbox, and the clock. */
export class SqliteHost {
  readonly writeAhead: WriteAheadMarks;
  readonly #fs: FileSystem;
  readonly #cwd: () => string;
  readonly #locks: LockTable;
  /** Of the process; it names files that only this process uses. */
  readonly pid: number;
  readonly #files = new Map<number, OpenFile>();
  #nextFile = 1;
  #memory: WebAssembly.Memory | undefined;

  constructor(fs: FileSystem, pid: number, cwd: () => string) {
    this.#fs = fs;
    this.#cwd = cwd;
    this.pid = pid;
    this.#locks = new LockTable(fs, pid);
    this.writeAhead = new WriteAheadMarks(fs);
  }

  attach(memory: WebAssembly.Memory): void {
    this.#memory = memory;
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.#buffer());
  }

  get view(): DataView {
    return new DataView(this.#buffer());
  }

  /** Text up to the terminating zero. */
  text(pointer: number): string {
    const bytes = this.bytes;
    return utf8.decode(bytes.subarray(pointer, bytes.indexOf(0, pointer)));
  }

  /** Imports by the short names of the build (0.8.60); the comment gives the function of its own host. */
  imports(): WebAssembly.ModuleImports {
    const stop = (what: string) => (): never => {
      throw new WebAssembly.RuntimeError(`sqlite: ${what}`);
    };
    return {
      n: stop('abort'),
      k: stop('exit'),
      l: () => undefined, // keepalive_clear
      i: () => 0, // setitimer
      p: () => undefined, // tzset
      q: () => Date.now(), // date_now
      a: () => host.now(), // get_now
      o: (time: bigint, target: number) => this.#localTime(Number(time), target),
      j: (size: number) => this.#grow(size >>> 0),
      g: () => maxPath, // max_path_length
      r: (path: number, flags: number, mode: number) => this.#open(this.text(path), flags, mode),
      f: (file: number) => this.#close(this.#handle(file)),
      x: (_vfs: number, path: number) => this.#delete(this.text(path)),
      w: (_vfs: number, path: number, _flags: number, result: number) =>
        this.#answer(result, this.#fs.exists(this.text(path))),
      m: (_vfs: number, path: number, size: number, target: number) =>
        this.#fullPath(this.text(path), size, target),
      v: (file: number, target: number) => this.#size(this.#handle(file), target),
      e: (file: number, target: number, length: number, at: bigint) =>
        this.#read(file, target, length, Number(at)),
      d: (file: number, source: number, length: number, at: bigint) =>
        this.#write(file, source, length, Number(at)),
      c: (file: number, size: bigint) =>
        this.#attempt(IOERR.truncate, () => this.#fs.truncate(this.#file(file).ino, Number(size))),
      b: () => 0, // sync: the disk is memory
      u: (file: number, level: number) =>
        this.#locks.acquire(this.#file(file).ino, this.#handle(file), level) ? 0 : BUSY,
      t: (file: number, level: number) => {
        this.#locks.release(this.#file(file).ino, this.#handle(file), level);
        return 0;
      },
      s: (file: number, result: number) => this.#answer(result, this.#locks.isReserved(this.#file(file).ino)),
      h: (_vfs: number, length: number, target: number) => {
        host.crypto.getRandomValues(this.bytes.subarray(target, target + length));
        return length;
      },
    };
  }

  #buffer(): ArrayBuffer {
    if (this.#memory === undefined) throw new Error('sqlite: used before it was instantiated');
    return this.#memory.buffer;
  }

  /** SQLite's file structure holds the number that `open` gave. */
  #handle(file: number): number {
    return this.view.getInt32(file + 4, true);
  }

  #file(file: number): OpenFile {
    const found = this.#files.get(this.#handle(file));
    if (found === undefined) throw new Error(`sqlite: file ${this.#handle(file)} is not open`);
    return found;
  }

  #answer(result: number, yes: boolean): number {
    this.view.setInt32(result, yes ? 1 : 0, true);
    return 0;
  }

  #attempt(failure: number, action: () => void): number {
    try {
      action();
      return 0;
    } catch (error) {
      if (error instanceof FsError) return failure;
      throw error;
    }
  }

  #open(path: string, flags: number, mode: number): number {
    const writable = (flags & open.readwrite) !== 0;
    let access: number = writable ? O.RDWR : O.RDONLY;
    if (flags & open.create) access |= O.CREAT;
    if (flags & open.exclusive) access |= O.EXCL;
    const temporary = path === '';
    const name = temporary ? `/tmp/etilqs_${this.pid}_${this.#nextFile}` : path;
    try {
      const ino = this.#fs.open(name, access, mode || 0o644);
      if (this.#fs.statInode(ino).mode & 0o040000) {
        this.#fs.release(ino);
        return -1;
      }
      // An open file lives on without its name.
      if (temporary || flags & open.deleteOnClose) this.#fs.unlink(name);
      this.#files.set(this.#nextFile, { ino, writable });
      return this.#nextFile++;
    } catch (error) {
      if (error instanceof FsError) return -1;
      throw error;
    }
  }

  #close(handle: number): number {
    const file = this.#files.get(handle);
    if (file === undefined) return 0;
    this.#locks.release(file.ino, handle, Lock.none);
    this.#files.delete(handle);
    this.#fs.release(file.ino);
    return 0;
  }

  #delete(path: string): number {
    try {
      this.#fs.unlink(path);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      if (error.code !== 'ENOENT') return IOERR.unlink;
    }
    return 0;
  }

  #fullPath(path: string, size: number, target: number): number {
    const absolute = path.startsWith('/') ? path : `${this.#cwd()}/${path}`;
    const parts: string[] = [];
    for (const part of absolute.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    const encoded = utf8Encoder.encode(`/${parts.join('/')}\0`);
    if (encoded.length > size) return CANTOPEN;
    this.bytes.set(encoded, target);
    return 0;
  }

  #size(handle: number, target: number): number {
    const file = this.#files.get(handle);
    if (file === undefined) return IOERR.fstat;
    this.view.setBigInt64(target, BigInt(this.#fs.statInode(file.ino).size), true);
    return 0;
  }

  #read(file: number, target: number, length: number, at: number): number {
    const buffer = this.bytes.subarray(target, target + length);
    let count = 0;
    const failed = this.#attempt(IOERR.read, () => {
      count = this.#fs.read(this.#file(file).ino, buffer, at);
    });
    if (failed !== 0 || count === length) return failed;
    buffer.fill(0, count);
    return IOERR.shortRead;
  }

  #write(file: number, source: number, length: number, at: number): number {
    return this.#attempt(IOERR.write, () => {
      this.#fs.write(this.#file(file).ino, this.bytes.subarray(source, source + length), at);
    });
  }

  #grow(size: number): number {
    if (this.#memory === undefined || size > limits.wasmBytes) return 0;
    const missing = Math.ceil((size - this.#memory.buffer.byteLength) / 65_536);
    try {
      this.#memory.grow(Math.max(missing, 16));
      return 1;
    } catch {
      return 0; // SQLite reports it as out of memory.
    }
  }

  /** Fills C's `struct tm`. */
  #localTime(seconds: number, target: number): number {
    const date = new Date(seconds * 1000);
    if (Number.isNaN(date.getTime())) return 1;
    const startOfYear = new Date(date.getFullYear(), 0, 1);
    const day = Math.round((new Date(date).setHours(0, 0, 0, 0) - startOfYear.getTime()) / 86_400_000);
    const fields = [
      ...[date.getSeconds(), date.getMinutes(), date.getHours(), date.getDate(), date.getMonth()],
      ...[date.getFullYear() - 1900, date.getDay(), day, 0, date.getTimezoneOffset() * -60],
    ];
    fields.forEach((field, index) => this.view.setInt32(target + index * 4, field, true));
    return 0;
  }
}
