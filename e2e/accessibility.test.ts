import { afterAll, beforeAll, expect, it } from 'vitest';
import { faultsOfAxe } from '../src/ui/testing/axe.ts';
import { button, verdictOf, withPage } from './press.ts';
import { startApp, type App } from './support.ts';

/** Axe on the built app with a real run; every state over scripted runs: src/ui/accessibility.browser.test.ts. */
let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

it('axe finds no fault in the built app, before, during and after a run, and in its other views', () =>
  withPage(app, 'express-unconstrained', async (page) => {
    const faults: Record<string, string[]> = {};
    const ask = async (state: string): Promise<void> => {
      const found = await faultsOfAxe(page);
      if (found.length > 0) faults[state] = found;
    };
    await ask('ready');
    await button(page, 'Run').click();
    await page.locator('[data-stage="install"][data-status="running"]').first().waitFor();
    await ask('running');
    expect(await verdictOf(page)).toBe('passed');
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await ask(`tab ${await tab.innerText()}`);
    }
    for (const view of ['history', 'help', 'batch', 'help/check']) {
      await page.evaluate((name) => (location.hash = `#${name}`), view);
      await page.getByRole('main').getByRole('heading').first().waitFor();
      await page.waitForTimeout(500);
      await ask(view);
    }
    expect(faults).toEqual({});
  }));
