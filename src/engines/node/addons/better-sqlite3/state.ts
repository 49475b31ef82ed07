import { host } from '../../host.ts';
import type { RealmServices } from '../../realm-services.ts';
import { bufferClass, exact } from '../../crypto/bytes.ts';
import { codeName, SqliteFailure } from '../sqlite/codes.ts';
import type { Connection } from '../sqlite/core.ts';
import type { SqliteValue } from '../sqlite/parameters.ts';
import type { Statement } from '../sqlite/statement.ts';
import { reportQuery } from '../sqlite/report.ts';

/** The package's own SqliteError. */
export type SqliteErrorClass = new (message: string, code: string) => Error;

export type RowMode = 'flat' | 'pluck' | 'expand' | 'raw';

/** What a database and its statements share. */
export class DatabaseState {
  busy = false;
  iterators = 0;
  safeIntegers = false;
  unsafe = false;
  /** What a function of the submission threw during the current statement: thrown on in its place. */
  thrown: { error: unknown } | undefined;

  constructor(
    readonly services: RealmServices,
    readonly connection: Connection,
    readonly errors: () => SqliteErrorClass,
    readonly verbose: ((sql: string) => void) | null,
  ) {}

  requireOpen(): void {
    if (!this.connection.isOpen) throw new TypeError('The database connection is not open');
  }

  requireIdle(): void {
    if (this.busy) throw new TypeError('This database connection is busy executing a query');
  }

  requireNoIterators(): void {
    if (this.iterators > 0) throw new TypeError('This database connection is busy executing a query');
  }

  /** Runs `action` as the database's one piece of work; failures become SqliteErrors. */
  work<T>(statement: Statement | undefined, action: () => T): T {
    this.busy = true;
    const started = host.now();
    try {
      if (statement !== undefined) this.verbose?.(statement.expandedSql());
      return action();
    } catch (error) {
      throw this.translate(error);
    } finally {
      this.busy = false;
      if (statement !== undefined) reportQuery(this.services, statement.sql, started);
    }
  }

  translate(error: unknown): unknown {
    const { thrown } = this;
    this.thrown = undefined;
    return thrown === undefined ? packageError(error, this.errors()) : thrown.error;
  }

  /** A value as JavaScript gets it: blobs as Buffers. */
  toJs(value: SqliteValue): unknown {
    return value instanceof Uint8Array ? bufferClass(this.services).from(exact(value)) : value;
  }

  row(statement: Statement, mode: RowMode, bigints: boolean): unknown {
    const value = (column: number): unknown => this.toJs(statement.value(column, bigints));
    if (mode === 'pluck') return value(0);
    if (mode === 'raw') return statement.columnNames.map((_, column) => value(column));
    const row: Record<string, unknown> = {};
    if (mode === 'flat') {
      statement.columnNames.forEach((name, column) => (row[name] = value(column)));
      return row;
    }
    statement.columnNames.forEach((name, column) => {
      const table = statement.tableName(column) ?? '$';
      const nested = (row[table] ??= {}) as Record<string, unknown>;
      nested[name] = value(column);
    });
    return row;
  }
}

/** SQLite's failures as the package's errors; others as they are. */
export function packageError(error: unknown, SqliteError: SqliteErrorClass): unknown {
  if (!(error instanceof SqliteFailure)) return error;
  return new SqliteError(error.message, codeName(error.code) ?? `UNKNOWN_SQLITE_ERROR_${error.code}`);
}

/** Requires a boolean, or nothing for true. */
export function booleanArgument(args: readonly unknown[]): boolean {
  if (args.length === 0) return true;
  if (typeof args[0] !== 'boolean') throw new TypeError('Expected first argument to be a boolean');
  return args[0];
}
