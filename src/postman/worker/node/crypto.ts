import { Buffer } from 'buffer';
import { hmac } from '@noble/hashes/hmac.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import type { CHash } from '@noble/hashes/utils.js';

/**
 * Node's `crypto`, as far as Postman's helpers for authorization use it: digests, HMAC and random bytes. Signatures
 * with keys (RSA) are not there.
 */

const algorithms = new Map<string, CHash>([
  ['md5', md5],
  ['ripemd160', ripemd160],
  ['sha1', sha1],
  ['sha224', sha224],
  ['sha256', sha256],
  ['sha384', sha384],
  ['sha512', sha512],
  ['sha512-256', sha512_256],
]);

interface Running {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
}

class Hash {
  readonly #running: Running;

  constructor(running: Running) {
    this.#running = running;
  }

  update(data: string | Uint8Array, encoding?: BufferEncoding): this {
    this.#running.update(typeof data === 'string' ? Uint8Array.from(Buffer.from(data, encoding)) : data);
    return this;
  }

  digest(encoding?: BufferEncoding): Buffer | string {
    const bytes = Buffer.from(this.#running.digest());
    return encoding === undefined ? bytes : bytes.toString(encoding);
  }
}

/** @throws Error for an algorithm that is none of `getHashes`. */
function find(name: string): CHash {
  const found = algorithms.get(name.toLowerCase().replace(/^rsa-/, ''));
  if (found === undefined) throw new Error(`Digest method not supported: ${name}`);
  return found;
}

export function createHash(name: string): Hash {
  return new Hash(find(name).create());
}

export function createHmac(name: string, key: string | Uint8Array): Hash {
  return new Hash(hmac.create(find(name), Uint8Array.from(typeof key === 'string' ? Buffer.from(key) : key)));
}

export function randomBytes(size: number): Buffer {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(size)));
}

export function getHashes(): string[] {
  return [...algorithms.keys()];
}
