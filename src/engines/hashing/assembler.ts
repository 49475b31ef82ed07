/** The few instructions of WebAssembly that hashing needs, for words of 32 or 64 bits. */
export interface WordSet {
  /** Bytes of a word. */
  readonly bytes: 4 | 8;
  readonly type: number;
  constant(value: bigint): number[];
  readonly load: (offset: number) => number[];
  readonly store: (offset: number) => number[];
  readonly add: number;
  readonly and: number;
  readonly or: number;
  readonly xor: number;
  readonly shr: number;
  readonly rotr: number;
}

const i32 = 0x7f;
const i64 = 0x7e;

/** An unsigned number in LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  do {
    const low = left & 0x7f;
    left = Math.floor(left / 128);
    bytes.push(left > 0 ? low | 0x80 : low);
  } while (left > 0);
  return bytes;
}

function signed(value: bigint): number[] {
  const bytes: number[] = [];
  let left = value;
  for (;;) {
    const low = Number(left & 0x7fn);
    left >>= 7n;
    const last = (left === 0n && (low & 0x40) === 0) || (left === -1n && (low & 0x40) !== 0);
    bytes.push(last ? low : low | 0x80);
    if (last) return bytes;
  }
}

export const words32: WordSet = {
  bytes: 4,
  type: i32,
  constant: (value) => [0x41, ...signed(BigInt.asIntN(32, value))],
  load: (offset) => [0x28, 2, ...unsigned(offset)],
  store: (offset) => [0x36, 2, ...unsigned(offset)],
  add: 0x6a,
  and: 0x71,
  or: 0x72,
  xor: 0x73,
  shr: 0x76,
  rotr: 0x78,
};

export const words64: WordSet = {
  bytes: 8,
  type: i64,
  constant: (value) => [0x42, ...signed(BigInt.asIntN(64, value))],
  load: (offset) => [0x29, 3, ...unsigned(offset)],
  store: (offset) => [0x37, 3, ...unsigned(offset)],
  add: 0x7c,
  and: 0x83,
  or: 0x84,
  xor: 0x85,
  shr: 0x88,
  rotr: 0x8a,
};

export const get = (local: number): number[] => [0x20, ...unsigned(local)];
export const set = (local: number): number[] => [0x21, ...unsigned(local)];
export const tee = (local: number): number[] => [0x22, ...unsigned(local)];
export const call = (index: number): number[] => [0x10, ...unsigned(index)];
export const index = (value: number): number[] => words32.constant(BigInt(value));

/** Repeats `body` while the counter in `local`, of 32 bits, is above zero after it is counted down; runs at least once. */
export function countDown(local: number, body: readonly number[]): number[] {
  return [0x03, 0x40, ...body, ...get(local), ...index(1), 0x6b, ...tee(local), 0x0d, 0, 0x0b];
}

export interface WasmFunction {
  /** Number of parameters, all of 32 bits. */
  readonly parameters: number;
  readonly locals: readonly (readonly [count: number, type: number])[];
  readonly body: readonly number[];
  readonly exported?: string;
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function named(name: string): number[] {
  return [...unsigned(name.length), ...Array.from(name, (char) => char.charCodeAt(0))];
}

/** A module with one page of memory, exported as `memory`, and functions without results. */
export function assemble(functions: readonly WasmFunction[]): WebAssembly.Module {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...vector(Array.from({ length: parameters }, () => [i32])),
    0,
  ]);
  const exported = functions.flatMap(({ exported: name }, i) =>
    name === undefined ? [] : [[...named(name), 0, i]],
  );
  const codes = functions.map(({ locals, body }) => {
    const code = [...vector(locals.map(([count, type]) => [...unsigned(count), type])), ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(3, vector(functions.map((_, i) => unsigned(i)))),
    ...section(5, vector([[0, 1]])),
    ...section(7, vector([[...named('memory'), 2, 0], ...exported])),
    ...section(10, vector(codes)),
  ];
  return new WebAssembly.Module(Uint8Array.from(bytes));
}
