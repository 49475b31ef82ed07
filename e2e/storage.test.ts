import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { button, verdictOf } from './press.ts';
import { startApp, type App } from './support.ts';

/** The built app where the browser keeps nothing for it, or has no room, or no network. */
let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** A page prepared before the app is loaded, and ready to run. */
async function prepared(prepare: (page: Page) => Promise<unknown>): Promise<Page> {
  const page = await app.context.newPage();
  await prepare(page);
  await page.goto(app.url);
  await expect.poll(() => button(page, 'Run').isEnabled(), { timeout: 60_000 }).toBe(true);
  return page;
}

async function passes(page: Page): Promise<void> {
  await button(page, 'Run').click();
  expect(await verdictOf(page)).toBe('passed');
}

it('runs where storage is denied, and says that nothing is kept', async () => {
  const page = await prepared((fresh) =>
    fresh.addInitScript(() => {
      const denied = (): never => {
        throw new DOMException('denied', 'SecurityError');
      };
      Object.defineProperty(window, 'indexedDB', { get: denied });
      Object.defineProperty(window, 'sessionStorage', { get: denied });
      Object.defineProperty(window, 'localStorage', { get: denied });
      Object.defineProperty(window, 'caches', { get: denied });
    }),
  );
  await passes(page);
  await page.evaluate(() => (location.hash = '#history'));
  await page
    .getByRole('main')
    .getByText(/until (the|this) (page|tab) is closed|not (be )?kept|cannot be kept/i)
    .first()
    .waitFor();
  await page.close();
});

it('runs where storage is full, and says so', async () => {
  const page = await prepared(async (fresh) => {
    const session = await app.context.newCDPSession(fresh);
    await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(app.url).origin, quotaSize: 1 });
  });
  await passes(page);
  await page
    .getByText(/full|no room|space/i)
    .first()
    .waitFor();
  await page.close();
});

it('runs again without a network, once it has run with one', async () => {
  const page = await prepared(() => Promise.resolve());
  await passes(page);
  await app.context.setOffline(true);
  try {
    await page.getByText('Offline: what is loaded keeps working').waitFor();
    await button(page, 'Run').click();
    expect(await verdictOf(page)).toBe('passed');
  } finally {
    await app.context.setOffline(false);
    await page.close();
  }
});
