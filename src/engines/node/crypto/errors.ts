/** Errors with the texts, codes and fields that Node's crypto gives them. */

/** An error of OpenSSL: message `error:<number>:<library>::<reason>` and the code that Node derives. */
export function opensslError(number: string, library: string, reason: string, code: string): Error {
  return Object.assign(new Error(`error:${number}:${library}::${reason}`), { library, reason, code });
}

export const badDecrypt = (): Error =>
  opensslError('1C800064', 'Provider routines', 'bad decrypt', 'ERR_OSSL_BAD_DECRYPT');

export const wrongFinalBlockLength = (): Error =>
  opensslError(
    '1C80006B',
    'Provider routines',
    'wrong final block length',
    'ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH',
  );

export const notXof = (): Error =>
  opensslError(
    '030000B2',
    'digital envelope routines',
    'not XOF or invalid length',
    'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH',
  );

export const undecodableKey = (): Error =>
  opensslError('1E08010C', 'DECODER routines', 'unsupported', 'ERR_OSSL_UNSUPPORTED');

type ErrorClass = new (message: string) => Error;

const codes = {
  ERR_CRYPTO_INVALID_DIGEST: TypeError,
  ERR_CRYPTO_INVALID_IV: TypeError,
  ERR_CRYPTO_INVALID_AUTH_TAG: TypeError,
  ERR_CRYPTO_INVALID_KEYLEN: RangeError,
  ERR_CRYPTO_INVALID_SCRYPT_PARAMS: RangeError,
  ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH: RangeError,
  ERR_CRYPTO_UNKNOWN_CIPHER: Error,
  ERR_CRYPTO_INVALID_STATE: Error,
  ERR_INVALID_ARG_TYPE: TypeError,
} satisfies Record<string, ErrorClass>;

/** An error that Node's own C++ throws, with its code. */
export function nodeError(code: keyof typeof codes, message: string): Error {
  return Object.assign(new codes[code](message), { code });
}
