import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limits } from '../domain/limits.ts';
import {
  describeStoreFault,
  openRunStore,
  type OpenOptions,
  type RunStore,
  type StoreFault,
} from './index.ts';
import { migrations, storeNames, type Migration } from './migrations.ts';
import type { Liveness } from './tabs.ts';
import { scored, smallDraft, smallRecord } from './testing/records.ts';

/** Runs that some tab carries out, as a browser's locks would say. */
class FakeLocks implements Liveness {
  constructor(readonly ids = new Set<string>()) {}
  hold(id: string): () => void {
    this.ids.add(id);
    return () => this.ids.delete(id);
  }
  held(): Promise<ReadonlySet<string>> {
    return Promise.resolve(this.ids);
  }
}

const opened: RunStore[] = [];
async function open(options: OpenOptions = {}): Promise<RunStore> {
  const store = await openRunStore({ liveness: new FakeLocks(), ...options });
  opened.push(store);
  return store;
}
const ids = async (store: RunStore, query = {}): Promise<string[]> =>
  (await store.list(query)).runs.map(({ id }) => id);
const code = (code: StoreFault['code']): unknown =>
  expect.objectContaining({ fault: expect.objectContaining({ code }) });

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('runs that were put', () => {
  it('are listed and opened after the page was closed', async () => {
    const record = smallRecord();
    const before = await open();
    expect(before.persistence).toEqual({ kind: 'disk' });
    expect(await before.put(record)).toEqual({ where: 'disk' });
    before.close();
    const after = await open();
    expect((await after.list()).runs).toMatchObject([
      { id: 'run1', outcome: 'unscored', framework: 'koa', level: 2, engine: 'node', ms: 200 },
    ]);
    expect(await after.open('run1')).toEqual(record);
  });

  it('are listed without reading a record', async () => {
    const store = await open();
    await store.put(smallRecord());
    const get = vi.spyOn(IDBObjectStore.prototype, 'get');
    await store.list();
    expect(get).not.toHaveBeenCalled();
  });

  it('are found by what the list shows', async () => {
    const store = await open();
    await store.put(smallRecord({ id: 'a', createdAt: '2026-01-01T00:00:00.000Z' }));
    await store.put(smallRecord({ id: 'b', createdAt: '2026-01-02T00:00:00.000Z', verdict: scored(10) }));
    const generation = { model: { id: 'big-model' }, parameters: { temperature: 0 }, prompts: [] };
    const task = { id: 'flask-unconstrained', version: '1.0.0' };
    await store.put(
      smallRecord({ id: 'c', createdAt: '2026-01-03T00:00:00.000Z', verdict: scored(3), generation, task }),
    );
    expect(await ids(store)).toEqual(['c', 'b', 'a']);
    expect(await ids(store, { limit: 1 })).toEqual(['c']);
    expect((await store.list({ limit: 1 })).found).toBe(3);
    expect(await ids(store, { framework: 'koa' })).toEqual(['b', 'a']);
    expect(await ids(store, { taskId: 'flask-unconstrained' })).toEqual(['c']);
    expect(await ids(store, { level: 0 })).toEqual(['c']);
    expect(await ids(store, { outcome: 'passed' })).toEqual(['b']);
    expect(await ids(store, { outcome: 'failed' })).toEqual(['c']);
    expect(await ids(store, { model: 'big-model' })).toEqual(['c']);
    expect(await ids(store, { source: 'paste' })).toEqual([]);
    expect(await ids(store, { text: 'registry CONDUIT' })).toEqual(['a']);
    expect(await ids(store, { text: 'big nothing' })).toEqual([]);
    expect(await ids(store, { since: new Date('2026-01-02') })).toEqual(['c', 'b']);
    expect(await ids(store, { until: new Date('2026-01-02') })).toEqual(['b', 'a']);
  });

  it('have a name of the person’s own, and say when they were not made here', async () => {
    const store = await open();
    await store.put(smallRecord({ id: 'a', createdAt: '<b>yesterday</b>' }), { origin: 'file' });
    await store.put(smallRecord({ id: 'b' }));
    await store.rename('b', `  ${'the one for the talk '.repeat(20)}`);
    const { runs } = await store.list();
    expect(runs.find(({ id }) => id === 'a')).toMatchObject({ origin: 'file' });
    expect(runs.find(({ id }) => id === 'b')?.title).toHaveLength(limits.runTitleLength);
    expect(await ids(store, { text: 'TALK' })).toEqual(['b']);
    await store.rename('b', ' ');
    expect(await ids(store, { text: 'talk' })).toEqual([]);
    await expect(store.rename('c', 'x')).rejects.toEqual(code('missing'));
  });

  it('are deleted and brought back together, passing over those that are gone', async () => {
    const store = await open();
    for (const id of ['a', 'b', 'c']) await store.put(smallRecord({ id }));
    await store.discard(['b']);
    await store.remove(['a', 'b', 'c']);
    expect(await ids(store)).toEqual([]);
    await store.restore(['a', 'b']);
    expect(await ids(store)).toEqual(['a']);
  });

  it('come back after a deletion, until their time is over', async () => {
    let now = Date.parse('2026-03-01T00:00:00.000Z');
    const store = await open({ now: () => new Date(now) });
    await store.put(smallRecord());
    await store.remove(['run1']);
    expect(await ids(store)).toEqual([]);
    expect(await ids(store, { deleted: true })).toEqual(['run1']);
    await store.restore(['run1']);
    expect(await ids(store)).toEqual(['run1']);
    await store.remove(['run1']);
    now += limits.undoMs - 1;
    expect(await store.purge()).toBe(0);
    now += 1;
    expect(await store.purge()).toBe(1);
    await expect(store.open('run1')).rejects.toEqual(code('missing'));
    await expect(store.restore(['run1'])).rejects.toEqual(code('missing'));
  });
});

