import { fixedBytes } from '../../node/crypto/bigints.ts';
import {
  decodePoint,
  ecdsaSign,
  ecdsaVerify,
  encodePoint,
  findCurve,
  pointAt,
  type Curve,
  type Point,
} from '../../node/crypto/curves.ts';
import { okpKinds, type OkpType } from '../../node/crypto/okp.ts';
import { generateRsa, privateOperation, publicOperation } from '../../node/crypto/rsa.ts';

/** Numbers come from Python as either; results are always bigint. */
type Integer = number | bigint;

function curveOf(name: string): Curve {
  const curve = findCurve(name);
  if (curve === undefined) throw new RangeError(`no curve ${name}`);
  return curve;
}

function pointOf(curve: Curve, x: Integer, y: Integer): Point {
  const point = pointAt(curve, BigInt(x), BigInt(y));
  if (point === undefined) throw new RangeError('not on the curve');
  return point;
}

const affine = (point: Point): bigint[] => {
  const { x, y } = point.toAffine();
  return [x, y];
};

/** The order of a curve by OpenSSL's name, undefined when the curve is unknown here. */
export function curveOrder(name: string): bigint | undefined {
  return findCurve(name)?.order;
}

/** [x, y] of the public key of a private number below the order. */
export function ecPublic(name: string, secret: Integer): bigint[] {
  return affine(curveOf(name).Point.BASE.multiply(BigInt(secret)));
}

/** [x, y] of an encoded point, undefined when it is none. */
export function ecDecode(name: string, bytes: Uint8Array): bigint[] | undefined {
  const point = decodePoint(curveOf(name), bytes);
  return point === undefined ? undefined : affine(point);
}

export function ecEncode(name: string, x: Integer, y: Integer, compressed: boolean): Uint8Array {
  const curve = curveOf(name);
  return encodePoint(curve, pointOf(curve, x, y), compressed ? 'compressed' : 'uncompressed');
}

export function ecIsOnCurve(name: string, x: Integer, y: Integer): boolean {
  return pointAt(curveOf(name), BigInt(x), BigInt(y)) !== undefined;
}

/** [r, s] of ECDSA over a digest. */
export function ecSign(name: string, secret: Integer, digest: Uint8Array): bigint[] {
  return ecdsaSign(curveOf(name), BigInt(secret), digest);
}

export function ecVerify(
  name: string,
  x: Integer,
  y: Integer,
  digest: Uint8Array,
  r: Integer,
  s: Integer,
): boolean {
  const curve = curveOf(name);
  return ecdsaVerify(curve, pointOf(curve, x, y), digest, BigInt(r), BigInt(s));
}

/** ECDH: the x coordinate of the shared point. */
export function ecAgree(name: string, secret: Integer, x: Integer, y: Integer): Uint8Array {
  const curve = curveOf(name);
  return fixedBytes(pointOf(curve, x, y).multiply(BigInt(secret)).toAffine().x, curve.bytes);
}

export function okpPublic(type: OkpType, secret: Uint8Array): Uint8Array {
  return okpKinds[type].publicOf(secret);
}

export function okpSign(type: OkpType, secret: Uint8Array, message: Uint8Array): Uint8Array | undefined {
  return okpKinds[type].sign?.(message, secret);
}

export function okpVerify(
  type: OkpType,
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return okpKinds[type].verify?.(signature, message, key) === true;
}

/** Undefined when the other's key gives no secret. */
export function okpAgree(type: OkpType, secret: Uint8Array, other: Uint8Array): Uint8Array | undefined {
  return okpKinds[type].agree?.(secret, other);
}

/** [n, e, d, p, q, dp, dq, qi] of a new key. */
export function rsaGenerate(bits: number, e: Integer): bigint[] {
  const key = generateRsa(bits, BigInt(e));
  return [key.n, key.e, key.d, key.p, key.q, key.dp, key.dq, key.qi];
}

/** block ** e mod n, of the modulus's length; undefined when the block is no smaller than the modulus. */
export function rsaPublic(n: Integer, e: Integer, block: Uint8Array): Uint8Array | undefined {
  return attempt(() => publicOperation({ n: BigInt(n), e: BigInt(e) }, block));
}

/** The inverse of it, with the numbers as `rsaGenerate` gives them. */
export function rsaPrivate(numbers: readonly Integer[], block: Uint8Array): Uint8Array | undefined {
  const [n = 0n, e = 0n, d = 0n, p = 0n, q = 0n, dp = 0n, dq = 0n, qi = 0n] = numbers.map(BigInt);
  return attempt(() => privateOperation({ n, e, d, p, q, dp, dq, qi }, block));
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
