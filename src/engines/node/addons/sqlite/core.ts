import { utf8, utf8Encoder } from '../../host.ts';
import type { RealmServices } from '../../realm-services.ts';
import { SQLITE, SqliteFailure } from './codes.ts';
import { Statement } from './statement.ts';
import { SqliteHost } from './vfs.ts';
import { answerJournalPragma } from './write-ahead.ts';
import { instantiateSqlite, type SqliteModule } from './wasm-exports.ts';
import type { SqliteValue } from './parameters.ts';

export const OPEN = { readonly: 1, readwrite: 2, create: 4, uri: 0x40, extendedCodes: 0x02000000 } as const;

/**
 * Where the build keeps a connection's flags in its structure `sqlite3`, and what they mean. The function that sets the
 * last two, sqlite3_db_config, is not exported.
 */
const connectionFlags = { offset: 32, foreignKeys: 0x4000, doubleQuotedStrings: 0x60000000 } as const;

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
    const replaced = answerJournalPragma(sql, this, this.sqlite.host.writeAhead);
    if (replaced === undefined) return this.#compile(sql);
    const { tail } = replaced;
    const given = sql.slice(0, sql.length - tail.length);
    return { statement: this.#compile(replaced.statement, given).statement, tail };
  }

  /** @param shown - the text that the statement is said to have. */
  #compile(sql: string, shown?: string): { statement: Statement | undefined; tail: string } {
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
        return { statement: new Statement(this, handle, shown ?? sqlite.utf8(text, end - text)), tail };
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

  /** Path of a database by its schema's name (`main` for the one opened); empty when it has no file. */
  fileOf(schema: string): string {
    const name = schema.toLowerCase().replaceAll("'", "''");
    return String(this.scalar(`SELECT file FROM pragma_database_list WHERE lower(name) = '${name}'`) ?? '');
  }

  /**
   * Sets what a build of SQLite without options of its own has: foreign keys are not enforced, and a double-quoted
   * name that is no column is a string. This build has it the other way round.
   */
  useDefaultDialect(): void {
    const { view } = this.sqlite.host;
    const at = this.handle + connectionFlags.offset;
    const before = view.getUint32(at, true);
    this.scalar('PRAGMA foreign_keys = OFF');
    const after = this.sqlite.host.view.getUint32(at, true);
    if (before !== (after | connectionFlags.foreignKeys) >>> 0 || before === after) {
      throw new Error('sqlite: the WebAssembly build keeps its flags elsewhere; update core.ts');
    }
    this.sqlite.host.view.setUint32(at, (after | connectionFlags.doubleQuotedStrings) >>> 0, true);
  }

  /** Finalizes what is left and closes. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const statement of [...this.statements]) statement.finalize();
    this.sqlite.module.functions.sqlite3_close_v2(this.handle);
  }
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
