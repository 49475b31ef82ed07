import { SQLITE, SqliteFailure } from '../sqlite/codes.ts';
import type { SqliteValue } from '../sqlite/parameters.ts';
import type { Statement } from '../sqlite/statement.ts';

const minInt64 = -(2n ** 63n);
const maxInt64 = 2n ** 63n - 1n;

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** A value of JavaScript as SQLite takes it. @throws TypeError or RangeError with better-sqlite3's words. */
function toSqlite(value: unknown): SqliteValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'bigint') {
    if (value >= minInt64 && value <= maxInt64) return value;
    throw new RangeError('The bound string, buffer, or bigint is too big');
  }
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError('SQLite3 can only bind numbers, strings, bigints, buffers, and null');
}

/**
 * Binds the arguments of a call: values and arrays of values to plain and numbered-by-position parameters in turn,
 * one plain object to the named ones. Names in objects carry no prefix.
 */
export function bindArguments(statement: Statement, args: readonly unknown[]): void {
  const { names, count } = statement.parameters;
  const named = new Map<string, number[]>();
  names.forEach((name, index) => {
    if (name !== undefined) named.set(name.slice(1), [...(named.get(name.slice(1)) ?? []), index + 1]);
  });
  let bound = 0;
  let anonymous = 0;
  let sawObject = false;

  const bindNext = (value: unknown): void => {
    do anonymous++;
    while (names[anonymous - 1] !== undefined);
    const converted = toSqlite(value);
    try {
      statement.bind(anonymous, converted);
    } catch (error) {
      if (error instanceof SqliteFailure && (error.code & 0xff) === SQLITE.RANGE) {
        throw new RangeError('Too many parameter values were provided', { cause: error });
      }
      throw error;
    }
    bound++;
  };

  for (const arg of args) {
    if (Array.isArray(arg)) {
      arg.forEach(bindNext);
    } else if (typeof arg !== 'object' || arg === null || ArrayBuffer.isView(arg)) {
      bindNext(arg);
    } else if (isPlainObject(arg)) {
      if (sawObject) throw new TypeError('You cannot specify named parameters in two different objects');
      sawObject = true;
      for (const [name, indexes] of named) {
        if (!Object.hasOwn(arg, name)) throw new RangeError(`Missing named parameter "${name}"`);
        for (const index of indexes) statement.bind(index, toSqlite(arg[name]));
        bound += indexes.length;
      }
    } else {
      if (named.size > 0) throw new TypeError('Named parameters can only be passed within plain objects');
      bindNext(arg);
    }
  }

  if (bound < count) {
    if (!sawObject && named.size > 0) throw new TypeError('Missing named parameters');
    throw new RangeError('Too few parameter values were provided');
  }
  if (bound > count) throw new RangeError('Too many parameter values were provided');
}
