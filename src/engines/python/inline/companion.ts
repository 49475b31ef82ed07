import { Control, TICK } from '../../kernel/protocol.ts';
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

const MAX_TIMER_MS = 2 ** 31 - 1;

/** A ticket that the interpreter knows by a number, kept until its value was handed over. */
interface Held {
  settled: boolean;
  value: unknown;
}

type Answer = Omit<Answered, 'exits'> & { data?: Uint8Array };

/** The half of a process that goes on turning: it does for the interpreter what that asks, and wakes it with the answer. */
export class Companion {
  readonly #port: ProcessPort;
  readonly #host: PythonHost;
  readonly #reply = createReply();
  readonly #tickets = new Map<number, Held>();
  readonly #exits: ChildExit[] = [];
  /** Signals that came while another one was pending. */
  readonly #signals: number[] = [];
  readonly #onFail: (detail: string) => void;
  #nextTicket = 1;
  #changed: () => void = () => undefined;
  #ended = false;

  /** @param onFail - called with the reason when the interpreter could not go on: a defect of ours. */
  constructor(port: ProcessPort, onFail: (detail: string) => void) {
    this.#port = port;
    this.#onFail = (detail) => {
      this.#ended = true;
      onFail(detail);
    };
    this.#host = new PythonHost(
      port,
      new PromiseWaiter(),
      (code, signal) => this.#exit(code, signal),
      (error) => this.#onFail(String(error)),
    );
    this.#host.mainTicket = { promise: Promise.resolve(), wake: () => this.#takeSignal() };
    this.#host.onChildExit(
      callable((pid, code, signal) => {
        this.#exits.push([Number(pid), Number(code), Number(signal)]);
        this.#changed();
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

  #exit(code: number, signal = 0): void {
    this.#ended = true;
    this.#port.exit(code, signal);
  }

  async #serve(request: Request): Promise<void> {
    try {
      const { data, ...answered } = await this.#answer(request);
      // After its end nothing of the program is to run: the interpreter sleeps until it is taken away.
      if (this.#ended) return;
      answer(this.#reply, {
        value: { ...answered, exits: this.#exits.splice(0) },
        ...(data === undefined ? {} : { data }),
      });
    } catch (error) {
      const code = error instanceof SyscallError ? error.code : String(error);
      answer(this.#reply, { code });
    }
  }

  async #answer(request: Request): Promise<Answer> {
    switch (request.type) {
      case 'call':
        return this.#describe(this.#call(request.method, request.args));
      case 'wait':
        return this.#wait(request.ticket, request.others, request.ms);
      case 'write':
        this.#port.write(request.stream, request.bytes);
        break;
      case 'load':
        return { kind: 'bytes', data: this.#port.load(request.name) };
      case 'report':
        this.#port.report(request.message);
        break;
      case 'exit':
        this.#exit(request.code);
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

  #describe(value: unknown): Answer {
    if (value instanceof Uint8Array) return { kind: 'bytes', data: value };
    if (!isTicket(value)) return { kind: 'value', value };
    const number = this.#nextTicket++;
    const held: Held = { settled: false, value: undefined };
    this.#tickets.set(number, held);
    void value.promise.then((settled) => {
      Object.assign(held, { settled: true, value: settled });
      this.#changed();
    });
    return { kind: 'ticket', value: number };
  }

  /** What is settled is asked anew after every change, so that nothing that comes between two waits is missed. */
  async #wait(ticket: number | undefined, others: readonly number[], ms: number): Promise<Answer> {
    const deadline = ms < 0 ? Infinity : performance.now() + ms;
    for (;;) {
      const found = this.#found(ticket, others);
      if (found !== undefined) return found;
      const left = deadline - performance.now();
      if (left <= 0) return { kind: 'elapsed' };
      await this.#change(left);
    }
  }

  #found(ticket: number | undefined, others: readonly number[]): Answer | undefined {
    if (this.#exits.length > 0) return { kind: 'events' };
    if (this.#hasSignal()) return { kind: 'signal' };
    if (ticket !== undefined) {
      const own = this.#tickets.get(ticket);
      if (own === undefined) throw new Error(`nothing is known of the ticket ${ticket}`);
      if (own.settled) {
        this.#tickets.delete(ticket);
        return this.#describe(own.value);
      }
    }
    const settled = others.filter((number) => this.#tickets.get(number)?.settled === true);
    return settled.length > 0 ? { kind: 'others', value: settled } : undefined;
  }

  async #change(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#changed = resolve;
      if (ms !== Infinity) timer = setTimeout(resolve, Math.min(ms, MAX_TIMER_MS));
    });
    clearTimeout(timer);
    this.#changed = () => undefined;
  }

  /** A signal came: it goes where an interpreter that does not wait sees it too. */
  #takeSignal(): void {
    const signal = this.#host.takeSignal();
    if (signal !== 0) this.#signals.push(signal);
    this.#hasSignal();
    this.#changed();
  }

  #hasSignal(): boolean {
    const { control } = this.#port;
    Atomics.compareExchange(control, Control.signal, TICK, 0);
    const [next] = this.#signals;
    if (next !== undefined && Atomics.compareExchange(control, Control.signal, 0, next) === 0)
      this.#signals.shift();
    return Atomics.load(control, Control.signal) !== 0;
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
