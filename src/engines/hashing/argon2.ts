import { argon2d, argon2i, argon2id } from '@noble/hashes/argon2.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { concat } from '../node/crypto/bigints.ts';
import type { CoreSource, HeavyWork } from './heavy-work.ts';

export interface Argon2Options {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly secret: Uint8Array;
  readonly associatedData: Uint8Array;
  /** Bytes of the result. */
  readonly length: number;
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
  readonly version: number;
  /** 0 is Argon2d, 1 Argon2i, 2 Argon2id. */
  readonly type: number;
}

const blockBytes = 1024;
/** The version before the one that the core computes. */
const oldVersion = 0x10;
/** Blocks that the core fills in a millisecond, about. */
const blocksPerMillisecond = 1000;

function numbers(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => view.setUint32(i * 4, value, true));
  return new Uint8Array(view.buffer);
}

/** The hash of any length of RFC 9106, section 3.3. */
function longHash(input: Uint8Array, length: number): Uint8Array {
  const prefixed = concat(numbers(length), input);
  if (length <= 64) return blake2b(prefixed, { dkLen: length });
  const parts: Uint8Array[] = [];
  let last = blake2b(prefixed);
  let left = length;
  while (left > 64) {
    parts.push(last.subarray(0, 32));
    left -= 32;
    last = left > 64 ? blake2b(last) : blake2b(last, { dkLen: left });
  }
  return concat(...parts, last);
}

/** Argon2 of RFC 9106. */
export function argon2Work(cores: CoreSource, options: Argon2Options): HeavyWork<Uint8Array> {
  const { password, salt, secret, associatedData, length, memory, passes, lanes, version, type } = options;
  const cost = (memory * passes) / blocksPerMillisecond;
  if (version === oldVersion) {
    const hash = [argon2d, argon2i, argon2id][type] ?? argon2id;
    const parameters = {
      t: passes,
      m: memory,
      p: lanes,
      dkLen: length,
      version,
      key: secret,
      personalization: associatedData,
    };
    return { calls: [], cost: 0, finish: () => hash(password, salt, parameters) };
  }
  const head = numbers(lanes, length, memory, passes, version, type);
  const sized = [password, salt, secret, associatedData].flatMap((part) => [numbers(part.length), part]);
  const seed = blake2b(concat(head, ...sized));
  const laneBlocks = Math.floor(memory / (lanes * 4)) * 4;
  const writes: [number, Uint8Array][] = [[memory * blockBytes, head]];
  for (let lane = 0; lane < lanes; lane++) {
    for (const column of [0, 1]) {
      const block = longHash(concat(seed, numbers(column, lane)), blockBytes);
      writes.push([(lane * laneBlocks + column) * blockBytes, block]);
    }
  }
  const call = {
    module: cores.wasm('argon2.wasm'),
    memory: (memory + 1) * blockBytes,
    zeroed: true,
    writes,
    run: ['Hash_Calculate', 0, memory] as const,
    read: [0, blockBytes] as const,
  };
  return { calls: [call], cost, finish: ([block = new Uint8Array(0)]) => longHash(block, length) };
}
