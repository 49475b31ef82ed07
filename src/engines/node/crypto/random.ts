import { bigintOf, fixedBytes, randomBytes, bitLength } from './bigints.ts';
import { exact, isBytesLike, viewOf, type BytesLike } from './bytes.ts';
import { nodeError, plainOpensslError } from './errors.ts';
import { CryptoJob } from './job.ts';
import { isProbablePrime, randomPrime } from './primes.ts';
import type { RealmServices } from '../realm-services.ts';

/** OpenSSL's number of rounds when nobody asks for one. */
const usualChecks = 64;
/** Natively some are found after a long search, and some never. */
const leastBits = 2;
const leastSafeBits = 6;

function numberOf(value: unknown): bigint | undefined {
  return isBytesLike(value) ? bigintOf(viewOf(value)) : undefined;
}

/** Random bytes and primes of `internalBinding('crypto')`. */
export function randomBindings(services: RealmServices): Record<string, unknown> {
  class RandomBytesJob extends CryptoJob {
    constructor(mode: number, target: BytesLike, offset: number, size: number) {
      super(services, mode, () => void randomBytes(viewOf(target).subarray(offset, offset + size)));
    }
  }

  class RandomPrimeJob extends CryptoJob {
    /** Set by the library. */
    result: unknown;

    constructor(mode: number, bits: number, safe: boolean, add: unknown, rem: unknown) {
      const [step, rest] = [numberOf(add), numberOf(rem)];
      if (step !== undefined) {
        if (bitLength(step) > bits || step === 0n) throw nodeError('ERR_OUT_OF_RANGE', 'invalid options.add');
        if (rest !== undefined && rest >= step) throw nodeError('ERR_OUT_OF_RANGE', 'invalid options.rem');
      }
      super(services, mode, () => {
        const least = safe && bits !== 3 ? leastSafeBits : leastBits;
        if (bits < least) throw plainOpensslError('01800076', 'bits too small');
        const prime = randomPrime({ bits, safe, add: step, rem: rest });
        return exact(fixedBytes(prime, Math.ceil(bits / 8)));
      });
    }
  }

  class CheckPrimeJob extends CryptoJob {
    constructor(mode: number, candidate: BytesLike, checks: number) {
      const value = bigintOf(new Uint8Array(viewOf(candidate)));
      super(services, mode, () => isProbablePrime(value, checks || usualChecks));
    }
  }

  return {
    RandomBytesJob,
    RandomPrimeJob,
    CheckPrimeJob,
    secureBuffer: (length: number) => new Uint8Array(length),
    secureHeapUsed: () => undefined,
  };
}
