import { host } from '../host.ts';
import type { RealmServices } from '../realm-services.ts';
import { bufferClass, encode, isBytesLike, viewOf } from './bytes.ts';
import { undecodableKey } from './errors.ts';
import { CryptoJob } from './job.ts';

export const kKeyTypeSecret = 0;

/** The bytes behind a handle or a native key object; outside nobody can reach them. */
const secrets = new WeakMap<object, Uint8Array>();

/** Bytes of a secret key given as a handle, a key object, or as the bytes themselves. */
export function secretOf(key: unknown): Uint8Array {
  if (isBytesLike(key)) return viewOf(key);
  const bytes = typeof key === 'object' && key !== null ? secrets.get(key) : undefined;
  if (bytes === undefined) throw new TypeError('The key is neither bytes nor a secret key.');
  return bytes;
}

interface Jwk {
  kty?: string;
  k?: string;
  length?: number;
}

/** Key objects of `internalBinding('crypto')`. Secret keys work; asymmetric ones are reported as missing. */
export function keyBindings(services: RealmServices): Record<string, unknown> {
  class KeyObjectHandle {
    init(type: number, data: unknown): void {
      if (type === kKeyTypeSecret) {
        secrets.set(this, new Uint8Array(secretOf(data)));
        return;
      }
      // Libraries try a secret as a key in PEM first and take the error for a no.
      const text = isBytesLike(data)
        ? new host.TextDecoder('latin1').decode(new Uint8Array(viewOf(data)))
        : '';
      if (isBytesLike(data) && !text.includes('-----BEGIN ')) throw undecodableKey();
      services.missing('crypto: public and private keys');
    }

    initJwk(jwk: Jwk): number {
      if (jwk.kty !== 'oct' || typeof jwk.k !== 'string')
        return services.missing('crypto: public and private keys');
      secrets.set(this, new Uint8Array(bufferClass(services).from(jwk.k, 'base64url')));
      return kKeyTypeSecret;
    }

    initECRaw(): never {
      return services.missing('crypto: elliptic curve keys');
    }

    initEDRaw(): never {
      return services.missing('crypto: Edwards curve keys');
    }

    checkEcKeyData(): never {
      return services.missing('crypto: elliptic curve keys');
    }

    getAsymmetricKeyType(): undefined {
      return undefined;
    }

    getSymmetricKeySize(): number {
      return secretOf(this).length;
    }

    keyDetail(target: Jwk): Jwk {
      target.length = secretOf(this).length * 8;
      return target;
    }

    export(): unknown {
      return encode(services, secretOf(this));
    }

    exportJwk(target: Jwk): Jwk {
      target.kty = 'oct';
      target.k = encode(services, secretOf(this), 'base64url') as string;
      return target;
    }

    equals(other: unknown): boolean {
      const [a, b] = [secretOf(this), secretOf(other)];
      return a.length === b.length && a.every((byte, i) => byte === b[i]);
    }
  }

  /** Base class of the library's KeyObject; a plain function can be extended and has no other members. */
  function NativeKeyObject(this: object, handle: object): void {
    const bytes = secrets.get(handle);
    if (bytes !== undefined) secrets.set(this, bytes);
  }

  class SecretKeyGenJob extends CryptoJob {
    constructor(mode: number, bits: number) {
      super(services, mode, () => {
        const handle = new KeyObjectHandle();
        handle.init(kKeyTypeSecret, randomBytes(new Uint8Array(Math.floor(bits / 8))));
        return handle;
      });
    }
  }

  class RandomBytesJob extends CryptoJob {
    constructor(mode: number, target: ArrayBufferLike | ArrayBufferView, offset: number, size: number) {
      super(services, mode, () => void randomBytes(viewOf(target).subarray(offset, offset + size)));
    }
  }

  return {
    KeyObjectHandle,
    SecretKeyGenJob,
    RandomBytesJob,
    createNativeKeyObjectClass: (define: (native: typeof NativeKeyObject) => unknown) =>
      define(NativeKeyObject),
    secureBuffer: (length: number) => new Uint8Array(length),
    secureHeapUsed: () => undefined,
  };
}

/** Fills `target` from the system's generator, which gives 64 KiB at a time and none to shared memory. */
function randomBytes(target: Uint8Array): Uint8Array {
  const piece = new Uint8Array(Math.min(target.length, 65_536));
  for (let start = 0; start < target.length; start += piece.length) {
    host.crypto.getRandomValues(piece);
    target.set(piece.subarray(0, Math.min(piece.length, target.length - start)), start);
  }
  return target;
}
