import { SyscallError } from '../../kernel/process-port.ts';
import type { Binding, RealmContext } from '../context.ts';
import { portsOf } from '../messaging/index.ts';
import { Threads, type ThreadData } from '../messaging/threads.ts';
import type { WirePort } from '../messaging/port-data.ts';
import { handleClassOf } from './handle.ts';
import { Stdio } from './stdio.ts';

const SIGKILL = 9;

/** The `worker` binding: threads, which the kernel starts so that a thread may sleep while another begins. */
export function createWorkerBinding(realm: RealmContext): Binding {
  const threads = Threads.of(realm);
  const { start } = realm.port;
  let environmentPort: object | undefined;

  function environmentOf(env: unknown): Record<string, string> {
    if (typeof env === 'symbol') {
      realm.port.report({
        type: 'unsupported',
        reason: 'missing-binding',
        detail: 'worker_threads.SHARE_ENV: a thread gets a copy of the environment variables',
      });
    }
    const given = typeof env === 'object' && env !== null ? env : (realm.process['env'] as object);
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
  }

  class Worker extends handleClassOf(realm) {
    onexit: ((code: number, error?: string, reason?: string) => void) | null = null;
    readonly threadId = threads.newId();
    readonly messagePort: object;
    readonly #transfer: Transferable[] = [];
    readonly #wire: WirePort;
    readonly #env: Record<string, string>;
    readonly #execArgv: readonly string[];
    readonly #limits: Float64Array;
    #pid = 0;

    constructor(
      _url: unknown,
      env: unknown,
      execArgv: readonly string[] | undefined,
      resourceLimits: Float64Array | undefined,
    ) {
      super('WORKER');
      this.#env = environmentOf(env);
      this.#execArgv = execArgv ?? realm.options.execArgv;
      this.#limits = Float64Array.from(resourceLimits ?? new Float64Array(4));
      const { port1, port2 } = portsOf(realm).pair();
      this.messagePort = port1;
      this.#wire = portsOf(realm).send(port2, this.#transfer);
    }

    startThread(): void {
      const { native, inbox, outbox } = this.#wire;
      const data: ThreadData = {
        threadId: this.threadId,
        secret: threads.secret,
        ids: threads.ids,
        inbox,
        outbox,
        resourceLimits: [...this.#limits],
      };
      try {
        const { value } = realm.port.callSync(
          {
            call: 'thread',
            argv: [start.argv[0] ?? 'node', ...this.#execArgv],
            env: this.#env,
            cwd: realm.cwd,
            data,
            port: native,
          },
          this.#transfer,
        );
        this.#pid = value as number;
      } catch (error) {
        const { codes } = realm.require('internal/errors') as {
          codes: Record<'ERR_WORKER_INIT_FAILED', new (reason: string) => Error>;
        };
        throw new codes.ERR_WORKER_INIT_FAILED(error instanceof SyscallError ? error.code : 'EIO');
      }
      this.setActive(true);
      Stdio.of(realm).addChild(this.#pid, {
        output: () => undefined,
        exit: (code, signal) => {
          realm.complete(() => {
            this.setActive(false);
            const { onexit } = this;
            // A thread that was ended from outside has the code 1.
            if (onexit !== null) realm.callback(onexit, this, signal === 0 ? code : 1);
          });
        },
      });
    }

    stopThread(): void {
      if (this.#pid !== 0) realm.port.kill(this.#pid, SIGKILL);
    }

    getResourceLimits(): Float64Array {
      return this.#limits;
    }

    takeHeapSnapshot(): never {
      return realm.missing('worker.getHeapSnapshot');
    }

    loopStartTime(): number {
      return -1;
    }

    loopIdleTime(): number {
      return 0;
    }
  }

  return {
    ...realm.constantsOf('worker'),
    isMainThread: threads.isMain,
    ownsProcessState: threads.isMain,
    threadId: threads.id,
    resourceLimits: Float64Array.from(threads.data?.resourceLimits ?? new Float64Array(4)),
    getEnvMessagePort(): object | undefined {
      const { thread } = start;
      const { data } = threads;
      if (thread === undefined || data === undefined) return undefined;
      const { inbox, outbox } = data;
      environmentPort ??= portsOf(realm).adopt({ native: thread.port, inbox, outbox, backlog: [] });
      return environmentPort;
    },
    Worker,
  };
}
