import type { Unsupported } from '../engine.ts';
import { Control } from '../kernel/protocol.ts';
import { layout } from '../kernel/layout.ts';
import type { ProcessPort } from '../kernel/process-port.ts';
import { loadCrypto } from './crypto/load.ts';
import type { CryptoPart } from './crypto/main.ts';
import type { Endpoint } from './endpoints.ts';
import { LocalEnd } from './local-end.ts';
import { codeOf } from './descriptors.ts';
import { Sockets } from './sockets.ts';
import type { StackLimit } from './stack-limit.ts';
import type { Ticket, Waiter } from './waiter.ts';

/** A Python function held by JavaScript. */
export interface PythonFunction {
  (...args: unknown[]): unknown;
  callPromising(...args: unknown[]): Promise<unknown>;
  destroy(): void;
}

/** Where the output of a child goes: into a pipe of ours, or with our own output. */
interface ChildStreams {
  readonly stdout: Endpoint | undefined;
  readonly stderr: Endpoint | undefined;
  readonly stdin: LocalEnd | undefined;
}

const SQL_LIMIT = 16_384;
const SIGKILL = 9;
const SIGALRM = 14;
/** Bytes of a child's output that may wait to be read. */
const UNREAD_LIMIT = 64 * 2 ** 20;
const FIRST_FAILED_PID = 1_000_000;

