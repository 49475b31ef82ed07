import { hasPrivate, isRsa, type AsymmetricKey } from './asymmetric.ts';
import { bigintOf, fixedBytes, minimalBytes } from './bigints.ts';
import { curveByJwkName, pointAt } from './curves.ts';
import { nodeError } from './errors.ts';
import { okpKinds } from './okp.ts';

/** A JSON Web Key, of which only strings count. */
export type Jwk = Record<string, unknown>;

/** How bytes become base64url and come back. */
export interface Base64Url {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array;
}

function fieldsOf(jwk: Jwk, names: readonly string[], base64: Base64Url, kind: string): bigint[] {
  return names.map((name) => {
    const value = jwk[name];
    if (typeof value !== 'string') throw nodeError('ERR_CRYPTO_INVALID_JWK', `Invalid JWK ${kind} key`);
    return bigintOf(base64.decode(value));
  });
}

/** An RSA or elliptic curve key. @throws ERR_CRYPTO_INVALID_JWK */
export function importJwk(jwk: Jwk, curveName: string | undefined, base64: Base64Url): AsymmetricKey {
  if (jwk['kty'] === 'RSA') return importRsa(jwk, base64);
  if (jwk['kty'] === 'EC') return importEc(jwk, curveName ?? '', base64);
  throw nodeError('ERR_CRYPTO_INVALID_JWK', 'Unsupported JWK Key Type.');
}

function importRsa(jwk: Jwk, base64: Base64Url): AsymmetricKey {
  const [n = 0n, e = 0n] = fieldsOf(jwk, ['n', 'e'], base64, 'RSA');
  if (jwk['d'] === undefined) return { type: 'rsa', public: { n, e }, private: undefined, limits: undefined };
  const names = ['d', 'p', 'q', 'dp', 'dq', 'qi'];
  const [d = 0n, p = 0n, q = 0n, dp = 0n, dq = 0n, qi = 0n] = fieldsOf(jwk, names, base64, 'RSA');
  return { type: 'rsa', public: { n, e }, private: { n, e, d, p, q, dp, dq, qi }, limits: undefined };
}

function importEc(jwk: Jwk, curveName: string, base64: Base64Url): AsymmetricKey {
  const curve = curveByJwkName(curveName);
  if (curve === undefined) throw nodeError('ERR_CRYPTO_INVALID_CURVE', `Invalid JWK EC Curve: ${curveName}`);
  const [x = 0n, y = 0n] = fieldsOf(jwk, ['x', 'y'], base64, 'EC');
  const point = pointAt(curve, x, y);
  if (point === undefined) throw nodeError('ERR_CRYPTO_INVALID_JWK', 'Invalid JWK EC key');
  if (jwk['d'] === undefined) return { type: 'ec', curve, explicit: false, point, secret: undefined };
  const [secret = 0n] = fieldsOf(jwk, ['d'], base64, 'EC');
  if (secret === 0n || secret >= curve.order) throw nodeError('ERR_CRYPTO_INVALID_JWK', 'Invalid JWK EC key');
  return { type: 'ec', curve, explicit: false, point, secret };
}

/** Writes a key's fields to `target`. @throws for keys that have no such form */
export function exportJwk(key: AsymmetricKey, target: Jwk, withPrivate: boolean, base64: Base64Url): Jwk {
  const number = (value: bigint): string => base64.encode(minimalBytes(value));
  if (isRsa(key) && key.type === 'rsa') {
    target['kty'] = 'RSA';
    target['n'] = number(key.public.n);
    target['e'] = number(key.public.e);
    if (!withPrivate || key.private === undefined) return target;
    for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const) target[name] = number(key.private[name]);
    return target;
  }
  if (key.type === 'ec') {
    const { curve } = key;
    const { x, y } = key.point.toAffine();
    target['kty'] = 'EC';
    const name = curve.parameters.jwk;
    target['x'] = base64.encode(fixedBytes(x, curve.bytes));
    target['y'] = base64.encode(fixedBytes(y, curve.bytes));
    if (name === undefined) {
      throw nodeError(
        'ERR_CRYPTO_JWK_UNSUPPORTED_CURVE',
        `Unsupported JWK EC curve: ${curve.parameters.name}.`,
      );
    }
    target['crv'] = name;
    if (withPrivate && key.secret !== undefined)
      target['d'] = base64.encode(fixedBytes(key.secret, curve.orderBytes));
    return target;
  }
  if (isRsa(key) || key.type === 'dh') {
    throw nodeError('ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE', 'Unsupported JWK Key Type.');
  }
  target['crv'] = okpKinds[key.type].jwk;
  if (withPrivate && hasPrivate(key)) target['d'] = base64.encode(key.secret ?? new Uint8Array(0));
  target['x'] = base64.encode(key.public);
  target['kty'] = 'OKP';
  return target;
}
