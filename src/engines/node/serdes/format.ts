/**
 * V8's format for structured values, version 15: a tag of one byte before each value. Source: the tags that
 * `v8.serialize` of Node 20 writes.
 */

export const VERSION = 15;

const code = (character: string): number => character.charCodeAt(0);

export const Tag = {
  version: 0xff,
  padding: 0,
  objectCount: code('?'),
  hole: code('-'),
  undefined: code('_'),
  null: code('0'),
  true: code('T'),
  false: code('F'),
  int32: code('I'),
  uint32: code('U'),
  double: code('N'),
  bigint: code('Z'),
  utf8String: code('S'),
  oneByteString: code('"'),
  twoByteString: code('c'),
  reference: code('^'),
  beginObject: code('o'),
  endObject: code('{'),
  beginSparseArray: code('a'),
  endSparseArray: code('@'),
  beginDenseArray: code('A'),
  endDenseArray: code('$'),
  date: code('D'),
  trueObject: code('y'),
  falseObject: code('x'),
  numberObject: code('n'),
  bigintObject: code('z'),
  stringObject: code('s'),
  regExp: code('R'),
  beginMap: code(';'),
  endMap: code(':'),
  beginSet: code("'"),
  endSet: code(','),
  arrayBuffer: code('B'),
  arrayBufferTransfer: code('t'),
  view: code('V'),
  sharedArrayBuffer: code('u'),
  hostObject: code('\\'),
  error: code('r'),
} as const;

/** Parts of an error. */
export const ErrorTag = {
  message: code('m'),
  cause: code('c'),
  stack: code('s'),
  end: code('.'),
} as const;

/** Kinds of errors by their tag; others are plain. */
export const errorKinds: ReadonlyMap<number, string> = new Map(
  Object.entries({
    E: 'EvalError',
    R: 'RangeError',
    F: 'ReferenceError',
    S: 'SyntaxError',
    T: 'TypeError',
    U: 'URIError',
  }).map(([tag, name]) => [code(tag), name]),
);

type ViewClass = new (buffer: ArrayBufferLike, offset: number, length: number) => ArrayBufferView;

/** Views by their tag: class, and bytes of an element. */
export const views: ReadonlyMap<number, readonly [make: ViewClass, elementBytes: number]> = new Map<
  number,
  readonly [ViewClass, number]
>([
  [code('b'), [Int8Array, 1]],
  [code('B'), [Uint8Array, 1]],
  [code('C'), [Uint8ClampedArray, 1]],
  [code('w'), [Int16Array, 2]],
  [code('W'), [Uint16Array, 2]],
  [code('d'), [Int32Array, 4]],
  [code('D'), [Uint32Array, 4]],
  [code('f'), [Float32Array, 4]],
  [code('F'), [Float64Array, 8]],
  [code('q'), [BigInt64Array, 8]],
  [code('Q'), [BigUint64Array, 8]],
  [code('?'), [DataView, 1]],
]);

/** Flags of regular expressions as bits, in V8's order. */
export const regExpFlags = 'gimyusldv';
