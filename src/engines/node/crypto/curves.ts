import {
  weierstrass,
  type WeierstrassPoint,
  type WeierstrassPointCons,
} from '@noble/curves/abstract/weierstrass.js';
import { bigintOf, bitLength, concat, fixedBytes, inverse, modulo, randomBelow } from './bigints.ts';
import { curveParameters, type CurveParameters } from './curve-parameters.ts';
import {
  bits,
  child,
  childrenOf,
  integer,
  integerOf,
  octets,
  oid,
  sequence,
  Tag,
  type DerNode,
} from './der.ts';

export type Point = WeierstrassPoint<bigint>;

/** A curve that works here; points have an encoding of `1 + 2 * bytes`, or of `1 + bytes`. */
export interface Curve {
  readonly parameters: CurveParameters;
  readonly order: bigint;
  /** Of a coordinate. */
  readonly bytes: number;
  /** Of the order: of private keys and of halves of signatures. */
  readonly orderBytes: number;
  readonly Point: WeierstrassPointCons<bigint>;
}

const hex = (text: string): bigint => BigInt(`0x${text}`);

const made = new Map<CurveParameters, Curve>();

function make(parameters: CurveParameters): Curve {
  const known = made.get(parameters);
  if (known !== undefined) return known;
  const [p, n] = [hex(parameters.p), hex(parameters.n)];
  const curve: Curve = {
    parameters,
    order: n,
    bytes: Math.ceil(bitLength(p) / 8),
    orderBytes: Math.ceil(bitLength(n) / 8),
    Point: weierstrass({
      p,
      n,
      h: 1n,
      a: hex(parameters.a),
      b: hex(parameters.b),
      Gx: hex(parameters.Gx),
      Gy: hex(parameters.Gy),
    }),
  };
  made.set(parameters, curve);
  return curve;
}

/** Names that stand for another: those of NIST. */
const nistNames: Readonly<Record<string, string>> = {
  'P-192': 'prime192v1',
  'P-224': 'secp224r1',
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
};

/** OpenSSL's curves that do not work here, as `crypto.getCurves()` lists them: over binary fields, and short ones. */
const otherCurves =
  'Oakley-EC2N-3 Oakley-EC2N-4 SM2 brainpoolP160r1 brainpoolP160t1 brainpoolP192r1 brainpoolP192t1 brainpoolP224r1 ' +
  'brainpoolP224t1 brainpoolP256t1 brainpoolP320r1 brainpoolP320t1 brainpoolP384t1 brainpoolP512t1 c2pnb163v1 ' +
  'c2pnb163v2 c2pnb163v3 c2pnb176v1 c2pnb208w1 c2pnb272w1 c2pnb304w1 c2pnb368w1 c2tnb191v1 c2tnb191v2 c2tnb191v3 ' +
  'c2tnb239v1 c2tnb239v2 c2tnb239v3 c2tnb359v1 c2tnb431r1 prime192v2 prime192v3 prime239v1 prime239v2 prime239v3 ' +
  'secp112r1 secp112r2 secp128r1 secp128r2 secp160k1 secp160r1 secp160r2 secp192k1 secp224k1 sect113r1 sect113r2 ' +
  'sect131r1 sect131r2 sect163k1 sect163r1 sect163r2 sect193r1 sect193r2 sect233k1 sect233r1 sect239k1 sect283k1 ' +
  'sect283r1 sect409k1 sect409r1 sect571k1 sect571r1 wap-wsg-idm-ecid-wtls1 wap-wsg-idm-ecid-wtls10 ' +
  'wap-wsg-idm-ecid-wtls11 wap-wsg-idm-ecid-wtls12 wap-wsg-idm-ecid-wtls3 wap-wsg-idm-ecid-wtls4 ' +
  'wap-wsg-idm-ecid-wtls5 wap-wsg-idm-ecid-wtls6 wap-wsg-idm-ecid-wtls7 wap-wsg-idm-ecid-wtls8 ' +
  'wap-wsg-idm-ecid-wtls9';

/** Every curve that Node 20 lists. */
export function curveNames(): string[] {
  return [...otherCurves.split(' '), ...curveParameters.map(({ name }) => name)].sort((a, b) =>
    a < b ? -1 : 1,
  );
}

/** True for a curve of Node's that does not work here. */
export function isForeignCurve(name: string): boolean {
  return otherCurves.split(' ').includes(name);
}

export function findCurve(name: string): Curve | undefined {
  const wanted = Object.hasOwn(nistNames, name) ? nistNames[name] : name;
  const parameters = curveParameters.find((each) => each.name === wanted);
  return parameters === undefined ? undefined : make(parameters);
}

export function curveByJwkName(name: string): Curve | undefined {
  const parameters = curveParameters.find((each) => each.jwk === name);
  return parameters === undefined ? undefined : make(parameters);
}

