import type { RealmServices } from '../../realm-services.ts';
import type { SqliteValue } from '../sqlite/parameters.ts';
import { databaseBytes, withDatabaseFile } from '../sqlite/copy.ts';
import { SqliteFailure } from '../sqlite/codes.ts';
import { OPEN, sqliteOf, type Connection } from '../sqlite/core.ts';
import { defineAggregate, defineFunction } from '../sqlite/user-functions.ts';
import { bufferClass, exact } from '../../crypto/bytes.ts';
import { Backup } from './backup.ts';
import { booleanArgument, DatabaseState, packageError, type SqliteErrorClass } from './state.ts';
import { Statement, StatementIterator } from './statement.ts';

/**
 * What better-sqlite3's compiled part (9 to 12) exports to its own JavaScript: Database, Statement,
 * StatementIterator, Backup and setErrorConstructor.
 */
export function betterSqlite3(services: RealmServices): Record<string, unknown> {
  let SqliteError: SqliteErrorClass = Error;

  class Database {
    readonly #state: DatabaseState;

    constructor(
      filename: string,
      filenameGiven: string,
      memory: boolean,
      readonly: boolean,
      mustExist: boolean,
      timeout: number,
      verbose: ((sql: string) => void) | null,
      buffer: Uint8Array | null,
    ) {
      const create = mustExist ? OPEN.readwrite : OPEN.readwrite | OPEN.create;
      const flags = readonly ? OPEN.readonly : create;
      const errors = (): SqliteErrorClass => SqliteError;
      const sqlite = sqliteOf(services);
      const connection = attempt(() =>
        buffer === null
          ? sqlite.open(filename, flags)
          : withDatabaseFile(services.fs, buffer, sqlite.host.pid, (path) => {
              const opened = sqlite.open(path, flags);
              opened.scalar('SELECT count(*) FROM sqlite_schema');
              return opened;
            }),
      );
      enlargeCache(connection);
      this.#state = new DatabaseState(services, connection, errors, verbose);
      connection.setBusyTimeout(timeout);
      for (const [key, value] of Object.entries({ memory, readonly, name: filenameGiven })) {
        Object.defineProperty(this, key, { value, enumerable: true });
      }
    }

    get open(): boolean {
      return this.#state.connection.isOpen;
    }

    get inTransaction(): boolean {
      return this.open && this.#state.connection.inTransaction;
    }

    prepare(source: unknown, database: object, pragma: boolean): Statement {
      if (typeof source !== 'string') throw new TypeError('Expected first argument to be a string');
      this.#require(pragma);
      const { statement, tail } = attempt(() => this.#state.connection.prepare(source));
      if (statement === undefined) throw new RangeError('The supplied SQL string contains no statements');
      if (!/^(?:[\s;]|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))*$/.test(tail)) {
        statement.finalize();
        throw new RangeError('The supplied SQL string contains more than one statement');
      }
      return new Statement(this.#state, statement, source, database, pragma);
    }

    exec(source: unknown): void {
      if (typeof source !== 'string') throw new TypeError('Expected first argument to be a string');
      this.#require(true);
      for (let rest = source; rest !== '';) {
        const { statement, tail } = attempt(() =>
          this.#state.connection.prepare(rest.replace(/^[\s;]+/, '')),
        );
        if (statement === undefined) return;
        rest = tail;
        try {
          this.#state.work(statement, () => {
            while (statement.step());
          });
        } finally {
          statement.finalize();
        }
      }
    }

    function(
      call: (...values: unknown[]) => unknown,
      name: string,
      arity: number,
      safeIntegers: number,
      deterministic: boolean,
      directOnly: boolean,
    ): void {
      this.#require(true);
      const state = this.#state;
      const bigints = safeIntegers < 2 ? safeIntegers === 1 : state.safeIntegers;
      const guarded = guard(state, name, (...values: SqliteValue[]) =>
        call(...values.map((value) => state.toJs(value))),
      );
      attempt(() =>
        defineFunction(state.connection, { name, arity, deterministic, directOnly, bigints, call: guarded }),
      );
    }

    aggregate(
      start: unknown,
      step: (...values: unknown[]) => unknown,
      inverse: unknown,
      result: ((accumulator: unknown) => unknown) | null,
      name: string,
      arity: number,
      safeIntegers: number,
      deterministic: boolean,
      directOnly: boolean,
    ): void {
      this.#require(true);
      if (inverse !== null) services.missing('better-sqlite3: user-defined window functions');
      const state = this.#state;
      const bigints = safeIntegers < 2 ? safeIntegers === 1 : state.safeIntegers;
      const passOn = <A extends unknown[], R>(action: (...args: A) => R) => {
        return (...args: A): R => {
          try {
            return action(...args);
          } catch (error) {
            state.thrown ??= { error };
            throw error;
          }
        };
      };
      attempt(() =>
        defineAggregate(state.connection, {
          ...{ name, arity, deterministic, directOnly, bigints },
          start: passOn(() => (typeof start === 'function' ? (start as () => unknown)() : start)),
          step: passOn((accumulator: unknown, ...values: SqliteValue[]) => {
            const next = step(accumulator, ...values.map((value) => state.toJs(value)));
            return next === undefined ? accumulator : next;
          }),
          result: guard(state, name, (accumulator: unknown) =>
            result === null ? accumulator : result(accumulator),
          ),
        }),
      );
    }

    backup(_database: object, attached: string, destination: string): Backup {
      this.#require(false);
      return new Backup(this.#state, attached, destination);
    }

    serialize(attached: string): unknown {
      this.#require(true);
      const bytes = attempt(() => databaseBytes(services.fs, this.#state.connection, attached));
      return bufferClass(services).from(exact(bytes));
    }

    table(): never {
      return services.missing('better-sqlite3: virtual tables');
    }

    loadExtension(): never {
      return services.missing('better-sqlite3: SQLite extensions');
    }

    close(): void {
      if (!this.open) return;
      this.#state.requireIdle();
      this.#state.requireNoIterators();
      this.#state.connection.close();
    }

    defaultSafeIntegers(...args: unknown[]): void {
      this.#state.safeIntegers = booleanArgument(args);
    }

    unsafeMode(...args: unknown[]): void {
      this.#state.unsafe = booleanArgument(args);
    }

    #require(noIterators: boolean): void {
      this.#state.requireOpen();
      this.#state.requireIdle();
      if (noIterators && !this.#state.unsafe) this.#state.requireNoIterators();
    }
  }

  /** Turns SQLite's failures into the package's errors, before there is a database to do it. */
  function attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw packageError(error, SqliteError);
    }
  }

  return {
    Database,
    Statement,
    StatementIterator,
    Backup,
    setErrorConstructor: (constructor: SqliteErrorClass) => {
      SqliteError = constructor;
    },
  };
}

/** The package's default. A file that is no database says so only when it is used. */
function enlargeCache(connection: Connection): void {
  try {
    connection.scalar('PRAGMA cache_size = -16000');
  } catch (error) {
    if (!(error instanceof SqliteFailure)) throw error;
  }
}

/** A function of the submission: its result is checked, and what it throws is kept for the caller. */
function guard<A extends unknown[]>(
  state: DatabaseState,
  name: string,
  call: (...values: A) => unknown,
): (...values: A) => unknown {
  return (...values) => {
    try {
      const result = call(...values);
      if (isResult(result)) return result;
      throw new TypeError(`User-defined function ${name}() returned an invalid value`);
    } catch (error) {
      state.thrown ??= { error };
      throw error;
    }
  };
}

/** What a function may give back to SQL. */
function isResult(value: unknown): boolean {
  return (
    value === null ||
    ArrayBuffer.isView(value) ||
    !['boolean', 'object', 'function', 'symbol'].includes(typeof value)
  );
}
