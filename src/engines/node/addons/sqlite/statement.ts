import { SQLITE } from './codes.ts';
import type { Connection } from './core.ts';
import { expandSql, parseParameters, type Parameters, type SqliteValue } from './parameters.ts';

const transient = -1;
const columnTypes = { integer: 1, float: 2, text: 3, blob: 4 } as const;

/** One compiled statement. */
export class Statement {
  readonly parameters: Parameters;
  readonly columnNames: readonly string[];
  readonly #connection: Connection;
  readonly #bound = new Map<number, SqliteValue>();
  #handle: number;

  constructor(
    connection: Connection,
    handle: number,
    readonly sql: string,
  ) {
    this.#connection = connection;
    this.#handle = handle;
    this.parameters = parseParameters(sql);
    const { functions } = connection.sqlite.module;
    this.columnNames = Array.from({ length: functions.sqlite3_column_count(handle) }, (_, i) =>
      connection.sqlite.host.text(functions.sqlite3_column_name(handle, i)),
    );
    connection.statements.add(this);
  }

  get isFinalized(): boolean {
    return this.#handle === 0;
  }

  /** Advances. @returns true on a row, false at the end. @throws SqliteFailure. */
  step(): boolean {
    const code = this.#connection.sqlite.module.functions.sqlite3_step(this.#handle);
    if (code === SQLITE.ROW) return true;
    if (code === SQLITE.DONE) return false;
    throw this.#connection.failure(code);
  }

  reset(): void {
    this.#connection.sqlite.module.functions.sqlite3_reset(this.#handle);
  }

  clearBindings(): void {
    this.#bound.clear();
    this.#connection.sqlite.module.functions.sqlite3_clear_bindings(this.#handle);
  }

  /** Index of a named parameter (with its prefix), 0 when there is none. */
  parameterIndex(name: string): number {
    return this.#connection.sqlite.withText(name, (text) =>
      this.#connection.sqlite.module.functions.sqlite3_bind_parameter_index(this.#handle, text),
    );
  }

  /**
   * Binds a value. Numbers go in as doubles unless `integer` says that they are 32-bit integers.
   * @throws SqliteFailure SQLITE_RANGE when there is no such parameter.
   */
  bind(index: number, value: SqliteValue, integer = false): void {
    const code = this.#bind(index, value, integer);
    if (code !== SQLITE.OK) throw this.#connection.failure(code);
    this.#bound.set(index, integer && typeof value === 'number' ? BigInt(value) : value);
  }

  /** The value of a column of the current row; integers as BigInt when asked for. */
  value(column: number, bigints: boolean): SqliteValue {
    const { sqlite } = this.#connection;
    const { functions } = sqlite.module;
    const handle = this.#handle;
    switch (functions.sqlite3_column_type(handle, column)) {
      case columnTypes.integer:
        return bigints
          ? functions.sqlite3_column_int64(handle, column)
          : functions.sqlite3_column_double(handle, column);
      case columnTypes.float:
        return functions.sqlite3_column_double(handle, column);
      case columnTypes.text: {
        const pointer = functions.sqlite3_column_text(handle, column);
        return sqlite.utf8(pointer, functions.sqlite3_column_bytes(handle, column));
      }
      case columnTypes.blob: {
        const pointer = functions.sqlite3_column_blob(handle, column);
        return sqlite.copy(pointer, functions.sqlite3_column_bytes(handle, column));
      }
      default:
        return null;
    }
  }

  /** Name of the table that a column comes from, undefined for expressions. */
  tableName(column: number): string | undefined {
    const { sqlite } = this.#connection;
    const pointer = sqlite.module.functions.sqlite3_column_table_name(this.#handle, column);
    return pointer === 0 ? undefined : sqlite.host.text(pointer);
  }

  /** The text with the bound values in place. */
  expandedSql(): string {
    return expandSql(this.sql, this.parameters, this.#bound);
  }

  finalize(): void {
    if (this.#handle === 0) return;
    this.#connection.statements.delete(this);
    this.#connection.sqlite.module.functions.sqlite3_finalize(this.#handle);
    this.#handle = 0;
  }

  #bind(index: number, value: SqliteValue, integer: boolean): number {
    const { sqlite } = this.#connection;
    const { functions } = sqlite.module;
    const handle = this.#handle;
    if (value === null) return functions.sqlite3_bind_null(handle, index);
    if (typeof value === 'bigint') return functions.sqlite3_bind_int64(handle, index, value);
    if (typeof value === 'number') {
      return integer
        ? functions.sqlite3_bind_int(handle, index, value)
        : functions.sqlite3_bind_double(handle, index, value);
    }
    if (typeof value === 'string') {
      return sqlite.withText(value, (text, length) =>
        functions.sqlite3_bind_text(handle, index, text, length, transient),
      );
    }
    return sqlite.withMemory(value.length + 1, (pointer) => {
      sqlite.host.bytes.set(value, pointer);
      return functions.sqlite3_bind_blob(handle, index, pointer, value.length, transient);
    });
  }
}
