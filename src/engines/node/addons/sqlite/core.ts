import { utf8, utf8Encoder } from '../../host.ts';
import type { RealmServices } from '../../realm-services.ts';
import { SQLITE, SqliteFailure } from './codes.ts';
import { Statement } from './statement.ts';
import { SqliteHost } from './vfs.ts';
import { instantiateSqlite, type SqliteModule } from './wasm-exports.ts';
import type { SqliteValue } from './parameters.ts';

export const OPEN = { readonly: 1, readwrite: 2, create: 4, uri: 0x40, extendedCodes: 0x02000000 } as const;

const transient = -1;
const utf8Text = 1;
const deterministicFlag = 2048;
const directOnlyFlag = 0x80000;

/** A function of the submission that SQL may call. Throwing fails the statement. */
export interface SqlFunction {
  readonly name: string;
  /** Number of arguments, -1 for any. */
  readonly arity: number;
  readonly deterministic: boolean;
  readonly directOnly: boolean;
  readonly bigints: boolean;
  call(...values: SqliteValue[]): unknown;
}

/** SQLite itself, one per process: memory, strings, and opening of databases. */
export class Sqlite {
  readonly host: SqliteHost;
  readonly module: SqliteModule;

  constructor(services: RealmServices) {
    const cwd = (): string => (services.require('process') as { cwd(): string }).cwd();
    this.host = new SqliteHost(services.fs, services.port.start.pid, cwd);
    this.module = instantiateSqlite(services.wasm('node-sqlite3-wasm.wasm'), this.host.imports());
    this.host.attach(this.module.memory);
  }

  /** @throws SqliteFailure, e.g. SQLITE_CANTOPEN. */
  open(filename: string, flags: number): Connection {
    return this.withText(filename, (name) =>
      this.withMemory(4, (result) => {
        const code = this.module.functions.sqlite3_open_v2(name, result, flags | OPEN.extendedCodes, 0);
        const handle = this.host.view.getInt32(result, true);
        if (code === SQLITE.OK) return new Connection(this, handle);
        const message =
          handle === 0 ? 'out of memory' : this.host.text(this.module.functions.sqlite3_errmsg(handle));
        if (handle !== 0) this.module.functions.sqlite3_close_v2(handle);
        throw new SqliteFailure(code, message);
      }),
    );
  }

  /** Lends `use` the address of zero-terminated UTF-8. */
  withText<T>(text: string, use: (pointer: number, bytes: number) => T): T {
    const encoded = utf8Encoder.encode(text);
    return this.withMemory(encoded.length + 1, (pointer) => {
      const { bytes } = this.host;
      bytes.set(encoded, pointer);
      bytes[pointer + encoded.length] = 0;
      return use(pointer, encoded.length);
    });
  }

  withMemory<T>(size: number, use: (pointer: number) => T): T {
    const pointer = this.module.functions.malloc(size);
    if (pointer === 0) throw new SqliteFailure(7, 'out of memory');
    try {
      return use(pointer);
    } finally {
      this.module.functions.free(pointer);
    }
  }

  /** Bytes at an address, as a copy. */
  copy(pointer: number, length: number): Uint8Array {
    return this.host.bytes.slice(pointer, pointer + length);
  }

  utf8(pointer: number, length: number): string {
    return utf8.decode(this.host.bytes.subarray(pointer, pointer + length));
  }
}

/** One open database. */
export class Connection {
  /** Statements that are not finalized. */
  readonly statements = new Set<Statement>();
  #open = true;

  constructor(
    readonly sqlite: Sqlite,
    readonly handle: number,
  ) {}

  get isOpen(): boolean {
    return this.#open;
  }

  /** What went wrong last. */
  failure(code: number): SqliteFailure {
    return new SqliteFailure(
      code,
      this.sqlite.host.text(this.sqlite.module.functions.sqlite3_errmsg(this.handle)),
    );
  }

  /**
   * Compiles the first statement of `sql`.
   * @returns no statement when there is none (only blanks and comments), and the text after it.
   * @throws SqliteFailure.
   */
  prepare(sql: string): { statement: Statement | undefined; tail: string } {
    const { sqlite } = this;
    return sqlite.withText(sql, (text, length) =>
      sqlite.withMemory(8, (result) => {
        const code = sqlite.module.functions.sqlite3_prepare_v2(
          this.handle,
          text,
          length + 1,
          result,
          result + 4,
        );
        if (code !== SQLITE.OK) throw this.failure(code);
        const handle = sqlite.host.view.getInt32(result, true);
        const end = sqlite.host.view.getInt32(result + 4, true);
        const tail = sqlite.utf8(end, Math.max(0, text + length - end));
        if (handle === 0) return { statement: undefined, tail };
        return { statement: new Statement(this, handle, sqlite.utf8(text, end - text)), tail };
      }),
    );
  }

