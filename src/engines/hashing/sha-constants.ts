/** The fractional part of a root of a prime, as `bits` binary digits: where SHA-2's constants come from. */
export function rootFraction(prime: bigint, degree: 2n | 3n, bits: bigint): bigint {
  const scaled = prime << (degree * bits);
  let low = 0n;
  let high = prime << bits;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle - 1n;
  }
  return BigInt.asUintN(Number(bits), low);
}

export function firstPrimes(count: number): bigint[] {
  const primes: bigint[] = [];
  for (let candidate = 2n; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0n)) primes.push(candidate);
  }
  return primes;
}
