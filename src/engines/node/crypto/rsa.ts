import {
  bitLength,
  bigintOf,
  fixedBytes,
  greatestCommonDivisor,
  inverse,
  modPow,
  modulo,
} from './bigints.ts';
import { opensslError, plainOpensslError } from './errors.ts';
import { randomPrime } from './primes.ts';

export interface RsaPublic {
  readonly n: bigint;
  readonly e: bigint;
}

export interface RsaPrivate extends RsaPublic {
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dp: bigint;
  readonly dq: bigint;
  readonly qi: bigint;
}

/** Bytes of a key's modulus: the length of signatures and ciphertexts. */
export function modulusBytes(key: RsaPublic): number {
  return Math.ceil(bitLength(key.n) / 8);
}

/** m ** e mod n; `block` and the result have the length of the modulus. */
export function publicOperation(key: RsaPublic, block: Uint8Array): Uint8Array {
  const message = bigintOf(block);
  if (message >= key.n) throw dataTooLarge();
  return fixedBytes(modPow(message, key.e, key.n), modulusBytes(key));
}

/** c ** d mod n by the Chinese remainder theorem. */
export function privateOperation(key: RsaPrivate, block: Uint8Array): Uint8Array {
  const { n, d, p, q, dp, dq, qi } = key;
  const message = bigintOf(block);
  if (message >= n) throw dataTooLarge();
  if (p === 0n || q === 0n) return fixedBytes(modPow(message, d, n), modulusBytes(key));
  const second = modPow(message, dq, q);
  const first = modPow(message, dp, p);
  return fixedBytes(second + q * modulo(qi * (first - second), p), modulusBytes(key));
}

function dataTooLarge(): Error {
  return opensslError('02000084', 'data too large for modulus');
}

const leastBits = 512;

/** A new key; takes about a second for 2048 bits, up to some for 4096. */
export function generateRsa(bits: number, e: bigint): RsaPrivate {
  if (bits < leastBits) throw plainOpensslError('1C8000AB', 'key size too small');
  if (e < 3n || (e & 1n) === 0n) throw plainOpensslError('020000B2', 'pub exponent out of range');
  const half = Math.ceil(bits / 2);
  const fitting = (size: number): bigint => {
    for (;;) {
      const prime = randomPrime({ bits: size });
      if (greatestCommonDivisor(prime - 1n, e) === 1n) return prime;
    }
  };
  for (;;) {
    const [a, b] = [fitting(half), fitting(bits - half)];
    const [p, q] = a > b ? [a, b] : [b, a];
    const n = p * q;
    const order = ((p - 1n) * (q - 1n)) / greatestCommonDivisor(p - 1n, q - 1n);
    const d = inverse(e, order);
    const qi = inverse(q, p);
    if (p === q || bitLength(n) !== bits || d === undefined || qi === undefined) continue;
    return { n, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi };
  }
}
