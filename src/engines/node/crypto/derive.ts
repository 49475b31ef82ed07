import { hkdf } from '@noble/hashes/hkdf.js';
import type { RealmServices } from '../realm-services.ts';
import { exact } from './bytes.ts';
import { nodeError, opensslLine } from './errors.ts';
import { keyedDigest } from './hash.ts';
import type { HeavyWork } from '../../hashing/heavy-work.ts';
import { pbkdf2Work, scryptWork } from '../../hashing/kdf.ts';
import { CryptoJob, HeavyJob } from './job.ts';
import { secretOf } from './keys.ts';

/** OpenSSL's limit when `maxmem` is 0. */
const defaultScryptMemory = 32 * 1024 * 1024;

const nothing: HeavyWork<ArrayBuffer> = { calls: [], cost: 0, finish: () => new ArrayBuffer(0) };

/** The same work with its result as an ArrayBuffer of its own. */
function buffered(work: HeavyWork<Uint8Array>): HeavyWork<ArrayBuffer> {
  return { ...work, finish: (results) => exact(work.finish(results)) };
}

/** Key derivation jobs of `internalBinding('crypto')`; lengths in bytes, results as ArrayBuffer. */
export function derivationBindings(services: RealmServices): Record<string, unknown> {
  class PBKDF2Job extends HeavyJob {
    constructor(
      mode: number,
      password: unknown,
      salt: unknown,
      iterations: number,
      length: number,
      name: string,
    ) {
      const digest = keyedDigest(name);
      const [key, seasoning] = [copyOf(password), copyOf(salt)];
      super(services, mode, () =>
        length === 0 ? nothing : buffered(pbkdf2Work(digest, key, seasoning, iterations, length)),
      );
    }
  }

  class ScryptJob extends HeavyJob {
    constructor(
      mode: number,
      password: unknown,
      salt: unknown,
      N: number,
      r: number,
      p: number,
      maxmem: number,
      length: number,
    ) {
      checkScrypt(N, r, p, maxmem || defaultScryptMemory);
      const [key, seasoning] = [copyOf(password), copyOf(salt)];
      super(services, mode, () =>
        length === 0 ? nothing : buffered(scryptWork(services, key, seasoning, { N, r, p }, length)),
      );
    }
  }

  class HKDFJob extends CryptoJob {
    constructor(mode: number, name: string, key: unknown, salt: unknown, info: unknown, length: number) {
      const { hash } = keyedDigest(name);
      if (length > hash.outputLen * 255) throw nodeError('ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
      const [seasoning, context] = [copyOf(salt), copyOf(info)];
      super(services, mode, () =>
        length === 0 ? new ArrayBuffer(0) : exact(hkdf(hash, secretOf(key), seasoning, context, length)),
      );
    }
  }

  return { PBKDF2Job, ScryptJob, HKDFJob };
}

/** OpenSSL's checks of scrypt's cost parameters. */
function checkScrypt(N: number, r: number, p: number, maxmem: number): void {
  const refuse = (detail = ''): never => {
    throw nodeError('ERR_CRYPTO_INVALID_SCRYPT_PARAMS', `Invalid scrypt params${detail}`);
  };
  const powerOfTwo = Number.isInteger(Math.log2(N));
  if (N < 2 || !powerOfTwo || r < 1 || p < 1 || p > (2 ** 30 - 1) / r) refuse();
  const bytes = p * 128 * r + 32 * r * (N + 2) * 4;
  if (bytes > maxmem) refuse(`: ${opensslLine('030000AC', 'memory limit exceeded')}`);
}

function copyOf(value: unknown): Uint8Array {
  return new Uint8Array(secretOf(value));
}
