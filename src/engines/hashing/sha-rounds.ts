import { get, set, tee, words32, words64, type WordSet } from './assembler.ts';
import { firstPrimes, rootFraction } from './sha-constants.ts';

/** Words of a state in memory; SHA-1 uses five of them. */
export const stateWords = 8;
export const blockWords = 16;

type Rotations = readonly [number, number, number];

/** What tells SHA-256 and SHA-512 apart. */
export interface Sha2 {
  readonly words: WordSet;
  readonly rounds: number;
  readonly bigA: Rotations;
  readonly bigE: Rotations;
  /** Two rotations and a shift. */
  readonly small0: Rotations;
  readonly small1: Rotations;
}

export const sha256: Sha2 = {
  words: words32,
  rounds: 64,
  bigA: [2, 13, 22],
  bigE: [6, 11, 25],
  small0: [7, 18, 3],
  small1: [17, 19, 10],
};

export const sha512: Sha2 = {
  words: words64,
  rounds: 80,
  bigA: [28, 34, 39],
  bigE: [14, 18, 41],
  small0: [1, 8, 7],
  small1: [19, 61, 6],
};

/** Parameters of a compression: pointers to state, message and target. Then its locals: state, message, a spare one. */
const [state, message, target] = [0, 1, 2];
const work = (i: number): number => 3 + i;
const scheduled = (i: number): number => 3 + stateWords + (i & 15);
const spare = 3 + stateWords + blockWords;
export const compressionLocals = stateWords + blockWords + 1;

function load(words: WordSet, size: number): number[] {
  const code: number[] = [];
  for (let i = 0; i < size; i++) code.push(...get(state), ...words.load(i * words.bytes), ...set(work(i)));
  for (let i = 0; i < blockWords; i++)
    code.push(...get(message), ...words.load(i * words.bytes), ...set(scheduled(i)));
  return code;
}

/** Adds what was worked out to the state, and writes it to the target. */
function store(words: WordSet, size: number): number[] {
  const code: number[] = [];
  for (let i = 0; i < size; i++) {
    const offset = i * words.bytes;
    code.push(...get(target), ...get(state), ...words.load(offset), ...get(work(i)), words.add);
    code.push(...words.store(offset));
  }
  return code;
}

/** Bits of y where x has ones, else of z. */
function choice(words: WordSet, x: number, y: number, z: number): number[] {
  return [...get(y), ...get(z), words.xor, ...get(x), words.and, ...get(z), words.xor];
}

function majority(words: WordSet, x: number, y: number, z: number): number[] {
  const both = [...get(x), ...get(y), words.and];
  return [...both, ...get(x), ...get(y), words.or, ...get(z), words.and, words.or];
}

/** A local in three rotations, the last of which may be a shift. */
function sigma(words: WordSet, local: number, [a, b, c]: Rotations, shift: boolean): number[] {
  const turned = (by: number, how: number): number[] => [...get(local), ...words.constant(BigInt(by)), how];
  const last = turned(c, shift ? words.shr : words.rotr);
  return [...turned(a, words.rotr), ...turned(b, words.rotr), words.xor, ...last, words.xor];
}

/** One block of SHA-2, unrolled. */
export function compressSha2({ words, rounds, bigA, bigE, small0, small1 }: Sha2): number[] {
  const constants = firstPrimes(rounds).map((prime) => rootFraction(prime, 3n, BigInt(words.bytes * 8)));
  const code = load(words, stateWords);
  for (let t = 0; t < rounds; t++) {
    // The names move by one each round instead of the values.
    const name = (i: number): number => work((i - t + rounds * stateWords) % stateWords);
    const [a, d, e, h] = [name(0), name(3), name(4), name(7)];
    if (t >= blockWords) {
      code.push(...get(scheduled(t)), ...sigma(words, scheduled(t - 15), small0, true), words.add);
      code.push(...get(scheduled(t - 7)), words.add);
      code.push(...sigma(words, scheduled(t - 2), small1, true), words.add, ...set(scheduled(t)));
    }
    code.push(...get(h), ...sigma(words, e, bigE, false), words.add);
    code.push(...choice(words, e, name(5), name(6)), words.add);
    code.push(
      ...words.constant(constants[t] ?? 0n),
      words.add,
      ...get(scheduled(t)),
      words.add,
      ...tee(spare),
    );
    code.push(...get(d), words.add, ...set(d));
    code.push(...get(spare), ...sigma(words, a, bigA, false), words.add);
    code.push(...majority(words, a, name(1), name(2)), words.add, ...set(h));
  }
  return [...code, ...store(words, stateWords)];
}

export const sha1Words = 5;
const sha1Rounds = 80;
const sha1Constants = [0x5a827999n, 0x6ed9eba1n, 0x8f1bbcdcn, 0xca62c1d6n];

/** One block of SHA-1, unrolled. */
export function compressSha1(): number[] {
  const words = words32;
  const left = (by: number): number[] => [...words.constant(BigInt(32 - by)), words.rotr];
  const code = load(words, sha1Words);
  for (let t = 0; t < sha1Rounds; t++) {
    const name = (i: number): number => work((i - t + sha1Rounds * sha1Words) % sha1Words);
    const [a, b, c, d, e] = [name(0), name(1), name(2), name(3), name(4)];
    if (t >= blockWords) {
      const others = [14, 8, 3].flatMap((back) => [...get(scheduled(t - back)), words.xor]);
      code.push(...get(scheduled(t)), ...others, ...left(1), ...set(scheduled(t)));
    }
    const phase = Math.floor(t / 20);
    const parity = [...get(b), ...get(c), words.xor, ...get(d), words.xor];
    const mixed = phase === 0 ? choice(words, b, c, d) : phase === 2 ? majority(words, b, c, d) : parity;
    code.push(...get(e), ...mixed, words.add, ...words.constant(sha1Constants[phase] ?? 0n), words.add);
    code.push(...get(scheduled(t)), words.add, ...get(a), ...left(5), words.add, ...set(e));
    code.push(...get(b), ...left(30), ...set(b));
  }
  return [...code, ...store(words, sha1Words)];
}
