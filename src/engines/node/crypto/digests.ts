import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512, shake128, shake256 } from '@noble/hashes/sha3.js';
import type { CHash } from '@noble/hashes/utils.js';

/** A hash under way. */
export interface Digester {
  update(data: Uint8Array): void;
  digest(): Uint8Array;
  clone(): Digester;
}

/** A digest algorithm that OpenSSL would fetch by one of its names. */
export interface Digest {
  /** OpenSSL's first name for it. */
  readonly name: string;
  /** Bytes of its output; for an extendable one, the default. */
  readonly size: number;
  readonly extendable: boolean;
  /** What HMAC, PBKDF2 and HKDF are built on. */
  readonly hash: CHash | undefined;
  start(outputLength?: number): Digester;
}

type Unnamed = Omit<Digest, 'name'>;

function wrap(hash: CHash): Unnamed {
  return { size: hash.outputLen, extendable: false, hash, start: () => running(hash.create()) };
}

function extendable(hash: typeof shake128, size: number): Unnamed {
  return {
    size,
    extendable: true,
    hash: undefined,
    start: (length = size) => (length === 0 ? empty : running(hash.create({ dkLen: length }))),
  };
}

const empty: Digester = { update: () => undefined, digest: () => new Uint8Array(0), clone: () => empty };

interface NobleHash {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
  clone(): NobleHash;
}

function running(hash: NobleHash): Digester {
  return {
    update: (data) => void hash.update(data),
    digest: () => hash.digest(),
    clone: () => running(hash.clone()),
  };
}

/** TLS 1.0's concatenation of both. */
function md5Sha1(
  first: Digester = running(md5.create()),
  second: Digester = running(sha1.create()),
): Digester {
  return {
    update: (data) => {
      first.update(data);
      second.update(data);
    },
    digest: () => new Uint8Array([...first.digest(), ...second.digest()]),
    clone: () => md5Sha1(first.clone(), second.clone()),
  };
}

/** Algorithms with the names by which Node lists them, then others that OpenSSL takes as well. */
const table: [Unnamed, listed: string[], others: string[]][] = [
  [wrap(md5), ['md5', 'RSA-MD5', 'md5WithRSAEncryption', 'ssl3-md5'], []],
  [wrap(sha1), ['sha1', 'RSA-SHA1', 'RSA-SHA1-2', 'sha1WithRSAEncryption', 'ssl3-sha1'], ['sha-1']],
  [wrap(sha224), ['sha224', 'RSA-SHA224', 'sha224WithRSAEncryption'], ['sha-224', 'sha2-224']],
  [wrap(sha256), ['sha256', 'RSA-SHA256', 'sha256WithRSAEncryption'], ['sha-256', 'sha2-256']],
  [wrap(sha384), ['sha384', 'RSA-SHA384', 'sha384WithRSAEncryption'], ['sha-384', 'sha2-384']],
  [wrap(sha512), ['sha512', 'RSA-SHA512', 'sha512WithRSAEncryption'], ['sha-512', 'sha2-512']],
  [
    wrap(sha512_224),
    ['sha512-224', 'RSA-SHA512/224', 'sha512-224WithRSAEncryption'],
    ['sha-512/224', 'sha2-512/224'],
  ],
  [
    wrap(sha512_256),
    ['sha512-256', 'RSA-SHA512/256', 'sha512-256WithRSAEncryption'],
    ['sha-512/256', 'sha2-512/256'],
  ],
  [wrap(sha3_224), ['sha3-224', 'RSA-SHA3-224', 'id-rsassa-pkcs1-v1_5-with-sha3-224'], []],
  [wrap(sha3_256), ['sha3-256', 'RSA-SHA3-256', 'id-rsassa-pkcs1-v1_5-with-sha3-256'], []],
  [wrap(sha3_384), ['sha3-384', 'RSA-SHA3-384', 'id-rsassa-pkcs1-v1_5-with-sha3-384'], []],
  [wrap(sha3_512), ['sha3-512', 'RSA-SHA3-512', 'id-rsassa-pkcs1-v1_5-with-sha3-512'], []],
  [extendable(shake128, 16), ['shake128'], ['shake-128']],
  [extendable(shake256, 32), ['shake256'], ['shake-256']],
  [wrap(ripemd160), ['ripemd160', 'RSA-RIPEMD160', 'ripemd', 'ripemd160WithRSA', 'rmd160'], ['ripemd-160']],
  [wrap(blake2b), ['blake2b512'], ['blake2b-512']],
  [wrap(blake2s), ['blake2s256'], ['blake2s-256']],
  [{ size: 36, extendable: false, hash: undefined, start: () => md5Sha1() }, ['md5-sha1'], []],
];

const byName = new Map<string, Digest>();
for (const [unnamed, listed, others] of table) {
  const digest = { ...unnamed, name: listed[0] ?? '' };
  for (const name of [...listed, ...others]) byName.set(name.toLowerCase(), digest);
}

/** Finds a digest by any of OpenSSL's names for it, whatever the case. */
export function findDigest(name: string): Digest | undefined {
  return byName.get(name.toLowerCase());
}

/** Names as `crypto.getHashes()` lists them. */
export function digestNames(): string[] {
  return table.flatMap(([, listed]) => listed).sort((a, b) => (a < b ? -1 : 1));
}
