/** Errors with the texts, codes and fields that Node's crypto gives them. */

/** OpenSSL's libraries: their name, and how Node's codes call them when they do. */
const libraries: Readonly<Record<number, readonly [name: string, code: string]>> = {
  3: ['bignum routines', 'BN_'],
  4: ['rsa routines', 'RSA_'],
  5: ['Diffie-Hellman routines', 'DH_'],
  6: ['digital envelope routines', 'EVP_'],
  9: ['PEM routines', 'PEM_'],
  13: ['asn1 encoding routines', 'ASN1_'],
  15: ['common libcrypto routines', 'CRYPTO_'],
  35: ['PKCS12 routines', 'PKCS12_'],
  57: ['Provider routines', ''],
  60: ['DECODER routines', ''],
};

function libraryOf(number: string): readonly [name: string, code: string] {
  return libraries[Number.parseInt(number, 16) >>> 23] ?? ['lib(0)', ''];
}

/** A line of OpenSSL's error queue: `error:<number>:<library>::<reason>`. */
export function opensslLine(number: string, reason: string): string {
  return `error:${number}:${libraryOf(number)[0]}::${reason}`;
}

/**
 * An error of OpenSSL as Node decorates it.
 * @param number eight hexadecimal digits that hold library and reason
 * @param stack what else was in the queue, as [number, reason]
 */
export function opensslError(
  number: string,
  reason: string,
  ...stack: readonly (readonly [number: string, reason: string])[]
): Error {
  const [library, prefix] = libraryOf(number);
  const code = `ERR_OSSL_${prefix}${reason.toUpperCase().replaceAll(' ', '_')}`;
  const error = new Error(opensslLine(number, reason));
  if (stack.length > 0)
    Object.assign(error, { opensslErrorStack: stack.map((line) => opensslLine(...line)) });
  return Object.assign(error, { library, reason, code });
}

/** An error of OpenSSL that a job found: without code and fields. */
export function plainOpensslError(number: string, reason: string): Error {
  return new Error(opensslLine(number, reason));
}

export const nestedError = ['0688010A', 'nested asn1 error'] as const;
export const rsaLibrary = ['1C880004', 'RSA lib'] as const;

export const badDecrypt = (...stack: (readonly [string, string])[]): Error =>
  opensslError('1C800064', 'bad decrypt', ...stack);

export const wrongFinalBlockLength = (): Error => opensslError('1C80006B', 'wrong final block length');

export const notXof = (): Error => opensslError('030000B2', 'not XOF or invalid length');

export const undecodableKey = (...stack: (readonly [string, string])[]): Error =>
  opensslError('1E08010C', 'unsupported', ...stack);

export const unsupportedForKeyType = (): Error =>
  opensslError('03000096', 'operation not supported for this keytype');

export const badPaddingMode = (): Error => opensslError('1C8000A5', 'illegal or unsupported padding mode');

export const tooLargeForKey = (...stack: (readonly [string, string])[]): Error =>
  opensslError('0200006E', 'data too large for key size', ...stack);

export const digestNotAllowed = (): Error => opensslError('1C8000AE', 'digest not allowed');

type ErrorClass = new (message: string) => Error;

const codes = {
  ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY: Error,
  ERR_CRYPTO_INVALID_CURVE: TypeError,
  ERR_CRYPTO_INVALID_DIGEST: TypeError,
  ERR_CRYPTO_INVALID_IV: TypeError,
  ERR_CRYPTO_INVALID_JWK: TypeError,
  ERR_CRYPTO_INVALID_AUTH_TAG: TypeError,
  ERR_CRYPTO_INVALID_KEYLEN: RangeError,
  ERR_CRYPTO_INVALID_KEYPAIR: RangeError,
  ERR_CRYPTO_INVALID_KEYTYPE: RangeError,
  ERR_CRYPTO_INVALID_MESSAGELEN: RangeError,
  ERR_CRYPTO_INVALID_SCRYPT_PARAMS: RangeError,
  ERR_CRYPTO_INVALID_STATE: Error,
  ERR_CRYPTO_JWK_UNSUPPORTED_CURVE: Error,
  ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE: Error,
  ERR_CRYPTO_OPERATION_FAILED: Error,
  ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH: RangeError,
  ERR_CRYPTO_UNKNOWN_CIPHER: Error,
  ERR_CRYPTO_UNKNOWN_DH_GROUP: Error,
  ERR_CRYPTO_UNSUPPORTED_OPERATION: Error,
  ERR_INVALID_ARG_TYPE: TypeError,
  ERR_INVALID_ARG_VALUE: TypeError,
  ERR_MISSING_ARGS: TypeError,
  ERR_OSSL_EVP_INVALID_DIGEST: Error,
  ERR_OUT_OF_RANGE: RangeError,
} satisfies Record<string, ErrorClass>;

/** An error that Node's own C++ throws, with its code. */
export function nodeError(code: keyof typeof codes, message: string): Error {
  return Object.assign(new codes[code](message), { code });
}
