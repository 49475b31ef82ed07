import { FsError, type Stat } from '../../fs/types.ts';
import type { Binding, RealmContext } from '../context.ts';
import { asBytes, utf8Text } from '../encoding.ts';
import { utf8Encoder } from '../host.ts';
import { asyncWrapOf } from './async-wrap.ts';
import { Files, statValues, type PathLike } from './fs-files.ts';
import { createModuleLookups } from './fs-modules.ts';
import { createOperations, type Operation } from './fs-operations.ts';
import { readWithStdin } from './stdin-read.ts';
import { createStatWatcher } from './fs-stat-watcher.ts';

interface Request {
  oncomplete(error: unknown, value?: unknown): void;
}

/** Bytes that a web stream over a file gets at once. */
const STREAM_BYTES = 65_536;

interface StreamState {
  streamBaseState: Int32Array;
  kReadBytesOrError: number;
}

function pathText(path: unknown): string | undefined {
  if (typeof path === 'string') return path;
  return path instanceof Uint8Array ? utf8Text(asBytes(path)) : undefined;
}

/** Delivers results of file operations: at once, to a callback, or as a promise. */
class Delivery {
  readonly #realm: RealmContext;
  readonly #promises: symbol;

  constructor(realm: RealmContext, promises: symbol) {
    this.#realm = realm;
    this.#promises = promises;
  }

  /** A failure as libuv reports it, with the paths as the program gave them. */
  failure(error: unknown, syscall: string, path?: unknown, dest?: unknown): unknown {
    if (!(error instanceof FsError)) return error;
    const shown = syscall === 'mkdtemp' ? `${pathText(path) ?? ''}XXXXXX` : pathText(path);
    return this.#realm.uvError(this.#realm.errno(error.code), syscall, shown, pathText(dest));
  }

  /** The binding's function for an operation. */
  wrap({ syscall, request, paths, run }: Operation): (...args: unknown[]) => unknown {
    return (...args: unknown[]) => {
      const attempt = (): unknown => {
        try {
          return Reflect.apply(run as (...args: unknown[]) => unknown, undefined, args);
        } catch (error) {
          throw this.failure(
            error,
            syscall,
            paths > 0 ? args[0] : undefined,
            paths > 1 ? args[1] : undefined,
          );
        }
      };
      return this.deliver(args[request], attempt);
    };
  }

  deliver(request: unknown, attempt: () => unknown): unknown {
    if (request === undefined) return attempt();
    const operation = this.#begin(attempt);
    if (request === this.#promises) {
      return new Promise((resolve, reject) => {
        this.#realm.complete(() => {
          try {
            resolve(operation());
          } catch (error) {
            reject(error as Error);
          }
        });
      });
    }
    this.#realm.complete(() => this.#call(request as Request, operation));
    return undefined;
  }

  /** Node's threads have what was asked of them done before the process ends, though nobody hears of it. */
  #begin(attempt: () => unknown): () => unknown {
    const { begun } = this.#realm;
    const atExit = (): void => {
      try {
        attempt();
      } catch {
        // The one who asked is gone.
      }
    };
    begun.add(atExit);
    return () => {
      begun.delete(atExit);
      return attempt();
    };
  }

  #call(request: Request, attempt: () => unknown): void {
    let value: unknown;
    try {
      value = attempt();
    } catch (error) {
      this.#realm.callback(request.oncomplete, request, error);
      return;
    }
    if (value === undefined) this.#realm.callback(request.oncomplete, request, null);
    else this.#realm.callback(request.oncomplete, request, null, value);
  }
}

function statArray(stat: Stat, bigint: boolean, shared?: Float64Array | BigInt64Array): unknown {
  const values = statValues(stat);
  if (bigint) {
    const out = shared instanceof BigInt64Array ? shared : new BigInt64Array(values.length);
    values.forEach((value, at) => (out[at] = BigInt(value)));
    return out;
  }
  const out = shared instanceof Float64Array ? shared : new Float64Array(values.length);
  out.set(values);
  return out;
}

