import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadReference } from '../tasks/references/index.ts';
import { assertions } from '../tasks/suite/index.ts';
import { runRecord } from '../src/domain/run.ts';
import { parse } from 'valibot';
import { openHarness, startApp, startHost, type App, type Host } from './support.ts';

/** WebContainers as a person chooses them, with the host pointed at ours: the client itself is the package's own. */
let app: App;
let host: Host;

beforeAll(async () => {
  [app, host] = await Promise.all([startApp(), startHost()]);
});
afterAll(async () => {
  await app.close();
  await host.close();
});

const key = 'a-key-that-must-not-leak';

interface Opened {
  page: Page;
  /** Addresses outside the app that were asked for. */
  asked: string[];
}

/** The page, told that WebContainers are at `origin`. */
async function withPage(origin: string, use: (opened: Opened) => Promise<void>): Promise<void> {
  const page = await app.context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(app.url) && /^https?:/.test(request.url())) asked.push(request.url());
  });
  await page.addInitScript((url) => {
    globalThis.WEBCONTAINER_API_IFRAME_URL = url;
  }, origin);
  try {
    await page.goto(app.url);
    await expect.poll(() => run(page).isEnabled(), { timeout: 30_000 }).toBe(true);
    await page.locator('summary', { hasText: 'More options' }).click();
    await use({ page, asked });
  } finally {
    await page.close();
  }
}

const choice = (page: Page) => page.getByRole('radio', { name: /WebContainers by StackBlitz/ });
const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true });

async function choose(page: Page): Promise<void> {
  await choice(page).check();
  await page.getByRole('checkbox', { name: /Load the runtime/ }).check();
}

async function verdictOf(page: Page): Promise<string> {
  const settled = page.locator(
    '[data-verdict="passed"], [data-verdict="failed"], [data-verdict="unscored"], [data-verdict="cancelled"], [data-verdict="broken"]',
  );
  await settled.first().waitFor({ timeout: 150_000 });
  return (await settled.first().getAttribute('data-verdict')) ?? '';
}

describe('WebContainers in the page', () => {
  it('run a reference to its verdict after consent, and keep the key out of the record', () =>
    withPage(host.url, async ({ page, asked }) => {
      await choice(page).check();
      expect(await run(page).isDisabled()).toBe(true);
      await page.getByText('Their sandbox has network access of its own.').waitFor();
      await page.getByText('commercial use needs a licence').waitFor();
      await page.getByLabel(/^API key/).fill(key);
      await page.getByRole('checkbox', { name: /Load the runtime/ }).check();
      expect(asked).toEqual([]);
      await run(page).click();
      expect(await verdictOf(page)).toBe('passed');
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.filter((url) => !url.startsWith(host.url))).toEqual([]);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save run record' }).click();
      const text = await readFile(await (await download).path(), 'utf8');
      expect(text).not.toContain(key);
      const record = parse(runRecord, JSON.parse(text));
      expect(record.engine).toMatchObject({
        id: 'webcontainer',
        versions: { host: host.url, node: '20.20.2' },
      });
      expect(record.suite?.assertions.length).toBe(assertions.length);
      expect(await stored(page)).not.toContain(key);
      expect(page.url()).not.toContain(key);
      // The server is kept for requests by hand, until it is told to stop.
      await page.getByRole('tab', { name: 'Requests' }).click();
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect.poll(() => page.locator('iframe').count()).toBe(0);
    }));

  it('are given up in the middle of the loading, and the embedded engine works after that', () =>
    withPage(host.url, async ({ page }) => {
      await choose(page);
      await run(page).click();
      await page.locator('li[data-stage="boot"][data-status="running"]').waitFor();
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
      expect(await verdictOf(page)).toBe('cancelled');
      await expect.poll(() => page.locator('iframe').count()).toBe(0);
      await page.getByRole('radio', { name: /Embedded engine/ }).check();
      await run(page).click();
      await page.locator('[data-verdict="passed"]').first().waitFor({ timeout: 150_000 });
    }));

  it('leave a run unscored when their host cannot be reached', () =>
    withPage('http://127.0.0.1:9', async ({ page }) => {
      await choose(page);
      await run(page).click();
      expect(await verdictOf(page)).toBe('unscored');
      const text = await page.getByRole('region', { name: 'Verdict' }).innerText();
      expect(text).toContain('http://127.0.0.1:9 cannot be reached');
    }));

  it('cannot be chosen offline, and are no choice for Python', () =>
    withPage(host.url, async ({ page }) => {
      const context: BrowserContext = app.context;
      await context.setOffline(true);
      try {
        await expect.poll(() => choice(page).isDisabled()).toBe(true);
        await page.getByText(/This browser is offline/).waitFor();
      } finally {
        await context.setOffline(false);
      }
      await expect.poll(() => choice(page).isDisabled()).toBe(false);
      await page.locator('input[name="task"][value="flask-unconstrained"]').check({ force: true });
      await choice(page).waitFor({ state: 'detached' });
    }));
});

describe('WebContainers through the harness', () => {
  it('run packages with compiled parts over the same cores, and say so', async () => {
    const page = await openHarness(app);
    const files = (await loadReference('express-sqlite')) as Record<string, string>;
    const record = await page.evaluate(
      ([content, url]) =>
        window.decay?.run('native-packages', {
          taskId: 'express-sqlite',
          files: content,
          engine: 'webcontainer',
          settings: { host: url },
          source: { kind: 'reference', label: 'reference' },
          profile: 'parser',
        }),
      [files, host.url] as const,
    );
    expect(record?.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
    expect(record?.substitutions.map((what) => what.package)).toContain('better-sqlite3');
    await page.close();
  });

  it('wait for each other', async () => {
    const page = await openHarness(app);
    const order = await page.evaluate(async (url) => {
      const happened: string[] = [];
      const engine = await window.decay?.createEngine('webcontainer', { host: url });
      if (engine === undefined) return happened;
      const first = await engine.boot();
      const second = engine.boot({ onProgress: ({ label }) => happened.push(label) });
      await new Promise((done) => setTimeout(done, 100));
      happened.push('first ends');
      await first.dispose();
      const sandbox = await second;
      happened.push((await sandbox.fs.readdir('.')).length === 0 ? 'a fresh sandbox' : 'a used sandbox');
      await sandbox.dispose();
      return happened;
    }, host.url);
    expect(order[0]).toBe('waiting for the other run');
    expect(order[1]).toBe('first ends');
    expect(order.at(-1)).toBe('a fresh sandbox');
    await page.close();
  });
});

/** All that this origin keeps. */
function stored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, databases]);
  });
}
