import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { isDigest, pbkdf2, scrypt } from './kdf.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');

test.each(['sha1', 'sha256', 'sha512'] as const)('derives PBKDF2 with %s as OpenSSL does', async (digest) => {
  const derived = await pbkdf2(digest, bytes('password'), bytes('salt'), 100, 40);
  expect(hex(derived)).toBe(pbkdf2Sync('password', 'salt', 100, 40, digest).toString('hex'));
});

test('derives scrypt as OpenSSL does, with the parameters of werkzeug', async () => {
  const derived = await scrypt(bytes('pleaseletmein'), bytes('SodiumChloride'), 2 ** 15, 8, 1, 64);
  const expected = scryptSync('pleaseletmein', 'SodiumChloride', 64, {
    N: 2 ** 15,
    r: 8,
    p: 1,
    maxmem: 2 ** 26,
  });
  expect(hex(derived)).toBe(expected.toString('hex'));
});

test('derives from an empty password and an empty salt', async () => {
  const derived = await pbkdf2('sha256', new Uint8Array(), new Uint8Array(), 1, 32);
  expect(hex(derived)).toBe(pbkdf2Sync('', '', 1, 32, 'sha256').toString('hex'));
});

test('knows only the digests it can derive with', () => {
  expect(isDigest('sha256')).toBe(true);
  expect(isDigest('toString')).toBe(false);
});
