import { isRsa, type AsymmetricKey, type EcKey, type PssLimits } from './asymmetric.ts';
import { fixedBytes } from './bigints.ts';
import { encodeParameters, encodePoint } from './curves.ts';
import { bits, der, integer, nul, octets, oid, sequence, Tag, tagged } from './der.ts';
import { oids } from './key-decoding.ts';
import { okpKinds } from './okp.ts';
import { digestOids } from './rsa-padding.ts';
import type { RsaPrivate, RsaPublic } from './rsa.ts';

export function encodeRsaPublic({ n, e }: RsaPublic): Uint8Array {
  return sequence(integer(n), integer(e));
}

export function encodeRsaPrivate({ n, e, d, p, q, dp, dq, qi }: RsaPrivate): Uint8Array {
  return sequence(...[0n, n, e, d, p, q, dp, dq, qi].map(integer));
}

/** ECPrivateKey of SEC 1; inside of PKCS #8 the curve is named outside. */
export function encodeSec1(key: EcKey, inside = false): Uint8Array {
  const secret = fixedBytes(key.secret ?? 0n, key.curve.orderBytes);
  const parameters = inside ? [] : [tagged(0, encodeParameters(key.curve, key.explicit))];
  const point = bits(encodePoint(key.curve, key.point));
  return sequence(integer(1n), octets(secret), ...parameters, tagged(1, point));
}

function algorithm(key: AsymmetricKey): Uint8Array {
  if (key.type === 'rsa') return sequence(oid(oids.rsa), nul());
  if (key.type === 'rsa-pss') {
    return sequence(
      oid(oids.rsaPss),
      ...(isRsa(key) && key.limits !== undefined ? [encodeLimits(key.limits)] : []),
    );
  }
  if (key.type === 'ec') return sequence(oid(oids.ec), encodeParameters(key.curve, key.explicit));
  if (key.type === 'dh') return sequence(oid(oids.dh), sequence(integer(key.prime), integer(key.generator)));
  return sequence(oid(okpKinds[key.type].oid));
}

/** What differs from the defaults: SHA-1, MGF1 with it, 20 bytes. */
function encodeLimits({ hash, mgf1Hash, saltLength }: PssLimits): Uint8Array {
  const named = (name: string): Uint8Array => sequence(oid(digestOids[name] ?? ''), nul());
  const parts: Uint8Array[] = [];
  if (hash !== 'sha1') parts.push(tagged(0, named(hash)));
  if (mgf1Hash !== 'sha1') parts.push(tagged(1, sequence(oid(oids.mgf1), named(mgf1Hash))));
  if (saltLength !== 20) parts.push(tagged(2, integer(BigInt(saltLength))));
  return sequence(...parts);
}

function publicBytes(key: AsymmetricKey): Uint8Array {
  if (isRsa(key)) return encodeRsaPublic(key.public);
  if (key.type === 'ec') return encodePoint(key.curve, key.point);
  return key.type === 'dh' ? integer(key.public) : key.public;
}

function privateBytes(key: AsymmetricKey): Uint8Array {
  if (isRsa(key)) return key.private === undefined ? new Uint8Array(0) : encodeRsaPrivate(key.private);
  if (key.type === 'ec') return encodeSec1(key, true);
  if (key.type === 'dh') return integer(key.secret ?? 0n);
  return octets(key.secret ?? new Uint8Array(0));
}

/** SubjectPublicKeyInfo. */
export function encodeSpki(key: AsymmetricKey): Uint8Array {
  return sequence(algorithm(key), bits(publicBytes(key)));
}

/** PrivateKeyInfo of PKCS #8. */
export function encodePkcs8(key: AsymmetricKey): Uint8Array {
  return sequence(integer(0n), algorithm(key), der(Tag.octets, privateBytes(key)));
}
