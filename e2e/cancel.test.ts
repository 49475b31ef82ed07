import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { button, verdictOf, withPage } from './press.ts';
import { startApp, type App } from './support.ts';

/** Cancelling at any time, two tabs, and a page that is left in the middle. */
let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** Presses Cancel as soon as the page shows that the stage is under way, which may be for a moment only. */
function cancelIn(page: Page, stage: string): Promise<boolean> {
  return page.evaluate(
    (name) =>
      new Promise<boolean>((resolve) => {
        const look = (): void => {
          const running = document.querySelector(`[data-stage="${name}"][data-status="running"]`) !== null;
          const over = document.querySelector('[data-verdict="passed"], [data-verdict="failed"]') !== null;
          if (!running && !over) return;
          observer.disconnect();
          const cancel = [...document.querySelectorAll('button')].find(
            (one) => one.textContent.trim() === 'Cancel',
          );
          if (running) cancel?.click();
          resolve(running);
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      }),
    stage,
  );
}

/** Listens, and is never healthy: a healthy one is asked once, and the stage is over before anybody sees it. */
const ailing = `=== run.sh ===
exec node server.js
=== package.json ===
{ "name": "ailing", "version": "1.0.0" }
=== server.js ===
require('http').createServer((request, response) => { response.statusCode = 503; response.end(); }).listen(3000);
`;

it.each(['boot', 'install', 'start', 'health', 'suite', 'verify'])(
  'a run is cancelled in the stage %s, and leaves no sandbox behind',
  (stage) =>
    withPage(app, 'express-unconstrained', async (page) => {
      if (stage === 'health') {
        await page.getByRole('radio', { name: 'Paste' }).check({ force: true });
        await page.locator('#pasted').fill(ailing);
        await button(page, 'Read files').click();
        await expect.poll(() => button(page, 'Run').isEnabled()).toBe(true);
      }
      const cancelled = cancelIn(page, stage);
      await button(page, 'Run').click();
      expect(await cancelled).toBe(true);
      expect(await verdictOf(page)).toBe('cancelled');
      await expect.poll(() => page.locator('iframe').count(), { timeout: 30_000 }).toBe(0);
      expect(await button(page, 'Run').isEnabled()).toBe(true);
    }),
);

it('a run after many that were cancelled passes', () =>
  withPage(app, 'express-unconstrained', async (page) => {
    for (const stage of ['install', 'suite', 'boot']) {
      const cancelled = cancelIn(page, stage);
      await button(page, 'Run').click();
      await cancelled;
      expect(await verdictOf(page)).toBe('cancelled');
    }
    await button(page, 'Run').click();
    await page.locator('[data-verdict="passed"]').first().waitFor({ timeout: 150_000 });
  }));

it('two tabs run at the same time, and each finds both runs in the history', () =>
  withPage(app, 'express-unconstrained', (one) =>
    withPage(app, 'fastify-unconstrained', async (other) => {
      await button(one, 'Run').click();
      await button(other, 'Run').click();
      expect(await Promise.all([verdictOf(one), verdictOf(other)])).toEqual(['passed', 'passed']);
      for (const page of [one, other]) {
        await page.evaluate(() => (location.hash = '#history'));
        const rows = page.locator('tr[data-run]');
        await rows.filter({ hasText: 'Express' }).first().waitFor();
        await rows.filter({ hasText: 'Fastify' }).first().waitFor();
      }
    }),
  ));

it('a run that a reload broke off is found again, and can be run again', () =>
  withPage(app, 'express-unconstrained', async (page) => {
    await button(page, 'Run').click();
    await page.locator('[data-stage="install"]:not([data-status="waiting"])').first().waitFor();
    // The history notes the run a moment after it began.
    await page.waitForTimeout(2_000);
    const over = await page.locator('[data-verdict="passed"]').count();
    await page.reload();
    await expect.poll(() => button(page, 'Run').isEnabled()).toBe(true);
    if (over === 0)
      await page
        .getByText(/broken off|interrupted|was under way/i)
        .first()
        .waitFor();
    await button(page, 'Run').click();
    await page.locator('[data-verdict="passed"]').first().waitFor({ timeout: 150_000 });
  }));
