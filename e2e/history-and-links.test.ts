import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { launchOptions } from '../scripts/chromium.mjs';
import { findTask } from '../tasks/index.ts';
import { references as all } from '../tasks/references/index.ts';
import { startApp, type App } from './support.ts';

/** From a run to its link, and from the link to the same result in another browser: the built app, real engines. */

let app: App;
const patience = { timeout: 150_000 };

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const verdict = (page: Page, word: string) =>
  page.getByRole('region', { name: 'Verdict' }).getByText(word, { exact: true });

async function shareOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share', exact: true }).first().click();
  const field = page.getByRole('dialog').getByRole('textbox', { name: 'Link to the run' });
  await field.waitFor(patience);
  const link = await field.inputValue();
  await page.keyboard.press('Escape');
  return link;
}

/** Opens a link as somebody who was never here before. */
async function asStranger(link: string, use: (page: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(link);
    await use(page);
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
  }
}

describe('a run of a reference', () => {
  let link = '';

  it('is in the history after a reload, and its link is made with few requests', async () => {
    const page = await app.open('/');
    await expect
      .poll(() => page.getByRole('button', { name: 'Run', exact: true }).isEnabled(), { timeout: 30_000 })
      .toBe(true);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await verdict(page, 'Passed').waitFor(patience);
    await page.reload();
    await page.evaluate(() => (location.hash = '#history'));
    await page.locator('[data-run]').getByRole('link').click();
    await verdict(page, 'Passed').waitFor(patience);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    link = await shareOf(page);
    expect(link.length).toBeLessThan(2_953);
    const references = requests.filter((url) => url.includes('/references-'));
    // One file a reference of the language, and their list: not one for each of their files.
    const sameLanguage = all.filter(({ taskId }) => findTask(taskId)?.language === 'node').length;
    expect(references.length).toBeLessThanOrEqual(sameLanguage + 2);
    expect(requests.length).toBeLessThan(2 * sameLanguage + 8);
    await page.close();
  }, 400_000);

  it(
    'is shown to a stranger as claimed, loads nothing before consent, and is reproduced',
    () =>
      asStranger(link, async (page) => {
        const engines: string[] = [];
        page.on('request', (request) => {
          if (/\/engines\/[0-9a-f]|\.tgz/.test(request.url())) engines.push(request.url());
        });
        await page.getByText('Claimed: passed').waitFor(patience);
        await page.waitForTimeout(1_000);
        expect(engines).toEqual([]);
        await page.getByRole('button', { name: 'Run again and compare' }).click();
        await page
          .getByRole('dialog')
          .getByText(/the Node engine, \d/)
          .waitFor();
        expect(engines).toEqual([]);
        await page.getByRole('button', { name: 'Run it', exact: true }).click();
        await page.locator('[data-reproduction=reproduced]').waitFor(patience);
        await page.evaluate(() => (location.hash = '#history'));
        await expect.poll(() => page.locator('[data-run]').count()).toBe(1);
      }),
    400_000,
  );

  it('whose link was changed by one character is refused in words', () =>
    asStranger(`${link.slice(0, 300)}${link[300] === 'A' ? 'B' : 'A'}${link.slice(301)}`, async (page) => {
      await page.locator('[data-fault]').first().waitFor(patience);
      expect(await page.getByText('Copy the whole address again').count()).toBe(1);
    }));
});

it('a flawed submission is reproduced with its failures, and a permalink leads to one of them', async () => {
  const page = await app.open('/');
  await page.getByRole('radio', { name: 'Flawed' }).check({ force: true });
  await page.locator('#defect').selectOption('express-failing');
  await expect
    .poll(() => page.getByRole('button', { name: 'Run', exact: true }).isEnabled(), { timeout: 30_000 })
    .toBe(true);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await verdict(page, 'Failed').waitFor(patience);
  await page.getByRole('tab', { name: 'Assertions' }).click();
  const failed = page.locator('[data-assertion][data-status=failed]').first();
  if (!(await failed.isVisible())) await page.getByRole('button', { name: /^Failed/ }).click();
  const row = failed.locator('> button').first();
  if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
  const id = (await failed.getAttribute('data-assertion')) ?? '';
  await page.getByRole('button', { name: 'Link to this assertion' }).first().click();
  const field = page.getByRole('dialog').getByRole('textbox', { name: 'Link to the run' });
  await field.waitFor(patience);
  const link = await field.inputValue();
  await asStranger(link, async (other) => {
    await other.locator(`[data-assertion="${id}"]`).waitFor(patience);
    await other.getByRole('button', { name: 'Run again and compare' }).click();
    await other.getByRole('button', { name: 'Run it', exact: true }).click();
    await other.locator('[data-reproduction=reproduced]').waitFor(patience);
  });
}, 500_000);
