import { describe, expect, it } from 'vitest';
import { clearCaches, keepForGood, listCaches, storageUse } from './storage.ts';

function fakeCaches(content: Record<string, number>): CacheStorage {
  const names = new Map(Object.entries(content));
  return {
    keys: () => Promise.resolve([...names.keys()]),
    open: (name: string) =>
      Promise.resolve({ keys: () => Promise.resolve(Array.from({ length: names.get(name) ?? 0 })) }),
    delete: (name: string) => Promise.resolve(names.delete(name)),
  } as unknown as CacheStorage;
}

describe('storage use', () => {
  it('says what the browser says', async () => {
    const storage = {
      estimate: () => Promise.resolve({ usage: 10, quota: 100 }),
      persisted: () => Promise.resolve(true),
      persist: () => Promise.resolve(true),
    } as unknown as StorageManager;
    expect(await storageUse(storage)).toEqual({ used: 10, quota: 100, persistent: true });
    expect(await keepForGood(storage)).toBe(true);
  });

  it('says that the browser does not say', async () => {
    const storage = { estimate: () => Promise.reject(new Error('denied')) } as unknown as StorageManager;
    expect(await storageUse(storage)).toEqual({ used: undefined, quota: undefined, persistent: false });
    expect(await keepForGood(storage)).toBe(false);
  });
});

describe('caches', () => {
  it('are listed by name and cleared', async () => {
    const all = fakeCaches({ 'python-snapshot': 1, other: 3 });
    expect(await listCaches(all)).toEqual([
      { name: 'python-snapshot', title: 'Python, booted and ready', entries: 1 },
      { name: 'other', title: 'other', entries: 3 },
    ]);
    expect(await clearCaches(['other'], all)).toBe(1);
    expect(await clearCaches(undefined, all)).toBe(1);
    expect(await listCaches(all)).toEqual([]);
  });

  it('are none where the browser denies them', async () => {
    const all = { keys: () => Promise.reject(new Error('denied')) } as unknown as CacheStorage;
    expect(await listCaches(all)).toEqual([]);
    expect(await clearCaches(undefined, all)).toBe(0);
  });
});
