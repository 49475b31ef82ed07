import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { host } from '../host.ts';

/** Concatenates into an array of its own. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The non-negative number that bytes in big-endian order are. */
export function bigintOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`);
}

/** Big-endian bytes without leading zeros; one zero byte for 0. */
export function minimalBytes(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return hexToBytes(hex.length % 2 === 0 ? hex : `0${hex}`);
}

/** Big-endian bytes of exactly `length`, which must be enough. */
export function fixedBytes(value: bigint, length: number): Uint8Array {
  return hexToBytes(value.toString(16).padStart(length * 2, '0'));
}

export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

export function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

const windowBits = 5;

/** base ** exponent mod modulus, by windows of five bits; `modulus` is above 1, `exponent` is not negative. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const start = modulo(base, modulus);
  const digits = exponent.toString(2 ** windowBits);
  if (digits.length <= 4) return smallPower(start, exponent, modulus);
  const table = [1n % modulus];
  for (let i = 1; i < 2 ** windowBits; i++) table.push(((table[i - 1] ?? 1n) * start) % modulus);
  let result = 1n % modulus;
  for (const digit of digits) {
    for (let i = 0; i < windowBits; i++) result = (result * result) % modulus;
    const value = Number.parseInt(digit, 2 ** windowBits);
    if (value > 0) result = (result * (table[value] ?? 1n)) % modulus;
  }
  return result;
}

function smallPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n % modulus;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The inverse of `value`, or undefined when there is none. */
export function inverse(value: bigint, modulus: bigint): bigint | undefined {
  let [r0, r1] = [modulus, modulo(value, modulus)];
  let [t0, t1] = [0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [t0, t1] = [t1, t0 - quotient * t1];
  }
  return r0 === 1n ? modulo(t0, modulus) : undefined;
}

/** Fills `target` from the system's generator, which gives 64 KiB at a time and none to shared memory. */
export function randomBytes<T extends Uint8Array>(target: T): T {
  const piece = new Uint8Array(Math.min(target.length, 65_536));
  for (let start = 0; start < target.length; start += piece.length) {
    host.crypto.getRandomValues(piece);
    target.set(piece.subarray(0, Math.min(piece.length, target.length - start)), start);
  }
  return target;
}

/** A random number of at most `bits` bits. */
export function randomBits(bits: number): bigint {
  const length = Math.ceil(bits / 8);
  return bigintOf(randomBytes(new Uint8Array(length))) >> BigInt(length * 8 - bits);
}

/** A random number from 1 to `limit` - 1. */
export function randomBelow(limit: bigint): bigint {
  const bits = bitLength(limit);
  for (;;) {
    const value = randomBits(bits);
    if (value > 0n && value < limit) return value;
  }
}
