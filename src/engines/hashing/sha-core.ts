import { assemble, call, countDown, index, words32, type WordSet } from './assembler.ts';
import { firstPrimes, rootFraction } from './sha-constants.ts';
import {
  blockWords,
  compressionLocals,
  compressSha1,
  compressSha2,
  sha1Words,
  sha256,
  sha512,
  stateWords,
  type Sha2,
} from './sha-rounds.ts';

/** Where a PBKDF2 core keeps what: states of eight words, blocks of sixteen, from the start of its memory. */
export interface CoreLayout {
  readonly initial: number;
  readonly inner: number;
  readonly outer: number;
  readonly out: number;
  /** The exclusive or of all digests. */
  readonly sum: number;
  readonly innerPad: number;
  readonly outerPad: number;
  /** The block that is hashed again and again: the last digest, then padding. */
  readonly block: number;
}

/** PBKDF2's loop for one digest. */
export interface ShaCore {
  readonly wordBytes: 4 | 8;
  /** The state that the digest starts from. */
  initial(): readonly bigint[];
  readonly layout: CoreLayout;
  /** A module whose `derive(iterations)` hashes the block under HMAC that often and adds each digest to the sum. */
  module(): WebAssembly.Module;
}

function layoutOf(bytes: number): CoreLayout {
  const step = stateWords * bytes;
  const innerPad = 5 * step;
  const outerPad = innerPad + blockWords * bytes;
  const block = outerPad + blockWords * bytes;
  return {
    initial: 0,
    inner: step,
    outer: 2 * step,
    out: 3 * step,
    sum: 4 * step,
    innerPad,
    outerPad,
    block,
  };
}

/** The module around a compression; `size` is the number of words of a digest. */
function build(words: WordSet, size: number, compression: readonly number[]): WebAssembly.Module {
  const at = layoutOf(words.bytes);
  const compress = (from: number, block: number, to: number): number[] => [
    ...index(from),
    ...index(block),
    ...index(to),
    ...call(0),
  ];
  const eachWord = (body: (offset: number) => number[]): number[] =>
    Array.from({ length: size }, (_, i) => body(i * words.bytes)).flat();
  const load = (from: number, offset: number): number[] => [...index(from), ...words.load(offset)];
  const toBlock = eachWord((offset) => [...index(at.block), ...load(at.out, offset), ...words.store(offset)]);
  const addUp = eachWord((offset) => [
    ...index(at.sum),
    ...load(at.sum, offset),
    ...load(at.out, offset),
    words.xor,
    ...words.store(offset),
  ]);
  const inner = compress(at.inner, at.block, at.out);
  const outer = compress(at.outer, at.block, at.out);
  const derive = [
    ...compress(at.initial, at.innerPad, at.inner),
    ...compress(at.initial, at.outerPad, at.outer),
    ...countDown(0, [...inner, ...toBlock, ...outer, ...toBlock, ...addUp]),
  ];
  return assemble([
    { parameters: 3, locals: [[compressionLocals, words.type]], body: compression },
    { parameters: 1, locals: [], body: derive, exported: 'derive' },
  ]);
}

function core(words: WordSet, size: number, initial: () => bigint[], compression: () => number[]): ShaCore {
  let module: WebAssembly.Module | undefined;
  return {
    wordBytes: words.bytes,
    initial,
    layout: layoutOf(words.bytes),
    module: () => (module ??= build(words, size, compression())),
  };
}

function sha2Core(kind: Sha2, size: number, initial: () => bigint[]): ShaCore {
  return core(kind.words, size, initial, () => compressSha2(kind));
}

/** Fractional parts of the square roots of eight primes. */
const roots = (from: number, bits: bigint): bigint[] =>
  firstPrimes(2 * stateWords)
    .slice(from, from + stateWords)
    .map((prime) => rootFraction(prime, 2n, bits));

const sha1Initial = [0x67452301n, 0xefcdab89n, 0x98badcfen, 0x10325476n, 0xc3d2e1f0n];

/** Cores of PBKDF2 by the name of their digest. */
export const shaCores: Readonly<Record<string, ShaCore>> = {
  sha1: core(words32, sha1Words, () => sha1Initial, compressSha1),
  sha224: sha2Core(sha256, 7, () => roots(stateWords, 64n).map((root) => BigInt.asUintN(32, root))),
  sha256: sha2Core(sha256, 8, () => roots(0, 32n)),
  sha384: sha2Core(sha512, 6, () => roots(stateWords, 64n)),
  sha512: sha2Core(sha512, 8, () => roots(0, 64n)),
};
