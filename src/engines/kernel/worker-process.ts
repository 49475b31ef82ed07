import * as v from 'valibot';
import type { SharedFs } from '../fs/shared-fs.ts';
import { ignoredByDefault, killed, type KernelProcess, type ProcessOptions } from './process.ts';
import {
  Control,
  TICK,
  processMessage,
  type KernelMessage,
  type ProcessMessage,
  type RuntimeAssets,
} from './protocol.ts';

/** A runtime whose processes are workers. */
export interface WorkerRuntime {
  assets(): Promise<RuntimeAssets>;
  /** A worker that no process has used; `prepared`: it has the assets already. */
  worker(name: string): { worker: Worker; prepared: boolean };
}

const NO_ASSETS: RuntimeAssets = { data: {}, modules: {} };

/** Messages that the worker itself does not answer. */
export type SystemCall = Exclude<ProcessMessage, { type: 'output' | 'exit' | 'ticks' }>;

/** Time in which a process that does not handle a signal may still end by itself, its output written. */
const DEFAULT_ACTION_MS = 50;
const TICK_MS = 20;

export interface WorkerProcessEvents {
  onCall(process: WorkerProcess, call: SystemCall): void;
  /** The worker broke the protocol or failed as a worker: not the program's own exit. */
  onFault(process: WorkerProcess, message: string): void;
}

/** A process that is a worker of its own: Node or Python. */
export class WorkerProcess implements KernelProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly command: string;
  readonly exit: Promise<number>;
  readonly isThread: boolean;
  readonly #worker: Worker;
  readonly #control: Int32Array;
  readonly #options: ProcessOptions;
  readonly #events: WorkerProcessEvents;
  readonly #disk: SharedFs;
  #resolveExit: (code: number) => void = () => undefined;
  #done = false;
  #ticks: ReturnType<typeof setInterval> | undefined;
  endedBy = 0;

  constructor(
    options: ProcessOptions,
    readonly runtime: WorkerRuntime,
    disk: SharedFs,
    events: WorkerProcessEvents,
  ) {
    this.pid = options.pid;
    this.ppid = options.ppid;
    this.command = options.argv.join(' ');
    this.isThread = options.thread !== undefined;
    this.#options = options;
    this.#events = events;
    this.#disk = disk;
    this.exit = new Promise((resolve) => (this.#resolveExit = resolve));
    const control = new SharedArrayBuffer(Control.words * Int32Array.BYTES_PER_ELEMENT);
    this.#control = new Int32Array(control);
    this.#control.fill(-1, Control.handledLow, Control.handledHigh + 1);
    const { worker, prepared } = runtime.worker(`${options.pid} ${options.argv[0] ?? ''}`);
    this.#worker = worker;
    this.#worker.onmessage = (event: MessageEvent<unknown>) => this.#take(event.data);
    this.#worker.onerror = (event) => this.#fault(event.message);
    this.#worker.onmessageerror = () => this.#fault('a message could not be read');
    disk.markDead(this.pid, false);
    void this.#start(prepared ? NO_ASSETS : runtime.assets(), control);
  }

  async #start(loading: RuntimeAssets | Promise<RuntimeAssets>, control: SharedArrayBuffer): Promise<void> {
    const assets = await loading;
    const { pid, ppid, argv, env, cwd, stdin, channel, thread } = this.#options;
    const start: KernelMessage = {
      type: 'start',
      pid,
      ppid,
      argv: [...argv],
      env: { ...env },
      cwd,
      disk: this.#disk.buffer,
      control,
      assets,
      ...(channel === undefined ? {} : { channel }),
      ...(thread === undefined ? {} : { thread }),
    };
    const ports = [channel, thread?.port].filter((port) => port !== undefined);
    try {
      this.post(start, ports);
    } catch (error) {
      // A thread is handed what its starter sent, which need not be sendable once more.
      return this.#fault(error instanceof Error ? error.message : String(error));
    }
    if (stdin !== undefined) {
      if (stdin.byteLength > 0) this.input(stdin);
      this.input(null);
    }
  }

  post(message: KernelMessage, transfer: Transferable[] = []): void {
    if (!this.#done) this.#worker.postMessage(message, transfer);
  }

  input(bytes: Uint8Array | null): void {
    this.post({ type: 'stdin', bytes });
  }

  signal(signal: number): void {
    Atomics.store(this.#control, Control.signal, signal);
    this.post({ type: 'signal', signal });
    if (this.#handles(signal) || ignoredByDefault.has(signal)) return;
    setTimeout(() => this.terminate(killed(signal), signal), DEFAULT_ACTION_MS);
  }

  #handles(signal: number): boolean {
    const word = Atomics.load(this.#control, signal <= 32 ? Control.handledLow : Control.handledHigh);
    return ((word >>> ((signal - 1) & 31)) & 1) === 1;
  }

  terminate(code: number, signal = 0): void {
    if (this.#done) return;
    this.#done = true;
    this.endedBy = signal;
    clearInterval(this.#ticks);
    this.#worker.terminate();
    this.#disk.markDead(this.pid);
    this.#resolveExit(code);
  }

  #take(data: unknown): void {
    if (this.#done) return;
    const parsed = v.safeParse(processMessage, data);
    if (!parsed.success) return this.#fault('it sent a message that is not of the kernel protocol');
    const message = parsed.output;
    if (message.type === 'output') {
      const { bytes } = message;
      Atomics.sub(this.#control, Control.output, bytes.byteLength);
      Atomics.notify(this.#control, Control.output);
      this.#options.output(message.stream, bytes);
    } else if (message.type === 'exit') {
      this.terminate(message.code & 0xff, message.signal ?? 0);
    } else if (message.type === 'ticks') {
      this.#tick();
    } else {
      this.#events.onCall(this, message);
    }
  }

  #tick(): void {
    this.#ticks ??= setInterval(() => {
      Atomics.compareExchange(this.#control, Control.signal, 0, TICK);
    }, TICK_MS);
  }

  #fault(message: string): void {
    if (this.#done) return;
    this.#events.onFault(this, message);
    this.terminate(killed(6));
  }
}