export function curveByOid(dotted: string): Curve | undefined {
  const parameters = curveParameters.find((each) => each.oid === dotted);
  return parameters === undefined ? undefined : make(parameters);
}

export type PointForm = 'compressed' | 'uncompressed' | 'hybrid';

export function encodePoint(curve: Curve, point: Point, form: PointForm = 'uncompressed'): Uint8Array {
  const { x, y } = point.toAffine();
  const parity = Number(y & 1n);
  const first = fixedBytes(x, curve.bytes);
  if (form === 'compressed') return concat(Uint8Array.of(2 + parity), first);
  return concat(Uint8Array.of(form === 'hybrid' ? 6 + parity : 4), first, fixedBytes(y, curve.bytes));
}

/** A point on the curve from any of its encodings, but not infinity; undefined for anything else. */
export function decodePoint(curve: Curve, bytes: Uint8Array): Point | undefined {
  const form = bytes[0] ?? 0;
  try {
    if (form === 2 || form === 3)
      return bytes.length === 1 + curve.bytes ? curve.Point.fromBytes(bytes) : undefined;
    if (form !== 4 && form !== 6 && form !== 7) return undefined;
    if (bytes.length !== 1 + 2 * curve.bytes) return undefined;
    const y = bigintOf(bytes.subarray(1 + curve.bytes));
    if (form !== 4 && Number(y & 1n) !== form - 6) return undefined;
    return pointAt(curve, bigintOf(bytes.subarray(1, 1 + curve.bytes)), y);
  } catch {
    return undefined;
  }
}

/** The point at these coordinates, undefined when it is not on the curve. */
export function pointAt(curve: Curve, x: bigint, y: bigint): Point | undefined {
  try {
    const point = curve.Point.fromAffine({ x, y });
    point.assertValidity();
    return point;
  } catch {
    return undefined;
  }
}

/** ECDSA over a digest: [r, s]. The nonce is random, as OpenSSL's. */
export function ecdsaSign(curve: Curve, secret: bigint, digest: Uint8Array): [r: bigint, s: bigint] {
  const { order, Point } = curve;
  const z = truncated(curve, digest);
  for (;;) {
    const nonce = randomBelow(order);
    const r = Point.BASE.multiply(nonce).toAffine().x % order;
    const s = modulo((inverse(nonce, order) ?? 0n) * (z + r * secret), order);
    if (r !== 0n && s !== 0n) return [r, s];
  }
}

export function ecdsaVerify(curve: Curve, key: Point, digest: Uint8Array, r: bigint, s: bigint): boolean {
  const { order, Point } = curve;
  if (r <= 0n || r >= order || s <= 0n || s >= order) return false;
  const w = inverse(s, order) ?? 0n;
  const first = modulo(truncated(curve, digest) * w, order);
  const second = modulo(r * w, order);
  const sum = Point.BASE.multiplyUnsafe(first).add(key.multiplyUnsafe(second));
  return !sum.is0() && sum.toAffine().x % order === r;
}

/** The leftmost bits of a digest, as many as the order has. */
function truncated(curve: Curve, digest: Uint8Array): bigint {
  const excess = digest.length * 8 - bitLength(curve.order);
  const value = bigintOf(digest);
  return excess > 0 ? value >> BigInt(excess) : value;
}

const primeField = '1.2.840.10045.1.1';

/** What a key says of its curve: its identifier, or all of its parameters. */
export function encodeParameters(curve: Curve, explicit: boolean): Uint8Array {
  const { parameters } = curve;
  if (!explicit) return oid(parameters.oid);
  const field = (text: string): Uint8Array => octets(fixedBytes(hex(text), curve.bytes));
  const seed =
    parameters.seed === undefined ? [] : [bits(fixedBytes(hex(parameters.seed), parameters.seed.length / 2))];
  return sequence(
    integer(1n),
    sequence(oid(primeField), integer(hex(parameters.p))),
    sequence(field(parameters.a), field(parameters.b), ...seed),
    octets(encodePoint(curve, curve.Point.BASE)),
    integer(curve.order),
    integer(1n),
  );
}

/** The known curve that explicit parameters describe, undefined for another. @throws DerError */
export function curveOfParameters(node: DerNode): Curve | undefined {
  const parts = childrenOf(node);
  const [a, b] = childrenOf(child(parts, 2));
  const p = integerOf(child(childrenOf(child(parts, 1)), 1));
  const n = integerOf(child(parts, 4));
  const parameters = curveParameters.find((each) => hex(each.p) === p && hex(each.n) === n);
  if (parameters === undefined || a === undefined || b === undefined) return undefined;
  if (bigintOf(a.content) !== hex(parameters.a) || bigintOf(b.content) !== hex(parameters.b))
    return undefined;
  const curve = make(parameters);
  const base = decodePoint(curve, child(parts, 3, Tag.octets).content);
  return base?.equals(curve.Point.BASE) === true ? curve : undefined;
}
