import type { AsymmetricKey, PssLimits } from './asymmetric.ts';
import { bigintOf, modPow } from './bigints.ts';
import { curveByOid, curveOfParameters, decodePoint, type Curve } from './curves.ts';
import { bitsOf, child, childrenOf, DerError, integerOf, oidOf, readDer, Tag, type DerNode } from './der.ts';
import { okpKinds, okpTypeBy } from './okp.ts';
import { digestOids } from './rsa-padding.ts';
import type { RsaPublic } from './rsa.ts';

export const oids = {
  rsa: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
  mgf1: '1.2.840.113549.1.1.8',
  ec: '1.2.840.10045.2.1',
  dh: '1.2.840.113549.1.3.1',
  dsa: '1.2.840.10040.4.1',
} as const;

/** A kind of key, or a curve, that OpenSSL knows and this engine does not. */
export class ForeignKey extends Error {}

function algorithmOf(node: DerNode): { id: string; parameters: DerNode | undefined } {
  const [id, parameters] = childrenOf(node);
  if (id === undefined) throw new DerError('wrong tag');
  return { id: oidOf(id), parameters };
}

function curveOf(parameters: DerNode | undefined): { curve: Curve; explicit: boolean } {
  if (parameters === undefined) throw new DerError('wrong tag');
  const explicit = parameters.tag === Tag.sequence;
  const curve = explicit ? curveOfParameters(parameters) : curveByOid(oidOf(parameters));
  if (curve === undefined) throw new ForeignKey('keys on a curve that is not offered here');
  return { curve, explicit };
}

function pointOf(curve: Curve, bytes: Uint8Array): NonNullable<ReturnType<typeof decodePoint>> {
  const point = decodePoint(curve, bytes);
  if (point === undefined) throw new DerError('wrong tag');
  return point;
}

function limitsOf(parameters: DerNode | undefined): PssLimits | undefined {
  if (parameters === undefined || parameters.tag !== Tag.sequence) return undefined;
  const parts = new Map(childrenOf(parameters).map((part) => [part.tag & 0x1f, readDer(part.content)]));
  const digest = (node: DerNode | undefined): string => {
    if (node === undefined) return 'sha1';
    const { id } = algorithmOf(node);
    const name = Object.keys(digestOids).find((each) => digestOids[each] === id);
    if (name === undefined) throw new ForeignKey('RSA-PSS keys with this digest');
    return name;
  };
  const mgf = parts.get(1);
  const salt = parts.get(2);
  return {
    hash: digest(parts.get(0)),
    mgf1Hash: digest(mgf === undefined ? undefined : algorithmOf(mgf).parameters),
    saltLength: salt === undefined ? 20 : Number(integerOf(salt)),
  };
}

/** RSAPublicKey of PKCS #1. @throws DerError */
export function decodeRsaPublic(node: DerNode): RsaPublic {
  const [n, e] = childrenOf(node);
  if (n === undefined || e === undefined) throw new DerError('wrong tag');
  return { n: integerOf(n), e: integerOf(e) };
}

/** RSAPrivateKey of PKCS #1. @throws DerError */
export function decodeRsaPrivate(
  node: DerNode,
  type: 'rsa' | 'rsa-pss' = 'rsa',
  limits?: PssLimits,
): AsymmetricKey {
  const [, n, e, d, p, q, dp, dq, qi] = childrenOf(node).map(integerOf);
  if (n === undefined || e === undefined || d === undefined || p === undefined || q === undefined)
    throw new DerError('wrong tag');
  if (dp === undefined || dq === undefined || qi === undefined) throw new DerError('wrong tag');
  return { type, public: { n, e }, private: { n, e, d, p, q, dp, dq, qi }, limits };
}

