import { changesRows, readsOnly } from '../sqlite/kind.ts';
import type { Statement as Compiled } from '../sqlite/statement.ts';
import { bindArguments } from './binder.ts';
import { booleanArgument, type DatabaseState, type RowMode } from './state.ts';

interface Settings {
  mode: RowMode;
  bigints: boolean;
  bound: boolean;
  locked: boolean;
}

function freeze(target: object, values: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(values))
    Object.defineProperty(target, key, { value, enumerable: true });
}

/** better-sqlite3's Statement: compiled once, run, read from or iterated over. */
export class Statement {
  declare readonly reader: boolean;
  declare readonly readonly: boolean;
  declare readonly source: string;
  declare readonly database: object;
  readonly #state: DatabaseState;
  readonly #compiled: Compiled;
  readonly #settings: Settings;
  readonly #counts: boolean;

  constructor(state: DatabaseState, compiled: Compiled, source: string, database: object, pragma: boolean) {
    this.#state = state;
    this.#compiled = compiled;
    this.#counts = changesRows(source);
    this.#settings = { mode: 'flat', bigints: state.safeIntegers, bound: false, locked: false };
    const reader = compiled.columnNames.length > 0 || pragma;
    freeze(this, { reader, readonly: readsOnly(source), source, database });
  }

  get busy(): boolean {
    return this.#settings.locked;
  }

  run(...args: unknown[]): { changes: number; lastInsertRowid: number | bigint } {
    this.#requireFree();
    if (!this.#state.unsafe) this.#state.requireNoIterators();
    this.#bindFor(args);
    const { connection } = this.#state;
    return this.#finish(() => {
      this.#compiled.step();
      this.#compiled.reset();
      const id = connection.lastInsertRowid;
      return {
        changes: this.#counts ? connection.changes : 0,
        lastInsertRowid: this.#settings.bigints ? id : Number(id),
      };
    });
  }

  get(...args: unknown[]): unknown {
    this.#requireReader();
    this.#requireFree();
    this.#bindFor(args);
    return this.#finish(() => (this.#compiled.step() ? this.#row() : undefined));
  }

  all(...args: unknown[]): unknown[] {
    this.#requireReader();
    this.#requireFree();
    this.#bindFor(args);
    return this.#finish(() => {
      const rows: unknown[] = [];
      while (this.#compiled.step()) rows.push(this.#row());
      return rows;
    });
  }

  iterate(...args: unknown[]): StatementIterator {
    this.#requireReader();
    this.#requireFree();
    this.#bindFor(args);
    this.#settings.locked = true;
    this.#state.iterators++;
    let first = true;
    const end = (): void => {
      this.#settings.locked = false;
      this.#state.iterators--;
      this.#compiled.reset();
      this.#unbind();
    };
    const next = (): { row: unknown } | undefined =>
      this.#state.work(first ? this.#compiled : undefined, () => {
        first = false;
        return this.#compiled.step() ? { row: this.#row() } : undefined;
      });
    return new StatementIterator(this.#state, this, next, end);
  }

  bind(...args: unknown[]): this {
    const settings = this.#settings;
    if (settings.bound)
      throw new TypeError('The bind() method can only be invoked once per statement object');
    this.#requireFree();
    this.#bindOrClear(args);
    settings.bound = true;
    return this;
  }

  pluck(...args: unknown[]): this {
    return this.#setMode('pluck', args);
  }

  expand(...args: unknown[]): this {
    return this.#setMode('expand', args);
  }

  raw(...args: unknown[]): this {
    return this.#setMode('raw', args);
  }

  safeIntegers(...args: unknown[]): this {
    this.#state.requireIdle();
    this.#requireUnlocked();
    this.#settings.bigints = booleanArgument(args);
    return this;
  }

  columns(): Record<'name' | 'column' | 'table' | 'database' | 'type', string | null>[] {
    if (!this.reader) throw new TypeError('The columns() method is only for statements that return data');
    this.#state.requireOpen();
    this.#state.requireIdle();
    return this.#compiled.columnNames.map((name, column) => {
      const table = this.#compiled.tableName(column);
      const type = table === undefined ? undefined : this.#declaredType(table, name);
      const known = type !== undefined;
      return {
        name,
        column: known ? name : null,
        table: table ?? null,
        database: table === undefined ? null : 'main',
        type: type ?? null,
      };
    });
  }

  #declaredType(table: string, column: string): string | undefined {
    const { statement } = this.#state.connection.prepare(
      'SELECT type FROM pragma_table_info(?) WHERE name = ?',
    );
    if (statement === undefined) return undefined;
    try {
      statement.bind(1, table);
      statement.bind(2, column);
      const type = statement.step() ? statement.value(0, false) : undefined;
      return typeof type === 'string' ? type : undefined;
    } finally {
      statement.finalize();
    }
  }

  #row(): unknown {
    return this.#state.row(this.#compiled, this.#settings.mode, this.#settings.bigints);
  }

  #setMode(mode: RowMode, args: unknown[]): this {
    if (!this.reader) throw new TypeError(`The ${mode}() method is only for statements that return data`);
    this.#state.requireIdle();
    this.#requireUnlocked();
    const settings = this.#settings;
    if (booleanArgument(args)) settings.mode = mode;
    else if (settings.mode === mode) settings.mode = 'flat';
    return this;
  }

  #requireReader(): void {
    if (!this.reader) throw new TypeError('This statement does not return data. Use run() instead');
  }

  #requireFree(): void {
    this.#state.requireOpen();
    this.#state.requireIdle();
    this.#requireUnlocked();
  }

  #requireUnlocked(): void {
    if (this.#settings.locked) throw new TypeError('This statement is busy executing a query');
  }

  #bindFor(args: unknown[]): void {
    if (!this.#settings.bound) this.#bindOrClear(args);
    else if (args.length > 0) throw new TypeError('This statement already has bound parameters');
  }

  #bindOrClear(args: unknown[]): void {
    try {
      bindArguments(this.#compiled, args);
    } catch (error) {
      this.#compiled.clearBindings();
      throw this.#state.translate(error);
    }
  }

  #unbind(): void {
    if (!this.#settings.bound) this.#compiled.clearBindings();
  }

  #finish<T>(action: () => T): T {
    try {
      return this.#state.work(this.#compiled, action);
    } finally {
      this.#compiled.reset();
      this.#unbind();
    }
  }
}

/** What `iterate` gives: holds its statement, and the database against writes, until it ends. */
export class StatementIterator implements IterableIterator<unknown> {
  declare readonly statement: Statement;
  readonly #state: DatabaseState;
  readonly #step: () => { row: unknown } | undefined;
  #end: (() => void) | undefined;

  constructor(
    state: DatabaseState,
    statement: Statement,
    step: () => { row: unknown } | undefined,
    end: () => void,
  ) {
    this.#state = state;
    this.#step = step;
    this.#end = end;
    freeze(this, { statement });
  }

  next(): IteratorResult<unknown, undefined> {
    this.#state.requireIdle();
    if (this.#end === undefined) return { value: undefined, done: true };
    try {
      const result = this.#step();
      if (result !== undefined) return { value: result.row, done: false };
    } catch (error) {
      this.#close();
      throw error;
    }
    return this.#close();
  }

  return(): IteratorResult<unknown, undefined> {
    this.#state.requireIdle();
    return this.#close();
  }

  [Symbol.iterator](): this {
    return this;
  }

  #close(): IteratorResult<unknown, undefined> {
    this.#end?.();
    this.#end = undefined;
    return { value: undefined, done: true };
  }
}
