import type { Curve, Point } from './curves.ts';
import type { OkpType } from './okp.ts';
import type { RsaPrivate, RsaPublic } from './rsa.ts';

/** Restrictions that an RSA-PSS key carries: names of digests, and the least length of salts in bytes. */
export interface PssLimits {
  readonly hash: string;
  readonly mgf1Hash: string;
  readonly saltLength: number;
}

export interface RsaKey {
  readonly type: 'rsa' | 'rsa-pss';
  readonly public: RsaPublic;
  readonly private: RsaPrivate | undefined;
  readonly limits: PssLimits | undefined;
}

export interface EcKey {
  readonly type: 'ec';
  readonly curve: Curve;
  /** Whether its encodings spell the curve's parameters out. */
  readonly explicit: boolean;
  readonly point: Point;
  readonly secret: bigint | undefined;
}

export interface OkpKey {
  readonly type: OkpType;
  readonly public: Uint8Array;
  readonly secret: Uint8Array | undefined;
}

export interface DhKey {
  readonly type: 'dh';
  readonly prime: bigint;
  readonly generator: bigint;
  readonly public: bigint;
  readonly secret: bigint | undefined;
}

/** A key of public-key cryptography, with its private half when it is known. */
export type AsymmetricKey = RsaKey | EcKey | OkpKey | DhKey;

export function isRsa(key: AsymmetricKey): key is RsaKey {
  return key.type === 'rsa' || key.type === 'rsa-pss';
}

export function isOkp(key: AsymmetricKey): key is OkpKey {
  return !isRsa(key) && key.type !== 'ec' && key.type !== 'dh';
}

export function hasPrivate(key: AsymmetricKey): boolean {
  return isRsa(key) ? key.private !== undefined : key.secret !== undefined;
}

/** The same key without its private half. */
export function publicHalf(key: AsymmetricKey): AsymmetricKey {
  if (isRsa(key)) return { ...key, private: undefined };
  return { ...key, secret: undefined };
}

/** Whether both have the same public half. */
export function samePublic(a: AsymmetricKey, b: AsymmetricKey): boolean {
  if (a.type !== b.type) return false;
  if (isRsa(a)) return isRsa(b) && a.public.n === b.public.n && a.public.e === b.public.e;
  if (a.type === 'ec') {
    return b.type === 'ec' && a.curve === b.curve && a.point.equals(b.point);
  }
  if (a.type === 'dh')
    return b.type === 'dh' && a.prime === b.prime && a.generator === b.generator && a.public === b.public;
  return isOkp(b) && a.public.length === b.public.length && a.public.every((byte, i) => byte === b.public[i]);
}
