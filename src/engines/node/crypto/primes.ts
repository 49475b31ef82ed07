import { bitLength, modPow, modulo, randomBelow, randomBits } from './bigints.ts';

function sieve(limit: number): number[] {
  const composite = new Uint8Array(limit);
  const primes: number[] = [];
  for (let i = 2; i < limit; i++) {
    if (composite[i] === 1) continue;
    primes.push(i);
    for (let j = i * i; j < limit; j += i) composite[j] = 1;
  }
  return primes;
}

let known: number[] | undefined;

/** Primes that candidates are divided by before the costly test. */
const smallPrimes = (): number[] => (known ??= sieve(4096));

/** Rounds of OpenSSL's test for numbers that somebody may have chosen. */
const carefulRounds = 64;
/** Random candidates of this size fail fewer rounds with less than 2^-100 (Damgård, Landrock, Pomerance). */
const randomRounds = 8;

/** Miller and Rabin's test. */
function passes(candidate: bigint, rounds: number): boolean {
  const last = candidate - 1n;
  let odd = last;
  let twos = 0;
  while ((odd & 1n) === 0n) {
    odd >>= 1n;
    twos++;
  }
  for (let round = 0; round < rounds; round++) {
    let power = modPow(randomBelow(last), odd, candidate);
    if (power === 1n || power === last) continue;
    let squarings = 1;
    while (power !== last && squarings < twos) {
      power = (power * power) % candidate;
      squarings++;
    }
    if (power !== last) return false;
  }
  return true;
}

/** True for a prime; wrong for a composite number with a chance of at most 4 ** -rounds. */
export function isProbablePrime(candidate: bigint, rounds = carefulRounds): boolean {
  if (candidate < 2n) return false;
  for (const prime of smallPrimes()) {
    const divisor = BigInt(prime);
    if (candidate === divisor) return true;
    if (candidate % divisor === 0n) return false;
  }
  return passes(candidate, Math.max(rounds, 1));
}

export interface PrimeWish {
  readonly bits: number;
  /** (p - 1) / 2 is prime as well. */
  readonly safe?: boolean;
  /** p mod add = rem. */
  readonly add?: bigint | undefined;
  readonly rem?: bigint | undefined;
  /** Whether the two highest bits are set, so that a product of two has the full length. */
  readonly highBits?: 1 | 2;
}

/** How far from a random start candidates are tried. */
const stretch = 1 << 14;

/** A random prime of exactly `bits` bits; at least 2 of them, and `add` must leave room. */
export function randomPrime({ bits, safe = false, add, rem, highBits = 2 }: PrimeWish): bigint {
  const low = bits > 2 && highBits === 2 ? 3n << BigInt(bits - 2) : 1n << BigInt(bits - 1);
  const step = add ?? (safe ? 4n : 2n);
  const rest = rem ?? (add === undefined ? (safe ? 3n : 1n) : safe ? 3n : 1n);
  for (;;) {
    let start = randomBits(bits) | low;
    start += modulo(rest - start, step);
    const found = search(start, step, bits, safe);
    if (found !== undefined) return found;
  }
}

function search(start: bigint, step: bigint, bits: number, safe: boolean): bigint | undefined {
  if (bits < 14) {
    for (let i = 0n; i < BigInt(2 ** bits); i++) {
      const candidate = start + i * step;
      if (bitLength(candidate) !== bits) return undefined;
      if (isProbablePrime(candidate) && (!safe || isProbablePrime(candidate >> 1n))) return candidate;
    }
    return undefined;
  }
  const primes = smallPrimes();
  const residues = primes.map((prime) => Number(start % BigInt(prime)));
  const steps = primes.map((prime) => Number(step % BigInt(prime)));
  for (let i = 0; i < stretch; i++) {
    if (survives(primes, residues, steps, i, safe)) {
      const candidate = start + BigInt(i) * step;
      if (bitLength(candidate) !== bits) return undefined;
      if (safe && !passes(candidate >> 1n, 1)) continue;
      if (passes(candidate, randomRounds) && (!safe || passes(candidate >> 1n, randomRounds)))
        return candidate;
    }
  }
  return undefined;
}

/** No small prime divides the candidate, nor the half of it when that must be prime. */
function survives(
  primes: readonly number[],
  residues: readonly number[],
  steps: readonly number[],
  index: number,
  safe: boolean,
): boolean {
  for (let j = 0; j < primes.length; j++) {
    const prime = primes[j] ?? 2;
    const residue = ((residues[j] ?? 0) + index * (steps[j] ?? 0)) % prime;
    if (residue === 0 || (safe && prime > 2 && residue === 1)) return false;
  }
  return true;
}
