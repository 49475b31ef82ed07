import { host } from '../../host.ts';
import type { RealmServices } from '../../realm-services.ts';
import type { SqliteValue } from '../sqlite/parameters.ts';
import { OPEN, sqliteOf } from '../sqlite/core.ts';
import { reportQuery } from '../sqlite/report.ts';
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
      if (buffer !== null) services.missing('better-sqlite3: a database from a buffer');
      const create = mustExist ? OPEN.readwrite : OPEN.readwrite | OPEN.create;
      const errors = (): SqliteErrorClass => SqliteError;
      const connection = attempt(() => sqliteOf(services).open(filename, readonly ? OPEN.readonly : create));
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
      const guarded = (...values: SqliteValue[]): unknown => {
        try {
          const result = call(...values.map((value) => state.toJs(value)));
          if (isResult(result)) return result;
          throw new TypeError(`User-defined function ${name}() returned an invalid value`);
        } catch (error) {
          state.thrown = { error };
          throw error;
        }
      };
      attempt(() =>
        state.connection.define({ name, arity, deterministic, directOnly, bigints, call: guarded }),
      );
    }

    backup(_database: object, attached: string, destination: string, unlink: boolean): Backup {
      this.#require(false);
      return new Backup(this.#state, attached, destination, unlink);
    }

    aggregate(): never {
      return services.missing('better-sqlite3: user-defined aggregates');
    }

    table(): never {
      return services.missing('better-sqlite3: virtual tables');
    }

    serialize(): never {
      return services.missing('better-sqlite3: serialize()');
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

  /** Copies the whole database in one step; the package asks for pages until none remain. */
  class Backup {
    readonly #state: DatabaseState;
    readonly #attached: string;
    readonly #destination: string;
    readonly #unlink: boolean;
    #pages: number | undefined;

    constructor(state: DatabaseState, attached: string, destination: string, unlink: boolean) {
      this.#state = state;
      this.#attached = attached.replaceAll('"', '""');
      this.#destination = destination.replaceAll("'", "''");
      this.#unlink = unlink;
    }

    transfer(): { totalPages: number; remainingPages: number } {
      this.#pages ??= this.#copy();
      return { totalPages: this.#pages, remainingPages: 0 };
    }

    close(): void {
      this.#pages ??= 0;
    }

    #copy(): number {
      const { connection } = this.#state;
      if (!this.#unlink) services.missing('better-sqlite3: a backup over an existing file');
      const sql = `VACUUM "${this.#attached}" INTO '${this.#destination}'`;
      const started = host.now();
      attempt(() => connection.scalar(sql));
      reportQuery(services, sql, started);
      return Number(connection.scalar(`PRAGMA "${this.#attached}".page_count`));
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

/** What a function may give back to SQL. */
function isResult(value: unknown): boolean {
  return (
    value === null ||
    ArrayBuffer.isView(value) ||
    !['boolean', 'object', 'function', 'symbol'].includes(typeof value)
  );
}
