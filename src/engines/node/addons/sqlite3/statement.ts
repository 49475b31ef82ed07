import type { RealmServices } from '../../realm-services.ts';
import { bufferClass, exact } from '../../crypto/bytes.ts';
import { SQLITE } from '../sqlite/codes.ts';
import type { SqliteValue } from '../sqlite/parameters.ts';
import type { Statement as Compiled } from '../sqlite/statement.ts';
import { queueOf } from './database.ts';
import { asCallback, outcomeOf, packageError, type Callback, type DatabaseQueue } from './queue.ts';

interface Emitter {
  emit(event: string, ...args: unknown[]): boolean;
}

/** A parameter by position or by name, with the value to bind. */
interface Field {
  readonly at: number | string;
  readonly value: SqliteValue;
  readonly integer: boolean;
}

/** One call of a method: what to bind, and whom to tell. */
interface Call {
  readonly fields: Field[];
  readonly callback: Callback | undefined;
}

/** The value as the package binds it; undefined for what it leaves unbound. */
function field(at: number | string, value: unknown): Field | undefined {
  if (typeof value === 'string') return { at, value, integer: false };
  if (value instanceof RegExp) return { at, value: String(value), integer: false };
  if (typeof value === 'number')
    return { at, value, integer: Number.isInteger(value) && (value | 0) === value };
  if (typeof value === 'boolean') return { at, value: value ? 1 : 0, integer: true };
  if (value === null) return { at, value: null, integer: false };
  if (ArrayBuffer.isView(value)) {
    return {
      at,
      value: new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice(),
      integer: false,
    };
  }
  if (value instanceof Date) return { at, value: value.getTime(), integer: false };
  if (typeof value === 'object' || typeof value === 'function')
    return { at, value: '[object Object]', integer: false };
  return undefined;
}

function fieldsOf(args: readonly unknown[]): Field[] {
  const [first] = args;
  let fields: (Field | undefined)[];
  if (Array.isArray(first)) {
    fields = first.map((value, index) => field(index + 1, value));
  } else if (!isNamedParameters(first)) {
    fields = args.map((value, index) => field(index + 1, value));
  } else {
    fields = Object.entries(first).map(([name, value]) => {
      const position = Number(name);
      return field((position | 0) === position ? position : name, value);
    });
  }
  return fields.filter((each) => each !== undefined);
}

function isNamedParameters(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return !(value instanceof RegExp || value instanceof Date || ArrayBuffer.isView(value));
}

/** Takes a trailing callback off and reads the parameters now: the caller may change them later. */
function callOf(args: readonly unknown[]): Call {
  const last = args.at(-1);
  const callback = typeof last === 'function' ? (last as Callback) : undefined;
  return { fields: fieldsOf(callback === undefined ? args : args.slice(0, -1)), callback };
}

