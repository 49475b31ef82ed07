import { isRsa, type AsymmetricKey, type EcKey, type RsaKey } from './asymmetric.ts';
import { bitLength, concat, fixedBytes } from './bigints.ts';
import { ecdsaSign, ecdsaVerify } from './curves.ts';
import { childrenOf, DerError, integer, integerOf, readDer, sequence } from './der.ts';
import { findDigest, type Digest } from './digests.ts';
import { badPaddingMode, digestNotAllowed, opensslError, unsupportedForKeyType } from './errors.ts';
import { equalBytes } from './bytes.ts';
import { checkPss, digestOids, padPkcs1Signature, padPss } from './rsa-padding.ts';
import { modulusBytes, privateOperation, publicOperation } from './rsa.ts';

/** How a signature is wanted. */
export interface SignatureOptions {
  readonly digest: Digest;
  /** OpenSSL's number of a padding of RSA. */
  readonly padding: number | undefined;
  /** Bytes, or OpenSSL's negative numbers. */
  readonly saltLength: number | undefined;
  /** r and s as bytes of equal length, not as DER. */
  readonly p1363: boolean;
}

export const Padding = { pkcs1: 1, none: 3, oaep: 4, x931: 5, pss: 6 } as const;

const SaltLength = { digest: -1, auto: -2, max: -3 } as const;

/** Whether signatures of RSA may be made with this digest. */
function checkAllowed(digest: Digest): void {
  if (digest.name !== 'md5-sha1' && digestOids[digest.name] === undefined) throw digestNotAllowed();
}

interface RsaPlan {
  readonly pss: boolean;
  readonly mgf1: Digest;
  readonly saltLength: number | undefined;
}

function planFor(key: RsaKey, options: SignatureOptions): RsaPlan {
  const { digest } = options;
  const limits = key.limits;
  const padding = options.padding ?? (key.type === 'rsa-pss' ? Padding.pss : Padding.pkcs1);
  if (key.type === 'rsa-pss' && padding !== Padding.pss) throw badPaddingMode();
  checkAllowed(digest);
  if (limits !== undefined && limits.hash !== digest.name) throw digestNotAllowed();
  if (padding === Padding.none) throw opensslError('1C8000A8', 'invalid padding mode');
  if (padding !== Padding.pkcs1 && padding !== Padding.pss) throw badPaddingMode();
  const saltLength = options.saltLength ?? limits?.saltLength;
  if (saltLength !== undefined && saltLength < SaltLength.max)
    throw opensslError('1C800070', 'invalid salt length');
  if (limits !== undefined && saltLength !== undefined && saltLength >= 0 && saltLength < limits.saltLength)
    throw opensslError('1C8000AC', 'pss saltlen too small');
  const mgf1 = limits === undefined ? digest : (findDigest(limits.mgf1Hash) ?? digest);
  return { pss: padding === Padding.pss, mgf1, saltLength };
}

/** The longest salt that fits. */
function mostSalt(key: RsaKey, digest: Digest): number {
  return Math.max(0, Math.ceil((bitLength(key.public.n) - 1) / 8) - digest.size - 2);
}

function signRsa(key: RsaKey, hash: Uint8Array, options: SignatureOptions): Uint8Array {
  const { pss, mgf1, saltLength } = planFor(key, options);
  const { digest } = options;
  if (key.private === undefined) throw unsupportedForKeyType();
  if (!pss) return privateOperation(key.private, padPkcs1Signature(hash, digest, modulusBytes(key.public)));
  const given = saltLength ?? SaltLength.auto;
  const length = given === SaltLength.digest ? digest.size : given < 0 ? mostSalt(key, digest) : given;
  return privateOperation(key.private, padPss(hash, key.public.n, digest, mgf1, length));
}

function verifyRsa(key: RsaKey, hash: Uint8Array, signature: Uint8Array, options: SignatureOptions): boolean {
  const { pss, mgf1, saltLength } = planFor(key, options);
  const { digest } = options;
  if (signature.length !== modulusBytes(key.public)) return false;
  try {
    const block = publicOperation(key.public, signature);
    if (!pss) return equalBytes(block, padPkcs1Signature(hash, digest, block.length));
    const wanted =
      saltLength === SaltLength.digest
        ? digest.size
        : saltLength === SaltLength.max
          ? mostSalt(key, digest)
          : saltLength;
    const exactly = wanted === undefined || wanted < 0 ? undefined : wanted;
    return checkPss(block, hash, key.public.n, digest, mgf1, exactly);
  } catch {
    return false;
  }
}

function signEc(key: EcKey, hash: Uint8Array, p1363: boolean): Uint8Array {
  if (key.secret === undefined) throw unsupportedForKeyType();
  const [r, s] = ecdsaSign(key.curve, key.secret, hash);
  if (!p1363) return sequence(integer(r), integer(s));
  const { orderBytes } = key.curve;
  return concat(fixedBytes(r, orderBytes), fixedBytes(s, orderBytes));
}

/** Splits r and s; undefined when the form is not right. */
function halvesOf(key: EcKey, signature: Uint8Array, p1363: boolean): [bigint, bigint] | undefined {
  const { orderBytes } = key.curve;
  if (p1363 && signature.length !== 2 * orderBytes) return undefined;
  const encoded = p1363 ? fromHalves(signature, orderBytes) : signature;
  try {
    const node = readDer(encoded);
    const [r, s, ...more] = childrenOf(node);
    if (node.raw.length !== encoded.length || r === undefined || s === undefined || more.length > 0)
      return undefined;
    return [integerOf(r), integerOf(s)];
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

function fromHalves(signature: Uint8Array, bytes: number): Uint8Array {
  const number = (part: Uint8Array): Uint8Array =>
    integer(part.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n));
  return sequence(number(signature.subarray(0, bytes)), number(signature.subarray(bytes)));
}

/** A signature over a digest. @throws OpenSSL's errors */
export function signDigest(key: AsymmetricKey, hash: Uint8Array, options: SignatureOptions): Uint8Array {
  if (isRsa(key)) return signRsa(key, hash, options);
  if (key.type === 'ec') return signEc(key, hash, options.p1363);
  throw unsupportedForKeyType();
}

/** Whether a signature over a digest is right. @throws OpenSSL's errors for what is no question of the signature */
export function verifyDigest(
  key: AsymmetricKey,
  hash: Uint8Array,
  signature: Uint8Array,
  options: SignatureOptions,
): boolean {
  if (isRsa(key)) return verifyRsa(key, hash, signature, options);
  if (key.type !== 'ec') throw unsupportedForKeyType();
  const halves = halvesOf(key, signature, options.p1363);
  return halves !== undefined && ecdsaVerify(key.curve, key.point, hash, ...halves);
}

/** Whether a signature in P1363's form has the right length for the key; other keys and forms have none to check. */
export function isWellFormed(key: AsymmetricKey, signature: Uint8Array, p1363: boolean): boolean {
  return !p1363 || key.type !== 'ec' || signature.length === 2 * key.curve.orderBytes;
}
