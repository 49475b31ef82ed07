/**
 * SQLite's C functions in the WebAssembly build of node-sqlite3-wasm. The build shortens the names of its exports;
 * `exportNames` says which is which and is checked against the package by a test.
 */
export const exportNames = {
  sqlite3_finalize: 'A',
  sqlite3_reset: 'B',
  sqlite3_clear_bindings: 'C',
  sqlite3_value_blob: 'D',
  sqlite3_value_text: 'E',
  sqlite3_value_bytes: 'F',
  sqlite3_value_double: 'G',
  sqlite3_value_int64: 'H',
  sqlite3_value_type: 'I',
  sqlite3_result_blob: 'J',
  sqlite3_result_double: 'L',
  sqlite3_result_error: 'M',
  sqlite3_result_int64: 'O',
  sqlite3_result_null: 'P',
  sqlite3_result_text: 'Q',
  sqlite3_step: 'R',
  sqlite3_column_count: 'S',
  sqlite3_column_blob: 'T',
  sqlite3_column_bytes: 'U',
  sqlite3_column_double: 'V',
  sqlite3_column_int64: 'W',
  sqlite3_column_text: 'X',
  sqlite3_column_type: 'Y',
  sqlite3_column_name: 'Z',
  sqlite3_column_table_name: '_',
  sqlite3_bind_blob: '$',
  sqlite3_bind_double: 'ba',
  sqlite3_bind_int: 'ca',
  sqlite3_bind_int64: 'da',
  sqlite3_bind_null: 'ea',
  sqlite3_bind_text: 'fa',
  sqlite3_bind_parameter_index: 'ga',
  sqlite3_exec: 'ha',
  sqlite3_prepare_v2: 'ia',
  sqlite3_errmsg: 'ja',
  sqlite3_last_insert_rowid: 'ka',
  sqlite3_changes: 'la',
  sqlite3_close_v2: 'ma',
  sqlite3_create_function_v2: 'na',
  sqlite3_open_v2: 'oa',
  sqlite3_get_autocommit: 'pa',
  malloc: 'qa',
  free: 'ra',
} as const;

type Numeric = (...args: number[]) => number;
type BigIntResults = 'sqlite3_column_int64' | 'sqlite3_value_int64' | 'sqlite3_last_insert_rowid';
type WithBigInt = { [K in BigIntResults]: (...args: number[]) => bigint };

/** The functions by their C names; 64-bit integers are BigInt. */
export type SqliteFunctions = Omit<
  Record<keyof typeof exportNames, Numeric>,
  keyof WithBigInt | 'sqlite3_bind_int64' | 'sqlite3_result_int64'
> &
  WithBigInt & {
    sqlite3_bind_int64(statement: number, index: number, value: bigint): number;
    sqlite3_result_int64(context: number, value: bigint): void;
  };

/** Other exports. */
const memoryName = 'y';
const tableName = 'sa';
const startName = 'z';

export interface SqliteModule {
  readonly functions: SqliteFunctions;
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
}

/** Instantiates the build over `imports` (see vfs.ts) and runs its constructors. */
export function instantiateSqlite(
  module: WebAssembly.Module,
  imports: WebAssembly.ModuleImports,
): SqliteModule {
  const { exports } = new WebAssembly.Instance(module, { a: imports });
  const functions: Record<string, unknown> = {};
  for (const [name, short] of Object.entries(exportNames)) functions[name] = exports[short];
  const memory = exports[memoryName];
  const table = exports[tableName];
  const start = exports[startName];
  if (
    !(memory instanceof WebAssembly.Memory) ||
    !(table instanceof WebAssembly.Table) ||
    typeof start !== 'function'
  ) {
    throw new Error('sqlite: the WebAssembly build has other exports than expected; update wasm-exports.ts');
  }
  start();
  return { functions: functions as SqliteFunctions, memory, table };
}