describe('a run under way', () => {
  it('is found as interrupted after a reload in its middle', async () => {
    const before = await open();
    await before.begin(smallDraft());
    await before.checkpoint('draft1', { stage: 'suite', passed: 7, failed: 1 });
    expect((await before.list()).runs).toMatchObject([{ outcome: 'running', stage: 'suite' }]);
    const after = await open();
    expect((await after.list()).runs).toMatchObject([
      { id: 'draft1', outcome: 'interrupted', stage: 'suite' },
    ]);
    expect(await after.draft('draft1')).toMatchObject({ files: smallDraft().files, passed: 7 });
  });

  it('is running for another tab, and gone with its draft when it has its record', async () => {
    const locks = new FakeLocks();
    const [one, other] = [await open({ liveness: locks }), await open({ liveness: locks })];
    await one.begin(smallDraft());
    expect((await other.list()).runs).toMatchObject([{ outcome: 'running' }]);
    const late = Promise.all([
      one.put(smallRecord(), { begun: 'draft1' }),
      one.checkpoint('draft1', { stage: 'score' }),
    ]);
    await late;
    expect(await ids(other)).toEqual(['run1']);
    await expect(one.draft('draft1')).rejects.toEqual(code('missing'));
    expect(locks.ids.size).toBe(0);
  });

  it('leaves nothing when it is abandoned', async () => {
    const store = await open();
    await store.begin(smallDraft());
    await store.abandon('draft1');
    expect(await store.list()).toEqual({ runs: [], found: 0, damaged: [] });
  });
});

describe('two tabs', () => {
  it('hear of each other’s changes', async () => {
    const [one, other] = [await open(), await open()];
    const heard = new Promise((resolve) => other.listen(resolve));
    await one.put(smallRecord());
    expect(await heard).toEqual(['run1']);
  });

  it('give way to a later version, and say so', async () => {
    const store = await open();
    const next = await openDB('decay', migrations.length + 1);
    expect(store.persistence).toMatchObject({ kind: 'memory', fault: { code: 'superseded' } });
    expect(await store.put(smallRecord())).toMatchObject({ where: 'memory' });
    next.close();
    expect((await open()).persistence).toMatchObject({ fault: { code: 'newer' } });
  });

  it('do not wait for ever for one that holds on', async () => {
    const old = await openDB('decay', migrations.length);
    const more: Migration[] = [...migrations, () => undefined];
    const store = await open({ steps: more, openMs: 50 });
    expect(store.persistence).toMatchObject({ kind: 'memory', fault: { code: 'blocked' } });
    old.close();
  });
});

