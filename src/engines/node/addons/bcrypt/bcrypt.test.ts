import { describe, expect, it } from 'vitest';
import { fakeServices } from '../../testing/fake-services.ts';
import { bcrypt } from './index.ts';

type Done = (error: Error | undefined, result?: unknown) => void;
interface Addon {
  gen_salt_sync(minor: string, rounds: number, seed: Uint8Array): string;
  encrypt_sync(data: string | Uint8Array, salt: string): string;
  compare_sync(data: string, hash: string): boolean;
  get_rounds(hash: string): number;
  gen_salt(minor: string, rounds: number, seed: Uint8Array, done: Done): void;
  encrypt(data: string, salt: string, done: Done): void;
  compare(data: string, hash: string, done: Done): void;
}

/** The expected values come from bcrypt 6.0.0's own compiled part. */
describe('the stand-in for bcrypt', () => {
  const addon = bcrypt(fakeServices()) as unknown as Addon;
  const salt = '$2b$04$./CgKyPTXlcGkYo5xL1s9u';
  const secret = `${salt}dTnen1oVPxQJpoMhEIPl0D6wqJkUih2`;
  const result = (start: (done: Done) => void): Promise<unknown> =>
    new Promise((resolve) => start((error, value) => resolve(error ?? value)));

  it('makes salts', async () => {
    const seed = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    expect(addon.gen_salt_sync('b', 4, seed)).toBe(salt);
    expect(addon.gen_salt_sync('a', 40, Buffer.alloc(16, 255))).toBe('$2a$31$999999999999999999999u');
    expect(await result((done) => addon.gen_salt('b', 4, seed, done))).toBe(salt);
    expect(() => addon.gen_salt_sync('b', 4, Buffer.alloc(3))).toThrow('16 byte Buffer');
  });

  it.each([
    ['', 'TVGtMfiX1h8aaHhqY4IvyvGtzgY7lrq'],
    ['pässwörd 🎉', 'J4o3nkfDZWb1sV8r8e8kF0XXOgKXKXO'],
    ['x'.repeat(80), 'r4.s8EOGshY8x/e3Gy8wC.0xOiE2wbu'],
    ['nul\0byte', 'gojhglBEJdp8KWinP11QZEDGBIVLSX2'],
  ])('hashes %j', (password, hash) => {
    expect(addon.encrypt_sync(password, salt)).toBe(salt + hash);
  });

  it('hashes bytes, and later', async () => {
    expect(addon.encrypt_sync(Buffer.from('secret'), salt)).toBe(secret);
    expect(await result((done) => addon.encrypt('secret', salt, done))).toBe(secret);
  });

  it('compares', async () => {
    expect(addon.compare_sync('secret', secret)).toBe(true);
    expect(addon.compare_sync('Secret', secret)).toBe(false);
    expect(addon.compare_sync('secret', 'nope')).toBe(false);
    expect(await result((done) => addon.compare('secret', secret, done))).toBe(true);
  });

  it('refuses what is no salt or hash', async () => {
    const message = 'Invalid salt. Salt must be in the form of: $Vers$log2(NumRounds)$saltvalue';
    expect(() => addon.encrypt_sync('x', 'nope')).toThrow(message);
    expect(() => addon.encrypt_sync('x', '$2y$04$......................')).toThrow(message);
    expect(await result((done) => addon.encrypt('x', 'nope', done))).toEqual(new Error(message));
    expect(addon.get_rounds(salt)).toBe(4);
    expect(() => addon.get_rounds('x')).toThrow('invalid hash provided');
  });
});
