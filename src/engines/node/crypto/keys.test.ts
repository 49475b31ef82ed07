import crypto from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fakeServices } from '../testing/fake-services.ts';
import { createCryptoBinding } from './index.ts';

interface Handle {
  init(kind: number, data: Uint8Array, format?: number, type?: number, passphrase?: Uint8Array): void;
  export(format: number, type: number, cipher?: string, passphrase?: Uint8Array): string;
}
type Job = new (...args: unknown[]) => { run(): [error: unknown, result: unknown] };

const binding = createCryptoBinding(fakeServices());
const PrivateFormat = { pem: 1, pkcs8: 1 } as const;
const [sync, sign, verify] = [1, 0, 1];
const [secretKind, publicKind, privateKind] = [0, 1, 2];
const data = Buffer.from('what is signed');
/** Arguments that a call leaves out. */
const absent = [undefined, undefined, undefined];

function handleOf(kind: number, pem: string, passphrase?: string): Handle {
  const handle = new (binding['KeyObjectHandle'] as new () => Handle)();
  const secret = passphrase === undefined ? undefined : Buffer.from(passphrase);
  handle.init(kind, Buffer.from(pem), PrivateFormat.pem, undefined, secret);
  return handle;
}

function run(name: string, ...args: unknown[]): unknown {
  const [error, result] = new (binding[name] as Job)(sync, ...args).run();
  if (error !== undefined) throw error as Error;
  return result;
}

/** Keys of Node's own crypto, so that both sides check each other. */
const keys: [name: string, digest: string | null, pair: crypto.KeyPairKeyObjectResult][] = [
  ['RSA', 'sha256', crypto.generateKeyPairSync('rsa', { modulusLength: 1024 })],
  ['RSA-PSS', 'sha512', crypto.generateKeyPairSync('rsa-pss', { modulusLength: 2048 })],
  ['P-256', 'sha256', crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['P-521', 'sha512', crypto.generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  ['brainpool', 'sha1', crypto.generateKeyPairSync('ec', { namedCurve: 'brainpoolP512r1' })],
  ['Ed25519', null, crypto.generateKeyPairSync('ed25519')],
  ['Ed448', null, crypto.generateKeyPairSync('ed448')],
];

describe.each(keys)('keys of the kind %s', (_name, digest, { publicKey, privateKey }) => {
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const open = publicKey.export({ type: 'spki', format: 'pem' }) as string;

  it('sign what Node verifies, and verify what Node signs', () => {
    const ours = run('SignJob', sign, handleOf(privateKind, pem), ...absent, data, digest) as ArrayBuffer;
    expect(crypto.verify(digest, data, publicKey, new Uint8Array(ours))).toBe(true);
    const theirs = crypto.sign(digest, data, privateKey);
    const check = (signature: Uint8Array): unknown =>
      run('SignJob', verify, handleOf(publicKind, open), ...absent, data, digest, ...absent, signature);
    expect(check(theirs)).toBe(true);
    theirs[theirs.length - 1] = (theirs.at(-1) ?? 0) ^ 1;
    expect(check(theirs)).toBe(false);
  });

  it('are written as Node writes them, and encrypted so that Node can read them', () => {
    const handle = handleOf(privateKind, pem);
    expect(handle.export(PrivateFormat.pem, PrivateFormat.pkcs8)).toBe(pem);
    const sealed = handle.export(PrivateFormat.pem, PrivateFormat.pkcs8, 'aes-256-cbc', Buffer.from('word'));
    expect(crypto.createPrivateKey({ key: sealed, passphrase: 'word' }).equals(privateKey)).toBe(true);
    expect(handleOf(privateKind, sealed, 'word').export(PrivateFormat.pem, PrivateFormat.pkcs8)).toBe(pem);
    expect(() => handleOf(privateKind, sealed, 'other')).toThrow('bad decrypt');
  });
});

describe('key objects', () => {
  it('refuse what is no key with the errors of OpenSSL', () => {
    expect(() => handleOf(privateKind, 'nothing')).toThrow('error:1E08010C:DECODER routines::unsupported');
    const nonsense = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n';
    expect(() => handleOf(publicKind, nonsense)).toThrow('error:068000A8:asn1 encoding routines::wrong tag');
    expect(() => handleOf(secretKind, 'any bytes')).not.toThrow();
  });

  it('do not nest without end', () => {
    const deep = Buffer.alloc(100_000, Buffer.from([0x30, 0x84, 0, 0, 0xff, 0xff]));
    const handle = new (binding['KeyObjectHandle'] as new () => Handle)();
    expect(() => handle.init(publicKind, deep, 0, 2)).toThrow('asn1 encoding routines');
  });
});
