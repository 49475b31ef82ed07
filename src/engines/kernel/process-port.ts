import { limits } from '../../domain/limits.ts';
import { Channel } from '../net/channel.ts';
import {
  Control,
  type KernelMessage,
  type ProcessMessage,
  type RuntimeAssets,
  type StartMessage,
  type SyncRequest,
} from './protocol.ts';
import { createReply, waitForAnswer } from './sync-reply.ts';

/** What a program hears from the kernel. */
export interface ProcessEvents {
  onAccept?: (port: number, peerPort: number, channel: Channel) => void;
  onSignal?: (signal: number) => void;
  /** `null` at the end of standard input. */
  onStdin?: (bytes: Uint8Array | null) => void;
  onChildOutput?: (pid: number, stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;
  /** `signal`: the one that ended it, or 0. */
  onChildExit?: (pid: number, code: number, signal: number) => void;
  onAcceptPath?: (path: string, channel: Channel) => void;
}

/** A system call that failed; `code` is POSIX, e.g. `ECONNREFUSED`, `EADDRINUSE`, `ENOENT`. */
export class SyscallError extends Error {
  override readonly name = 'SyscallError';
  constructor(
    readonly code: string,
    syscall: string,
  ) {
    super(`${syscall} ${code}`);
  }
}

type Reply = Extract<KernelMessage, { id: number }>;

/** A process worker's side of the kernel protocol: its system calls. One per worker. */
export class ProcessPort {
  /** Kept from the worker's scope: a runtime may take the browser's globals away from the program. */
  readonly #postMessage: (message: unknown, options: { transfer: Transferable[] }) => void =
    self.postMessage.bind(self);
  readonly #closeWorker: () => void = self.close.bind(self);
  readonly #control: Int32Array;
  readonly #pending = new Map<number, (reply: Reply) => void>();
  readonly #channels = new Map<number, Channel>();
  readonly #connections = new WeakMap<Channel, number>();
  #events: ProcessEvents = {};
  readonly #early: KernelMessage[];
  #opened = false;
  #nextId = 1;
  #exited = false;

