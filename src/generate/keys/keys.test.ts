import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { browserKeyDisk } from './key-disk.ts';
import { KeyRing } from './key-ring.ts';
import { KeyError, newLock, open, seal } from './vault.ts';

const address = 'https://api.example.com/v1';
const key = 'sk-planted-0123456789';
let count = 0;
const freshDisk = () => browserKeyDisk(`keys-${count++}`);

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: unknown) => (error instanceof KeyError ? error.code : String(error)),
  );
}

describe('sealed keys', () => {
  it('open with their passphrase, in whatever form it is typed', async () => {
    const sealed = await seal({ [address]: key }, await newLock('Zoë’s passphrase'));
    expect((await open(sealed, 'Zoe\u0308’s passphrase')).keys).toEqual({ [address]: key });
  });

  it('hold nothing readable, and are never the same twice', async () => {
    const lock = await newLock('correct horse');
    const [one, two] = [await seal({ [address]: key }, lock), await seal({ [address]: key }, lock)];
    const bytes = new TextDecoder('latin1').decode(one.data);
    expect(bytes).not.toContain('planted');
    expect(bytes).not.toContain('example');
    expect(one.iv).not.toEqual(two.iv);
    expect(lock.key.extractable).toBe(false);
  });

  it('do not open with another one, nor changed, nor with fewer rounds', async () => {
    const sealed = await seal({ [address]: key }, await newLock('correct horse'));
    expect(await codeOf(open(sealed, 'correct house'))).toBe('wrong-passphrase');
    const changed = { ...sealed, data: sealed.data.map((byte, index) => (index === 3 ? byte ^ 1 : byte)) };
    expect(await codeOf(open(changed, 'correct horse'))).toBe('wrong-passphrase');
    expect(await codeOf(open({ ...sealed, rounds: 1 }, 'correct horse'))).toBe('damaged');
    expect(await codeOf(open({ ...sealed, rounds: 700_000 }, 'correct horse'))).toBe('wrong-passphrase');
    expect(await codeOf(open('nonsense', 'correct horse'))).toBe('damaged');
  });
});

describe('the key ring', () => {
  it('keeps nothing on disk unless asked', async () => {
    const disk = freshDisk();
    const ring = new KeyRing(disk);
    await ring.set(address, key);
    expect(ring.get(address)).toBe(key);
    expect(await disk.read()).toBeUndefined();
    expect(JSON.stringify(ring)).not.toContain('planted');
  });

  it('gives a key to its own address alone', async () => {
    const ring = new KeyRing(freshDisk());
    await ring.set(address, ` ${key} `);
    expect(ring.get('https://api.example.com.evil/v1')).toBeUndefined();
    expect(ring.get('https://api.example.com/v2')).toBeUndefined();
    expect(ring.get(address)).toBe(key);
    await ring.set(address, '');
    expect(ring.size).toBe(0);
  });

  it('brings kept keys back at the next visit, and what was entered before unlocking', async () => {
    const disk = freshDisk();
    const before = new KeyRing(disk);
    await before.set(address, key);
    await before.keep('correct horse');
    await before.set('http://localhost:1/v1', 'second-key-000');
    const ring = new KeyRing(disk);
    await ring.load();
    expect([ring.keeping, ring.size]).toEqual(['locked', 0]);
    await ring.set(address, 'newer-key-11111');
    expect(await codeOf(ring.unlock('wrong horse'))).toBe('wrong-passphrase');
    await ring.unlock('correct horse');
    expect([ring.get(address), ring.get('http://localhost:1/v1')]).toEqual([
      'newer-key-11111',
      'second-key-000',
    ]);
    expect(ring.keeping).toBe('kept');
  });

  it('forgets all at once, here and on disk, even while it writes', async () => {
    const disk = freshDisk();
    const ring = new KeyRing(disk);
    await ring.set(address, key);
    await ring.keep('correct horse');
    const writing = ring.set(address, 'another-key-0000');
    await ring.forgetAll();
    await writing;
    expect([ring.size, ring.keeping, await disk.read()]).toEqual([0, 'memory', undefined]);
    const next = new KeyRing(disk);
    await next.load();
    expect(next.keeping).toBe('memory');
  });

  it('refuses a short passphrase', async () => {
    await expect(new KeyRing(freshDisk()).keep('short')).rejects.toThrow('8');
  });
});
