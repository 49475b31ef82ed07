import { publicHalf, type AsymmetricKey } from './asymmetric.ts';
import { childrenOf, DerError, readDer, Tag, type DerNode } from './der.ts';
import { nestedError, opensslError, undecodableKey } from './errors.ts';
import { decodePkcs8, decodeRsaPrivate, decodeRsaPublic, decodeSec1, decodeSpki } from './key-decoding.ts';
import { decryptLegacy, decryptPkcs8 } from './key-encryption.ts';
import { parsePem, type PemBlock } from './pem.ts';
import { subjectKeyOf } from './certificate.ts';

/** Numbers of the binding for encodings of keys. */
export const Encoding = { pkcs1: 0, pkcs8: 1, spki: 2, sec1: 3 } as const;
export const Format = { der: 0, pem: 1, jwk: 2 } as const;

/** A key as a caller gives it: bytes, `Format`, `Encoding`, and the passphrase when it is encrypted. */
export interface KeyInput {
  readonly data: Uint8Array;
  readonly format: number | undefined;
  readonly type: number | undefined;
  readonly passphrase: Uint8Array | undefined;
}

const wrongTag = ['068000A8', 'wrong tag'] as const;
const asn1Library = ['0688000D', 'ASN1 lib'] as const;
const interrupted = ['07880109', 'interrupted or cancelled'] as const;
const badPasswordRead = ['04800068', 'bad password read'] as const;

function passphraseOf(input: KeyInput, ...stack: (readonly [string, string])[]): Uint8Array {
  if (input.passphrase !== undefined) return input.passphrase;
  throw opensslError(...interrupted, ...stack);
}

/** Runs a decoder; whatever it finds wrong becomes `error()`. */
function orElse<T>(decode: () => T, error: (reason: DerError) => Error): T {
  try {
    return decode();
  } catch (reason) {
    if (reason instanceof DerError) throw error(reason);
    throw reason;
  }
}

function privateFromPem(input: KeyInput, block: PemBlock): AsymmetricKey | undefined {
  const twice = [nestedError, wrongTag, nestedError, wrongTag] as const;
  switch (block.label) {
    case 'PRIVATE KEY':
      return orElse(
        () => decodePkcs8(readDer(block.bytes)),
        () => undecodableKey(nestedError, wrongTag),
      );
    case 'ENCRYPTED PRIVATE KEY': {
      const unable = ['1C80009F', 'unable to get passphrase'] as const;
      const passphrase = passphraseOf(input, badPasswordRead, interrupted, unable, interrupted);
      return orElse(
        () => decodePkcs8(readDer(decryptPkcs8(readDer(block.bytes), passphrase))),
        () => undecodableKey(nestedError, wrongTag),
      );
    }
    case 'RSA PRIVATE KEY':
      return orElse(
        () => decodeRsaPrivate(readDer(legacyBytes(input, block))),
        () => undecodableKey(...twice),
      );
    case 'EC PRIVATE KEY':
      return orElse(
        () => decodeSec1(readDer(legacyBytes(input, block))),
        () => undecodableKey(...twice),
      );
    default:
      return undefined;
  }
}

function legacyBytes(input: KeyInput, block: PemBlock): Uint8Array {
  const info = block.headers.get('DEK-Info');
  if (info === undefined) return block.bytes;
  return decryptLegacy(info, block.bytes, passphraseOf(input, badPasswordRead, interrupted));
}

function isEncrypted(node: DerNode): boolean {
  return childrenOf(node)[0]?.tag === Tag.sequence;
}

function privateFromDer(input: KeyInput): AsymmetricKey {
  const node = (): DerNode => readDer(input.data);
  if (input.type === Encoding.pkcs1)
    return orElse(
      () => decodeRsaPrivate(node()),
      () => undecodableKey(),
    );
  if (input.type === Encoding.sec1)
    return orElse(
      () => decodeSec1(node()),
      () => undecodableKey(),
    );
  return orElse(
    () => {
      const outer = node();
      if (!isEncrypted(outer)) return decodePkcs8(outer);
      return decodePkcs8(readDer(decryptPkcs8(outer, passphraseOf(input, interrupted))));
    },
    (reason) =>
      reason.message === 'wrong tag' ? undecodableKey() : opensslError('0680008E', 'not enough data'),
  );
}

/** A private key. @throws OpenSSL's errors, ForeignKey, ForeignEncryption */
export function parsePrivateKey(input: KeyInput): AsymmetricKey {
  if (input.format !== Format.pem) return privateFromDer(input);
  for (const block of parsePem(input.data)) {
    const key = privateFromPem(input, block);
    if (key !== undefined) return key;
  }
  throw undecodableKey();
}

function publicFromDer(input: KeyInput): AsymmetricKey {
  const pkcs1 = input.type === Encoding.pkcs1;
  const first = pkcs1 ? [asn1Library] : [];
  return orElse(
    () => {
      if (!pkcs1) return decodeSpki(readDer(input.data));
      const node = readDer(input.data);
      const parts = childrenOf(node);
      if (parts.length > 2) return publicHalf(decodeRsaPrivate(node));
      return { type: 'rsa', public: decodeRsaPublic(node), private: undefined, limits: undefined };
    },
    (reason) => {
      if (input.data.length === 0) return opensslError('068000E0', 'too small', ...first);
      if (reason.message !== 'wrong tag')
        return opensslError('0680009B', 'too long', ...first, nestedError, ['06800066', 'bad object header']);
      return opensslError(...wrongTag, ...first, nestedError, nestedError);
    },
  );
}

function publicFromPem(block: PemBlock): AsymmetricKey | undefined {
  switch (block.label) {
    case 'PUBLIC KEY':
      return orElse(
        () => decodeSpki(readDer(block.bytes)),
        () => opensslError(...wrongTag, nestedError),
      );
    case 'RSA PUBLIC KEY':
      return orElse(
        () => ({
          type: 'rsa',
          public: decodeRsaPublic(readDer(block.bytes)),
          private: undefined,
          limits: undefined,
        }),
        () => opensslError(...wrongTag, asn1Library, nestedError),
      );
    case 'CERTIFICATE':
      return orElse(
        () => subjectKeyOf(block.bytes),
        () => opensslError(...wrongTag, nestedError),
      );
    default:
      return undefined;
  }
}

/** A public key, or the public half of a private one. @throws as parsePrivateKey */
export function parsePublicKey(input: KeyInput): AsymmetricKey {
  if (input.format !== Format.pem) {
    if (input.type === Encoding.pkcs8 || input.type === Encoding.sec1)
      return publicHalf(privateFromDer(input));
    return publicFromDer(input);
  }
  for (const block of parsePem(input.data)) {
    const key = publicFromPem(block);
    if (key !== undefined) return key;
  }
  return publicHalf(parsePrivateKey(input));
}
