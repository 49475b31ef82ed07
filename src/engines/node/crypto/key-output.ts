import { isRsa, type AsymmetricKey } from './asymmetric.ts';
import { encode } from './bytes.ts';
import { nodeError } from './errors.ts';
import { encodePkcs8, encodeRsaPrivate, encodeRsaPublic, encodeSec1, encodeSpki } from './key-encoding.ts';
import { encryptLegacy, encryptPkcs8 } from './key-encryption.ts';
import { Encoding, Format } from './key-input.ts';
import { formatPem } from './pem.ts';
import type { RealmServices } from '../realm-services.ts';

/** How a caller wants a key: numbers of `Format` and `Encoding`, and the encryption of a private one. */
export interface KeyEncoding {
  readonly format: number | undefined;
  readonly type: number | undefined;
  readonly cipher: string | undefined | null;
  readonly passphrase: Uint8Array | undefined;
}

interface Written {
  readonly label: string;
  readonly bytes: Uint8Array;
  readonly headers?: readonly string[];
}

function publicEncoding(key: AsymmetricKey, type: number | undefined): Written {
  if (type === Encoding.pkcs1 && isRsa(key))
    return { label: 'RSA PUBLIC KEY', bytes: encodeRsaPublic(key.public) };
  return { label: 'PUBLIC KEY', bytes: encodeSpki(key) };
}

function privateEncoding(key: AsymmetricKey, { type, cipher, passphrase }: KeyEncoding): Written {
  const encryption =
    typeof cipher === 'string' ? { cipher, passphrase: passphrase ?? new Uint8Array(0) } : undefined;
  const legacy = (label: string, plain: Uint8Array): Written => {
    if (encryption === undefined) return { label, bytes: plain };
    return { label, ...encryptLegacy(plain, encryption.cipher, encryption.passphrase) };
  };
  if (type === Encoding.pkcs1 && isRsa(key) && key.private !== undefined)
    return legacy('RSA PRIVATE KEY', encodeRsaPrivate(key.private));
  if (type === Encoding.sec1 && key.type === 'ec') return legacy('EC PRIVATE KEY', encodeSec1(key));
  const plain = encodePkcs8(key);
  if (encryption === undefined) return { label: 'PRIVATE KEY', bytes: plain };
  return {
    label: 'ENCRYPTED PRIVATE KEY',
    bytes: encryptPkcs8(plain, encryption.cipher, encryption.passphrase),
  };
}

/** A key as PEM (a string) or DER (a Buffer). @throws Node's error for an unknown cipher, ForeignEncryption */
export function writeKey(
  services: RealmServices,
  key: AsymmetricKey,
  withPrivate: boolean,
  encoding: KeyEncoding,
): unknown {
  const written = withPrivate ? privateEncoding(key, encoding) : publicEncoding(key, encoding.type);
  if (encoding.format === Format.pem) return formatPem(written.label, written.bytes, written.headers);
  if (encoding.format === Format.der) return encode(services, written.bytes);
  throw nodeError('ERR_INVALID_ARG_VALUE', 'Unsupported key format');
}
