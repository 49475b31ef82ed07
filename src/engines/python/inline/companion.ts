import type { ProcessPort } from '../../kernel/process-port.ts';
import { SyscallError } from '../../kernel/process-port.ts';
import { answer, createReply } from '../../kernel/sync-reply.ts';
import { PythonHost, type PythonFunction } from '../host.ts';
import { PromiseWaiter, type Ticket } from '../waiter.ts';
import {
  interpreterName,
  type Answered,
  type ChildExit,
  type InterpreterStart,
  type Request,
} from './messages.ts';

/** What a wait ended with, besides its ticket. */
type Interruption = 'elapsed' | 'signal' | 'events';

/** The half of a process that goes on turning: it does for the interpreter what that asks, and wakes it with the answer. */
export class Companion {
  readonly #port: ProcessPort;
  readonly #host: PythonHost;
  readonly #reply = createReply();
  readonly #tickets = new Map<number, Ticket>();
  readonly #exits: ChildExit[] = [];
  readonly #onFail: (detail: string) => void;
  #nextTicket = 1;
  #interrupt: (by: Interruption) => void = () => undefined;

  /** @param onFail - called with the reason when the interpreter could not go on: a defect of ours. */
  constructor(port: ProcessPort, onFail: (detail: string) => void) {
    this.#port = port;
    this.#onFail = onFail;
    this.#host = new PythonHost(
      port,
      new PromiseWaiter(),
      (code) => port.exit(code),
      (error) => onFail(String(error)),
    );
    this.#host.mainTicket = { promise: Promise.resolve(), wake: () => this.#interrupt('signal') };
    this.#host.onChildExit(
      callable((pid, code) => {
        this.#exits.push([Number(pid), Number(code)]);
        this.#interrupt('events');
      }),
    );
  }

  /** Starts the interpreter in a worker of this worker's own script. */
  start(): void {
    const { pid, ppid, argv, env, cwd, assets, disk, control } = this.#port.start;
    const start: InterpreterStart = { pid, ppid, argv, env, cwd, assets, disk, control, reply: this.#reply };
    const worker = new Worker(self.location.href, { name: interpreterName });
    worker.onmessage = (event: MessageEvent<Request>) => void this.#serve(event.data);
    worker.onerror = (event) => this.#onFail(event.message);
    worker.postMessage(start);
  }

  async #serve(request: Request): Promise<void> {
    try {
      const { data, ...answered } = await this.#answer(request);
      answer(this.#reply, {
        value: { ...answered, exits: this.#exits.splice(0) },
        ...(data === undefined ? {} : { data }),
      });
    } catch (error) {
      const code = error instanceof SyscallError ? error.code : String(error);
      answer(this.#reply, { code });
    }
  }

  async #answer(request: Request): Promise<Omit<Answered, 'exits'> & { data?: Uint8Array }> {
    switch (request.type) {
      case 'call':
        return this.#describe(this.#call(request.method, request.args));
      case 'wait':
        return this.#wait(request.ticket, request.ms);
      case 'write':
        this.#port.write(request.stream, request.bytes);
        break;
      case 'load':
        return { kind: 'bytes', data: this.#port.load(request.name) };
      case 'report':
        this.#port.report(request.message);
        break;
      case 'exit':
        this.#port.exit(request.code);
        break;
      case 'fail':
        this.#onFail(request.detail);
    }
    return { kind: 'value' };
  }

  #call(method: string, args: unknown[]): unknown {
    const called: unknown = Reflect.get(this.#host, method);
    if (typeof called !== 'function') throw new Error(`the companion has no ${method}`);
    return Reflect.apply(called, this.#host, args);
  }

  #describe(value: unknown): Omit<Answered, 'exits'> & { data?: Uint8Array } {
    if (value instanceof Uint8Array) return { kind: 'bytes', data: value };
    if (!isTicket(value)) return { kind: 'value', value };
    const number = this.#nextTicket++;
    this.#tickets.set(number, value);
    return { kind: 'ticket', value: number };
  }

  async #wait(
    number: number | undefined,
    ms: number,
  ): Promise<Omit<Answered, 'exits'> & { data?: Uint8Array }> {
    if (this.#exits.length > 0) return { kind: 'events' };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const interrupted = new Promise<Interruption>((resolve) => {
      this.#interrupt = resolve;
      if (ms >= 0) timer = setTimeout(() => resolve('elapsed'), ms);
    }).then((kind) => ({ kind }));
    const ticket = number === undefined ? undefined : this.#tickets.get(number);
    const settled = ticket?.promise.then((value) => this.#settled(number, value));
    try {
      return await Promise.race(settled === undefined ? [interrupted] : [settled, interrupted]);
    } finally {
      clearTimeout(timer);
      this.#interrupt = () => undefined;
    }
  }

  #settled(number: number | undefined, value: unknown): Omit<Answered, 'exits'> & { data?: Uint8Array } {
    if (number !== undefined) this.#tickets.delete(number);
    return this.#describe(value);
  }
}

function isTicket(value: unknown): value is Ticket {
  return typeof value === 'object' && value !== null && 'promise' in value && 'wake' in value;
}

/** Gives a function of ours the shape of one of Python's. */
function callable(run: (...args: unknown[]) => void): PythonFunction {
  return Object.assign(run, {
    callPromising: async (...args: unknown[]) => run(...args),
    destroy: () => undefined,
  });
}
