import { findDigest, type Digester } from '../../node/crypto/digests.ts';

/** Digests that the interpreter has no code for, by OpenSSL's names. */
export const digests = {
  /** A hash to `update` and to ask for `digest()` of a clone; undefined for an unknown name. */
  start(name: string): Digester | undefined {
    return findDigest(name)?.start();
  },
};