/** ECPrivateKey of SEC 1; `given` is the curve that an outer structure names. @throws DerError */
export function decodeSec1(node: DerNode, given?: { curve: Curve; explicit: boolean }): AsymmetricKey {
  const [, secret, ...rest] = childrenOf(node);
  if (secret?.tag !== Tag.octets) throw new DerError('wrong tag');
  const parameters = rest.find(({ tag }) => tag === 0xa0);
  const { curve, explicit } =
    given ?? curveOf(parameters === undefined ? undefined : readDer(parameters.content));
  const value = bigintOf(secret.content);
  if (value <= 0n || value >= curve.order) throw new DerError('wrong tag');
  const point = rest.find(({ tag }) => tag === 0xa1);
  return {
    type: 'ec',
    curve,
    explicit,
    secret: value,
    point:
      point === undefined ? curve.Point.BASE.multiply(value) : pointOf(curve, bitsOf(readDer(point.content))),
  };
}

/** SubjectPublicKeyInfo. @throws DerError, ForeignKey */
export function decodeSpki(node: DerNode): AsymmetricKey {
  const [algorithm, key] = childrenOf(node);
  if (algorithm === undefined || key === undefined) throw new DerError('wrong tag');
  const { id, parameters } = algorithmOf(algorithm);
  const bytes = bitsOf(key);
  if (id === oids.rsa || id === oids.rsaPss) {
    const type = id === oids.rsa ? 'rsa' : 'rsa-pss';
    const limits = type === 'rsa' ? undefined : limitsOf(parameters);
    return { type, public: decodeRsaPublic(readDer(bytes)), private: undefined, limits };
  }
  if (id === oids.ec) {
    const { curve, explicit } = curveOf(parameters);
    return { type: 'ec', curve, explicit, point: pointOf(curve, bytes), secret: undefined };
  }
  if (id === oids.dh) {
    return { type: 'dh', ...groupOf(parameters), public: integerOf(readDer(bytes)), secret: undefined };
  }
  const type = okpTypeBy((kind) => kind.oid === id);
  if (type === undefined) throw id === oids.dsa ? new ForeignKey('DSA keys') : new DerError('wrong tag');
  if (bytes.length !== okpKinds[type].bytes) throw new DerError('wrong tag');
  return { type, public: bytes.slice(), secret: undefined };
}

function groupOf(parameters: DerNode | undefined): { prime: bigint; generator: bigint } {
  if (parameters === undefined) throw new DerError('wrong tag');
  const parts = childrenOf(parameters);
  return { prime: integerOf(child(parts, 0)), generator: integerOf(child(parts, 1)) };
}

/** PrivateKeyInfo of PKCS #8. @throws DerError, ForeignKey */
export function decodePkcs8(node: DerNode): AsymmetricKey {
  const [version, algorithm, key] = childrenOf(node);
  if (version?.tag !== Tag.integer || algorithm === undefined || key?.tag !== Tag.octets)
    throw new DerError('wrong tag');
  const { id, parameters } = algorithmOf(algorithm);
  if (id === oids.rsa) return decodeRsaPrivate(readDer(key.content));
  if (id === oids.rsaPss) return decodeRsaPrivate(readDer(key.content), 'rsa-pss', limitsOf(parameters));
  if (id === oids.ec) return decodeSec1(readDer(key.content), curveOf(parameters));
  if (id === oids.dh) {
    const group = groupOf(parameters);
    const secret = integerOf(readDer(key.content));
    return { type: 'dh', ...group, secret, public: modPow(group.generator, secret, group.prime) };
  }
  const type = okpTypeBy((kind) => kind.oid === id);
  if (type === undefined) throw id === oids.dsa ? new ForeignKey('DSA keys') : new DerError('wrong tag');
  const secret = readDer(key.content);
  if (secret.tag !== Tag.octets || secret.content.length !== okpKinds[type].bytes)
    throw new DerError('wrong tag');
  const bytes = secret.content.slice();
  return { type, secret: bytes, public: okpKinds[type].publicOf(bytes) };
}
