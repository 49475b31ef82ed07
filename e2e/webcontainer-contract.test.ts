import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { contractNames } from '../src/engines/contract/index.ts';
import { openHarness, startApp, startHost, type App, type Host } from './support.ts';

/** The unmodified client of `@webcontainer/api`, in a page of one origin, against our host on another. */
let app: App;
let host: Host;
let page: Page;

beforeAll(async () => {
  [app, host] = await Promise.all([startApp(), startHost()]);
  page = await openHarness(app);
});
afterAll(async () => {
  await app.close();
  await host.close();
});

describe('engine contract: webcontainer through our host', () => {
  it.each(contractNames)('%s', async (name) => {
    await page.evaluate(
      ([wanted, url]) => window.decay?.contract('webcontainer', wanted, 4_000, { host: url }),
      [name, host.url] as const,
    );
  });
});
