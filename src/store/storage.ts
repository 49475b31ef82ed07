/** What the page keeps in the browser beside its runs, and how much room all of it takes. */

export interface StorageUse {
  /** Bytes of all that the page keeps, and how many it may keep; undefined where the browser does not say. */
  used: number | undefined;
  quota: number | undefined;
  /** True when the browser does not clear it by itself when it needs room. */
  persistent: boolean;
}

export async function storageUse(
  storage: StorageManager | undefined = storageManager(),
): Promise<StorageUse> {
  const estimate = await storage?.estimate().catch(() => undefined);
  const persistent = (await storage?.persisted?.().catch(() => false)) ?? false;
  return { used: estimate?.usage, quota: estimate?.quota, persistent };
}

/** Asks the browser not to clear what is kept; some ask the person. @returns whether it agreed */
export async function keepForGood(storage: StorageManager | undefined = storageManager()): Promise<boolean> {
  return (await storage?.persist?.().catch(() => false)) ?? false;
}

const storageManager = (): StorageManager | undefined =>
  typeof navigator === 'undefined' ? undefined : (navigator.storage as StorageManager | undefined);

export interface CacheUse {
  name: string;
  /** For people. */
  title: string;
  entries: number;
}

/** The caches of this origin by the names that the engines give them; all of them can be made again. */
const titles: Readonly<Record<string, string>> = { 'python-snapshot': 'Python, booted and ready' };

/** The caches there are. Empty where the browser denies them. */
export async function listCaches(all: CacheStorage | undefined = cacheStorage()): Promise<CacheUse[]> {
  const names = (await all?.keys().catch(() => [])) ?? [];
  return Promise.all(
    names.map(async (name) => {
      const cache = await all?.open(name).catch(() => undefined);
      const keys = await cache?.keys().catch(() => []);
      return { name, title: titles[name] ?? name, entries: keys?.length ?? 0 };
    }),
  );
}

/** Removes caches, all of them when none is named; the next run makes them again. @returns how many were removed */
export async function clearCaches(
  names?: readonly string[],
  all: CacheStorage | undefined = cacheStorage(),
): Promise<number> {
  const known = names ?? (await all?.keys().catch(() => [])) ?? [];
  const removed = await Promise.all(known.map((name) => all?.delete(name).catch(() => false)));
  return removed.filter((done) => done === true).length;
}

const cacheStorage = (): CacheStorage | undefined => (typeof caches === 'undefined' ? undefined : caches);
