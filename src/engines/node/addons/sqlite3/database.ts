import { host } from '../../host.ts';
import type { RealmServices } from '../../realm-services.ts';
import { SQLITE, SqliteFailure, primaryName } from '../sqlite/codes.ts';
import { sqliteOf, type Connection } from '../sqlite/core.ts';
import { reportQuery } from '../sqlite/report.ts';

export type Callback = (this: unknown, ...args: unknown[]) => unknown;

/** Set by the package's own JavaScript: its classes inherit from EventEmitter. */
interface Emitter {
  emit(event: string, ...args: unknown[]): boolean;
}

/** Default of sqlite3_busy_timeout in the package, in ms. */
const busyTimeout = 1000;
const defaultMode = 2 | 4 | 0x10000;

/** A failure as the package's users see it: `SQLITE_X: text`, with `errno` and `code`. */
export function packageError(code: number, message: string): Error {
  const name = primaryName(code);
  return Object.assign(new Error(`${name}: ${message}`), { errno: code & 0xff, code: name });
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
  /** Which of the events is on; SQLite's old interface to both, which the package uses, has room for one. */
  watching: 'trace' | 'profile' | undefined;
  readonly #services: RealmServices;
  readonly #owner: object;
  readonly #jobs: Job[] = [];
  #locked = false;
  #pending = 0;

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
   * gives it back before its callback.
   */
  begin(work: () => void, holdDuringWork: boolean): void {
    this.#pending++;
    this.#services.complete(() => {
      if (!holdDuringWork) this.#pending--;
      try {
        work();
      } finally {
        if (holdDuringWork) this.#pending--;
        this.process();
      }
    });
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
      return action();
    } finally {
      reportQuery(this.#services, sql, started);
      const ms = host.now() - started;
      if (text !== undefined) this.#services.complete(() => this.emit('trace', text));
      if (this.watching === 'profile') this.#services.complete(() => this.emit('profile', sql, ms));
    }
  }
}

const queues = new WeakMap<object, DatabaseQueue>();

/** The queue behind a Database object; undefined for anything else. */
export function queueOf(database: unknown): DatabaseQueue | undefined {
  return typeof database === 'object' && database !== null ? queues.get(database) : undefined;
}

/** The class Database as the package's compiled part exports it. */
export function databaseClass(services: RealmServices): new (...args: unknown[]) => object {
  return class Database {
    readonly #registered = new Set<'trace' | 'profile'>();

    constructor(...args: unknown[]) {
      const [filename] = args;
      if (typeof filename !== 'string') throw new TypeError('String expected');
      const given = typeof args[1] === 'number' && Number.isInteger(args[1]);
      const mode = given ? (args[1] as number) : defaultMode;
      const last = args[given ? 2 : 1];
      const callback = typeof last === 'function' ? (last as Callback) : undefined;
      Object.defineProperty(this, 'filename', { value: filename });
      Object.defineProperty(this, 'mode', { value: mode });
      const queue = new DatabaseQueue(services, this);
      queues.set(this, queue);
      services.complete(() => {
        const { code, message } = outcomeOf(() => {
          queue.connection = sqliteOf(services).open(filename, mode);
          queue.connection.setBusyTimeout(busyTimeout);
        });
        const error = code === SQLITE.OK ? null : packageError(code, message);
        queue.isOpen = error === null;
        if (callback !== undefined) callback.call(this, error);
        else if (error !== null) queue.emit('error', error);
        if (!queue.isOpen) return;
        queue.emit('open');
        queue.process();
      });
    }

    get open(): boolean {
      return this.#queue.isOpen;
    }

    get #queue(): DatabaseQueue {
      const queue = queues.get(this);
      if (queue === undefined) throw new TypeError('Database object expected');
      return queue;
    }

    close(given?: unknown): this {
      const callback = asCallback(given);
      const queue = this.#queue;
      const close = (): void => {
        queue.closing = false;
        const { connection } = queue;
        const open = connection?.statements.size ?? 0;
        if (open > 0) {
          const message = 'unable to close due to unfinalized statements or unfinished backups';
          queue.fail(packageError(SQLITE.BUSY, message), callback);
          return;
        }
        connection?.close();
        queue.end();
        callback?.call(this, null);
        queue.emit('close');
      };
      queue.schedule(
        () => {
          queue.closing = true;
          queue.begin(close, false);
        },
        true,
        callback,
      );
      return this;
    }

    exec(sql: unknown, given?: unknown): this {
      if (typeof sql !== 'string') throw new TypeError('Argument 0 must be a string');
      const callback = asCallback(given);
      const queue = this.#queue;
      const run = (): void => {
        const { code, message } = outcomeOf(() => executeAll(queue, sql));
        if (code !== SQLITE.OK) queue.fail(packageError(code, message), callback);
        else callback?.call(this, null);
      };
      queue.schedule(() => queue.begin(run, false), true, callback);
      return this;
    }

    wait(given?: unknown): this {
      const callback = asCallback(given);
      const queue = this.#queue;
      queue.schedule(
        () => {
          callback?.call(this, null);
          queue.process();
        },
        true,
        callback,
      );
      return this;
    }

    loadExtension(): never {
      return services.missing('sqlite3: SQLite extensions');
    }

    serialize(given?: unknown): this {
      return this.#inMode(true, given);
    }

    parallelize(given?: unknown): this {
      return this.#inMode(false, given);
    }

    configure(option: unknown, value?: unknown): this {
      const queue = this.#queue;
      const set = (change: () => void): void => queue.schedule(change, false, undefined);
      if (option === 'trace' || option === 'profile') {
        set(() => this.#toggle(option));
      } else if (option === 'busyTimeout') {
        if (typeof value !== 'number') throw new TypeError('Value must be an integer');
        set(() => queue.connection?.setBusyTimeout(value));
      } else if (option === 'change' || option === 'limit') {
        services.missing(`sqlite3: configure('${option}')`);
      } else {
        throw new TypeError(`${String(option)} is not a valid configuration option`);
      }
      queue.process();
      return this;
    }

    interrupt(): this {
      const queue = this.#queue;
      if (!queue.isOpen) throw new Error('Database is not open');
      if (queue.closing) throw new Error('Database is closing');
      // Nothing runs while JavaScript does: there is nothing to interrupt.
      return this;
    }

    /** Each call switches: on when it was off, else both off. */
    #toggle(option: 'trace' | 'profile'): void {
      const on = !this.#registered.has(option);
      if (on) this.#registered.add(option);
      else this.#registered.delete(option);
      this.#queue.watching = on ? option : undefined;
    }

    #inMode(serialize: boolean, given: unknown): this {
      const callback = asCallback(given);
      const queue = this.#queue;
      const before = queue.serialize;
      queue.serialize = serialize;
      if (callback !== undefined) {
        callback.call(this);
        queue.serialize = before;
      }
      queue.process();
      return this;
    }
  };
}

function executeAll(queue: DatabaseQueue, sql: string): void {
  for (let rest = sql; ;) {
    const prepared = queue.connection?.prepare(rest);
    const statement = prepared?.statement;
    if (prepared === undefined || statement === undefined) return;
    rest = prepared.tail;
    try {
      queue.observe(
        statement.sql,
        () => statement.expandedSql(),
        () => {
          let more = true;
          while (more) more = statement.step();
        },
      );
    } finally {
      statement.finalize();
    }
  }
}
