import { isOkp, isRsa, publicHalf, samePublic, type AsymmetricKey } from './asymmetric.ts';
import { bigintOf, minimalBytes, randomBytes } from './bigints.ts';
import { bufferClass, encode, exact, isBytesLike, viewOf } from './bytes.ts';
import { decodePoint, findCurve } from './curves.ts';
import { nodeError } from './errors.ts';
import { CryptoJob } from './job.ts';
import { exportJwk, importJwk, type Base64Url, type Jwk } from './jwk.ts';
import { ForeignKey } from './key-decoding.ts';
import { ForeignEncryption } from './key-encryption.ts';
import { parsePrivateKey, parsePublicKey } from './key-input.ts';
import { writeKey, type KeyEncoding } from './key-output.ts';
import { okpKinds, okpTypeBy } from './okp.ts';
import type { RealmServices } from '../realm-services.ts';

export const KeyType = { secret: 0, public: 1, private: 2 } as const;

type Material =
  | { readonly kind: typeof KeyType.secret; readonly bytes: Uint8Array }
  | { readonly kind: typeof KeyType.public | typeof KeyType.private; readonly key: AsymmetricKey };

/** What is behind a handle or a native key object; outside nobody can reach it. */
const materials = new WeakMap<object, Material>();

function materialOf(handle: unknown): Material | undefined {
  return typeof handle === 'object' && handle !== null ? materials.get(handle) : undefined;
}

/** Bytes of a secret key given as a handle, a key object, or as the bytes themselves. */
export function secretOf(key: unknown): Uint8Array {
  if (isBytesLike(key)) return viewOf(key);
  const material = materialOf(key);
  if (material?.kind !== KeyType.secret) throw new TypeError('The key is neither bytes nor a secret key.');
  return material.bytes;
}

/** A key as the library hands it over: a handle, or bytes with their encoding. */
export type KeyArguments = [
  data: unknown,
  format?: number | undefined,
  type?: number | undefined,
  passphrase?: unknown,
];

function inputOf([data, format, type, passphrase]: KeyArguments): Parameters<typeof parsePrivateKey>[0] {
  return {
    data: isBytesLike(data) ? viewOf(data) : new Uint8Array(0),
    format,
    type,
    passphrase: isBytesLike(passphrase) ? viewOf(passphrase) : undefined,
  };
}

/** Reports what OpenSSL could read and this engine cannot. */
function reporting<T>(services: RealmServices, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ForeignKey || error instanceof ForeignEncryption)
      services.missing(`crypto: ${error.message}`);
    throw error;
  }
}

/** The private key of a call. @throws as parsePrivateKey */
export function privateKeyOf(services: RealmServices, args: KeyArguments): AsymmetricKey {
  const material = materialOf(args[0]);
  if (material === undefined) return reporting(services, () => parsePrivateKey(inputOf(args)));
  if (material.kind === KeyType.secret) throw new TypeError('The key is a secret key.');
  return material.key;
}

/** The key of a call, of which the public half counts. @throws as parsePublicKey */
export function publicKeyOf(services: RealmServices, args: KeyArguments): AsymmetricKey {
  const material = materialOf(args[0]);
  if (material === undefined) return reporting(services, () => parsePublicKey(inputOf(args)));
  if (material.kind === KeyType.secret) throw new TypeError('The key is a secret key.');
  return material.key;
}

/** A private key as a caller of an encoding wants it; encryption that is not offered is reported. */
export function writtenKey(
  services: RealmServices,
  key: AsymmetricKey,
  withPrivate: boolean,
  encoding: KeyEncoding,
): unknown {
  return reporting(services, () => writeKey(services, key, withPrivate, encoding));
}

export function base64Url(services: RealmServices): Base64Url {
  return {
    encode: (bytes) => encode(services, bytes, 'base64url') as string,
    decode: (text) => viewOf(bufferClass(services).from(text, 'base64url')),
  };
}

interface HandleClass {
  new (): object;
  /** A handle of a key that was made here. */
  holding(key: AsymmetricKey, kind: typeof KeyType.public | typeof KeyType.private): object;
}

const handleClasses = new WeakMap<RealmServices, HandleClass>();

/** A handle for a key that was made here. */
export function handleFor(
  services: RealmServices,
  key: AsymmetricKey,
  kind: typeof KeyType.public | typeof KeyType.private,
): object {
  const Handle = handleClasses.get(services);
  if (Handle === undefined) throw new Error('The crypto binding is not made yet');
  return Handle.holding(key, kind);
}

