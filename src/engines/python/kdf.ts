import {
  createMD5,
  createSHA1,
  createSHA224,
  createSHA256,
  createSHA384,
  createSHA512,
  pbkdf2 as derivePbkdf2,
  scrypt as deriveScrypt,
} from 'hash-wasm';

/** Key derivation that OpenSSL does natively. Password and salt may be empty, as there. */

const digests = {
  md5: createMD5,
  sha1: createSHA1,
  sha224: createSHA224,
  sha256: createSHA256,
  sha384: createSHA384,
  sha512: createSHA512,
} as const;

export function isDigest(name: string): name is keyof typeof digests {
  return Object.hasOwn(digests, name);
}

/** PBKDF2-HMAC of RFC 8018. `length` in bytes. */
export function pbkdf2(
  digest: keyof typeof digests,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Promise<Uint8Array> {
  return derivePbkdf2({
    password,
    salt,
    iterations,
    hashLength: length,
    hashFunction: digests[digest](),
    outputType: 'binary',
  });
}

/** scrypt of RFC 7914: cost `n` (a power of 2), block size `r`, parallelism `p`; `length` in bytes. */
export function scrypt(
  password: Uint8Array,
  salt: Uint8Array,
  n: number,
  r: number,
  p: number,
  length: number,
): Promise<Uint8Array> {
  return deriveScrypt({
    password,
    salt,
    costFactor: n,
    blockSize: r,
    parallelism: p,
    hashLength: length,
    outputType: 'binary',
  });
}
