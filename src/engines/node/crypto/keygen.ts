import type { AsymmetricKey, PssLimits } from './asymmetric.ts';
import { bigintOf, modPow, randomBelow } from './bigints.ts';
import { isBytesLike, viewOf } from './bytes.ts';
import { findCurve, isForeignCurve } from './curves.ts';
import { findDigest, type Digest } from './digests.ts';
import { nodeError } from './errors.ts';
import { CryptoJob } from './job.ts';
import { exportJwk } from './jwk.ts';
import { Format } from './key-input.ts';
import { base64Url, handleFor, KeyType, writtenKey } from './keys.ts';
import { dhGroup } from './dh-groups.ts';
import { generateOkpSecret, okpKinds, okpTypeBy } from './okp.ts';
import { randomPrime } from './primes.ts';
import { generateRsa } from './rsa.ts';
import type { RealmServices } from '../realm-services.ts';

/** How both halves are wanted: as key objects when a format is undefined. */
type Encodings = [
  publicFormat?: number,
  publicType?: number,
  privateFormat?: number,
  privateType?: number,
  cipher?: string,
  passphrase?: unknown,
];

const rsaPssVariant = 1;

/** `generateKeyPair` of `internalBinding('crypto')`; results are [public, private]. */
export function keygenBindings(services: RealmServices): Record<string, unknown> {
  function half(key: AsymmetricKey, withPrivate: boolean, encodings: Encodings): unknown {
    const [publicFormat, publicType, privateFormat, privateType, cipher, passphrase] = encodings;
    const format = withPrivate ? privateFormat : publicFormat;
    if (format === undefined) return handleFor(services, key, withPrivate ? KeyType.private : KeyType.public);
    if (format === Format.jwk) return exportJwk(key, {}, withPrivate, base64Url(services));
    const type = withPrivate ? privateType : publicType;
    const secret = isBytesLike(passphrase) ? viewOf(passphrase) : undefined;
    return writtenKey(services, key, withPrivate, { format, type, cipher, passphrase: secret });
  }

  abstract class PairJob extends CryptoJob {
    constructor(mode: number, make: () => AsymmetricKey, encodings: Encodings) {
      super(services, mode, () => {
        const key = make();
        return [half(key, false, encodings), half(key, true, encodings)];
      });
    }
  }

  class RsaKeyPairGenJob extends PairJob {
    constructor(mode: number, variant: number, bits: number, exponent: number, ...rest: unknown[]) {
      const pss = variant === rsaPssVariant;
      const limits = pss ? limitsOf(rest) : undefined;
      const make = (): AsymmetricKey => {
        const made = generateRsa(bits, BigInt(exponent));
        const { n, e } = made;
        return { type: pss ? 'rsa-pss' : 'rsa', public: { n, e }, private: made, limits };
      };
      super(mode, make, (pss ? rest.slice(3) : rest) as Encodings);
    }
  }

  class EcKeyPairGenJob extends PairJob {
    constructor(mode: number, name: string, parameters: number, ...encodings: Encodings) {
      const curve = findCurve(name);
      if (curve === undefined) {
        if (isForeignCurve(name)) services.missing(`crypto: the curve ${name}`);
        throw nodeError('ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
      }
      const make = (): AsymmetricKey => {
        const secret = randomBelow(curve.order);
        return {
          type: 'ec',
          curve,
          explicit: parameters === 0,
          point: curve.Point.BASE.multiply(secret),
          secret,
        };
      };
      super(mode, make, encodings);
    }
  }

  class NidKeyPairGenJob extends PairJob {
    constructor(mode: number, nid: number, ...encodings: Encodings) {
      const type = okpTypeBy((kind) => kind.nid === nid);
      if (type === undefined) services.missing(`crypto: keys of the kind ${nid}`);
      const make = (): AsymmetricKey => {
        const secret = generateOkpSecret(type);
        return { type, secret, public: okpKinds[type].publicOf(secret) };
      };
      super(mode, make, encodings);
    }
  }

  class DhKeyPairGenJob extends PairJob {
    constructor(mode: number, source: unknown, ...rest: unknown[]) {
      const named = typeof source === 'string';
      const group = named ? dhGroup(source) : undefined;
      if (named && group === undefined) throw nodeError('ERR_CRYPTO_UNKNOWN_DH_GROUP', 'Unknown DH group');
      const prime = isBytesLike(source) ? bigintOf(viewOf(source)) : undefined;
      const make = (): AsymmetricKey => {
        const p = group?.prime ?? prime ?? randomPrime({ bits: Number(source), safe: true });
        const generator = group?.generator ?? BigInt(rest[0] as number);
        const secret = randomBelow(p >> 1n);
        return { type: 'dh', prime: p, generator, secret, public: modPow(generator, secret, p) };
      };
      super(mode, make, (named ? rest : rest.slice(1)) as Encodings);
    }
  }

  return {
    RsaKeyPairGenJob,
    EcKeyPairGenJob,
    NidKeyPairGenJob,
    DhKeyPairGenJob,
    DsaKeyPairGenJob: function DsaKeyPairGenJob(): never {
      return services.missing('crypto: DSA keys');
    },
  };
}

/** Restrictions of an RSA-PSS key; undefined when it has none. */
function limitsOf([hash, mgf1Hash, saltLength]: unknown[]): PssLimits | undefined {
  const named = (name: unknown, kind: string): Digest | undefined => {
    if (typeof name !== 'string') return undefined;
    const digest = findDigest(name);
    if (digest === undefined) throw nodeError('ERR_CRYPTO_INVALID_DIGEST', `Invalid ${kind}: ${name}`);
    return digest;
  };
  const digest = named(hash, 'digest');
  const mgf1 = named(mgf1Hash, 'MGF1 digest');
  if (digest === undefined && mgf1 === undefined && typeof saltLength !== 'number') return undefined;
  const name = digest?.name ?? 'sha1';
  return {
    hash: name,
    mgf1Hash: mgf1?.name ?? name,
    saltLength: typeof saltLength === 'number' ? saltLength : (digest?.size ?? 20),
  };
}
