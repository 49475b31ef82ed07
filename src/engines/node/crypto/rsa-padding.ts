import { bitLength, concat, fixedBytes, bigintOf, randomBytes } from './bigints.ts';
import { nul, octets, oid, sequence } from './der.ts';
import type { Digest } from './digests.ts';
import { digestNotAllowed, opensslError, rsaLibrary, tooLargeForKey } from './errors.ts';
import { equalBytes } from './bytes.ts';

/** Object identifiers of the digests that signatures name. */
export const digestOids: Readonly<Record<string, string>> = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  ripemd160: '1.3.36.3.2.1',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  sha224: '2.16.840.1.101.3.4.2.4',
  'sha512-224': '2.16.840.1.101.3.4.2.5',
  'sha512-256': '2.16.840.1.101.3.4.2.6',
  'sha3-224': '2.16.840.1.101.3.4.2.7',
  'sha3-256': '2.16.840.1.101.3.4.2.8',
  'sha3-384': '2.16.840.1.101.3.4.2.9',
  'sha3-512': '2.16.840.1.101.3.4.2.10',
};

export function digestOnce(digest: Digest, ...parts: readonly Uint8Array[]): Uint8Array {
  const running = digest.start();
  for (const part of parts) running.update(part);
  return running.digest();
}

/** MGF1 of RFC 8017: a mask of `length` bytes. */
function mask(digest: Digest, seed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(Math.ceil(length / digest.size) * digest.size);
  for (let i = 0; i * digest.size < length; i++) {
    out.set(digestOnce(digest, seed, fixedBytes(BigInt(i), 4)), i * digest.size);
  }
  return out.subarray(0, length);
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(a, (byte, i) => byte ^ (b[i] ?? 0));
}

/** EMSA-PKCS1-v1_5: the digest with the name of its algorithm; none of both when there is no `digest`. */
export function padPkcs1Signature(hash: Uint8Array, digest: Digest | undefined, length: number): Uint8Array {
  let info = hash;
  if (digest !== undefined && digest.name !== 'md5-sha1') {
    const id = digestOids[digest.name];
    if (id === undefined) throw digestNotAllowed();
    info = sequence(sequence(oid(id), nul()), octets(hash));
  }
  return padType1(info, length, () => opensslError('02000070', 'digest too big for rsa key', rsaLibrary));
}

/** Block type 1, of signatures. */
export function padType1(data: Uint8Array, length: number, tooLong: () => Error): Uint8Array {
  if (data.length + 11 > length) throw tooLong();
  const filler = new Uint8Array(length - data.length - 3).fill(255);
  return concat(Uint8Array.of(0, 1), filler, Uint8Array.of(0), data);
}

/** The data in a block of type 1, undefined when it is none. */
export function unpadType1(block: Uint8Array): Uint8Array | undefined {
  if (block[0] !== 0 || block[1] !== 1) return undefined;
  let at = 2;
  while (block[at] === 255) at++;
  return at >= 10 && block[at] === 0 ? block.slice(at + 1) : undefined;
}

/** Block type 2, of encryption. */
export function padType2(data: Uint8Array, length: number): Uint8Array {
  if (data.length + 11 > length) throw tooLargeForKey();
  const filler = randomBytes(new Uint8Array(length - data.length - 3));
  for (let i = 0; i < filler.length; i++) {
    while (filler[i] === 0) filler.set(randomBytes(new Uint8Array(1)), i);
  }
  return concat(Uint8Array.of(0, 2), filler, Uint8Array.of(0), data);
}

/** EMSA-PSS. @throws OpenSSL's error when digest and salt do not fit. */
export function padPss(
  hash: Uint8Array,
  modulus: bigint,
  digest: Digest,
  mgf1: Digest,
  saltLength: number,
): Uint8Array {
  const bits = bitLength(modulus) - 1;
  const length = Math.ceil(bits / 8);
  if (length < hash.length + saltLength + 2) throw tooLargeForKey(rsaLibrary);
  const salt = randomBytes(new Uint8Array(saltLength));
  const inner = digestOnce(digest, new Uint8Array(8), hash, salt);
  const block = concat(new Uint8Array(length - salt.length - inner.length - 2), Uint8Array.of(1), salt);
  const masked = xor(block, mask(mgf1, inner, block.length));
  masked[0] = (masked[0] ?? 0) & (255 >> (length * 8 - bits));
  const encoded = concat(masked, inner, Uint8Array.of(0xbc));
  return concat(new Uint8Array(Math.ceil(bitLength(modulus) / 8) - length), encoded);
}

/** Whether `block` is EMSA-PSS of `hash`; without `saltLength` any salt will do. */
export function checkPss(
  block: Uint8Array,
  hash: Uint8Array,
  modulus: bigint,
  digest: Digest,
  mgf1: Digest,
  saltLength: number | undefined,
): boolean {
  const bits = bitLength(modulus) - 1;
  const length = Math.ceil(bits / 8);
  const encoded = block.subarray(block.length - length);
  const size = digest.size;
  if (bigintOf(block.subarray(0, block.length - length)) !== 0n || length < size + 2) return false;
  const masked = encoded.subarray(0, length - size - 1);
  const inner = encoded.subarray(length - size - 1, length - 1);
  const unused = length * 8 - bits;
  if (encoded[length - 1] !== 0xbc || (masked[0] ?? 0) >> (8 - unused) !== 0) return false;
  const plain = xor(masked, mask(mgf1, inner, masked.length));
  plain[0] = (plain[0] ?? 0) & (255 >> unused);
  const one = plain.findIndex((byte) => byte !== 0);
  if (one < 0 || plain[one] !== 1) return false;
  const salt = plain.subarray(one + 1);
  if (saltLength !== undefined && salt.length !== saltLength) return false;
  return equalBytes(digestOnce(digest, new Uint8Array(8), hash, salt), inner);
}

/** EME-OAEP. */
export function padOaep(data: Uint8Array, length: number, digest: Digest, label: Uint8Array): Uint8Array {
  const room = length - 2 * digest.size - 2;
  if (data.length > room) throw tooLargeForKey();
  const filler = new Uint8Array(room - data.length);
  const block = concat(digestOnce(digest, label), filler, Uint8Array.of(1), data);
  const seed = randomBytes(new Uint8Array(digest.size));
  const maskedBlock = xor(block, mask(digest, seed, block.length));
  const maskedSeed = xor(seed, mask(digest, maskedBlock, seed.length));
  return concat(Uint8Array.of(0), maskedSeed, maskedBlock);
}

/** The data in an OAEP block. @throws OpenSSL's one error for whatever is wrong. */
export function unpadOaep(block: Uint8Array, digest: Digest, label: Uint8Array): Uint8Array {
  const maskedSeed = block.subarray(1, 1 + digest.size);
  const maskedBlock = block.subarray(1 + digest.size);
  const seed = xor(maskedSeed, mask(digest, maskedBlock, maskedSeed.length));
  const plain = xor(maskedBlock, mask(digest, seed, maskedBlock.length));
  const start = plain.findIndex((byte, i) => i >= digest.size && byte !== 0);
  const labelled = equalBytes(plain.subarray(0, digest.size), digestOnce(digest, label));
  if (block[0] !== 0 || !labelled || start < 0 || plain[start] !== 1) throw oaepError();
  return plain.slice(start + 1);
}

export function oaepError(): Error {
  return opensslError('02000079', 'oaep decoding error');
}
