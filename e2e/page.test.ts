import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDefect } from '../tasks/defects/index.ts';
import { loadReference } from '../tasks/references/index.ts';
import type { FileMap } from '../src/engines/engine.ts';
import { button, verdictOf, withPage } from './press.ts';
import { startApp, type App } from './support.ts';

/** The built app as a person uses it: choose, press, read. */
let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

function zip(files: FileMap): Buffer {
  const entries = Object.entries(files).map(([path, data]) => [
    path,
    typeof data === 'string' ? strToU8(data) : data,
  ]);
  return Buffer.from(zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>));
}

async function chooseZip(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByRole('radio', { name: 'Folder or zip' }).check({ force: true });
  await page
    .locator('input[type=file][accept*=".zip"]')
    .setInputFiles({ name, mimeType: 'application/zip', buffer });
}

describe('a submission of one’s own', () => {
  it('fails with the assertions, requests and responses that show why', () =>
    withPage(app, 'express-unconstrained', async (page) => {
      await chooseZip(page, 'failing.zip', zip(await loadDefect('express-failing')));
      await button(page, 'Run').click();
      expect(await verdictOf(page)).toBe('failed');
      const failed = page.locator('[data-assertion][data-status="failed"]').first();
      await failed.waitFor();
      await failed.locator('summary, button').first().click();
      const text = await failed.innerText();
      expect(text).toMatch(/expected/i);
      expect(text).toMatch(/HTTP|GET|POST|PUT|DELETE/);
    }));

  it('is refused with a reason when it is no zip, and the next run works', () =>
    withPage(app, 'express-unconstrained', async (page) => {
      await chooseZip(page, 'broken.zip', Buffer.from('this is not a zip'));
      await page
        .getByText(/not a zip|cannot be read|zip/i)
        .first()
        .waitFor();
      await page.getByRole('radio', { name: 'Reference' }).check({ force: true });
      await button(page, 'Run').click();
      expect(await verdictOf(page)).toBe('passed');
    }));

  it('with ten thousand files is refused', () =>
    withPage(app, 'express-unconstrained', async (page) => {
      const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}.js`, '']));
      await chooseZip(page, 'many.zip', zip(many));
      await page
        .getByText(/more than 5,000 files/)
        .first()
        .waitFor();
    }));
});

describe('a cancelled run', () => {
  it('ends at once, frees its sandbox, and leaves the next run alone', () =>
    withPage(app, 'express-unconstrained', async (page) => {
      await chooseZip(page, 'hanging.zip', zip(await loadDefect('express-hanging')));
      await button(page, 'Run').click();
      await page.locator('li[data-stage="start"][data-status="running"]').waitFor({ timeout: 60_000 });
      await button(page, 'Cancel').click();
      expect(await verdictOf(page)).toBe('cancelled');
      expect(await page.locator('iframe').count()).toBe(0);
      await chooseZip(page, 'reference.zip', zip(await loadReference('express-unconstrained')));
      await button(page, 'Run').click();
      await page.locator('[data-verdict="passed"]').first().waitFor({ timeout: 150_000 });
    }));
});

it('stays responsive while a server spins', () =>
  withPage(app, 'express-unconstrained', async (page) => {
    await chooseZip(page, 'busy.zip', zip(await loadDefect('express-busy-loop')));
    await button(page, 'Run').click();
    await page.locator('li[data-stage="start"][data-status="running"]').waitFor({ timeout: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const longest = await page.evaluate(async () => {
      let worst = 0;
      for (let i = 0; i < 20; i++) {
        const start = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 50));
        worst = Math.max(worst, performance.now() - start - 50);
      }
      return worst;
    });
    // A frozen page would not answer at all; on loaded cores a second is no sign of one.
    expect(longest).toBeLessThan(2_000);
    await button(page, 'Cancel').click();
    expect(await verdictOf(page)).toBe('cancelled');
  }));
