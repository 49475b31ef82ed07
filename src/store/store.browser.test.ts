import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchOptions } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';
import type { RunStore } from './index.ts';
import { smallDraft, smallRecord } from './testing/records.ts';

/** The history in a real browser: its database, its locks, its channel between tabs, its quota. */

let dir: string;
let server: Awaited<ReturnType<typeof serve>>;
let browser: Browser;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'decay-store-'));
  const lib = { entry: join(import.meta.dirname, 'index.ts'), formats: ['es' as const], fileName: 'store' };
  await build({ configFile: false, logLevel: 'error', build: { outDir: dir, emptyOutDir: false, lib } });
  await writeFile(
    join(dir, 'main.js'),
    "globalThis.opened = import('./store.js').then((m) => m.openRunStore());",
  );
  await writeFile(
    join(dir, 'index.html'),
    '<!doctype html><title>store</title><script src="main.js"></script>',
  );
  server = await serve({ dir });
  browser = await chromium.launch(launchOptions());
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(dir, { recursive: true, force: true });
});

declare global {
  var opened: Promise<RunStore>;
}

async function withTabs(count: number, use: (...tabs: Page[]) => Promise<void>): Promise<void> {
  const context: BrowserContext = await browser.newContext();
  try {
    const tabs: Page[] = [];
    for (let n = 0; n < count; n++) {
      const page = await context.newPage();
      await page.goto(`${server.url}/`);
      tabs.push(page);
    }
    await use(...tabs);
  } finally {
    await context.close();
  }
}

const list = (page: Page) =>
  page.evaluate(async () => {
    const { runs } = await (await opened).list();
    return runs.map(({ id, outcome }) => `${id} ${outcome}`);
  });
const put = (page: Page, id: string) =>
  page.evaluate(async (record) => (await opened).put(record), smallRecord({ id }));

describe('the history in Chromium', () => {
  it('outlives a reload', () =>
    withTabs(1, async (page) => {
      expect(await put(page as Page, 'run1')).toEqual({ where: 'disk' });
      await page?.reload();
      expect(await list(page as Page)).toEqual(['run1 unscored']);
      expect(await page?.evaluate(async () => (await opened).open('run1'))).toEqual(smallRecord());
    }));

  it('tells a run that another tab carries out from one whose tab was closed', () =>
    withTabs(2, async (one, other) => {
      await one?.evaluate(async (draft) => (await opened).begin(draft), smallDraft());
      expect(await list(other as Page)).toEqual(['draft1 running']);
      await one?.close();
      await expect.poll(() => list(other as Page)).toEqual(['draft1 interrupted']);
    }));

  it('tells other tabs of its changes', () =>
    withTabs(2, async (one, other) => {
      const heard = other?.evaluate(async () => {
        const store = await opened;
        return new Promise<readonly string[]>((resolve) => store.listen(resolve));
      });
      await put(other as Page, 'first');
      await put(one as Page, 'run1');
      expect(await heard).toEqual(['first']);
      expect((await list(other as Page)).sort()).toEqual(['first unscored', 'run1 unscored']);
    }));

  it('gives way to a later version in another tab', () =>
    withTabs(2, async (one, other) => {
      await one?.evaluate(() => opened.then(() => undefined));
      await other?.evaluate(async () => {
        (await opened).close();
        await new Promise((resolve, reject) => {
          const request = indexedDB.open('decay', 99);
          request.onsuccess = resolve;
          request.onerror = reject;
        });
      });
      const persistence = () => one?.evaluate(async () => (await opened).persistence);
      await expect.poll(persistence).toEqual({ kind: 'memory', fault: { code: 'superseded' } });
      await one?.reload();
      expect(await persistence()).toEqual({ kind: 'memory', fault: { code: 'newer' } });
    }));

  it('keeps in memory what goes beyond the quota', () =>
    withTabs(1, async (page) => {
      const session = await (page as Page).context().newCDPSession(page as Page);
      await session.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: 1_000_000 });
      // Before the first write: the browser asks for the room that is left now and then only.
      await put(page as Page, 'small');
      const kept = await page?.evaluate(
        async (record) => {
          const noise = Array.from({ length: 400_000 }, () => Math.random().toString(36)).join('');
          return (await opened).put({ ...record, files: { 'big.txt': noise } });
        },
        smallRecord({ id: 'large' }),
      );
      expect(kept).toEqual({ where: 'memory', fault: { code: 'full' } });
      expect((await list(page as Page)).sort()).toEqual(['large unscored', 'small unscored']);
    }));
});
