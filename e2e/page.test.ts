import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDefect } from '../tasks/defects/index.ts';
import { loadReference } from '../tasks/references/index.ts';
import { assertions } from '../tasks/suite/index.ts';
import type { FileMap } from '../src/engines/engine.ts';
import { startApp, type App } from './support.ts';

/** The built app as a person uses it: choose, press, read. */
let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** The page with a task chosen; a fault of the page or a breach of its policy fails the test. */
async function withPage(taskId: string, use: (page: Page) => Promise<void>): Promise<void> {
  const page = await app.open();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  try {
    await page.locator(`input[name="task"][value="${taskId}"]`).check({ force: true });
    await page.getByRole('list', { name: 'Files of the submission' }).waitFor();
    await use(page);
    expect(faults).toEqual([]);
  } finally {
    await page.close();
  }
}

async function verdictOf(page: Page): Promise<string> {
  const settled = page.locator(
    '[data-verdict="passed"], [data-verdict="failed"], [data-verdict="unscored"], [data-verdict="cancelled"], [data-verdict="broken"]',
  );
  await settled.first().waitFor({ timeout: 150_000 });
  return (await settled.first().getAttribute('data-verdict')) ?? '';
}

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

describe('a reference, from press to verdict', () => {
  it.each(['express-unconstrained', 'express-sqlite', 'flask-unconstrained', 'flask-sqlite'])(
    '%s',
    (taskId) =>
      withPage(taskId, async (page) => {
        await button(page, 'Run').click();
        expect(await verdictOf(page)).toBe('passed');
        const text = await page.getByRole('region', { name: 'Verdict' }).innerText();
        expect(text).toContain(`${assertions.length}/${assertions.length}`);
        const stages = await page
          .locator('li[data-stage]')
          .evaluateAll((items) => items.map((item) => item.dataset['status']));
        expect(stages).toEqual(Array<string>(7).fill('passed'));
      }),
  );
});

describe('a submission of one’s own', () => {
  it('fails with the assertions, requests and responses that show why', () =>
    withPage('express-unconstrained', async (page) => {
      await chooseZip(page, 'failing.zip', zip(await loadDefect('express-failing')));
      await page.getByRole('list', { name: 'Files of the submission' }).waitFor();
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
    withPage('express-unconstrained', async (page) => {
      await chooseZip(page, 'broken.zip', Buffer.from('this is not a zip'));
      await page
        .getByText(/not a zip|cannot be read|zip/i)
        .first()
        .waitFor();
      await page.getByRole('radio', { name: 'Reference' }).check({ force: true });
      await page.getByRole('list', { name: 'Files of the submission' }).waitFor();
      await button(page, 'Run').click();
      expect(await verdictOf(page)).toBe('passed');
    }));

  it('with ten thousand files is refused', () =>
    withPage('express-unconstrained', async (page) => {
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
    withPage('express-unconstrained', async (page) => {
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
  withPage('express-unconstrained', async (page) => {
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
