import { waitForAnswer } from '../../kernel/sync-reply.ts';
import { layout } from '../../kernel/layout.ts';
import { Control, type ProcessMessage } from '../../kernel/protocol.ts';
import { loadCrypto } from '../crypto/load.ts';
import type { CryptoPart } from '../crypto/main.ts';
import { Descriptors } from '../descriptors.ts';
import { PythonHost, type PythonFunction } from '../host.ts';
import { Readiness } from '../readiness.ts';
import { Sockets } from '../sockets.ts';
import type { StackLimit } from '../stack-limit.ts';
import { PromiseWaiter } from '../waiter.ts';
import type { Answered, InterpreterStart, Request } from './messages.ts';

/** A wait for something that the companion does. */
export class RemoteTicket {
  readonly endless = false;
  readonly woken = false;
  constructor(readonly number: number) {}
  wake(): void {
    // Only the companion ends such a wait.
  }
}

/** A wait for another thread of this interpreter, or for a time. */
export class LocalTicket {
  readonly deadline: number;
  readonly endless: boolean;
  woken = false;
  value: unknown = false;

  /** @param ms - milliseconds; negative for no limit */
  constructor(ms: number) {
    this.endless = ms < 0;
    this.deadline = ms < 0 ? Infinity : performance.now() + ms;
  }

  wake(value: unknown = true): void {
    if (this.woken) return;
    this.woken = true;
    this.value = value;
  }
}

/** How a wait ended: `again` when it is to be asked for once more; the value of `others` are their numbers. */
export interface Outcome {
  kind: 'done' | 'again' | 'signal' | 'others';
  value: unknown;
}

type Report = Extract<ProcessMessage, { type: 'unsupported' | 'substitution' | 'query' }>;

/**
 * The services of a `PythonHost` for an interpreter that cannot be suspended: its methods by their names, each a call to
 * the companion that sleeps until it is answered.
 */
export class RemoteHost {
  /** Threads have no stacks of their own here; see `_sandbox_inline.py`. */
  readonly suspends = false;
  readonly pid: number;
  readonly ppid: number;
  readonly cwd: string;
  readonly executable = layout.pythonPath;
  readonly sitePackages = layout.sitePackages;
  mainTicket: unknown;
  stackLimit: StackLimit | undefined;
  readonly start: InterpreterStart;
  /** `Control.signal` is where a pending signal is seen. */
  readonly control: Int32Array;
  readonly #words: Int32Array;
  readonly #signals: number[] = [];
  #childExit: PythonFunction | undefined;
  #crypto: (Omit<CryptoPart, 'derivations'> & { derivations: object }) | undefined;

  constructor(start: InterpreterStart) {
    this.pid = start.pid;
    this.ppid = start.ppid;
    this.cwd = start.cwd;
    this.start = start;
    this.control = new Int32Array(start.control);
    this.#words = new Int32Array(start.reply, 0, 1);
  }

  /** Hashes and ciphers run here; what takes long, and so is waited for, is derived by the companion. */
  get crypto(): Omit<CryptoPart, 'derivations'> & { derivations: object } {
    return (this.#crypto ??= { ...loadCrypto(this, new PromiseWaiter()), derivations: this.#derivations() });
  }

  #derivations(): object {
    const names = ['pbkdf2', 'scrypt', 'bcrypt', 'argon2'] satisfies (keyof CryptoPart['derivations'])[];
    return Object.fromEntries(
      names.map((name) => [name, (...args: unknown[]) => this.call('derive', [name, args])]),
    );
  }

  /** A part of the runtime that is loaded when it is first needed. */
  load(name: string): Uint8Array<ArrayBuffer> {
    return this.ask({ type: 'load', name }).value as Uint8Array<ArrayBuffer>;
  }

  ticket(ms: number): LocalTicket {
    return new LocalTicket(ms);
  }

  /** The companion's loop turns all the time. */
  isStale(): boolean {
    return false;
  }

  /** Python's `child_exited(pid, code, signal)`. */
  onChildExit(report: PythonFunction): void {
    this.#childExit = report;
  }

  /** The number of a signal that arrived and was not handled yet, or 0. */
  takeSignal(): number {
    return this.#signals.shift() ?? Atomics.exchange(this.control, Control.signal, 0);
  }

  /**
   * Sleeps until a ticket is settled, or one of others by their numbers, until a signal or a child's end comes, or
   * `limit` milliseconds have passed (no limit when negative).
   */
  settle(
    ticket: RemoteTicket | LocalTicket,
    others: readonly number[] | null | undefined,
    limit: number,
  ): Outcome {
    const isLocal = ticket instanceof LocalTicket;
    if (isLocal && ticket.woken) return { kind: 'done', value: ticket.value };
    const left = isLocal ? ticket.deadline - performance.now() : Infinity;
    if (left <= 0) return { kind: 'done', value: false };
    const most = Math.min(left, limit < 0 ? Infinity : limit);
    const { kind, value } = this.ask({
      type: 'wait',
      ticket: isLocal ? undefined : ticket.number,
      others: others ?? [],
      ms: most === Infinity ? -1 : Math.ceil(most),
    });
    if (kind === 'others') return { kind, value };
    if (kind === 'signal') {
      // Out of the shared word at once: the interpreter is not to find it there on its way back from this call.
      this.#signals.push(Atomics.exchange(this.control, Control.signal, 0));
      return { kind, value: true };
    }
    if (kind === 'events' || kind === 'elapsed') return { kind: 'again', value: undefined };
    return { kind: 'done', value };
  }

  write(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.ask({ type: 'write', stream, bytes: Uint8Array.from(bytes) });
  }

  report(message: Report): void {
    this.ask({ type: 'report', message });
  }

  /** Calls a method of the companion's host. @throws Error with the companion's message. */
  call(method: string, args: unknown[]): unknown {
    return this.ask({ type: 'call', method, args }).value;
  }

  /** Asks the companion, sleeps until it has answered, and passes on what happened meanwhile. */
  ask(request: Request): { kind: Answered['kind']; value: unknown } {
    Atomics.store(this.#words, 0, 0);
    self.postMessage(request);
    const answered = waitForAnswer(this.start.reply);
    if ('code' in answered) throw new Error(answered.code);
    const { kind, value, exits } = answered.value as Answered;
    for (const [pid, code, signal] of exits) this.#childExit?.(pid, code, signal);
    if (kind === 'bytes') return { kind, value: answered.data };
    return { kind, value: kind === 'ticket' ? new RemoteTicket(Number(value)) : value };
  }
}

/** Everything else that a `PythonHost` does is asked of the companion's. */
for (const { prototype } of [Descriptors, Readiness, Sockets, PythonHost]) {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (name in RemoteHost.prototype) continue;
    Object.defineProperty(RemoteHost.prototype, name, {
      value(this: RemoteHost, ...args: unknown[]): unknown {
        return this.call(name, args);
      },
    });
  }
}
