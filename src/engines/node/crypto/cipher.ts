import type { RealmServices } from '../realm-services.ts';
import type { AeadStream, CipherStream } from './aes.ts';
import { CcmStream } from './aes-modes.ts';
import { BlockStream } from './aes.ts';
import { decode, encode } from './bytes.ts';
import { startCipher, isAead } from './cipher-streams.ts';
import {
  cipherNames,
  describeCipher,
  findCipher,
  isRetiredCipher,
  ivFits,
  type CipherInfo,
} from './ciphers.ts';
import { nodeError, opensslError } from './errors.ts';
import { legacyKey } from './key-encryption.ts';
import { secretOf } from './keys.ts';
import { webCipherBindings } from './web-cipher.ts';

const gcmTagLengths = new Set([4, 8, 12, 13, 14, 15, 16]);

function invalidTag(length: number): Error {
  return nodeError('ERR_CRYPTO_INVALID_AUTH_TAG', `Invalid authentication tag length: ${length}`);
}

function checkTagLength(cipher: CipherInfo, length: number): void {
  const fits =
    cipher.mode === 'gcm'
      ? gcmTagLengths.has(length)
      : length <= 16 && (cipher.mode !== 'ccm' || (length >= 4 && length % 2 === 0));
  if (!fits) throw invalidTag(length);
}

/** Ciphers of `internalBinding('crypto')`. */
export function cipherBindings(services: RealmServices): Record<string, unknown> {
  function find(name: string): CipherInfo {
    const cipher = findCipher(name);
    if (cipher !== undefined) return cipher;
    if (isRetiredCipher(name)) throw opensslError('0308010C', 'unsupported');
    throw nodeError('ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
  }

  class CipherBase {
    readonly #encrypt: boolean;
    #stream: CipherStream | AeadStream | undefined;
    #cipher: CipherInfo | undefined;
    #started = false;
    #tag: Uint8Array | undefined;
    #tagLength: number | undefined;

    constructor(encrypt: boolean) {
      this.#encrypt = encrypt;
    }

    /** The legacy form: key and vector from a password, by OpenSSL's EVP_BytesToKey with MD5. */
    init(name: string, password: unknown, tagLength?: number): void {
      const cipher = find(name);
      const length = cipher.keyLength + (cipher.ivLength ?? 0);
      const derived = legacyKey(secretOf(password), new Uint8Array(0), length);
      const [key, iv] = [derived.subarray(0, cipher.keyLength), derived.subarray(cipher.keyLength)];
      this.#begin(cipher, key, iv, tagLength);
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
      const stream = this.#stream;
      if (stream === undefined) throw new Error('Trying to add data in unsupported state');
      this.#started = true;
      const bytes = decode(services, data, encoding);
      if (stream instanceof CcmStream) {
        if (bytes.length > stream.longest) throw tooLong();
        if (!this.#encrypt) stream.tag = this.#tag;
      }
      return encode(services, stream.update(bytes));
    }

    final(): unknown {
      const stream = this.#stream;
      if (stream === undefined) throw nodeError('ERR_CRYPTO_INVALID_STATE', 'Invalid state');
      this.#stream = undefined;
      const aead = isAead(stream) ? stream : undefined;
      if (aead !== undefined && !this.#encrypt) aead.tag = this.#tag;
      const rest = stream.final();
      if (aead !== undefined) this.#tag = aead.tag;
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
      const cipher = this.#cipher;
      if (this.#encrypt || cipher === undefined || !isAead(this.#stream) || this.#tag !== undefined)
        return false;
      const bytes = new Uint8Array(secretOf(tag));
      if (this.#tagLength !== undefined && this.#tagLength !== bytes.length) throw invalidTag(bytes.length);
      checkTagLength(cipher, bytes.length);
      this.#tag = bytes;
      return true;
    }

    setAAD(data: unknown, plaintextLength = -1): boolean {
      const stream = this.#stream;
      if (!isAead(stream) || this.#started) return false;
      if (stream instanceof CcmStream) {
        if (plaintextLength < 0)
          throw nodeError('ERR_MISSING_ARGS', 'options.plaintextLength required for CCM mode with AAD');
        if (plaintextLength > stream.longest) throw tooLong();
        if (!this.#encrypt && this.#tag === undefined) return false;
      }
      stream.authenticate(new Uint8Array(secretOf(data)));
      return true;
    }

    #begin(cipher: CipherInfo, key: Uint8Array, iv: Uint8Array, tagLength = -1): void {
      const aead = cipher.mode === 'gcm' || cipher.mode === 'ccm' || cipher.mode === 'ocb';
      if (aead || cipher.name === 'chacha20-poly1305') {
        if (tagLength >= 0) {
          checkTagLength(cipher, tagLength);
          this.#tagLength = tagLength;
        } else if (cipher.mode === 'ccm' || cipher.mode === 'ocb') {
          const [listed] = cipher.listed;
          throw nodeError(
            'ERR_CRYPTO_INVALID_AUTH_TAG',
            `authTagLength required for ${listed ?? cipher.name}`,
          );
        }
      }
      this.#cipher = cipher;
      this.#stream =
        startCipher(cipher, this.#encrypt, key, iv, this.#tagLength) ??
        services.missing(`crypto: the cipher ${cipher.name}`);
    }
  }

  return {
    CipherBase,
    ...webCipherBindings(services),
    getCiphers: cipherNames,
    getCipherInfo: describeCipher,
  };
}

const invalidIv = (): Error => nodeError('ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');

const tooLong = (): Error => nodeError('ERR_CRYPTO_INVALID_MESSAGELEN', 'Message exceeds maximum size');