  constructor(
    readonly start: StartMessage,
    early: KernelMessage[] = [],
  ) {
    this.#early = early;
    this.#control = new Int32Array(start.control);
    self.onmessage = (event: MessageEvent<KernelMessage>) => {
      if (this.#opened) this.#take(event.data);
      else this.#early.push(event.data);
    };
  }

  /** The control buffer: `Control.signal` is where a pending signal is seen without an event loop. */
  get control(): Int32Array {
    return this.#control;
  }

  /** Sets the handlers and delivers what came before. */
  open(events: ProcessEvents): void {
    this.#events = events;
    this.#opened = true;
    for (const message of this.#early.splice(0)) this.#take(message);
  }

  /** Writes output synchronously; waits (blocking the worker) while too much is under way. */
  write(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    if (this.#exited || bytes.byteLength === 0) return;
    for (let start = 0; start < bytes.byteLength; start += limits.outputInFlightBytes) {
      const part = Uint8Array.from(bytes.subarray(start, start + limits.outputInFlightBytes));
      for (;;) {
        const pending = Atomics.load(this.#control, Control.output);
        if (pending < limits.outputInFlightBytes) break;
        Atomics.wait(this.#control, Control.output, pending);
      }
      Atomics.add(this.#control, Control.output, part.byteLength);
      this.#post({ type: 'output', stream, bytes: part }, [part.buffer]);
    }
  }

  /** Says whether the program handles a signal itself; of those it does not, the kernel knows what to do. */
  handleSignal(signal: number, handled: boolean): void {
    const word = signal <= 32 ? Control.handledLow : Control.handledHigh;
    const bit = 1 << ((signal - 1) & 31);
    if (handled) Atomics.or(this.#control, word, bit);
    else Atomics.and(this.#control, word, ~bit);
  }

  /** Makes a system call and sleeps until it is answered. @throws SyscallError with the kernel's code. */
  callSync(request: SyncRequest, transfer: Transferable[] = []): { value: unknown; data: Uint8Array } {
    const reply = createReply();
    this.#post({ type: 'sync', reply, request }, transfer);
    const answered = waitForAnswer(reply);
    if ('code' in answered) throw new SyscallError(answered.code, request.call);
    return answered;
  }

  /** Reports the exit code and ends this worker. Code after it may still run for a moment. */
  exit(code: number, signal = 0): void {
    if (this.#exited) return;
    this.#exited = true;
    this.#post({ type: 'exit', code, signal });
    this.#closeWorker();
  }

  /** @returns the port listened on. @throws SyscallError EADDRINUSE. */
  async listen(port: number): Promise<number> {
    const reply = await this.#call((id) => ({ type: 'listen', id, port }));
    if (reply.type === 'listening') return reply.port;
    throw new SyscallError(reply.type === 'listenFailed' ? reply.code : 'EINVAL', 'listen');
  }

  unlisten(port: number): void {
    this.#post({ type: 'unlisten', port });
  }

  /** @param keep - leaves the socket on the disk, as close(2) does; without it, as libuv does, it is removed. */
  unlistenPath(path: string, keep = false): void {
    this.#post({ type: 'unlistenPath', path, keep });
  }

  /** Opens a connection to a socket on the disk. @throws SyscallError ENOENT, ECONNREFUSED. */
  async connectPath(path: string): Promise<Channel> {
    const reply = await this.#call((id) => ({ type: 'connectPath', id, path }));
    if (reply.type === 'connected') return this.#adopt(reply.connection, reply.channel);
    throw new SyscallError(reply.type === 'refused' ? reply.code : 'EINVAL', 'connect');
  }

  /** Gives an accepted connection, of which nothing was read yet, to another process. */
  handOver(channel: Channel, pid: number): { connection: number; port: MessagePort; early: unknown[] } {
    const connection = this.#connections.get(channel) ?? 0;
    this.#channels.delete(connection);
    this.#post({ type: 'handOver', connection, pid });
    return { connection, ...channel.detach() };
  }

  /** Takes a connection that another process has handed over. */
  takeOver(connection: number, port: MessagePort, early: unknown[]): Channel {
    return this.#adopt(connection, port, early);
  }

  /** @throws SyscallError ECONNREFUSED, ENETUNREACH, ENOTFOUND. */
  async connect(host: string, port: number): Promise<{ channel: Channel; localPort: number }> {
    const reply = await this.#call((id) => ({ type: 'connect', id, host, port }));
    if (reply.type === 'connected') {
      return { channel: this.#adopt(reply.connection, reply.channel), localPort: reply.localPort };
    }
    throw new SyscallError(reply.type === 'refused' ? reply.code : 'EINVAL', 'connect');
  }

  /** Starts a child process. @returns its pid. @throws SyscallError ENOENT, EACCES, EAGAIN. */
  async spawn(command: string, args: string[], cwd: string, env: Record<string, string>): Promise<number> {
    const reply = await this.#call((id) => ({ type: 'spawn', id, command, args, cwd, env }));
    if (reply.type === 'spawned') return reply.pid;
    throw new SyscallError(reply.type === 'spawnFailed' ? reply.code : 'EINVAL', 'spawn');
  }

  childInput(pid: number, bytes: Uint8Array | null): void {
    this.#post({ type: 'childInput', pid, bytes });
  }

  kill(pid: number, signal: number): void {
    this.#post({ type: 'kill', pid, signal });
  }

  /** Asks for the signal `TICK` a few times a second, unless another one is pending. */
  enableTicks(): void {
    this.#post({ type: 'ticks' });
  }

  /** A part of the runtime that was not handed over at the start; waits (blocking the worker) until it is loaded. */
  load(name: string): Uint8Array<ArrayBuffer> {
    const reply = createReply();
    this.#post({ type: 'load', name, reply });
    const answer = waitForAnswer(reply);
    if ('code' in answer) throw new SyscallError(answer.code, `load ${name}`);
    return Uint8Array.from(answer.data);
  }

  /** Tells the evaluation of something this engine cannot do, or does in another way than natively. */
  report(message: Extract<ProcessMessage, { type: 'unsupported' | 'substitution' | 'query' }>): void {
    this.#post(message);
  }

  #post(message: ProcessMessage, transfer: Transferable[] = []): void {
    this.#postMessage(message, { transfer });
  }

  #call(build: (id: number) => ProcessMessage): Promise<Reply> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#post(build(id));
    });
  }

  #adopt(connection: number, port: MessagePort, early: unknown[] = []): Channel {
    const onClosed = (): void => {
      this.#channels.delete(connection);
      this.#post({ type: 'closed', connection });
    };
    const channel = new Channel(port, onClosed, early);
    this.#channels.set(connection, channel);
    this.#connections.set(channel, connection);
    return channel;
  }

  #take(message: KernelMessage): void {
    switch (message.type) {
      case 'prepare':
      case 'start':
        return;
      case 'stdin':
        return this.#events.onStdin?.(message.bytes);
      case 'signal':
        return this.#events.onSignal?.(message.signal);
      case 'accept':
        return this.#events.onAccept?.(
          message.port,
          message.peerPort,
          this.#adopt(message.connection, message.channel),
        );
      case 'acceptPath':
        return this.#events.onAcceptPath?.(message.path, this.#adopt(message.connection, message.channel));
      case 'gone':
        this.#channels.get(message.connection)?.hangUp();
        this.#channels.delete(message.connection);
        return;
      case 'childOutput':
        return this.#events.onChildOutput?.(message.pid, message.stream, message.bytes);
      case 'childExit':
        return this.#events.onChildExit?.(message.pid, message.code, message.signal);
      default: {
        const resolve = this.#pending.get(message.id);
        this.#pending.delete(message.id);
        resolve?.(message);
      }
    }
  }
}

/**
 * Waits for the start message of a process worker; what comes before it (input, signals) is kept for `open`.
 * @param onPrepare - hears that the worker stands by for a process to come; its start need not carry the assets again.
 */
export function receiveStart(
  onPrepare: (assets: RuntimeAssets) => void = () => undefined,
): Promise<ProcessPort> {
  const early: KernelMessage[] = [];
  let prepared: RuntimeAssets | undefined;
  return new Promise((resolve) => {
    self.onmessage = (event: MessageEvent<KernelMessage>) => {
      if (event.data.type === 'start') {
        resolve(new ProcessPort({ ...event.data, assets: prepared ?? event.data.assets }, early));
      } else if (event.data.type === 'prepare') {
        prepared = event.data.assets;
        onPrepare(prepared);
      } else early.push(event.data);
    };
  });
}
