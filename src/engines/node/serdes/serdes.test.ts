import { types } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { Reader } from './reader.ts';
import { Writer, type Brands } from './writer.ts';

const brands = types as unknown as Brands;

function write(value: unknown): Uint8Array {
  const writer = new Writer({
    brands,
    refuse: (message) => {
      throw new TypeError(message);
    },
    isHostObject: () => false,
    writeHostObject: () => undefined,
    sharedBufferId: () => 0,
  });
  writer.header();
  writer.value(value);
  return writer.release();
}

function read(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes, {
    broken: () => new Error('broken'),
    readHostObject: () => ({}),
    sharedBuffer: () => new SharedArrayBuffer(1),
  });
  reader.header();
  return reader.value();
}

const sparse = [1, 2, 3];
Reflect.deleteProperty(sparse, 1);
const cyclic: Record<string, unknown> = { list: sparse };
cyclic['self'] = cyclic;

const values: Record<string, unknown> = {
  primitives: [undefined, null, true, 0, -0, -5, 1.5, 2 ** 40, NaN, 10n, -(2n ** 70n), 'latin é', '日本 😀'],
  objects: { a: 1, 5: 'x', nested: { b: [] } },
  sparse,
  cyclic,
  collections: [new Map([[1, { a: 2 }]]), new Set(['a']), new Date(0), /a+b/giu],
  boxed: [Object(1), Object('s'), Object(false), Object(5n)],
};

describe('what V8 wrote is read, and the other way round', () => {
  it.each(Object.entries(values))('%s', (_name, value) => {
    expect(read(serialize(value))).toEqual(value);
    expect(deserialize(write(value))).toEqual(value);
  });

  it('byte for byte', () => {
    for (const value of [values['primitives'], values['objects'], values['collections'], values['boxed']]) {
      // V8 of this Node may be newer by a version of the format, which is the second byte.
      expect(Buffer.from(write(value)).subarray(2)).toEqual(serialize(value).subarray(2));
    }
  });

  it('errors and views', () => {
    const error = read(write(new RangeError('far', { cause: { why: 1 } }))) as RangeError;
    expect(error).toBeInstanceOf(RangeError);
    expect([error.message, error.cause]).toEqual(['far', { why: 1 }]);
    const view = new Uint16Array([1, 2, 3]).subarray(1);
    expect(read(write({ view, same: view }))).toEqual({ view, same: view });
  });
});

it.each([() => 1, Symbol('s'), Promise.resolve(), new WeakMap(), new Proxy({}, {})])(
  'refuses %s',
  (value) => {
    expect(() => write({ value })).toThrow('could not be cloned');
  },
);

it('refuses bytes that are cut off or name what is not there', () => {
  const whole = write(values);
  for (let length = 2; length < whole.byteLength - 1; length += 7) {
    expect(() => read(whole.slice(0, length))).toThrow();
  }
  for (const hex of ['ff0f5e05', 'ff0f42ffffff7f', 'ff0f41ffffff7f', 'ff0f425600']) {
    expect(() => read(Buffer.from(hex, 'hex'))).toThrow('broken');
  }
});

it('leaves the prototype of what it reads alone', () => {
  const made = read(write(JSON.parse('{"__proto__":{"polluted":true}}'))) as object;
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  expect(Object.hasOwn(made, '__proto__')).toBe(true);
});
