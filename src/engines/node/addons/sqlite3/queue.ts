import { host } from '../../host.ts';
import type { RealmServices } from '../../realm-services.ts';
import { SQLITE, SqliteFailure, primaryName } from '../sqlite/codes.ts';
import type { Connection } from '../sqlite/core.ts';
import { reportQuery } from '../sqlite/report.ts';

export type Callback = (this: unknown, ...args: unknown[]) => unknown;

/** Set by the package's own JavaScript: its classes inherit from EventEmitter. */
interface Emitter {
  emit(event: string, ...args: unknown[]): boolean;
}

/** Waits of SQLite's own busy handler, in ms; the last one repeats. */
const busyWaits = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100];

/**
 * A failure as the package's users see it: `SQLITE_X: text`, with `errno` and `code`, and no lines in its stack, as it
 * comes from no JavaScript.
 */
export function packageError(code: number, message: string): Error {
  const name = primaryName(code);
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = new Error(`${name}: ${message}`);
  Error.stackTraceLimit = stackTraceLimit;
  return Object.assign(error, { errno: code & 0xff, code: name });
}

/** The result code and text of what `action` throws; other errors are passed on. */
export function outcomeOf(action: () => void): { code: number; message: string } {
  try {
    action();
    return { code: SQLITE.OK, message: '' };
  } catch (error) {
    if (error instanceof SqliteFailure) return { code: error.code & 0xff, message: error.message };
    throw error;
  }
}

export function asCallback(value: unknown): Callback | undefined {
  if (value === undefined || value === null || typeof value === 'function')
    return value as Callback | undefined;
  throw new TypeError('Argument 0 must be a function');
}

/** Work that waits for its turn. It ends with `done()`, also when a callback throws. */
interface Job {
  readonly start: () => void;
  readonly exclusive: boolean;
  readonly callback: Callback | undefined;
}

/**
 * The queue of one database: in parallel mode work starts at once; exclusive work (exec, close) and everything in
 * serialized mode waits until nothing is under way.
 */
export class DatabaseQueue {
  connection: Connection | undefined;
  isOpen = false;
  closing = false;
  serialize = false;
  /** How long work waits for another connection's lock, in ms; the package starts with 1,000. */
  busyTimeout = 1000;
  /** Which of the events is on; SQLite's old interface to both, which the package uses, has room for one. */
  watching: 'trace' | 'profile' | undefined;
  readonly #services: RealmServices;
  readonly #owner: object;
  readonly #jobs: Job[] = [];
  #locked = false;
  #pending = 0;
  #readInTransaction = false;

  constructor(services: RealmServices, owner: object) {
    this.#services = services;
    this.#owner = owner;
  }

  /** Queues or starts work, which must call `begin` when it runs in a later turn. */
  schedule(start: () => void, exclusive: boolean, callback: Callback | undefined): void {
    if (!this.isOpen && this.#locked) {
      this.fail(packageError(SQLITE.MISUSE, 'Database is closed'), callback);
    } else if (!this.isOpen || ((this.#locked || exclusive || this.serialize) && this.#pending > 0)) {
      this.#jobs.push({ start, exclusive: exclusive || this.serialize, callback });
    } else {
      this.#locked = exclusive;
      start();
    }
  }

  /**
   * Does `work` in a later turn. Statements hold the database until their callback has returned; exclusive work
   * gives it back before its callback. The compiled package waits for locks in a thread of its own, while JavaScript
   * goes on: so work that finds the database locked says so by returning true, before it tells anybody, and is done
   * again a little later. It is told when it is too late for that.
   */
  begin(work: (mayWait: boolean) => boolean, holdDuringWork: boolean): void {
    this.#pending++;
    const started = host.now();
    let attempts = 0;
    const attempt = (): void => {
      let again = false;
      if (!holdDuringWork) this.#pending--;
      try {
        again = work(host.now() - started < this.busyTimeout);
      } finally {
        if (again !== holdDuringWork) this.#pending += again ? 1 : -1;
        if (!again) this.process();
      }
      if (!again) return;
      const release = this.#services.hold();
      const wait = busyWaits[Math.min(attempts++, busyWaits.length - 1)] ?? 100;
      host.setTimeout(() => {
        this.#services.complete(attempt);
        release();
      }, wait);
    };
    this.#services.complete(attempt);
  }

  /**
   * Whether work that failed with `code` is to wait for the lock. In a transaction that has read already SQLite does
   * not wait: the other side may be waiting for it.
   */
  waitsFor(code: number, sql: string): boolean {
    if (code !== SQLITE.BUSY) return false;
    return !this.#readInTransaction || /^\s*(commit|end)\b/i.test(sql);
  }

  process(): void {
    if (!this.isOpen && this.#locked && this.#jobs.length > 0) {
      const error = packageError(SQLITE.MISUSE, 'Database handle is closed');
      const callbacks = this.#jobs.splice(0).map((job) => job.callback);
      const known = callbacks.filter((callback) => callback !== undefined);
      for (const callback of known) callback.call(this.#owner, error);
      if (known.length === 0) this.emit('error', error);
      return;
    }
    while (this.isOpen && (!this.#locked || this.#pending === 0)) {
      const job = this.#jobs[0];
      if (job === undefined || (job.exclusive && this.#pending > 0)) break;
      this.#jobs.shift();
      this.#locked = job.exclusive;
      job.start();
      if (this.#locked) break;
    }
  }

  /** Marks the end of the object's life: what is scheduled from now on fails. */
  end(): void {
    this.isOpen = false;
    this.#locked = true;
  }

  fail(error: Error, callback: Callback | undefined): void {
    if (callback === undefined) this.emit('error', error);
    else callback.call(this.#owner, error);
  }

  emit(event: string, ...args: unknown[]): void {
    (this.#owner as Emitter).emit(event, ...args);
  }

  /** Measures and reports a statement, and tells the listeners of `trace` and `profile`. */
  observe<T>(sql: string, expanded: () => string, action: () => T): T {
    const started = host.now();
    const text = this.watching === 'trace' ? expanded() : undefined;
    try {
      const result = action();
      const inTransaction = this.connection?.inTransaction === true;
      this.#readInTransaction = inTransaction && !/^\s*begin\b/i.test(sql);
      return result;
    } finally {
      reportQuery(this.#services, sql, started);
      const ms = host.now() - started;
      if (text !== undefined) this.#services.complete(() => this.emit('trace', text));
      if (this.watching === 'profile') this.#services.complete(() => this.emit('profile', sql, ms));
    }
  }
}