/** The `fs` binding over the sandbox's disk. */
export function createFsBinding(realm: RealmContext): Binding {
  const files = Files.of(realm);
  const { fs } = realm;
  const kUsePromises = realm.symbols['fs_use_promises_symbol'] ?? Symbol('fs_use_promises_symbol');
  const delivery = new Delivery(realm, kUsePromises);
  const shared = { plain: new Float64Array(36), big: new BigInt64Array(36) };
  const toBuffer = (bytes: Uint8Array): Uint8Array => {
    const { Buffer } = realm.require('buffer') as { Buffer: { from(bytes: Uint8Array): Uint8Array } };
    return Buffer.from(bytes);
  };

  const statOperation =
    (syscall: string, read: (target: never) => Stat, quietly: (code: string) => boolean) =>
    (target: unknown, bigint: boolean, request: unknown, flag?: boolean): unknown =>
      delivery.deliver(request, () => {
        try {
          const stat = read(target as never);
          return statArray(
            stat,
            bigint,
            request === undefined ? (bigint ? shared.big : shared.plain) : undefined,
          );
        } catch (error) {
          const silent = syscall === 'fstat' ? flag === true : flag === false;
          if (request === undefined && silent && error instanceof FsError && quietly(error.code))
            return undefined;
          throw delivery.failure(error, syscall, syscall === 'fstat' ? undefined : target);
        }
      });
  const noEntry = (code: string): boolean => code === 'ENOENT' || code === 'ENOTDIR';

  const operations = createOperations(files, toBuffer);
  const wrapped = Object.fromEntries(
    Object.entries(operations).map(([name, each]) => [name, delivery.wrap(each)]),
  );
  const closeLater = (fd: number): unknown => wrapped['close']?.(fd, kUsePromises);

  class FSReqCallback extends asyncWrapOf(realm) {
    oncomplete: (...results: unknown[]) => void = () => undefined;
    constructor() {
      super('FSREQCALLBACK');
    }
  }

  class FileHandle extends asyncWrapOf(realm) {
    fd: number;
    constructor(fd: number) {
      super('FILEHANDLE');
      this.fd = fd;
    }
    onread: ((buffer: ArrayBuffer | undefined) => void) | undefined;
    #reading = false;
    #under = false;
    /** The web stream over a file takes its bytes as from a socket. */
    readStart(): number {
      this.#reading = true;
      if (!this.#under) this.#readOn();
      return 0;
    }
    readStop(): number {
      this.#reading = false;
      return 0;
    }
    #readOn(): void {
      this.#under = true;
      realm.complete(() => {
        this.#under = false;
        if (!this.#reading || this.fd < 0) return;
        const piece = new Uint8Array(STREAM_BYTES);
        const count = files.read(this.fd, piece, -1);
        const { streamBaseState, kReadBytesOrError } = realm.binding('stream_wrap') as unknown as StreamState;
        streamBaseState[kReadBytesOrError] = count === 0 ? realm.errno('EOF') : count;
        const { onread } = this;
        if (onread !== undefined) realm.callback(onread, this, piece.slice(0, count).buffer);
        if (this.#reading && count > 0) this.#readOn();
      });
    }
    close(): unknown {
      const { fd } = this;
      this.fd = -1;
      return closeLater(fd);
    }
    releaseFD(): number {
      const { fd } = this;
      this.fd = -1;
      return fd;
    }
  }

  return {
    ...realm.constantsOf('fs'),
    ...wrapped,
    read: readWithStdin(realm, (...args) => wrapped['read']?.(...args), kUsePromises),
    kUsePromises,
    kFsStatsFieldsNumber: 18,
    statValues: shared.plain,
    bigintStatValues: shared.big,
    statFsValues: new Float64Array(7),
    bigintStatFsValues: new BigInt64Array(7),
    FSReqCallback,
    FileHandle,
    StatWatcher: createStatWatcher(realm, files),
    stat: statOperation('stat', (path: PathLike) => fs.stat(files.path(path)), noEntry),
    lstat: statOperation('lstat', (path: PathLike) => fs.lstat(files.path(path)), noEntry),
    fstat: statOperation(
      'fstat',
      (fd: number) => files.stat(fd),
      () => true,
    ),
    statfs(path: PathLike, bigint: boolean, request: unknown): unknown {
      return delivery.deliver(request, () => {
        const { bytes, bytesFree, inodes, inodesFree } = fs.statfs();
        const block = 4096;
        const blocks = [
          Math.floor(bytes / block),
          Math.floor(bytesFree / block),
          Math.floor(bytesFree / block),
        ];
        const values = [0xef53, block, ...blocks, inodes, inodesFree];
        void files.path(path);
        return bigint ? BigInt64Array.from(values.map(BigInt)) : Float64Array.from(values);
      });
    },
    openFileHandle(path: PathLike, flags: number, mode: number, request: unknown): unknown {
      return delivery.deliver(request, () => {
        try {
          return new FileHandle(files.open(path, flags, mode));
        } catch (error) {
          throw delivery.failure(error, 'open', path);
        }
      });
    },
    existsSync(path: PathLike): boolean {
      try {
        return fs.exists(files.path(path));
      } catch {
        return false;
      }
    },
    readFileUtf8(source: PathLike | number, flags: number): string {
      try {
        return utf8Text(files.readAll(source, flags));
      } catch (error) {
        const syscall = error instanceof FsError && error.syscall === 'read' ? 'read' : 'open';
        throw delivery.failure(error, syscall, syscall === 'read' ? undefined : source);
      }
    },
    writeFileUtf8(target: PathLike | number, data: string, flags: number, mode: number): void {
      try {
        files.writeAll(target, utf8Encoder.encode(data), flags, mode);
      } catch (error) {
        throw delivery.failure(error, 'open', target);
      }
    },
    ...createModuleLookups(realm, files),
  };
}

/** The `fs_dir` binding: `fs.opendir`. */
export function createFsDirBinding(realm: RealmContext): Binding {
  const files = Files.of(realm);
  const kUsePromises = realm.symbols['fs_use_promises_symbol'] ?? Symbol('fs_use_promises_symbol');
  const delivery = new Delivery(realm, kUsePromises);
  const types = { file: 1, directory: 2, symlink: 3, socket: 5 } as const;

  class DirHandle extends asyncWrapOf(realm) {
    #entries: (string | number)[];
    constructor(path: PathLike) {
      super('DIRHANDLE');
      this.#entries = realm.fs.readdir(files.path(path)).flatMap((entry) => [entry.name, types[entry.type]]);
    }
    read(_encoding: string, count: number, request: unknown): unknown {
      return delivery.deliver(request, () => {
        const part = this.#entries.splice(0, count * 2);
        return part.length === 0 ? null : part;
      });
    }
    close(request: unknown): unknown {
      return delivery.deliver(request, () => undefined);
    }
  }

  const open = (path: PathLike, request: unknown): unknown =>
    delivery.deliver(request, () => {
      try {
        return new DirHandle(path);
      } catch (error) {
        // The synchronous form does not say which path it was.
        throw delivery.failure(error, 'opendir', request === undefined ? undefined : path);
      }
    });
  return {
    opendir: (path: PathLike, _encoding: string, request: unknown) => open(path, request),
    opendirSync: (path: PathLike) => open(path, undefined),
    DirHandle,
  };
}
