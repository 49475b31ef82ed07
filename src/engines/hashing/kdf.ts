import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2 as smallPbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat } from '../node/crypto/bigints.ts';
import type { Digest } from '../node/crypto/digests.ts';
import type { CoreSource, HeavyWork } from './heavy-work.ts';
import { shaCores, type ShaCore } from './sha-core.ts';
import type { WasmCall } from './wasm-call.ts';

/** Words of the core as it keeps them, from bytes in SHA's order; and back. */
function swapped(bytes: Uint8Array, wordBytes: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const within = i % wordBytes;
    out[i - within + wordBytes - 1 - within] = bytes[i] ?? 0;
  }
  return out;
}

function wordsOf(values: readonly bigint[], bytes: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * bytes));
  values.forEach((value, i) => {
    if (bytes === 4) view.setUint32(i * 4, Number(value), true);
    else view.setBigUint64(i * 8, value, true);
  });
  return new Uint8Array(view.buffer);
}

/** Rounds of HMAC per millisecond, about. */
const roundsPerMillisecond = 1000;

/** PBKDF2 of RFC 8018; `length` in bytes, above 0. */
export function pbkdf2Work(
  digest: Digest & { hash: NonNullable<Digest['hash']> },
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): HeavyWork<Uint8Array> {
  const { hash } = digest;
  const core = Object.hasOwn(shaCores, digest.name) ? shaCores[digest.name] : undefined;
  if (core === undefined || iterations === 1) {
    return {
      calls: [],
      cost: 0,
      finish: () => smallPbkdf2(hash, password, salt, { c: iterations, dkLen: length }),
    };
  }
  const blockBytes = hash.blockLen;
  const key = new Uint8Array(blockBytes);
  key.set(password.length > blockBytes ? hash(password) : password);
  const count = Math.ceil(length / hash.outputLen);
  const calls: WasmCall[] = [];
  for (let i = 1; i <= count; i++) {
    const number = new Uint8Array(4);
    new DataView(number.buffer).setUint32(0, i);
    calls.push(deriveCall(core, key, hmac(hash, password, concat(salt, number)), iterations - 1));
  }
  return {
    calls,
    cost: (count * iterations) / roundsPerMillisecond,
    finish: (results) =>
      concat(...results.map((result) => swapped(result, core.wordBytes))).subarray(0, length),
  };
}

/** Goes on from the first digest, `iterations` times. */
function deriveCall(core: ShaCore, key: Uint8Array, first: Uint8Array, iterations: number): WasmCall {
  const { layout, wordBytes } = core;
  const block = new Uint8Array(key.length);
  block.set(first);
  block[first.length] = 0x80;
  new DataView(block.buffer).setUint32(block.length - 4, (key.length + first.length) * 8);
  const padded = (byte: number): Uint8Array =>
    swapped(
      key.map((each) => each ^ byte),
      wordBytes,
    );
  return {
    module: core.module(),
    memory: 0,
    writes: [
      [layout.initial, wordsOf(core.initial(), wordBytes)],
      [layout.innerPad, padded(0x36)],
      [layout.outerPad, padded(0x5c)],
      [layout.block, swapped(block, wordBytes)],
      [layout.sum, swapped(first, wordBytes)],
    ],
    run: ['derive', iterations],
    read: [layout.sum, first.length],
  };
}

export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** Blocks of 128 bytes that scrypt's core mixes in a millisecond, about. */
const blocksPerMillisecond = 3500;

/** scrypt of RFC 7914; `length` in bytes, above 0. */
export function scryptWork(
  cores: CoreSource,
  password: Uint8Array,
  salt: Uint8Array,
  { N, r, p }: ScryptCost,
  length: number,
): HeavyWork<Uint8Array> {
  const laneBytes = 128 * r;
  const lanes = smallPbkdf2(sha256, password, salt, { c: 1, dkLen: p * laneBytes });
  const module = cores.wasm('scrypt.wasm');
  const calls: WasmCall[] = [];
  for (let lane = 0; lane < p; lane++) {
    const start = lane * laneBytes;
    calls.push({
      module,
      memory: laneBytes * (N + 3),
      writes: [[0, lanes.slice(start, start + laneBytes)]],
      run: ['scrypt', r, N, 1],
      read: [0, laneBytes],
    });
  }
  return {
    calls,
    cost: (N * r * p) / blocksPerMillisecond,
    finish: (mixed) => smallPbkdf2(sha256, password, concat(...mixed), { c: 1, dkLen: length }),
  };
}