/** The worker's services to the Python modules of lib/: what they call `core.host`. */
export class PythonHost extends Sockets {
  /** A thread that blocks gives its stack away, so that others run. */
  readonly suspends = true;
  readonly pid: number;
  readonly ppid: number;
  readonly cwd: string;
  readonly executable = layout.pythonPath;
  readonly sitePackages = layout.sitePackages;
  /** What the main thread waits on, so that a signal can wake it. Set by Python. */
  mainTicket: Ticket | undefined;
  /** There before any Python runs. */
  stackLimit: StackLimit | undefined;
  readonly #kernel: ProcessPort;
  readonly #clock: Waiter;
  readonly #onExit: (code: number, signal: number) => void;
  readonly #onThreadFault: (error: unknown) => void;
  readonly #stdin: LocalEnd;
  readonly #signals: number[] = [];
  readonly #children = new Map<number, ChildStreams>();
  /** Children that were ended for writing what nobody read. */
  readonly #talkers = new Set<number>();
  #crypto: CryptoPart | undefined;
  #childExit: PythonFunction | undefined;
  #ticking = false;
  #alarm: { at: number; interval: number; timer: ReturnType<typeof setTimeout> | undefined } = {
    at: 0,
    interval: 0,
    timer: undefined,
  };
  #nextFailedPid = FIRST_FAILED_PID;

  constructor(
    port: ProcessPort,
    waiter: Waiter,
    onExit: (code: number, signal: number) => void,
    onThreadFault: (error: unknown) => void,
  ) {
    const [stdin, input] = LocalEnd.pair('pipe');
    super(port, waiter, stdin);
    this.#stdin = input;
    this.#kernel = port;
    this.#clock = waiter;
    this.#onExit = onExit;
    this.#onThreadFault = onThreadFault;
    this.pid = port.start.pid;
    this.ppid = port.start.ppid;
    this.cwd = port.start.cwd;
    port.open({
      onAccept: (number, peerPort, channel) => this.accepted(number, peerPort, channel),
      onAcceptPath: (path, channel) => this.acceptedPath(path, channel),
      onSignal: () => this.#takeSignalFromKernel(),
      onStdin: (bytes) => this.#takeStdin(bytes),
      onChildOutput: (pid, stream, bytes) => this.#takeChildOutput(pid, stream, bytes),
      onChildExit: (pid, code, signal) => this.#takeChildExit(pid, code, signal),
    });
  }

  /** An environment variable as the process was given it. */
  variable(name: string): string | undefined {
    const { env } = this.#kernel.start;
    return Object.hasOwn(env, name) ? env[name] : undefined;
  }

  // Time and threads

  ticket(ms: number): Ticket {
    return this.#clock.ticket(ms);
  }

  /** Waits at least `ms` milliseconds, and lets others run even when that is 0. */
  sleep(ms: number): Ticket {
    return ms <= 0 && !this.#clock.stale ? this.#clock.promise(Promise.resolve()) : this.#clock.ticket(ms);
  }

  isStale(): boolean {
    return this.#clock.stale;
  }

  turn(): Ticket {
    return this.#clock.turn();
  }

  /** Runs a Python function on a stack of its own, once the running one lets go. */
  startThread(run: PythonFunction): void {
    void Promise.resolve()
      .then(() => run.callPromising())
      .catch(this.#onThreadFault)
      .finally(() => run.destroy());
  }

  // Signals and the end

  /** The number of a signal that arrived and was not handled yet, or 0. */
  takeSignal(): number {
    return this.#signals.shift() ?? Atomics.exchange(this.#kernel.control, Control.signal, 0);
  }

  /**
   * Python is waiting when the message comes: the number leaves the shared word at once, or the interpreter would find
   * it there in the middle of its return from the wait, where an exception is taken for a fault of the conversion.
   */
  #takeSignalFromKernel(): void {
    const signal = Atomics.exchange(this.#kernel.control, Control.signal, 0);
    if (signal !== 0) this.#signals.push(signal);
    this.mainTicket?.wake(true);
  }

  /** @param signal - the one that ends the process, or 0. */
  exit(code: number, signal = 0): void {
    this.#onExit(code, signal);
  }

  /** From now on the running thread is interrupted now and then, so that others may run. */
  enableTicks(): void {
    if (this.#ticking) return;
    this.#ticking = true;
    this.#kernel.enableTicks();
  }

  /** Sends SIGALRM after `ms` milliseconds and then every `interval`, 0 for never. */
  setAlarm(ms: number, interval: number): void {
    clearTimeout(this.#alarm.timer);
    this.#alarm = { at: performance.now() + ms, interval, timer: undefined };
    if (ms <= 0) return;
    this.enableTicks();
    this.#alarm.timer = setTimeout(() => {
      this.setAlarm(interval, interval);
      Atomics.store(this.#kernel.control, Control.signal, SIGALRM);
      this.mainTicket?.wake(true);
    }, ms);
  }

  /** Milliseconds until SIGALRM (0: none is under way), and the interval of those after it. */
  alarm(): [number, number] {
    const { at, interval, timer } = this.#alarm;
    return timer === undefined ? [0, 0] : [Math.max(at - performance.now(), 0.001), interval];
  }

  #takeStdin(bytes: Uint8Array | null): void {
    if (bytes === null) this.#stdin.close();
    else this.#stdin.push(bytes);
  }

  // Children

  /** Python's `child_exited(pid, code, signal)`. */
  onChildExit(report: PythonFunction): void {
    this.#childExit = report;
  }

  /**
   * Starts a child; the ticket's value is its pid or a code. Descriptors name pipes of ours for its standard
   * streams; negative ones and those of files leave the child's output with ours.
   */
  spawn(
    command: string,
    args: string[],
    cwd: string,
    env: [string, string][],
    stdin: number,
    stdout: number,
    stderr: number,
  ): Ticket {
    const input = this.endpoint(stdin);
    const streams: ChildStreams = {
      stdin: input instanceof LocalEnd ? input : undefined,
      stdout: this.endpoint(stdout),
      stderr: this.endpoint(stderr),
    };
    for (const end of Object.values(streams)) if (end !== undefined) end.references++;
    return this.#clock.promise(
      Promise.resolve(this.#spawn(command, args, cwd, Object.fromEntries(env), streams)),
    );
  }

  #spawn(
    command: string,
    args: string[],
    cwd: string,
    env: Record<string, string>,
    streams: ChildStreams,
  ): number | string {
    try {
      const { value } = this.#kernel.callSync({
        ...{ call: 'spawn', command, args, cwd, env },
        stdin: streams.stdin === undefined ? 'ignore' : 'pipe',
        stdout: streams.stdout === undefined ? 'stdout' : 'pipe',
        stderr: streams.stderr === undefined ? 'stderr' : 'pipe',
      });
      const pid = Number(value);
      this.#children.set(pid, streams);
      this.#pumpInput(pid, streams.stdin);
      return pid;
    } catch (error) {
      this.#releaseStreams(streams);
      return codeOf(error);
    }
  }

  /** A pid for a child that could not be started: `subprocess` waits for it all the same. */
  failedPid(): number {
    return this.#nextFailedPid++;
  }

  isProcess(pid: number): boolean {
    try {
      this.#kernel.callSync({ call: 'kill', pid, signal: 0 });
      return true;
    } catch {
      return false;
    }
  }

  kill(pid: number, signal: number): void {
    this.#kernel.kill(pid, signal);
  }

  #pumpInput(pid: number, input: LocalEnd | undefined): void {
    if (input === undefined) return;
    const pump = (): void => {
      for (;;) {
        const bytes = input.recv(1 << 16, false);
        if (typeof bytes === 'string') return;
        if (bytes.byteLength === 0) {
          input.watchers.delete(pump);
          return this.#kernel.childInput(pid, null);
        }
        this.#kernel.childInput(pid, bytes);
      }
    };
    input.watchers.add(pump);
    pump();
  }

  #takeChildOutput(pid: number, stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    const end = this.#children.get(pid)?.[stream];
    if (!(end instanceof LocalEnd)) return this.#kernel.write(stream, bytes);
    if (end.unread > UNREAD_LIMIT) return this.#endTalker(pid);
    end.push(bytes);
  }

  /** Natively such a child sleeps until somebody reads; here it would fill the memory. */
  #endTalker(pid: number): void {
    if (this.#talkers.has(pid)) return;
    this.#talkers.add(pid);
    const most = UNREAD_LIMIT / 2 ** 20;
    this.unsupported(
      'engine',
      `a child wrote more than ${most} MiB that its parent did not read; it was ended`,
    );
    this.#kernel.kill(pid, SIGKILL);
  }

  #takeChildExit(pid: number, code: number, signal: number): void {
    const streams = this.#children.get(pid);
    this.#children.delete(pid);
    if (streams !== undefined) this.#releaseStreams(streams);
    this.#childExit?.(pid, code, signal);
  }

  #releaseStreams(streams: ChildStreams): void {
    for (const end of Object.values(streams) as (Endpoint | undefined)[])
      if (end !== undefined) this.release(end);
  }

  // Reports

  query(sql: string, ms: number): void {
    this.#kernel.report({ type: 'query', sql: sql.slice(0, SQL_LIMIT), engine: 'sqlite', ms });
  }

  unsupported(reason: Unsupported['reason'], detail: string): void {
    this.#kernel.report({ type: 'unsupported', reason, detail });
  }

  substitution(name: string, detail: string): void {
    this.#kernel.report({ type: 'substitution', package: name, kind: 'runtime', detail });
  }

  // Hashing and ciphers

  /** Loaded when first asked for. */
  get crypto(): CryptoPart {
    return (this.#crypto ??= loadCrypto(this.#kernel, this.#clock));
  }

  /** Derives a key by the method of that name, for an interpreter in another worker. */
  derive(method: keyof CryptoPart['derivations'], args: unknown[]): Ticket {
    const { derivations } = this.crypto;
    return Reflect.apply(derivations[method] as (...given: unknown[]) => Ticket, derivations, args);
  }
}
