import { md5 } from '@noble/hashes/legacy.js';
import type { RealmServices } from '../realm-services.ts';
import { BlockStream, CounterStream, GcmStream, type CipherStream } from './aes.ts';
import { decode, encode } from './bytes.ts';
import {
  cipherNames,
  describeCipher,
  findCipher,
  isForeignCipher,
  ivFits,
  type CipherInfo,
} from './ciphers.ts';
import { nodeError } from './errors.ts';
import { CryptoJob } from './job.ts';
import { secretOf } from './keys.ts';

function start(cipher: CipherInfo, encrypt: boolean, key: Uint8Array, iv: Uint8Array): CipherStream {
  if (cipher.mode === 'gcm') return new GcmStream(encrypt, key, iv);
  if (cipher.mode === 'ctr') return new CounterStream(key, iv);
  return new BlockStream(encrypt, key, cipher.mode === 'cbc' ? iv : undefined);
}

const gcmTagLengths = new Set([4, 8, 12, 13, 14, 15, 16]);

function checkTagLength(length: number): void {
  if (!gcmTagLengths.has(length)) throw invalidTag(length);
}

function invalidTag(length: number): Error {
  return nodeError('ERR_CRYPTO_INVALID_AUTH_TAG', `Invalid authentication tag length: ${length}`);
}

/** Ciphers of `internalBinding('crypto')`: AES in ECB, CBC, CTR and GCM. */
export function cipherBindings(services: RealmServices): Record<string, unknown> {
  function find(name: string): CipherInfo {
    const cipher = findCipher(name);
    if (cipher !== undefined) return cipher;
    if (isForeignCipher(name)) services.missing(`crypto: the cipher ${name}`);
    throw nodeError('ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
  }

  class CipherBase {
    readonly #encrypt: boolean;
    #stream: CipherStream | undefined;
    #started = false;
    #tag: Uint8Array | undefined;
    #tagLength: number | undefined;

    constructor(encrypt: boolean) {
      this.#encrypt = encrypt;
    }

    /** The legacy form: key and vector from a password, by OpenSSL's EVP_BytesToKey with MD5. */
    init(name: string, password: unknown, tagLength?: number): void {
      const cipher = find(name);
      const vector = cipher.ivLength ?? 0;
      const derived = bytesToKey(secretOf(password), cipher.keyLength + vector);
      this.#begin(
        cipher,
        derived.subarray(0, cipher.keyLength),
        derived.subarray(cipher.keyLength),
        tagLength,
      );
    }

    initiv(name: string, key: unknown, iv: unknown, tagLength?: number): void {
      const cipher = find(name);
      const vector = iv === null ? undefined : new Uint8Array(secretOf(iv));
      const secret = secretOf(key);
      if (cipher.ivLength !== undefined && vector === undefined) throw invalidIv();
      if (secret.length !== cipher.keyLength)
        throw nodeError('ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
      if (vector !== undefined && !ivFits(cipher, vector.length)) throw invalidIv();
      this.#begin(cipher, new Uint8Array(secret), vector ?? new Uint8Array(0), tagLength);
    }

    update(data: unknown, encoding?: unknown): unknown {
      if (this.#stream === undefined) throw new Error('Trying to add data in unsupported state');
      this.#started = true;
      return encode(services, this.#stream.update(decode(services, data, encoding)));
    }

    final(): unknown {
      const stream = this.#stream;
      if (stream === undefined) throw nodeError('ERR_CRYPTO_INVALID_STATE', 'Invalid state');
      this.#stream = undefined;
      if (stream instanceof GcmStream && !this.#encrypt) stream.tag = this.#tag;
      const rest = stream.final();
      if (stream instanceof GcmStream) this.#tag = stream.tag;
      return encode(services, rest);
    }

    setAutoPadding(on: boolean): boolean {
      if (this.#stream === undefined) return false;
      if (this.#stream instanceof BlockStream) this.#stream.padding = on;
      return true;
    }

    getAuthTag(): unknown {
      if (!this.#encrypt || this.#stream !== undefined || this.#tag === undefined) return undefined;
      return encode(services, this.#tag.subarray(0, this.#tagLength ?? 16));
    }

    setAuthTag(tag: unknown): boolean {
      if (this.#encrypt || !(this.#stream instanceof GcmStream) || this.#tag !== undefined) return false;
      const bytes = new Uint8Array(secretOf(tag));
      if (this.#tagLength !== undefined && this.#tagLength !== bytes.length) throw invalidTag(bytes.length);
      checkTagLength(bytes.length);
      this.#tag = bytes;
      return true;
    }

    setAAD(data: unknown): boolean {
      if (!(this.#stream instanceof GcmStream) || this.#started) return false;
      this.#stream.authenticate(new Uint8Array(secretOf(data)));
      return true;
    }

    #begin(cipher: CipherInfo, key: Uint8Array, iv: Uint8Array, tagLength: number | undefined): void {
      if (cipher.mode === 'gcm' && tagLength !== undefined && tagLength >= 0) {
        checkTagLength(tagLength);
        this.#tagLength = tagLength;
      }
      this.#stream = start(cipher, this.#encrypt, key, iv);
    }
  }

  /** Web Crypto's AES; `variant` counts CTR, CBC, GCM, KW in 128, 192, 256 bits. */
  class AESCipherJob extends CryptoJob {
    constructor(
      mode: number,
      direction: number,
      key: unknown,
      data: unknown,
      variant: number,
      ...parameters: unknown[]
    ) {
      const kind = (['ctr', 'cbc', 'gcm'] as const)[Math.floor(variant / 3)];
      if (kind === undefined) services.missing('crypto: AES key wrapping');
      const secret = new Uint8Array(secretOf(key));
      const input = new Uint8Array(decode(services, data));
      const encrypt = direction === 0;
      const [iv, tag, additional] = parameters;
      super(services, mode, () => {
        const stream = start(
          find(`aes-${secret.length * 8}-${kind}`),
          encrypt,
          secret,
          new Uint8Array(secretOf(iv)),
        );
        if (!(stream instanceof GcmStream)) return joined(stream.update(input), stream.final());
        if (additional !== undefined) stream.authenticate(new Uint8Array(secretOf(additional)));
        if (!encrypt) stream.tag = new Uint8Array(secretOf(tag));
        const body = joined(stream.update(input), stream.final());
        return encrypt
          ? joined(new Uint8Array(body), (stream.tag ?? new Uint8Array(0)).subarray(0, tag as number))
          : body;
      });
    }
  }

  return { CipherBase, AESCipherJob, getCiphers: cipherNames, getCipherInfo: describeCipher };
}

const invalidIv = (): Error => nodeError('ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');

function joined(first: Uint8Array, second: Uint8Array): ArrayBuffer {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all.buffer;
}

function bytesToKey(password: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let last = new Uint8Array(0);
  for (let at = 0; at < length; at += last.length) {
    last = new Uint8Array(md5.create().update(last).update(password).digest());
    out.set(last.subarray(0, Math.min(last.length, length - at)), at);
  }
  return out;
}