/** The class Statement as the package's compiled part exports it. */
export function statementClass(services: RealmServices): new (...args: unknown[]) => object {
  return class Statement {
    declare lastID?: number;
    declare changes?: number;
    readonly #database: object;
    readonly #queue: DatabaseQueue;
    readonly #sql: string;
    readonly #waiting: { start: () => void; callback: Callback | undefined }[] = [];
    #compiled: Compiled | undefined;
    #prepared = false;
    #locked = false;
    #finalized = false;
    /** Result code of the last step, as the package keeps it. */
    #status: number = SQLITE.OK;
    #message = '';

    constructor(...[database, sql, given]: unknown[]) {
      const queue = queueOf(database);
      if (queue === undefined) throw new TypeError('Database object expected');
      if (typeof sql !== 'string') throw new TypeError('SQL query expected');
      if (given !== undefined && typeof given !== 'function') throw new TypeError('Callback expected');
      const callback = asCallback(given);
      this.#database = database as object;
      this.#queue = queue;
      this.#sql = sql;
      Object.defineProperty(this, 'sql', { value: sql });
      queue.schedule(() => queue.begin((mayWait) => this.#prepare(callback, mayWait), true), false, callback);
    }

    bind(...args: unknown[]): this {
      const call = callOf(args);
      return this.#work(call, () => {
        this.#apply(call);
        this.#tell(call, [SQLITE.OK], []);
        return false;
      });
    }

    get(...args: unknown[]): this {
      const call = callOf(args);
      return this.#work(call, (mayWait) => {
        let row: unknown;
        if (this.#status !== SQLITE.DONE || call.fields.length > 0) {
          if (this.#apply(call)) this.#observe(() => (row = this.#step() ? this.#row() : undefined));
          if (mayWait && this.#mustWait()) return true;
        }
        this.#tell(call, [SQLITE.ROW, SQLITE.DONE], row === undefined ? [] : [row]);
        return false;
      });
    }

    run(...args: unknown[]): this {
      const call = callOf(args);
      return this.#work(call, (mayWait) => {
        const { connection } = this.#queue;
        if (this.#fresh(call)) this.#observe(() => void this.#step());
        if (mayWait && this.#mustWait()) return true;
        const succeeded = this.#succeeded([SQLITE.ROW, SQLITE.DONE]);
        if (succeeded && call.callback !== undefined && connection !== undefined) {
          this.lastID = Number(connection.lastInsertRowid);
          this.changes = connection.changes;
        }
        this.#tell(call, [SQLITE.ROW, SQLITE.DONE], []);
        return false;
      });
    }

    all(...args: unknown[]): this {
      const call = callOf(args);
      return this.#work(call, (mayWait) => {
        const rows: unknown[] = [];
        if (this.#fresh(call)) {
          this.#observe(() => {
            while (this.#step()) rows.push(this.#row());
          });
          if (mayWait && this.#mustWait()) return true;
        }
        this.#tell(call, [SQLITE.DONE], [rows]);
        return false;
      });
    }

    each(...args: unknown[]): this {
      const twoCallbacks = typeof args.at(-1) === 'function' && typeof args.at(-2) === 'function';
      const completed = twoCallbacks ? (args.at(-1) as Callback) : undefined;
      const call = callOf(twoCallbacks ? args.slice(0, -1) : args);
      return this.#work(call, (mayWait) => {
        const rows: unknown[] = [];
        if (this.#fresh(call)) {
          this.#observe(() => {
            while (this.#step()) rows.push(this.#row());
          });
          if (mayWait && this.#mustWait()) return true;
        }
        if (this.#status !== SQLITE.DONE) this.#tell(call, [SQLITE.DONE], []);
        for (const row of rows) call.callback?.call(this, null, row);
        completed?.call(this, null, rows.length);
        return false;
      });
    }

    reset(given?: unknown): this {
      const call = { fields: [], callback: asCallback(given) };
      return this.#work(call, () => {
        this.#compiled?.reset();
        this.#status = SQLITE.OK;
        this.#tell(call, [SQLITE.OK], []);
        return false;
      });
    }

    finalize(given?: unknown): object {
      const callback = asCallback(given);
      this.#schedule(() => {
        this.#end();
        callback?.call(this);
      }, callback);
      return this.#database;
    }

    #prepare(callback: Callback | undefined, mayWait: boolean): boolean {
      const { code, message } = outcomeOf(() => {
        this.#compiled = this.#queue.connection?.prepare(this.#sql).statement;
      });
      if (mayWait && this.#queue.waitsFor(code, this.#sql)) return true;
      this.#locked = true;
      try {
        if (code === SQLITE.OK) {
          this.#prepared = true;
          callback?.call(this, null);
        } else {
          this.#fail(packageError(code, message), callback);
          this.#end();
        }
      } finally {
        this.#locked = false;
        this.#process();
      }
      return false;
    }

    /** Queues a call of a method; `work` runs in its own turn, with this statement and the database held. */
    #work(call: Call, work: (mayWait: boolean) => boolean): this {
      this.#schedule(() => {
        this.#locked = true;
        this.#queue.begin((mayWait) => {
          let again = false;
          try {
            again = work(mayWait);
            return again;
          } finally {
            if (!again) {
              this.#locked = false;
              this.#process();
            }
          }
        }, true);
      }, call.callback);
      return this;
    }

    /** Whether the last step found the database locked and is to be tried again; if so, from the start. */
    #mustWait(): boolean {
      if (!this.#queue.waitsFor(this.#status, this.#sql)) return false;
      this.#compiled?.reset();
      this.#status = SQLITE.OK;
      return true;
    }

    #schedule(start: () => void, callback: Callback | undefined): void {
      if (this.#finalized || !this.#prepared || this.#locked) this.#waiting.push({ start, callback });
      else start();
      if (this.#finalized) this.#refuseWaiting();
    }

    #process(): void {
      if (this.#finalized) return this.#refuseWaiting();
      while (this.#prepared && !this.#locked && !this.#finalized) {
        const next = this.#waiting.shift();
        if (next === undefined) return;
        next.start();
      }
    }

    #end(): void {
      if (this.#finalized) return;
      this.#finalized = true;
      this.#refuseWaiting();
      this.#compiled?.finalize();
      this.#compiled = undefined;
    }

    /** Calls after finalize fail; calls after a failed prepare were told of that already. */
    #refuseWaiting(): void {
      const waiting = this.#waiting.splice(0);
      if (!this.#prepared || waiting.length === 0) return;
      const error = packageError(SQLITE.MISUSE, 'Statement is already finalized');
      const callbacks = waiting.map((each) => each.callback).filter((callback) => callback !== undefined);
      for (const callback of callbacks) callback.call(this, error);
      if (callbacks.length === 0) this.#emit('error', error);
    }

    /** Starts over and binds, for methods that always run from the beginning. */
    #fresh(call: Call): boolean {
      if (call.fields.length === 0) this.#compiled?.reset();
      return this.#apply(call);
    }

    /** Binds what was given, if anything. */
    #apply(call: Call): boolean {
      const compiled = this.#compiled;
      if (compiled === undefined) {
        this.#status = SQLITE.MISUSE;
        this.#message = 'not an error';
        return false;
      }
      if (call.fields.length === 0) return true;
      compiled.reset();
      compiled.clearBindings();
      const { code, message } = outcomeOf(() => {
        for (const { at, value, integer } of call.fields) {
          compiled.bind(typeof at === 'number' ? at : compiled.parameterIndex(at), value, integer);
        }
      });
      this.#status = code;
      this.#message = message;
      return code === SQLITE.OK;
    }

    #step(): boolean {
      let row = false;
      const { code, message } = outcomeOf(() => {
        row = this.#compiled?.step() ?? false;
      });
      this.#message = message;
      this.#status = code !== SQLITE.OK ? code : row ? SQLITE.ROW : SQLITE.DONE;
      return row;
    }

    #row(): Record<string, unknown> {
      const compiled = this.#compiled;
      const row: Record<string, unknown> = {};
      compiled?.columnNames.forEach((name, column) => {
        const value = compiled.value(column, false);
        row[name] = value instanceof Uint8Array ? bufferClass(services).from(exact(value)) : value;
      });
      return row;
    }

    #observe(action: () => void): void {
      const compiled = this.#compiled;
      this.#queue.observe(this.#sql, () => compiled?.expandedSql() ?? this.#sql, action);
    }

    #succeeded(expected: number[]): boolean {
      return expected.includes(this.#status);
    }

    #tell(call: Call, expected: number[], results: unknown[]): void {
      if (this.#succeeded(expected)) call.callback?.call(this, null, ...results);
      else this.#fail(packageError(this.#status, this.#message), call.callback);
    }

    #fail(error: Error, callback: Callback | undefined): void {
      if (callback === undefined) this.#emit('error', error);
      else callback.call(this, error);
    }

    #emit(event: string, ...args: unknown[]): void {
      (this as unknown as Emitter).emit(event, ...args);
    }
  };
}