/** Key objects of `internalBinding('crypto')`. */
export function keyBindings(services: RealmServices): Record<string, unknown> {
  const base64 = base64Url(services);

  class KeyObjectHandle {
    static holding(
      key: AsymmetricKey,
      kind: typeof KeyType.public | typeof KeyType.private,
    ): KeyObjectHandle {
      const handle = new KeyObjectHandle();
      materials.set(handle, { kind, key: kind === KeyType.public ? publicHalf(key) : key });
      return handle;
    }

    init(kind: number, ...args: KeyArguments): void {
      if (kind === KeyType.secret) {
        materials.set(this, { kind: KeyType.secret, bytes: new Uint8Array(secretOf(args[0])) });
      } else if (kind === KeyType.private) {
        materials.set(this, { kind, key: privateKeyOf(services, args) });
      } else {
        materials.set(this, { kind: KeyType.public, key: publicHalf(publicKeyOf(services, args)) });
      }
    }

    initJwk(jwk: Jwk, curve?: string): number {
      if (jwk['kty'] === 'oct') {
        if (typeof jwk['k'] !== 'string')
          throw nodeError('ERR_CRYPTO_INVALID_JWK', 'Invalid JWK secret key format');
        materials.set(this, { kind: KeyType.secret, bytes: new Uint8Array(base64.decode(jwk['k'])) });
        return KeyType.secret;
      }
      const key = importJwk(jwk, curve, base64);
      const kind = jwk['d'] === undefined ? KeyType.public : KeyType.private;
      materials.set(this, { kind, key });
      return kind;
    }

    initECRaw(name: string, data: unknown): boolean {
      const curve = findCurve(name);
      const point = curve === undefined ? undefined : decodePoint(curve, secretOf(data));
      if (curve === undefined || point === undefined) return false;
      const key: AsymmetricKey = { type: 'ec', curve, explicit: false, point, secret: undefined };
      materials.set(this, { kind: KeyType.public, key });
      return true;
    }

    initEDRaw(name: string, data: unknown, kind: number): boolean {
      const type = okpTypeBy(({ jwk }) => jwk === name);
      const bytes = new Uint8Array(secretOf(data));
      if (type === undefined || bytes.length !== okpKinds[type].bytes) return false;
      const secret = kind === KeyType.private ? bytes : undefined;
      const key = { type, secret, public: secret === undefined ? bytes : okpKinds[type].publicOf(secret) };
      materials.set(this, { kind: secret === undefined ? KeyType.public : KeyType.private, key });
      return true;
    }

    checkEcKeyData(): boolean {
      return asymmetricOf(this).type === 'ec';
    }

    getAsymmetricKeyType(): string | undefined {
      const material = materialOf(this);
      return material === undefined || material.kind === KeyType.secret ? undefined : material.key.type;
    }

    getSymmetricKeySize(): number {
      return secretOf(this).length;
    }

    keyDetail(target: Record<string, unknown>): Record<string, unknown> {
      const material = materialOf(this);
      if (material?.kind === KeyType.secret) target['length'] = material.bytes.length * 8;
      else describe(asymmetricOf(this), target);
      return target;
    }

    export(format?: number, type?: number, cipher?: string, passphrase?: unknown): unknown {
      const material = materialOf(this);
      if (material?.kind === KeyType.secret) return encode(services, material.bytes);
      const encoding = {
        format,
        type,
        cipher,
        passphrase: isBytesLike(passphrase) ? viewOf(passphrase) : undefined,
      };
      return writtenKey(services, asymmetricOf(this), material?.kind === KeyType.private, encoding);
    }

    exportJwk(target: Jwk): Jwk {
      const material = materialOf(this);
      if (material?.kind !== KeyType.secret)
        return exportJwk(asymmetricOf(this), target, material?.kind === KeyType.private, base64);
      target['kty'] = 'oct';
      target['k'] = base64.encode(material.bytes);
      return target;
    }

    equals(other: unknown): boolean {
      const [a, b] = [materialOf(this), materialOf(other)];
      if (a === undefined || b === undefined || a.kind !== b.kind) return false;
      if (a.kind !== KeyType.secret) return b.kind !== KeyType.secret && samePublic(a.key, b.key);
      return (
        b.kind === KeyType.secret &&
        bigintOf(a.bytes) === bigintOf(b.bytes) &&
        a.bytes.length === b.bytes.length
      );
    }
  }
  handleClasses.set(services, KeyObjectHandle);

  function asymmetricOf(handle: object): AsymmetricKey {
    const material = materials.get(handle);
    if (material === undefined || material.kind === KeyType.secret)
      throw new TypeError('Not an asymmetric key');
    return material.key;
  }

  /** Base class of the library's KeyObject; a plain function can be extended and has no other members. */
  function NativeKeyObject(this: object, handle: object): void {
    const material = materials.get(handle);
    if (material !== undefined) materials.set(this, material);
  }

  class SecretKeyGenJob extends CryptoJob {
    constructor(mode: number, bits: number) {
      super(services, mode, () => {
        const handle = new KeyObjectHandle();
        handle.init(KeyType.secret, randomBytes(new Uint8Array(Math.floor(bits / 8))));
        return handle;
      });
    }
  }

  return {
    KeyObjectHandle,
    SecretKeyGenJob,
    createNativeKeyObjectClass: (define: (native: typeof NativeKeyObject) => unknown) =>
      define(NativeKeyObject),
  };
}

/** `asymmetricKeyDetails` as the binding gives them. */
function describe(key: AsymmetricKey, target: Record<string, unknown>): void {
  if (isRsa(key)) {
    target['modulusLength'] = key.public.n.toString(2).length;
    target['publicExponent'] = exact(minimalBytes(key.public.e));
    if (key.limits === undefined) return;
    target['hashAlgorithm'] = key.limits.hash;
    target['mgf1HashAlgorithm'] = key.limits.mgf1Hash;
    target['saltLength'] = key.limits.saltLength;
  } else if (key.type === 'ec') {
    target['namedCurve'] = key.curve.parameters.name;
  } else if (!isOkp(key)) {
    target['primeLength'] = key.prime.toString(2).length;
  }
}
