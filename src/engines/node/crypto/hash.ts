import { hmac } from '@noble/hashes/hmac.js';
import type { RealmServices } from '../realm-services.ts';
import { decode, encode, equalBytes, exact } from './bytes.ts';
import { digestNames, findDigest, type Digest, type Digester } from './digests.ts';
import { nodeError, notXof } from './errors.ts';
import { CryptoJob } from './job.ts';
import { secretOf } from './keys.ts';

/** The digest of HMAC and key derivation. @throws ERR_CRYPTO_INVALID_DIGEST when there is none of that name. */
export function keyedDigest(name: string): Digest & { hash: NonNullable<Digest['hash']> } {
  const digest = findDigest(name);
  if (digest?.hash === undefined) throw nodeError('ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
  return { ...digest, hash: digest.hash };
}

/** Hash, Hmac and what belongs to them of `internalBinding('crypto')`. */
export function hashBindings(services: RealmServices): Record<string, unknown> {
  class Hash {
    readonly #digester: Digester;

    constructor(algorithm: string | Hash, outputLength?: number) {
      if (typeof algorithm !== 'string') {
        this.#digester = algorithm.#digester.clone();
        return;
      }
      const digest = findDigest(algorithm);
      if (digest === undefined) throw new Error('Digest method not supported');
      if (outputLength !== undefined && outputLength !== digest.size && !digest.extendable) throw notXof();
      this.#digester = digest.start(outputLength);
    }

    update(data: unknown, encoding?: unknown): boolean {
      this.#digester.update(decode(services, data, encoding));
      return true;
    }

    digest(encoding?: unknown): unknown {
      return encode(services, this.#digester.digest(), encoding);
    }
  }

  class Hmac {
    #digester: Digester | undefined;

    init(name: string, key: unknown): void {
      this.#digester = hmac.create(keyedDigest(name).hash, secretOf(key));
    }

    update(data: unknown, encoding?: unknown): boolean {
      if (this.#digester === undefined) return false;
      this.#digester.update(decode(services, data, encoding));
      return true;
    }

    digest(encoding?: unknown): unknown {
      return encode(services, this.#digester?.digest() ?? new Uint8Array(0), encoding);
    }
  }

  class HashJob extends CryptoJob {
    constructor(mode: number, name: string, data: unknown) {
      const digest = findDigest(name);
      if (digest === undefined) throw nodeError('ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
      const bytes = new Uint8Array(decode(services, data));
      super(services, mode, () => {
        const digester = digest.start();
        digester.update(bytes);
        return exact(digester.digest());
      });
    }
  }

  class HmacJob extends CryptoJob {
    constructor(
      mode: number,
      signMode: number,
      name: string,
      key: unknown,
      data: unknown,
      signature?: unknown,
    ) {
      const { hash } = keyedDigest(name);
      const bytes = new Uint8Array(decode(services, data));
      super(services, mode, () => {
        const result = hmac(hash, secretOf(key), bytes);
        return signMode === 0 ? exact(result) : equalBytes(result, decode(services, signature));
      });
    }
  }

  return {
    Hash,
    Hmac,
    HashJob,
    HmacJob,
    getHashes: digestNames,
    // Ids are a shortcut of Node's C++; names do here.
    getCachedAliases: () => Object.create(null) as object,
    oneShotDigest: (name: string, _id: number, _cache: unknown, input: unknown, encoding: unknown) => {
      const digest = findDigest(name);
      if (digest === undefined) throw new Error(`Digest method ${name} is not supported`);
      const digester = digest.start();
      digester.update(decode(services, input));
      return encode(services, digester.digest(), encoding);
    },
    timingSafeEqual: (a: unknown, b: unknown) => {
      const first = comparable(a, 'buf1');
      const second = comparable(b, 'buf2');
      if (first.length === second.length) return equalBytes(first, second);
      throw nodeError('ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
    },
  };

  function comparable(value: unknown, name: string): Uint8Array {
    if (typeof value === 'object' && value !== null) return decode(services, value);
    const message = `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`;
    throw nodeError('ERR_INVALID_ARG_TYPE', message);
  }
}
