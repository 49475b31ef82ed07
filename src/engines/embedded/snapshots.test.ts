import { describe, expect, it } from 'vitest';
import { Preparations } from './preparations.ts';
import { snapshotKey, Snapshots, type SnapshotCache } from './snapshots.ts';

class MemoryCache implements SnapshotCache {
  readonly entries = new Map<string, Response>();
  async match(request: string): Promise<Response | undefined> {
    return this.entries.get(request)?.clone();
  }
  async put(request: string, response: Response): Promise<void> {
    this.entries.set(request, response);
  }
  async delete(request: string): Promise<boolean> {
    return this.entries.delete(request);
  }
  async keys(): Promise<{ url: string }[]> {
    return [...this.entries.keys()].map((url) => ({ url }));
  }
}

const blob = (...values: number[]) => new Blob([Uint8Array.from(values)]);
/** What is in it; undefined for none. */
const read = async (content: Blob | undefined) => content && [...new Uint8Array(await content.arrayBuffer())];

describe('stored snapshots', () => {
  it('come back as they were saved, under their key alone', async () => {
    const snapshots = new Snapshots(async () => cache);
    const cache = new MemoryCache();
    await snapshots.save('one', blob(1, 2, 3));
    expect(await read(await snapshots.load('one'))).toEqual([1, 2, 3]);
    expect(await snapshots.load('two')).toBeUndefined();
    await snapshots.save('two', blob(4));
    expect(await snapshots.load('one')).toBeUndefined();
    expect(cache.entries.size).toBe(1);
  });

  it('are dropped when their bytes are damaged', async () => {
    const cache = new MemoryCache();
    const snapshots = new Snapshots(async () => cache);
    await snapshots.save('one', blob(1, 2, 3));
    for (const [url, { headers }] of cache.entries)
      cache.entries.set(url, new Response(blob(1, 2, 4), { headers }));
    expect(await snapshots.load('one')).toBeUndefined();
    expect(cache.entries.size).toBe(0);
  });

  it('have a key that changes with each part', async () => {
    const key = await snapshotKey(['python.js', 'aa']);
    expect(await snapshotKey(['python.js', 'aa'])).toBe(key);
    expect(await snapshotKey(['python.js', 'ab'])).not.toBe(key);
    expect(await snapshotKey(['python.jsa', 'a'])).not.toBe(key);
  });

  it('are done without where the browser keeps nothing', async () => {
    const snapshots = new Snapshots(() => Promise.reject(new Error('SecurityError')));
    expect(await snapshots.load('one')).toBeUndefined();
  });
});

interface FakeSandbox {
  id: number;
  snapshot: Blob | undefined;
  disposed: boolean;
}

function parts(make: (signal: AbortSignal) => Promise<Blob> = async () => blob(7)) {
  const cache = new MemoryCache();
  const counts = { made: 0, opened: 0 };
  const opened: FakeSandbox[] = [];
  const preparations = () =>
    new Preparations<FakeSandbox>({
      snapshots: new Snapshots(async () => cache),
      key: async () => 'key',
      make: async (signal) => {
        counts.made++;
        return make(signal);
      },
      open: async (snapshot) => {
        const sandbox = { id: counts.opened++, snapshot, disposed: false };
        opened.push(sandbox);
        return sandbox;
      },
    });
  return { preparations, counts, opened };
}

describe('what is ready before a run', () => {
  it('is nothing until the page prepared', async () => {
    const { preparations, counts } = parts();
    expect(await preparations().use(true)).toEqual({ sandbox: undefined, snapshot: undefined });
    expect(counts).toEqual({ made: 0, opened: 0 });
  });

  it('is a snapshot, made once and found again after a reload', async () => {
    const { preparations, counts } = parts();
    await preparations().prepare();
    const later = preparations();
    expect(await read((await later.use(false)).snapshot)).toEqual([7]);
    await later.prepare();
    expect(counts.made).toBe(1);
  });

  it('is a sandbox that is handed to one run alone', async () => {
    const { preparations, counts } = parts();
    const page = preparations();
    await Promise.all([page.prepare(), page.prepare()]);
    expect(counts.opened).toBe(1);
    expect((await page.use(false)).sandbox).toBeUndefined();
    const runs = await Promise.all([page.use(true), page.use(true)]);
    expect(runs.filter(({ sandbox }) => sandbox !== undefined).length).toBe(1);
    await page.prepare();
    expect((await page.use(true)).sandbox?.id).toBe(1);
  });

  it('is no sandbox that failed while it stood by', async () => {
    const { preparations, opened } = parts();
    const page = preparations();
    await page.prepare();
    for (const sandbox of opened) sandbox.disposed = true;
    expect((await page.use(true)).sandbox).toBeUndefined();
  });

  it('is given up when a run needs the processor, and made later', async () => {
    let attempts = 0;
    const { preparations, counts } = parts((signal) =>
      attempts++ > 0
        ? Promise.resolve(blob(7))
        : new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
          }),
    );
    const page = preparations();
    const preparing = page.prepare();
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await page.use(true)).toEqual({ sandbox: undefined, snapshot: undefined });
    await preparing;
    await page.prepare();
    expect(await read((await page.use(true)).snapshot)).toEqual([7]);
    expect(counts.made).toBe(2);
  });
});
