import { SyscallError } from '../../kernel/process-port.ts';
import type { Binding, RealmContext } from '../context.ts';
import { copyBytes } from '../encoding.ts';
import { handleClassOf } from './handle.ts';
import { streamClassOf, type Transport, type TransportEvents } from './stream.ts';

/** A byte source that others feed: standard input, the output of a child. */
export class Feed implements Transport {
  readonly pending = 0;
  #events: TransportEvents | undefined;
  #paused = false;
  readonly #early: (Uint8Array | null)[] = [];

  open(events: TransportEvents): void {
    this.#events = events;
    this.#flush();
  }

  /** Adds bytes, or the end. */
  push(bytes: Uint8Array | null): void {
    this.#early.push(bytes === null ? null : copyBytes(bytes));
    this.#flush();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#flush();
  }

  write(): boolean {
    return false;
  }

  end(): void {}

  close(): void {
    this.#events = undefined;
  }

  reset(): void {
    this.close();
  }

  #flush(): void {
    while (this.#events !== undefined && !this.#paused && this.#early.length > 0) {
      const next = this.#early.shift();
      if (next === null) this.#events.onEnd();
      else if (next !== undefined) this.#events.onData(next);
    }
  }
}

/** Bytes that go somewhere at once: standard output, the input of a child. */
class Sink implements Transport {
  readonly pending = 0;
  readonly #take: (bytes: Uint8Array | null) => void;
  #ended = false;

  constructor(take: (bytes: Uint8Array | null) => void) {
    this.#take = take;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#ended) return false;
    this.#take(bytes);
    return true;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#take(null);
  }

  close(): void {
    this.end();
  }

  reset(): void {
    this.end();
  }

  open(): void {}

  pause(): void {}

  resume(): void {}
}

/** Standard streams and children of the process of a realm. */
export class Stdio {
  static readonly #realms = new WeakMap<RealmContext, Stdio>();
  readonly stdin = new Feed();
  /** What a running child's output and end are given to, by pid. */
  readonly children = new Map<
    number,
    { output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void; exit(code: number): void }
  >();

  static of(realm: RealmContext): Stdio {
    let stdio = Stdio.#realms.get(realm);
    if (stdio === undefined) {
      stdio = new Stdio();
      Stdio.#realms.set(realm, stdio);
    }
    return stdio;
  }

  transport(realm: RealmContext, fd: number): Transport | undefined {
    if (fd === 0) return this.stdin;
    if (fd !== 1 && fd !== 2) return undefined;
    const stream = fd === 1 ? 'stdout' : 'stderr';
    return new Sink((bytes) => {
      if (bytes !== null) realm.port.write(stream, bytes);
    });
  }
}

/** The `pipe_wrap` binding: standard streams and those of children. Named pipes are not to be had. */
export function createPipeBinding(realm: RealmContext): Binding {
  const stdio = Stdio.of(realm);
  const unsupported = (what: string): number => {
    realm.port.report({
      type: 'unsupported',
      reason: 'missing-binding',
      detail: `pipe_wrap.Pipe.${what}: no named pipes`,
    });
    return realm.errno('ENOTSUP');
  };

  class Pipe extends streamClassOf(realm) {
    readonly ipc: boolean;

    constructor(type: number) {
      super('PIPEWRAP');
      this.ipc = type === 2;
    }

    open(fd: number): number {
      const transport = stdio.transport(realm, fd);
      if (transport === undefined) return realm.errno('EINVAL');
      this.attach(transport);
      return 0;
    }

    bind(): number {
      return unsupported('bind');
    }

    listen(): number {
      return unsupported('listen');
    }

    connect(): number {
      return unsupported('connect');
    }

    fchmod(): number {
      return 0;
    }
  }
  class PipeConnectWrap {}
  return { constants: realm.constantsOf('pipe_wrap')['constants'], Pipe, PipeConnectWrap };
}

interface SpawnOptions {
  file: string;
  args: string[];
  cwd?: string;
  envPairs?: string[];
  stdio: { type: string; handle?: { attach(transport: Transport): void }; fd?: number }[];
}

