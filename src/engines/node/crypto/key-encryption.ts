import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { BlockStream } from './aes.ts';
import { concat, randomBytes } from './bigints.ts';
import { findCipher } from './ciphers.ts';
import {
  child,
  childrenOf,
  der,
  DerError,
  integer,
  integerOf,
  nul,
  octets,
  oid,
  oidOf,
  readDer,
  sequence,
  Tag,
  type DerNode,
} from './der.ts';
import { findDigest } from './digests.ts';
import { badDecrypt, nodeError } from './errors.ts';

/** Ciphers of encrypted keys: AES in CBC mode, by bytes of the key. */
const cipherOids: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.1.2': 16,
  '2.16.840.1.101.3.4.1.22': 24,
  '2.16.840.1.101.3.4.1.42': 32,
};

/** Digests under PBKDF2. */
const hmacOids: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2Id = '1.2.840.113549.1.5.12';
const sha256Hmac = '1.2.840.113549.2.9';
const rounds = 2048;
/** A file that asks for more is an attack, or will not be read in reasonable time anywhere. */
const mostRounds = 10_000_000;

/** An encryption of keys that does not work here. */
export class ForeignEncryption extends Error {}

/** The private key in an EncryptedPrivateKeyInfo. @throws OpenSSL's "bad decrypt", DerError, ForeignEncryption */
export function decryptPkcs8(node: DerNode, passphrase: Uint8Array): Uint8Array {
  const [algorithm, data] = childrenOf(node);
  if (algorithm === undefined || data?.tag !== Tag.octets) throw new DerError('wrong tag');
  const [id, parameters] = childrenOf(algorithm);
  if (id === undefined || parameters === undefined) throw new DerError('wrong tag');
  if (oidOf(id) !== pbes2) throw new ForeignEncryption('keys encrypted otherwise than by PBES2');
  const [derivation, scheme] = childrenOf(parameters).map((each) => childrenOf(each));
  if (derivation === undefined || scheme === undefined) throw new DerError('wrong tag');
  if (oidOf(child(derivation, 0)) !== pbkdf2Id) throw new ForeignEncryption('keys encrypted by scrypt');
  const [salt, iterations, ...others] = childrenOf(child(derivation, 1));
  const keyLength = cipherOids[oidOf(child(scheme, 0))];
  if (keyLength === undefined) throw new ForeignEncryption('keys encrypted by other ciphers than AES-CBC');
  if (salt === undefined || iterations === undefined) throw new DerError('wrong tag');
  const prf = others.find(({ tag }) => tag === Tag.sequence);
  const hash = prf === undefined ? 'sha1' : hmacOids[oidOf(child(childrenOf(prf), 0))];
  const c = Number(integerOf(iterations));
  const digest = hash === undefined ? undefined : findDigest(hash)?.hash;
  if (digest === undefined || c < 1 || c > mostRounds) throw new DerError('wrong tag');
  const key = pbkdf2(digest, passphrase, salt.content, { c, dkLen: keyLength });
  const stack = ['11800074', 'pkcs12 cipherfinal error'] as const;
  const plain = decrypt(key, child(scheme, 1, Tag.octets).content, data.content, () =>
    badDecrypt(stack, ['1C800064', 'bad decrypt'], stack),
  );
  try {
    childrenOf(readDer(plain));
  } catch {
    throw badDecrypt(stack, ['1C800064', 'bad decrypt'], stack);
  }
  return plain;
}

/** An EncryptedPrivateKeyInfo as OpenSSL makes it: PBES2 with HMAC-SHA-256. */
export function encryptPkcs8(plain: Uint8Array, cipher: string, passphrase: Uint8Array): Uint8Array {
  const keyLength = aesCbcKeyLength(cipher);
  const id = Object.keys(cipherOids).find((each) => cipherOids[each] === keyLength) ?? '';
  const salt = randomBytes(new Uint8Array(8));
  const iv = randomBytes(new Uint8Array(16));
  const hash = findDigest('sha256')?.hash;
  if (hash === undefined) throw new Error('SHA-256 is missing');
  const key = pbkdf2(hash, passphrase, salt, { c: rounds, dkLen: keyLength });
  const derivation = sequence(octets(salt), integer(BigInt(rounds)), sequence(oid(sha256Hmac), nul()));
  const algorithm = sequence(
    oid(pbes2),
    sequence(sequence(oid(pbkdf2Id), derivation), sequence(oid(id), octets(iv))),
  );
  return sequence(algorithm, der(Tag.octets, encrypt(key, iv, plain)));
}

/** Bytes of the key of a cipher that encrypts keys. @throws ERR_CRYPTO_UNKNOWN_CIPHER, ForeignEncryption */
function aesCbcKeyLength(cipher: string): number {
  const found = findCipher(cipher);
  if (found === undefined) throw nodeError('ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
  if (found.mode !== 'cbc') throw new ForeignEncryption(`keys encrypted by ${cipher}`);
  return found.keyLength;
}

/** The key of a PEM block with `DEK-Info`: AES-CBC with a key from MD5. @throws as decryptPkcs8 */
export function decryptLegacy(info: string, data: Uint8Array, passphrase: Uint8Array): Uint8Array {
  const [, bits, vector] = /^AES-(128|192|256)-CBC,([0-9A-F]{32})$/i.exec(info) ?? [];
  if (bits === undefined || vector === undefined)
    throw new ForeignEncryption(`keys encrypted by ${info.slice(0, 40)}`);
  const iv = hexToBytes(vector.toLowerCase());
  const key = legacyKey(passphrase, iv.subarray(0, 8), Number(bits) / 8);
  return decrypt(key, iv, data, () => badDecrypt(['04800065', 'bad decrypt']));
}

/** The headers and the bytes of a PEM block with `DEK-Info`. */
export function encryptLegacy(
  plain: Uint8Array,
  cipher: string,
  passphrase: Uint8Array,
): { headers: string[]; bytes: Uint8Array } {
  const keyLength = aesCbcKeyLength(cipher);
  const iv = randomBytes(new Uint8Array(16));
  const key = legacyKey(passphrase, iv.subarray(0, 8), keyLength);
  const headers = [
    'Proc-Type: 4,ENCRYPTED',
    `DEK-Info: AES-${keyLength * 8}-CBC,${bytesToHex(iv).toUpperCase()}`,
  ];
  return { headers, bytes: encrypt(key, iv, plain) };
}

/** OpenSSL's EVP_BytesToKey with MD5 and one round. */
export function legacyKey(passphrase: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let last = new Uint8Array(0);
  for (let at = 0; at < length; at += last.length) {
    last = new Uint8Array(md5.create().update(last).update(passphrase).update(salt).digest());
    out.set(last.subarray(0, Math.min(last.length, length - at)), at);
  }
  return out;
}

function encrypt(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  const stream = new BlockStream(true, key, iv);
  return concat(stream.update(plain), stream.final());
}

function decrypt(key: Uint8Array, iv: Uint8Array, data: Uint8Array, wrong: () => Error): Uint8Array {
  if (iv.length !== 16) throw new DerError('wrong tag');
  const stream = new BlockStream(false, key, iv);
  try {
    return concat(stream.update(data), stream.final());
  } catch {
    throw wrong();
  }
}
