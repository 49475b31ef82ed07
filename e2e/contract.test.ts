import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { contractNames } from '../src/engines/contract/index.ts';
import { openHarness, startApp, type App } from './support.ts';

let app: App;
let page: Page;

beforeAll(async () => {
  app = await startApp();
  page = await openHarness(app);
});
afterAll(() => app.close());

describe.each(['node', 'python'] as const)('engine contract: %s in the browser', (engine) => {
  it.each(contractNames)('%s', async (name) => {
    await page.evaluate(([id, wanted]) => window.decay?.contract(id, wanted, 4_000), [engine, name] as const);
  });
});