describe('without room or leave', () => {
  it('keeps in memory what a full disk does not take, and says so', async () => {
    const store = await open();
    await store.put(smallRecord({ id: 'kept' }));
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    expect(await store.put(smallRecord())).toEqual({ where: 'memory', fault: { code: 'full' } });
    expect((await ids(store)).sort()).toEqual(['kept', 'run1']);
    expect(await store.open('run1')).toEqual(smallRecord());
    vi.restoreAllMocks();
    expect(await ids(await open())).toEqual(['kept']);
  });

  it('works on without a database', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const store = await open();
    expect(store.persistence).toMatchObject({ kind: 'memory', fault: { code: 'denied' } });
    await store.put(smallRecord());
    await store.remove(['run1']);
    await store.restore(['run1']);
    expect(await store.open('run1')).toEqual(smallRecord());
  });

  it('works on when the browser refuses to open it', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('not in a private window', 'SecurityError');
      },
    });
    expect((await open()).persistence).toMatchObject({
      fault: { code: 'denied', detail: 'not in a private window' },
    });
  });

  it('has a sentence for every fault', () => {
    const faults: StoreFault[] = [
      { code: 'full' },
      { code: 'denied', detail: 'x' },
      { code: 'blocked' },
      { code: 'newer' },
      { code: 'superseded' },
      { code: 'missing', id: 'x' },
      { code: 'damaged', id: 'x', detail: 'y' },
    ];
    for (const fault of faults) expect(describeStoreFault(fault)).toMatch(/^[A-Z].*\.$/);
  });
});

describe('hostile rows', () => {
  it('are told apart and can be removed', async () => {
    const store = await open();
    await store.put(smallRecord());
    const db = await openDB('decay');
    await db.put(storeNames.summaries, { id: 'x', createdAt: '<img>', state: 'finished' });
    await db.put(storeNames.summaries, { id: 7 });
    await db.put(storeNames.records, { ...smallRecord({ id: 'y' }), task: { id: '../etc', version: '1' } });
    db.close();
    expect(await store.list()).toMatchObject({ found: 1, damaged: ['x'] });
    await expect(store.open('y')).rejects.toEqual(code('damaged'));
    await store.discard(['x', 'y']);
    expect((await store.list()).damaged).toEqual([]);
  });
});

describe('migrations', () => {
  it.each([[1, import('./testing/v1.json')]] as const)(
    'bring a database of version %i up to today',
    async (version, dump) => {
      const rows: Record<string, unknown> = { ...(await dump).default };
      const old = await openDB('decay', version, {
        upgrade: async (db, from, _, transaction) => {
          for (const step of migrations.slice(from, version)) await step(db as never, transaction as never);
        },
      });
      for (const [name, list] of Object.entries(rows)) {
        for (const row of list as unknown[]) await old.put(name, row);
      }
      old.close();
      const store = await open();
      expect((await store.list()).damaged).toEqual([]);
      expect((await store.list()).runs).toMatchObject([
        { id: 'old2', outcome: 'interrupted' },
        { id: 'old1', outcome: 'unscored' },
      ]);
      expect(await store.open('old1')).toMatchObject({ packages: { koa: '3.0.0' } });
      expect(await store.draft('old2')).toMatchObject({ stage: 'install' });
    },
  );

  it('move rows in steps, and leave all as it was when one fails', async () => {
    await (await open()).put(smallRecord());
    opened.splice(0)[0]?.close();
    const rename: Migration = async (_, transaction) => {
      const rows = transaction.objectStore(storeNames.summaries);
      for (const row of await rows.getAll())
        await rows.put({ ...row, source: { ...row.source, label: 'moved' } });
    };
    const fail: Migration = () => {
      throw new Error('cannot');
    };
    const broken = await open({ steps: [...migrations, rename, fail] });
    expect(broken.persistence).toMatchObject({ fault: { code: 'denied', detail: 'cannot' } });
    const same = await open();
    expect((await same.list()).runs[0]?.source.label).toBe('conduit.zip');
    same.close();
    const moved = await open({ steps: [...migrations, rename] });
    expect((await moved.list()).runs[0]?.source.label).toBe('moved');
  });
});
