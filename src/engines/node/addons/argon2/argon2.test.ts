import { describe, expect, it } from 'vitest';
import { fakeServices } from '../../testing/fake-services.ts';
import { argon2 } from './index.ts';

type Hash = (call: Record<string, unknown>) => Promise<Uint8Array>;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The expected values are the test vectors of RFC 9106, section 5. */
describe('the stand-in for argon2', () => {
  const hash = argon2(fakeServices())['hash'] as Hash;
  const vector = {
    password: new Uint8Array(32).fill(1),
    salt: new Uint8Array(16).fill(2),
    secret: new Uint8Array(8).fill(3),
    data: new Uint8Array(12).fill(4),
    hashLength: 32,
    m: 32,
    t: 3,
    p: 4,
    version: 0x13,
  };

  it.each([
    [0, '512b391b6f1162975371d30919734294f868e3be3984f3c1a13a4db9fabe4acb'],
    [1, 'c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8'],
    [2, '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659'],
  ])('hashes as type %i', async (type, expected) => {
    expect(hex(await hash({ ...vector, type }))).toBe(expected);
  });

  it('gives results of any length, and those of the older version', async () => {
    expect((await hash({ ...vector, type: 2, hashLength: 100 })).length).toBe(100);
    const old = hex(await hash({ ...vector, type: 2, version: 0x10 }));
    expect(old).toBe('b64615f07789b66b645b67ee9ed3b377ae350b6bfcbb0fc95141ea8f322613c0');
  });

  it.each([
    [{ hashLength: 3 }, 'Output is too short'],
    [{ salt: new Uint8Array(7) }, 'Salt is too short'],
    [{ m: 31 }, 'Memory cost is too small'],
    [{ t: 0 }, 'Time cost is too small'],
    [{ p: 0 }, 'Too few lanes'],
  ])('refuses %j', async (change, message) => {
    await expect(hash({ ...vector, type: 2, ...change })).rejects.toThrow(message);
  });
});
