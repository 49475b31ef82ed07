import { isOkp, type AsymmetricKey } from './asymmetric.ts';
import { bigintOf, fixedBytes, minimalBytes, modPow, randomBelow } from './bigints.ts';
import { decode, encode, exact } from './bytes.ts';
import {
  decodePoint,
  encodePoint,
  findCurve,
  isForeignCurve,
  type Curve,
  type Point,
  type PointForm,
} from './curves.ts';
import { nodeError, opensslError } from './errors.ts';
import { CryptoJob } from './job.ts';
import { privateKeyOf, publicKeyOf } from './keys.ts';
import { okpKinds } from './okp.ts';
import type { RealmServices } from '../realm-services.ts';

const forms: Readonly<Record<number, PointForm>> = { 2: 'compressed', 4: 'uncompressed', 6: 'hybrid' };

/** The secret that two keys of one kind share. @throws OpenSSL's error when there is none */
function sharedSecret(own: AsymmetricKey, other: AsymmetricKey): Uint8Array {
  if (own.type === 'ec' && other.type === 'ec' && own.curve === other.curve && own.secret !== undefined) {
    return xOf(own.curve, other.point, own.secret);
  }
  if (own.type === 'dh' && other.type === 'dh' && own.prime === other.prime && own.secret !== undefined) {
    return fixedBytes(modPow(other.public, own.secret, own.prime), minimalBytes(own.prime).length);
  }
  if (isOkp(own) && isOkp(other) && own.type === other.type && own.secret !== undefined) {
    const secret = okpKinds[own.type].agree?.(own.secret, other.public);
    if (secret !== undefined) return secret;
    throw opensslError('1C8000A4', 'failed during derivation');
  }
  throw opensslError('03000099', 'different parameters');
}

function xOf(curve: Curve, point: Point, secret: bigint): Uint8Array {
  return fixedBytes(point.multiply(secret).toAffine().x, curve.bytes);
}

/** Diffie and Hellman's key agreement on elliptic curves, of `internalBinding('crypto')`. */
export function ecdhBindings(services: RealmServices): Record<string, unknown> {
  function curveOf(name: string): Curve {
    const curve = findCurve(name);
    // NIST's names are no names here.
    if (curve?.parameters.name === name) return curve;
    if (isForeignCurve(name)) services.missing(`crypto: the curve ${name}`);
    throw nodeError('ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
  }

  function pointFrom(curve: Curve, data: unknown): Point {
    const point = decodePoint(curve, decode(services, data));
    if (point === undefined)
      throw nodeError('ERR_CRYPTO_OPERATION_FAILED', 'Failed to convert Buffer to EC_POINT');
    return point;
  }

  class ECDH {
    readonly #curve: Curve;
    #secret: bigint | undefined;
    #point: Point | undefined;

    constructor(name: string) {
      this.#curve = curveOf(name);
    }

    generateKeys(): void {
      this.#secret = randomBelow(this.#curve.order);
      this.#point = this.#curve.Point.BASE.multiply(this.#secret);
    }

    /** A string instead of the secret is the library's sign that the other's key is not on the curve. */
    computeSecret(other: unknown): unknown {
      const [curve, secret, point] = [this.#curve, this.#secret, this.#point];
      if (secret === undefined || point?.equals(curve.Point.BASE.multiply(secret)) !== true)
        throw nodeError('ERR_CRYPTO_INVALID_KEYPAIR', 'Invalid key pair');
      const theirs = decodePoint(curve, decode(services, other));
      if (theirs === undefined) return 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY';
      return encode(services, xOf(curve, theirs, secret));
    }

    getPublicKey(form: number): unknown {
      if (this.#point === undefined)
        throw nodeError('ERR_CRYPTO_OPERATION_FAILED', 'Failed to get ECDH public key');
      return encode(services, encodePoint(this.#curve, this.#point, forms[form]));
    }

    getPrivateKey(): unknown {
      if (this.#secret === undefined)
        throw nodeError('ERR_CRYPTO_OPERATION_FAILED', 'Failed to get ECDH private key');
      return encode(services, minimalBytes(this.#secret));
    }

    setPrivateKey(data: unknown): void {
      const secret = bigintOf(decode(services, data));
      if (secret === 0n || secret >= this.#curve.order)
        throw nodeError('ERR_CRYPTO_INVALID_KEYTYPE', 'Private key is not valid for specified curve.');
      this.#secret = secret;
      this.#point = this.#curve.Point.BASE.multiply(secret);
    }

    setPublicKey(data: unknown): void {
      this.#point = pointFrom(this.#curve, data);
    }
  }

  class BitsJob extends CryptoJob {
    constructor(mode: number, publicHandle: unknown, privateHandle: unknown) {
      const other = publicKeyOf(services, [publicHandle]);
      const own = privateKeyOf(services, [privateHandle]);
      super(services, mode, () => exact(sharedSecret(own, other)));
    }
  }

  return {
    ECDH,
    ECDHBitsJob: class ECDHBitsJob extends BitsJob {
      constructor(mode: number, _name: string, publicHandle: unknown, privateHandle: unknown) {
        super(mode, publicHandle, privateHandle);
      }
    },
    DHBitsJob: class DHBitsJob extends BitsJob {},
    ECDHConvertKey: (data: unknown, name: string, form: number) => {
      const curve = curveOf(name);
      return encode(services, encodePoint(curve, pointFrom(curve, data), forms[form]));
    },
    statelessDH: (own: unknown, other: unknown) =>
      encode(services, sharedSecret(privateKeyOf(services, [own]), publicKeyOf(services, [other]))),
  };
}
