import { SQLITE } from './codes.ts';
import type { Connection, Sqlite } from './core.ts';
import type { SqliteValue } from './parameters.ts';

const transient = -1;
const utf8Text = 1;
const deterministicFlag = 2048;
const directOnlyFlag = 0x80000;

interface Signature {
  readonly name: string;
  /** Number of arguments, -1 for any. */
  readonly arity: number;
  readonly deterministic: boolean;
  readonly directOnly: boolean;
  readonly bigints: boolean;
}

/** A function of the submission that SQL may call. Throwing fails the statement. */
export interface SqlFunction extends Signature {
  call(...values: SqliteValue[]): unknown;
}

/** An aggregate of the submission: one accumulator a group. */
export interface SqlAggregate extends Signature {
  start(): unknown;
  step(accumulator: unknown, ...values: SqliteValue[]): unknown;
  result(accumulator: unknown): unknown;
}

/** Makes a function of ours callable from SQL. @throws SqliteFailure */
export function defineFunction(connection: Connection, definition: SqlFunction): void {
  const { sqlite } = connection;
  const slot = place(
    sqlite,
    trampoline(3, (context, count, values) =>
      guarded(sqlite, context, () =>
        answer(sqlite, context, definition.call(...given(sqlite, definition, count, values)), definition),
      ),
    ),
  );
  create(connection, definition, [slot, 0, 0]);
}

/**
 * Makes an aggregate of ours callable from SQL. The build has no `sqlite3_aggregate_context`, so accumulators are
 * kept here by the address of the cell that SQLite keeps for the group, which also counts the steps.
 * @throws SqliteFailure
 */
export function defineAggregate(connection: Connection, definition: SqlAggregate): void {
  const { sqlite } = connection;
  const groups = new Map<number, unknown>();
  const step = (context: number, count: number, values: number): void =>
    guarded(sqlite, context, () => {
      const { view } = sqlite.host;
      const cell = view.getInt32(context + offset.contextCell, true);
      const first = view.getInt32(cell + offset.cellSteps, true) <= 1;
      const before = first || !groups.has(cell) ? definition.start() : groups.get(cell);
      groups.set(cell, before);
      groups.set(cell, definition.step(before, ...given(sqlite, definition, count, values)));
    });
  const final = (context: number): void =>
    guarded(sqlite, context, () => {
      const { view } = sqlite.host;
      const cell = view.getInt32(context + offset.contextCell, true);
      const stepped = view.getInt32(cell + offset.cellSteps, true) > 0 && groups.has(cell);
      const accumulator = stepped ? groups.get(cell) : definition.start();
      groups.delete(cell);
      answer(sqlite, context, definition.result(accumulator), definition);
    });
  create(connection, definition, [
    0,
    place(sqlite, trampoline(3, step)),
    place(sqlite, trampoline(1, final)),
  ]);
}

/** Places in SQLite's structures `sqlite3_context` (its cell) and `sqlite3_value` (its count), 32-bit build. */
const offset = { contextCell: 8, cellSteps: 12 } as const;

function create(connection: Connection, definition: Signature, slots: [number, number, number]): void {
  const { sqlite } = connection;
  const flags =
    utf8Text |
    (definition.deterministic ? deterministicFlag : 0) |
    (definition.directOnly ? directOnlyFlag : 0);
  const code = sqlite.withText(definition.name, (name) =>
    sqlite.module.functions.sqlite3_create_function_v2(
      connection.handle,
      name,
      definition.arity,
      flags,
      0,
      ...slots,
      0,
    ),
  );
  if (code !== SQLITE.OK) throw connection.failure(code);
}

function place(sqlite: Sqlite, f: unknown): number {
  const slot = sqlite.module.table.grow(1);
  sqlite.module.table.set(slot, f);
  return slot;
}

function guarded(sqlite: Sqlite, context: number, action: () => void): void {
  try {
    action();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    sqlite.withText(message, (text, length) =>
      sqlite.module.functions.sqlite3_result_error(context, text, length),
    );
  }
}

function given(sqlite: Sqlite, { bigints }: Signature, count: number, values: number): SqliteValue[] {
  return Array.from({ length: count }, (_, i) =>
    argument(sqlite, sqlite.host.view.getInt32(values + i * 4, true), bigints),
  );
}

function argument(sqlite: Sqlite, value: number, bigints: boolean): SqliteValue {
  const { functions } = sqlite.module;
  const type = functions.sqlite3_value_type(value);
  if (type === 1)
    return bigints ? functions.sqlite3_value_int64(value) : functions.sqlite3_value_double(value);
  if (type === 2) return functions.sqlite3_value_double(value);
  if (type === 5) return null;
  const pointer = type === 3 ? functions.sqlite3_value_text(value) : functions.sqlite3_value_blob(value);
  const length = functions.sqlite3_value_bytes(value);
  return type === 3 ? sqlite.utf8(pointer, length) : sqlite.copy(pointer, length);
}

function answer(sqlite: Sqlite, context: number, value: unknown, { name }: Signature): void {
  const { functions } = sqlite.module;
  if (value === null || value === undefined) functions.sqlite3_result_null(context);
  else if (typeof value === 'number') functions.sqlite3_result_double(context, value);
  else if (typeof value === 'bigint') functions.sqlite3_result_int64(context, value);
  else if (typeof value === 'string') {
    sqlite.withText(value, (text, length) => functions.sqlite3_result_text(context, text, length, transient));
  } else if (value instanceof Uint8Array) {
    sqlite.withMemory(value.length + 1, (pointer) => {
      sqlite.host.bytes.set(value, pointer);
      functions.sqlite3_result_blob(context, pointer, value.length, transient);
    });
  } else {
    throw new TypeError(`User-defined function ${name}() returned an invalid value`);
  }
}

/** `(i32, ...) -> void` with one or three parameters, the types of SQL functions in C: imports `e.f`, exports it as `f`. */
function trampoline(parameters: 1 | 3, f: (context: number, count: number, values: number) => void): unknown {
  const types = Array.from({ length: parameters }, () => 0x7f);
  const bytes = Uint8Array.of(
    ...[0, 97, 115, 109, 1, 0, 0, 0],
    ...[1, 4 + parameters, 1, 0x60, parameters, ...types, 0],
    ...[2, 7, 1, 1, 101, 1, 102, 0, 0],
    ...[7, 5, 1, 1, 102, 0, 0],
  );
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: { f } }).exports['f'];
}