/** The `process_wrap` binding: children by the kernel, which answers later than libuv would. */
export function createSpawnBinding(realm: RealmContext): Binding {
  const { children } = Stdio.of(realm);
  const signalNames = Object.entries(
    (realm.constantsOf('constants')['os'] as { signals: Record<string, number> }).signals,
  );

  class Process extends handleClassOf(realm) {
    onexit: (code: number, signal: string) => void = () => undefined;
    pid = 0;
    #alive = false;
    #signal = 0;

    constructor() {
      super('PROCESSWRAP');
    }

    spawn(options: SpawnOptions): number {
      if (
        options.stdio.some(
          (each) => each.type === 'overlapped' || (each.handle as { ipc?: boolean })?.ipc === true,
        )
      ) {
        realm.port.report({
          type: 'unsupported',
          reason: 'missing-binding',
          detail: 'child_process.fork: no IPC',
        });
        return realm.errno('ENOTSUP');
      }
      const env = Object.fromEntries(
        (options.envPairs ?? []).map((pair) => [
          pair.slice(0, pair.indexOf('=')),
          pair.slice(pair.indexOf('=') + 1),
        ]),
      );
      const outputs = [1, 2].map((fd) => this.#output(options, fd as 1 | 2));
      let input: (bytes: Uint8Array | null) => void = () => undefined;
      const early: (Uint8Array | null)[] = [];
      const [stdin] = options.stdio;
      if (stdin?.type === 'pipe') {
        stdin.handle?.attach(new Sink((bytes) => input(bytes === null ? null : copyBytes(bytes))));
        input = (bytes) => void early.push(bytes);
      }
      this.#alive = true;
      this.setActive(true);
      realm.port.spawn(options.file, options.args.slice(1), options.cwd ?? realm.cwd, env).then(
        (pid) => {
          this.#started(pid, outputs);
          input = (bytes) => realm.port.childInput(pid, bytes);
          for (const bytes of early) input(bytes);
          if (stdin?.type !== 'pipe') input(null);
        },
        (error: unknown) => {
          for (const output of outputs) output(null);
          this.#exited(realm.errno(error instanceof SyscallError ? error.code : 'ENOENT'));
        },
      );
      return 0;
    }

    kill(signal: number): number {
      if (!this.#alive) return realm.errno('ESRCH');
      if (signal === 0) return 0;
      this.#signal = signal;
      if (this.pid !== 0) realm.port.kill(this.pid, signal);
      return 0;
    }

    #started(pid: number, outputs: ((bytes: Uint8Array | null) => void)[]): void {
      this.pid = pid;
      const owner: unknown = Reflect.get(this, realm.symbols['owner_symbol'] ?? '');
      if (typeof owner === 'object' && owner !== null) Reflect.set(owner, 'pid', pid);
      children.set(pid, {
        output: (stream, bytes) => outputs[stream === 'stdout' ? 0 : 1]?.(bytes),
        exit: (code) => {
          children.delete(pid);
          for (const output of outputs) output(null);
          this.#exited(code);
        },
      });
      if (this.#signal !== 0) realm.port.kill(pid, this.#signal);
    }

    #output(options: SpawnOptions, fd: 1 | 2): (bytes: Uint8Array | null) => void {
      const target = options.stdio[fd];
      const stream = fd === 1 ? 'stdout' : 'stderr';
      if (target?.type === 'pipe' && target.handle !== undefined) {
        const feed = new Feed();
        target.handle.attach(feed);
        return (bytes) => feed.push(bytes);
      }
      const inherited = target?.type === 'inherit' || target?.type === 'fd' ? (target.fd ?? fd) : undefined;
      if (inherited === undefined) return () => undefined;
      const own = inherited === 1 ? 'stdout' : inherited === 2 ? 'stderr' : stream;
      return (bytes) => {
        if (bytes !== null) realm.port.write(own, bytes);
      };
    }

    #exited(code: number): void {
      this.#alive = false;
      this.setActive(false);
      const killed = this.#signal !== 0 && code === 128 + this.#signal;
      const signal = killed ? (signalNames.find(([, number]) => number === this.#signal)?.[0] ?? '') : '';
      realm.callback(this.onexit, this, killed ? 0 : code, signal);
    }
  }
  return { Process };
}