  /** Runs a statement that needs no parameters and returns the first column of its first row. */
  scalar(sql: string): SqliteValue {
    const { statement } = this.prepare(sql);
    if (statement === undefined) return null;
    try {
      return statement.step() ? statement.value(0, false) : null;
    } finally {
      statement.finalize();
    }
  }

  get changes(): number {
    return this.sqlite.module.functions.sqlite3_changes(this.handle);
  }

  get lastInsertRowid(): bigint {
    return this.sqlite.module.functions.sqlite3_last_insert_rowid(this.handle);
  }

  get inTransaction(): boolean {
    return this.sqlite.module.functions.sqlite3_get_autocommit(this.handle) === 0;
  }

  setBusyTimeout(ms: number): void {
    this.scalar(`PRAGMA busy_timeout = ${Math.max(0, Math.trunc(ms))}`);
  }

  /** Makes a function of ours callable from SQL. */
  define(definition: SqlFunction): void {
    const { functions, table } = this.sqlite.module;
    const slot = table.grow(1);
    table.set(
      slot,
      trampoline((context, count, values) => this.#invoke(definition, context, count, values)),
    );
    const flags =
      utf8Text |
      (definition.deterministic ? deterministicFlag : 0) |
      (definition.directOnly ? directOnlyFlag : 0);
    const code = this.sqlite.withText(definition.name, (name) =>
      functions.sqlite3_create_function_v2(this.handle, name, definition.arity, flags, 0, slot, 0, 0, 0),
    );
    if (code !== SQLITE.OK) throw this.failure(code);
  }

  /** Finalizes what is left and closes. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const statement of [...this.statements]) statement.finalize();
    this.sqlite.module.functions.sqlite3_close_v2(this.handle);
  }

  #invoke(definition: SqlFunction, context: number, count: number, values: number): void {
    const { functions } = this.sqlite.module;
    try {
      const given = Array.from({ length: count }, (_, i) =>
        this.#argument(this.sqlite.host.view.getInt32(values + i * 4, true), definition.bigints),
      );
      this.#answer(context, definition.call(...given), definition.name);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.sqlite.withText(message, (text, length) => functions.sqlite3_result_error(context, text, length));
    }
  }

  #argument(value: number, bigints: boolean): SqliteValue {
    const { functions } = this.sqlite.module;
    const type = functions.sqlite3_value_type(value);
    if (type === 1)
      return bigints ? functions.sqlite3_value_int64(value) : functions.sqlite3_value_double(value);
    if (type === 2) return functions.sqlite3_value_double(value);
    if (type === 5) return null;
    const pointer = type === 3 ? functions.sqlite3_value_text(value) : functions.sqlite3_value_blob(value);
    const length = functions.sqlite3_value_bytes(value);
    return type === 3 ? this.sqlite.utf8(pointer, length) : this.sqlite.copy(pointer, length);
  }

  #answer(context: number, value: unknown, name: string): void {
    const { functions } = this.sqlite.module;
    if (value === null || value === undefined) functions.sqlite3_result_null(context);
    else if (typeof value === 'number') functions.sqlite3_result_double(context, value);
    else if (typeof value === 'bigint') functions.sqlite3_result_int64(context, value);
    else if (typeof value === 'string') {
      this.sqlite.withText(value, (text, length) =>
        functions.sqlite3_result_text(context, text, length, transient),
      );
    } else if (value instanceof Uint8Array) {
      this.sqlite.withMemory(value.length + 1, (pointer) => {
        this.sqlite.host.bytes.set(value, pointer);
        functions.sqlite3_result_blob(context, pointer, value.length, transient);
      });
    } else {
      throw new TypeError(`User-defined function ${name}() returned an invalid value`);
    }
  }
}

/** `(i32, i32, i32) -> void`, the type of a SQL function in C: imports `e.f` and exports it as `f`. */
const trampolineBytes = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 7, 1, 0x60, 3, 0x7f, 0x7f, 0x7f, 0],
  ...[2, 7, 1, 1, 101, 1, 102, 0, 0],
  ...[7, 5, 1, 1, 102, 0, 0],
);

/** A function of ours as one that may stand in a WebAssembly table. */
function trampoline(f: (context: number, count: number, values: number) => void): unknown {
  return new WebAssembly.Instance(new WebAssembly.Module(trampolineBytes), { e: { f } }).exports['f'];
}

const instances = new WeakMap<RealmServices, Sqlite>();

/** The SQLite of a realm; both packages share it, and so its locks. */
export function sqliteOf(services: RealmServices): Sqlite {
  let sqlite = instances.get(services);
  if (sqlite === undefined) {
    sqlite = new Sqlite(services);
    instances.set(services, sqlite);
  }
  return sqlite;
}
