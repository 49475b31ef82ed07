import { bigintOf, bitLength, fixedBytes, minimalBytes, modPow, randomBelow } from './bigints.ts';
import { decode, encode } from './bytes.ts';
import { dhGroup } from './dh-groups.ts';
import { nodeError, opensslError } from './errors.ts';
import { isProbablePrime, randomPrime } from './primes.ts';
import type { RealmServices } from '../realm-services.ts';

/** OpenSSL's findings about a group, as `verifyError` adds them up. */
const Finding = {
  notPrime: 1,
  notSafePrime: 2,
  unsuitableGenerator: 8,
  modulusTooSmall: 0x80,
  modulusTooLarge: 0x100,
};
const leastBits = 512;
const mostBits = 10_000;
/** A few rounds are enough to tell a caller of a mistake. */
const rounds = 8;

/** What primes are congruent to, so that the generator works: [add, rem] by generator. */
const congruences: Readonly<Record<number, readonly [bigint, bigint]>> = { 2: [24n, 23n], 5: [60n, 59n] };

function check(prime: bigint, generator: bigint): number {
  const bits = bitLength(prime);
  let found = 0;
  if (bits < leastBits) found |= Finding.modulusTooSmall;
  if (bits > mostBits) return found | Finding.modulusTooLarge;
  if (generator <= 1n || generator >= prime - 1n) found |= Finding.unsuitableGenerator;
  if (!isProbablePrime(prime, rounds)) return found | Finding.notPrime;
  if (!isProbablePrime(prime >> 1n, rounds)) found |= Finding.notSafePrime;
  return found;
}

/** Diffie and Hellman's key agreement in the integers, of `internalBinding('crypto')`. */
export function dhBindings(services: RealmServices): Record<string, unknown> {
  class Agreement {
    readonly #prime: bigint;
    readonly #generator: bigint;
    readonly verifyError: number;
    #public: bigint | undefined;
    #secret: bigint | undefined;

    constructor(prime: bigint, generator: bigint, known: boolean) {
      this.#prime = prime;
      this.#generator = generator;
      this.verifyError = known ? 0 : check(prime, generator);
    }

    /** Keeps a private key that is there, as OpenSSL does. */
    generateKeys(): unknown {
      this.#secret ??= randomBelow(this.#prime >> 1n);
      this.#public = modPow(this.#generator, this.#secret, this.#prime);
      return encode(services, minimalBytes(this.#public));
    }

    computeSecret(data: unknown): unknown {
      if (this.#secret === undefined) throw nodeError('ERR_CRYPTO_INVALID_KEYTYPE', 'Invalid key type');
      const other = bigintOf(decode(services, data));
      if (other <= 1n) throw nodeError('ERR_CRYPTO_INVALID_KEYLEN', 'Supplied key is too small');
      if (other >= this.#prime - 1n)
        throw nodeError('ERR_CRYPTO_INVALID_KEYLEN', 'Supplied key is too large');
      const length = minimalBytes(this.#prime).length;
      return encode(services, fixedBytes(modPow(other, this.#secret, this.#prime), length));
    }

    getPrime(): unknown {
      return encode(services, minimalBytes(this.#prime));
    }

    getGenerator(): unknown {
      return encode(services, minimalBytes(this.#generator));
    }

    getPublicKey(): unknown {
      return this.#number(this.#public, 'public');
    }

    getPrivateKey(): unknown {
      return this.#number(this.#secret, 'private');
    }

    setPublicKey(data: unknown): void {
      this.#public = bigintOf(decode(services, data));
    }

    setPrivateKey(data: unknown): void {
      this.#secret = bigintOf(decode(services, data));
    }

    #number(value: bigint | undefined, kind: string): unknown {
      if (value !== undefined) return encode(services, minimalBytes(value));
      throw nodeError('ERR_CRYPTO_INVALID_STATE', `No ${kind} key - did you forget to generate one?`);
    }
  }

  class DiffieHellman extends Agreement {
    constructor(sizeOrPrime: unknown, generator: unknown) {
      const g = typeof generator === 'number' ? BigInt(generator) : bigintOf(decode(services, generator));
      if (typeof sizeOrPrime === 'number') {
        if (sizeOrPrime < leastBits) throw opensslError('0280007E', 'modulus too small');
        if (g < 2n) throw opensslError('02800065', 'bad generator');
        const [add, rem] = congruences[Number(g)] ?? [12n, 11n];
        super(randomPrime({ bits: sizeOrPrime, safe: true, add, rem }), g, true);
      } else {
        const prime = bigintOf(decode(services, sizeOrPrime));
        if (g < 2n) throw opensslError('02800065', 'bad generator');
        super(prime, g, false);
      }
    }
  }

  class DiffieHellmanGroup extends Agreement {
    constructor(name: string) {
      const group = dhGroup(name);
      if (group === undefined) throw nodeError('ERR_CRYPTO_UNKNOWN_DH_GROUP', 'Unknown DH group');
      super(group.prime, group.generator, true);
    }
  }

  return { DiffieHellman, DiffieHellmanGroup };
}
