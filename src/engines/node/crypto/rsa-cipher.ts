import { isRsa, type AsymmetricKey, type RsaKey } from './asymmetric.ts';
import { bigintOf, fixedBytes } from './bigints.ts';
import { decode, encode, exact, isBytesLike, viewOf } from './bytes.ts';
import { findDigest, type Digest } from './digests.ts';
import {
  badPaddingMode,
  nodeError,
  opensslError,
  rsaLibrary,
  tooLargeForKey,
  unsupportedForKeyType,
} from './errors.ts';
import { CryptoJob } from './job.ts';
import { privateKeyOf, publicKeyOf } from './keys.ts';
import { oaepError, padOaep, padType1, padType2, unpadOaep, unpadType1 } from './rsa-padding.ts';
import { modulusBytes, privateOperation, publicOperation, type RsaPrivate } from './rsa.ts';
import { Padding } from './signatures.ts';
import type { RealmServices } from '../realm-services.ts';

/** Arguments of the four functions as the library gives them. */
type CipherArguments = [
  data: unknown,
  format: number | undefined,
  type: number | undefined,
  passphrase: unknown,
  buffer: unknown,
  padding: number,
  oaepHash?: string,
  oaepLabel?: unknown,
];

const noPkcs1Decryption =
  'RSA_PKCS1_PADDING is no longer supported for private decryption, this can be reverted with --security-revert=CVE-2023-46809';

function rsaOnly(key: AsymmetricKey): RsaKey {
  if (!isRsa(key)) throw unsupportedForKeyType();
  if (key.type === 'rsa-pss') throw opensslError('1C8000B2', 'operation not supported for this keytype');
  return key;
}

function privateOf(key: RsaKey): RsaPrivate {
  if (key.private === undefined) throw unsupportedForKeyType();
  return key.private;
}

function unknownPadding(): Error {
  return opensslError('02000076', 'unknown padding type');
}

/** The block itself, which must have the length of the modulus. */
function unpadded(data: Uint8Array, length: number): Uint8Array {
  if (data.length > length) throw tooLargeForKey();
  if (data.length < length) throw opensslError('0200007A', 'data too small for key size');
  return data;
}

/** A ciphertext as a block; OpenSSL takes shorter ones. */
function blockOf(data: Uint8Array, length: number, ...stack: [string, string][]): Uint8Array {
  if (data.length > length) throw opensslError('0200006C', 'data greater than mod len', ...stack);
  return fixedBytes(bigintOf(data), length);
}

function encryptBlock(
  key: RsaKey,
  data: Uint8Array,
  padding: number,
  digest: Digest,
  label: Uint8Array,
): Uint8Array {
  const length = modulusBytes(key.public);
  if (padding === Padding.pkcs1) return publicOperation(key.public, padType2(data, length));
  if (padding === Padding.oaep) return publicOperation(key.public, padOaep(data, length, digest, label));
  if (padding === Padding.none) return publicOperation(key.public, unpadded(data, length));
  throw unknownPadding();
}

function decryptBlock(
  key: RsaKey,
  data: Uint8Array,
  padding: number,
  digest: Digest,
  label: Uint8Array,
): Uint8Array {
  if (padding !== Padding.oaep && padding !== Padding.none) throw unknownPadding();
  const block = blockOf(data, modulusBytes(key.public), ['1C8000A2', 'failed to decrypt']);
  if (padding === Padding.none) return privateOperation(privateOf(key), block);
  if (bigintOf(block) >= key.public.n) throw oaepError();
  return unpadOaep(privateOperation(privateOf(key), block), digest, label);
}

function signBlock(key: RsaKey, data: Uint8Array, padding: number): Uint8Array {
  const length = modulusBytes(key.public);
  const secret = privateOf(key);
  if (padding === Padding.pkcs1)
    return privateOperation(
      secret,
      padType1(data, length, () => tooLargeForKey(rsaLibrary)),
    );
  if (padding === Padding.none) return privateOperation(secret, unpadded(data, length));
  throw foreignPadding(padding);
}

function recoverBlock(key: RsaKey, data: Uint8Array, padding: number): Uint8Array {
  if (padding !== Padding.pkcs1 && padding !== Padding.none) throw foreignPadding(padding);
  const block = publicOperation(key.public, blockOf(data, modulusBytes(key.public)));
  if (padding === Padding.none) return block;
  const plain = unpadType1(block);
  if (plain === undefined)
    throw opensslError('0200008A', 'invalid padding', rsaLibrary, ['02000072', 'padding check failed']);
  return plain;
}

function foreignPadding(padding: number): Error {
  if (padding === Padding.x931) return opensslError('1C8000AA', 'invalid x931 digest');
  if (padding === Padding.pss) return opensslError('1C8000A6', 'invalid digest length');
  return badPaddingMode();
}

/** Encryption with RSA of `internalBinding('crypto')`. */
export function rsaCipherBindings(services: RealmServices): Record<string, unknown> {
  function oaepOf(name: string | undefined, label: unknown): [digest: Digest, label: Uint8Array] {
    const digest = findDigest(name ?? 'sha1');
    if (digest === undefined) throw nodeError('ERR_OSSL_EVP_INVALID_DIGEST', 'Invalid digest used');
    return [digest, isBytesLike(label) ? new Uint8Array(viewOf(label)) : new Uint8Array(0)];
  }

  class RSACipherJob extends CryptoJob {
    constructor(
      mode: number,
      direction: number,
      handle: unknown,
      data: unknown,
      _variant: number,
      hash: string,
      label?: unknown,
    ) {
      const encrypting = direction === 0;
      const args: Parameters<typeof privateKeyOf>[1] = [handle];
      const key = rsaOnly(encrypting ? publicKeyOf(services, args) : privateKeyOf(services, args));
      const input = new Uint8Array(decode(services, data));
      const oaep = oaepOf(hash, label);
      super(services, mode, () =>
        exact((encrypting ? encryptBlock : decryptBlock)(key, input, Padding.oaep, ...oaep)),
      );
    }
  }

  return {
    RSACipherJob,
    publicEncrypt: (...[data, format, type, passphrase, buffer, padding, hash, label]: CipherArguments) => {
      const key = rsaOnly(publicKeyOf(services, [data, format, type, passphrase]));
      return encode(services, encryptBlock(key, decode(services, buffer), padding, ...oaepOf(hash, label)));
    },
    privateDecrypt: (...[data, format, type, passphrase, buffer, padding, hash, label]: CipherArguments) => {
      const key = rsaOnly(privateKeyOf(services, [data, format, type, passphrase]));
      if (padding === Padding.pkcs1) throw nodeError('ERR_INVALID_ARG_VALUE', noPkcs1Decryption);
      return encode(services, decryptBlock(key, decode(services, buffer), padding, ...oaepOf(hash, label)));
    },
    privateEncrypt: (...[data, format, type, passphrase, buffer, padding]: CipherArguments) => {
      const key = rsaOnly(privateKeyOf(services, [data, format, type, passphrase]));
      return encode(services, signBlock(key, decode(services, buffer), padding));
    },
    publicDecrypt: (...[data, format, type, passphrase, buffer, padding]: CipherArguments) => {
      const key = rsaOnly(publicKeyOf(services, [data, format, type, passphrase]));
      return encode(services, recoverBlock(key, decode(services, buffer), padding));
    },
  };
}
