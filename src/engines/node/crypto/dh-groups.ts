/** A group of RFC 2409 or RFC 3526. */
export interface DhGroup {
  readonly prime: bigint;
  readonly generator: bigint;
}

/** Bits of each prime, and the number that its formula adds: p = 2^n - 2^(n-64) - 1 + 2^64 (⌊2^(n-130) π⌋ + c). */
const groups: Readonly<Record<string, readonly [bits: number, addend: number]>> = {
  modp1: [768, 149_686],
  modp2: [1024, 129_093],
  modp5: [1536, 741_804],
  modp14: [2048, 124_476],
  modp15: [3072, 1_690_314],
  modp16: [4096, 240_904],
  modp17: [6144, 929_484],
  modp18: [8192, 4_743_158],
};

/** More binary digits than the result needs, for what the series rounds off. */
const guardBits = 32n;

/** ⌊2^bits π⌋, by Machin's formula. */
function scaledPi(bits: bigint): bigint {
  const unit = 1n << (bits + guardBits);
  const arctanOfInverse = (x: bigint): bigint => {
    let power = unit / x;
    let sum = power;
    for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
      power /= x * x;
      sum += (sign * power) / n;
    }
    return sum;
  };
  return (4n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n))) >> guardBits;
}

const made = new Map<string, DhGroup>();

/** A group by its name in Node (`modp14`), whatever the case; undefined when there is none. */
export function dhGroup(name: string): DhGroup | undefined {
  const key = name.toLowerCase();
  const parameters = Object.hasOwn(groups, key) ? groups[key] : undefined;
  const known = made.get(key);
  if (known !== undefined || parameters === undefined) return known;
  const [bits, addend] = parameters;
  const n = BigInt(bits);
  const prime = (1n << n) - (1n << (n - 64n)) - 1n + ((scaledPi(n - 130n) + BigInt(addend)) << 64n);
  const group = { prime, generator: 2n };
  made.set(key, group);
  return group;
}
