import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { ed448, x448 } from '@noble/curves/ed448.js';
import { randomBytes } from './bigints.ts';

/** The kinds of keys on the curves of RFC 7748 and RFC 8032. */
export type OkpType = 'ed25519' | 'ed448' | 'x25519' | 'x448';

export interface OkpKind {
  readonly oid: string;
  /** Name in a JSON Web Key. */
  readonly jwk: string;
  /** OpenSSL's number. */
  readonly nid: number;
  /** Of a public and of a private key. */
  readonly bytes: number;
  publicOf(secret: Uint8Array): Uint8Array;
  readonly sign?: (message: Uint8Array, secret: Uint8Array) => Uint8Array;
  readonly verify?: (signature: Uint8Array, message: Uint8Array, key: Uint8Array) => boolean;
  /** The shared secret, undefined when the other's key gives none. */
  readonly agree?: (secret: Uint8Array, other: Uint8Array) => Uint8Array | undefined;
}

function agreement(curve: typeof x25519): NonNullable<OkpKind['agree']> {
  return (secret, other) => {
    try {
      return curve.getSharedSecret(secret, other);
    } catch {
      return undefined;
    }
  };
}

function verification(curve: typeof ed25519): NonNullable<OkpKind['verify']> {
  return (signature, message, key) => {
    try {
      return curve.verify(signature, message, key, { zip215: false });
    } catch {
      return false;
    }
  };
}

export const okpKinds: Readonly<Record<OkpType, OkpKind>> = {
  x25519: {
    oid: '1.3.101.110',
    jwk: 'X25519',
    nid: 1034,
    bytes: 32,
    publicOf: (secret) => x25519.getPublicKey(secret),
    agree: agreement(x25519),
  },
  x448: {
    oid: '1.3.101.111',
    jwk: 'X448',
    nid: 1035,
    bytes: 56,
    publicOf: (secret) => x448.getPublicKey(secret),
    agree: agreement(x448),
  },
  ed25519: {
    oid: '1.3.101.112',
    jwk: 'Ed25519',
    nid: 1087,
    bytes: 32,
    publicOf: (secret) => ed25519.getPublicKey(secret),
    sign: (message, secret) => ed25519.sign(message, secret),
    verify: verification(ed25519),
  },
  ed448: {
    oid: '1.3.101.113',
    jwk: 'Ed448',
    nid: 1088,
    bytes: 57,
    publicOf: (secret) => ed448.getPublicKey(secret),
    sign: (message, secret) => ed448.sign(message, secret),
    verify: verification(ed448),
  },
};

const types = Object.keys(okpKinds) as OkpType[];

export function okpTypeBy(test: (kind: OkpKind) => boolean): OkpType | undefined {
  return types.find((type) => test(okpKinds[type]));
}

export function generateOkpSecret(type: OkpType): Uint8Array {
  return randomBytes(new Uint8Array(okpKinds[type].bytes));
}
