import type { RealmServices } from '../../realm-services.ts';
import { SQLITE } from '../sqlite/codes.ts';
import { sqliteOf } from '../sqlite/core.ts';
import { asCallback, DatabaseQueue, outcomeOf, packageError, type Callback } from './queue.ts';

const defaultMode = 2 | 4 | 0x10000;

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
          queue.connection.setBusyTimeout(0);
          queue.connection.useDefaultDialect();
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
      const close = (): boolean => {
        queue.closing = false;
        const { connection } = queue;
        const open = connection?.statements.size ?? 0;
        if (open > 0) {
          const message = 'unable to close due to unfinalized statements or unfinished backups';
          queue.fail(packageError(SQLITE.BUSY, message), callback);
          return false;
        }
        connection?.close();
        queue.end();
        callback?.call(this, null);
        queue.emit('close');
        return false;
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
      let rest = sql;
      const run = (mayWait: boolean): boolean => {
        const { code, message } = outcomeOf(() => {
          while (rest !== '') rest = executeFirst(queue, rest);
        });
        if (mayWait && queue.waitsFor(code, rest)) return true;
        if (code !== SQLITE.OK) queue.fail(packageError(code, message), callback);
        else callback?.call(this, null);
        return false;
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
        set(() => (queue.busyTimeout = value));
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

/** Runs the first statement of a text. @returns the text after it. */
function executeFirst(queue: DatabaseQueue, sql: string): string {
  const prepared = queue.connection?.prepare(sql.replace(/^\s+/, ''));
  const statement = prepared?.statement;
  if (prepared === undefined || statement === undefined) return '';
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
  return prepared.tail;
}
