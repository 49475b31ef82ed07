import { SyscallError } from '../../kernel/process-port.ts';
import type { Binding, RealmContext } from '../context.ts';
import { copyBytes } from '../encoding.ts';
import { handleClassOf } from './handle.ts';
import { Feed, Sink, Stdio } from './pipe.ts';
import type { Transport } from './stream.ts';

interface SpawnOptions {
  file: string;
  args: string[];
  cwd?: string;
  envPairs?: string[];
  stdio: { type: string; handle?: { attach(transport: Transport): void; ipc?: boolean }; fd?: number }[];
}

/** The parent's end of a channel without another end. */
class Messages extends Feed {
  readonly #report: () => void;

  constructor(report: () => void) {
    super();
    this.#report = report;
  }

  override write(): boolean {
    this.#report();
    return false;
  }
}

function reportMessages(realm: RealmContext): void {
  realm.port.report({
    type: 'unsupported',
    reason: 'missing-binding',
    detail: 'child_process.fork: the child runs, but no messages pass between the two',
  });
}

function environmentOf({ envPairs = [] }: SpawnOptions): Record<string, string> {
  return Object.fromEntries(
    envPairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/** The `process_wrap` binding: children by the kernel, which answers later than libuv would. */
export function createSpawnBinding(realm: RealmContext): Binding {
  const stdio = Stdio.of(realm);
  const signalNames = Object.entries(
    (realm.constantsOf('constants')['os'] as { signals: Record<string, number> }).signals,
  );

  class Process extends handleClassOf(realm) {
    onexit: (code: number, signal: string) => void = () => undefined;
    pid = 0;
    #alive = false;
    #started = false;
    #signal = 0;

    constructor() {
      super('PROCESSWRAP');
    }

    spawn(options: SpawnOptions): number {
      if (options.stdio.some(({ type }) => type === 'overlapped')) return realm.errno('ENOTSUP');
      const env = environmentOf(options);
      const messages = this.#messages(options);
      if (messages !== undefined) delete env['NODE_CHANNEL_FD'];
      const outputs = [...[1, 2].map((fd) => this.#output(options, fd as 1 | 2)), ...(messages ?? [])];
      let input: (bytes: Uint8Array | null) => void = () => undefined;
      const early: (Uint8Array | null)[] = [];
      const [stdin] = options.stdio;
      if (stdin?.type === 'pipe') {
        stdin.handle?.attach(new Sink((bytes) => input(bytes === null ? null : copyBytes(bytes))));
        input = (bytes) => void early.push(bytes);
      }
      this.pid = stdio.provisionalPid();
      this.#alive = true;
      this.setActive(true);
      realm.port.spawn(options.file, options.args.slice(1), options.cwd ?? realm.cwd, env).then(
        (pid) => {
          this.#start(pid, outputs);
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
      if (this.#started) realm.port.kill(this.pid, signal);
      return 0;
    }

    #start(pid: number, outputs: ((bytes: Uint8Array | null) => void)[]): void {
      stdio.settlePid(this.pid, pid);
      this.#started = true;
      this.pid = pid;
      const owner: unknown = Reflect.get(this, realm.symbols['owner_symbol'] ?? '');
      if (typeof owner === 'object' && owner !== null) Reflect.set(owner, 'pid', pid);
      stdio.addChild(pid, {
        output: (stream, bytes) => outputs[stream === 'stdout' ? 0 : 1]?.(bytes),
        exit: (code) => {
          for (const output of outputs) output(null);
          this.#exited(code);
        },
      });
      if (this.#signal !== 0) realm.port.kill(pid, this.#signal);
    }

    /**
     * The parent's end of the message channel of a fork, when one is asked for: the child runs without the other end.
     * A message that is sent fails; the end of the child is the end of the channel.
     */
    #messages(options: SpawnOptions): ((bytes: Uint8Array | null) => void)[] | undefined {
      const channel = options.stdio.find(({ handle }) => handle?.ipc === true);
      if (channel?.handle === undefined) return undefined;
      // Tools fork to watch over a program; a cluster cannot do without messages.
      if (options.envPairs?.some((pair) => pair.startsWith('NODE_UNIQUE_ID=')) === true)
        reportMessages(realm);
      const feed = new Messages(() => reportMessages(realm));
      channel.handle.attach(feed);
      return [(bytes) => feed.push(bytes)];
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
