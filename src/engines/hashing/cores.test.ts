import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashingCore } from '../../../scripts/engines/hashing-cores.mjs';
import { findDigest } from '../node/crypto/digests.ts';
import { argon2Work } from './argon2.ts';
import { bcryptWork, decodeRadix64 } from './bcrypt.ts';
import { workNow, type WorkServices } from './heavy-work.ts';
import { pbkdf2Work, scryptWork } from './kdf.ts';

const modules = new Map<string, WebAssembly.Module>();
const services: WorkServices = {
  wasm: (name) => {
    const module =
      modules.get(name) ?? new WebAssembly.Module(Buffer.from(hashingCore(name.replace('.wasm', ''))));
    modules.set(name, module);
    return module;
  },
  complete: (done) => done(),
  hold: () => () => undefined,
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');

function bcrypt(password: string): string {
  const salt = decodeRadix64('abcdefghijklmnopqrstuu');
  return workNow(services, bcryptWork(services, bytes(password), { minor: 'b', cost: 4, salt }));
}

test('hashes with bcrypt as the C library does, one time like the other', () => {
  for (let i = 0; i < 3; i++) {
    expect(bcrypt('a')).toBe('$2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC');
    expect(bcrypt('')).toBe('$2b$04$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxjiq');
    expect(bcrypt('a\0b')).toBe('$2b$04$abcdefghijklmnopqrstuusjHI0zQHpOe3SFDK1IriYv6N79Gzr32');
  }
});

test('hashes with Argon2 as the C library does, one time like the other', () => {
  const hash = (password: string, type: number, memory: number, lanes: number): string => {
    const none = new Uint8Array(0);
    const options = {
      password: bytes(password),
      salt: bytes('ssssssss'),
      secret: none,
      associatedData: none,
    };
    const cost = { length: 16, memory, passes: 1, lanes, version: 19, type };
    return Buffer.from(workNow(services, argon2Work(services, { ...options, ...cost }))).toString('base64');
  };
  for (let i = 0; i < 3; i++) {
    expect(hash('a', 2, 8, 1)).toBe('eWAT1DhCTHTXDvyzVppHUA==');
    expect(hash('', 1, 16, 2)).toBe('4SBAdJx1pRUFDBdwWDzfkw==');
  }
});

test.each(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const)(
  'derives PBKDF2 with %s',
  (name) => {
    const digest = findDigest(name);
    if (digest?.hash === undefined) throw new Error('no digest');
    const work = pbkdf2Work({ ...digest, hash: digest.hash }, bytes('password'), bytes('salt'), 100, 90);
    expect(hex(workNow(services, work))).toBe(pbkdf2Sync('password', 'salt', 100, 90, name).toString('hex'));
  },
);

test('derives scrypt, also with several lanes', () => {
  for (const p of [1, 3]) {
    const work = scryptWork(services, bytes('password'), bytes('salt'), { N: 1024, r: 8, p }, 64);
    expect(hex(workNow(services, work))).toBe(
      scryptSync('password', 'salt', 64, { N: 1024, r: 8, p }).toString('hex'),
    );
  }
});
