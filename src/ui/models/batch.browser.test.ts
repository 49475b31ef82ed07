import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startModelServer, type ModelServer } from '../../generate/client/testing/model-server.ts';
import { faultsOfAxe } from '../testing/axe.ts';
import { scriptedPage } from '../testing/page.ts';

const { withPage } = scriptedPage();
let models: ModelServer;
let refusing = true;
/** What the model waits for before it answers. */
let holding: Promise<void> = Promise.resolve();
const right = {
  text: '``` run.sh\n#!/bin/sh\nexec node server.js\n```\n\n``` server.js\nlet a;\n```\n\n``` package.json\n{}\n```\n',
};

beforeAll(async () => {
  models = await startModelServer({
    models: ['strong', 'weak'],
    replies: async ({ json }) => {
      await holding;
      return json['model'] === 'weak' && refusing ? { text: 'I’m sorry, I can’t help with that.' } : right;
    },
  });
});
afterAll(() => models?.close());

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['DECAY_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

async function fillIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New batch' }).first().click();
  const form = page.getByRole('form', { name: 'New batch' });
  await form.getByLabel('Provider', { exact: true }).selectOption('custom');
  await form.getByLabel('Address of the API').fill(models.url);
  await form.getByLabel('Models', { exact: true }).fill('strong\nweak\n');
  await shot(page, 'batch-form');
  expect(await form.getByRole('status').last().textContent()).toContain('12 submissions');
}

describe('the batch view', () => {
  for (const [scheme, width] of [
    ['light', 1280],
    ['dark', 1920],
  ] as const) {
    it(`runs a batch, asks again for the unscored, exports it and has it after a reload (${scheme})`, async () => {
      refusing = true;
      await withPage(
        'passed',
        async (page) => {
          await shot(page, `batch-empty-${scheme}`);
          await fillIn(page);
          await page.getByRole('button', { name: 'Start', exact: true }).click();
          const status = page.getByRole('status').filter({ hasText: '12 of 12 done' });
          await status.filter({ hasText: '6 unscored' }).waitFor();
          refusing = false;
          await page.getByRole('button', { name: 'Ask again for the unscored' }).click();
          await status.filter({ hasText: 'Finished' }).filter({ hasNotText: 'unscored' }).waitFor();

          const table = page.getByRole('table', { name: 'Means by model and level' });
          expect(await table.getByRole('row').count()).toBe(3);
          expect(await table.getByRole('row', { name: /^weak/ }).textContent()).toContain('100.0 %');
          await page.getByRole('img', { name: /Strict A%/ }).waitFor();
          await page.getByLabel('Raw A%').check();
          await page.getByRole('img', { name: /Raw A%/ }).waitFor();
          await page.getByText('Submissions', { exact: true }).click();
          await shot(page, `batch-${scheme}`);
          expect(await faultsOfAxe(page)).toEqual([]);
          await page.setViewportSize({ width: 320, height: 800 });
          const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
          await expect.poll(wide, { timeout: 10_000 }).toBeLessThanOrEqual(320);
          await page.setViewportSize({ width, height: 800 });

          const [download] = await Promise.all([
            page.waitForEvent('download'),
            page.getByRole('button', { name: 'Table as CSV' }).click(),
          ]);
          const csv = await readFile(await download.path(), 'utf8');
          expect(csv.trim().split('\r\n')).toHaveLength(13);

          const asked = models.asked.length;
          await page.reload();
          await status.filter({ hasText: 'Finished' }).waitFor();
          expect(models.asked.length).toBe(asked);
          await page.getByText('Submissions', { exact: true }).click();
          await page.getByRole('link', { name: 'Open the run' }).first().click();
          await page.getByRole('region', { name: 'Verdict' }).waitFor();
          await page.getByRole('link', { name: 'Batch', exact: true }).click();
          await page.getByRole('button', { name: 'Delete this batch' }).click();
          await page.getByRole('button', { name: 'Keep it' }).click();
          await status.filter({ hasText: 'Finished' }).waitFor();
          await page.getByRole('button', { name: 'Delete this batch' }).click();
          await page.getByRole('button', { name: 'Delete it' }).click();
          await page.getByText('No batch yet').waitFor();
        },
        { hash: '#batch', colorScheme: scheme, width },
      );
    });
  }
});

/** One framework at one level: one submission of each model. */
async function least(form: Locator): Promise<void> {
  for (const level of ['L1', 'L2', 'L3']) await form.getByLabel(level, { exact: true }).uncheck();
}

describe('a batch over several providers', () => {
  it('asks each model at its own address, with its own key and parameters', async () => {
    const other = await startModelServer({
      models: ['strong'],
      key: 'sk-of-the-other',
      replies: () => right,
    });
    refusing = false;
    try {
      await withPage(
        'passed',
        async (page) => {
          await page.getByRole('button', { name: 'New batch' }).first().click();
          const form = page.getByRole('form', { name: 'New batch' });
          await form.getByLabel('Provider', { exact: true }).selectOption('custom');
          await form.getByLabel('Address of the API').fill(models.url);
          await form.getByLabel('Models', { exact: true }).fill('strong');
          await form.getByRole('button', { name: 'Keep these, and choose more' }).click();
          await form.getByText('Parameters', { exact: true }).click();
          await form.getByRole('spinbutton', { name: 'Temperature' }).fill('0.5');
          await form.getByRole('spinbutton', { name: 'Temperature' }).press('Tab');
          await form.getByLabel('Models', { exact: true }).fill('strong');
          await form.getByRole('button', { name: 'Keep these, and choose more' }).click();
          await form.getByLabel('Address of the API').fill(other.url);
          await form.getByLabel(/^Key/).first().fill('sk-of-the-other');
          await form.getByLabel('Models', { exact: true }).fill('strong');
          await form.getByRole('spinbutton', { name: 'Temperature' }).fill('');
          await form.getByRole('spinbutton', { name: 'Temperature' }).press('Tab');
          await least(form);
          expect(
            await form.getByRole('list', { name: 'Models of this batch' }).getByRole('listitem').count(),
          ).toBe(2);
          await shot(page, 'batch-lineup');
          expect(await faultsOfAxe(page)).toEqual([]);
          const before = models.asked.length;
          await form.getByRole('button', { name: 'Start', exact: true }).click();
          const status = page.getByRole('status').filter({ hasText: '3 of 3 done' });
          await status.filter({ hasText: 'Finished' }).filter({ hasNotText: 'unscored' }).waitFor();
          const asked = models.asked.slice(before).map(({ json }) => json['temperature']);
          expect(asked.sort()).toEqual([0.5, undefined]);
          expect(other.asked).toHaveLength(1);
          expect(other.asked[0]?.headers['authorization']).toBe('Bearer sk-of-the-other');
          expect(models.asked.every(({ headers }) => headers['authorization'] === undefined)).toBe(true);
          const rows = page.getByRole('table', { name: 'Means by model and level' }).getByRole('rowheader');
          const place = models.url.replace('http://', '');
          expect(await rows.allTextContents()).toEqual([
            `strong (${place}, as the provider has it)`,
            `strong (${place}, temperature 0.5)`,
            `strong (${other.url.replace('http://', '')}, as the provider has it)`,
          ]);
          await shot(page, 'batch-providers');
        },
        { hash: '#batch' },
      );
    } finally {
      await other.close();
    }
  });

  it('asks nothing that may go beyond its budget, and goes on when it is raised', async () => {
    refusing = false;
    await withPage(
      'passed',
      async (page) => {
        await fillIn(page);
        const form = page.getByRole('form', { name: 'New batch' });
        await form.getByLabel('Models', { exact: true }).fill('strong');
        await least(form);
        await form.getByLabel('Stop at, in tokens').fill('900');
        await form.getByLabel('Stop at, in tokens').press('Tab');
        const before = models.asked.length;
        await form.getByRole('button', { name: 'Start', exact: true }).click();
        await page.getByText(/The next question may take about [\d,]+ tokens, and less is left/).waitFor();
        expect(models.asked.length).toBe(before);
        await shot(page, 'batch-budget');
        await page.getByLabel('Stop at, in tokens').fill('');
        await page.getByLabel('Stop at, in tokens').press('Tab');
        await page.getByRole('button', { name: 'Go on' }).evaluate((button: HTMLButtonElement) => {
          button.click();
          button.click();
        });
        await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor();
        expect(models.asked.length).toBe(before + 1);
        // Pressed twice, it is held once: another tab may go on with it now.
        const second = await page.context().newPage();
        await second.goto(page.url());
        await second.getByRole('status').filter({ hasText: 'Finished' }).waitFor();
        await second.waitForTimeout(300);
        expect(await second.getByText('Another tab').count()).toBe(0);
        await second.close();
      },
      { hash: '#batch' },
    );
  });

  it('is run by one tab at a time', async () => {
    refusing = false;
    let release = (): void => {};
    holding = new Promise((resolve) => (release = resolve));
    await withPage(
      'passed',
      async (page) => {
        await fillIn(page);
        const form = page.getByRole('form', { name: 'New batch' });
        await form.getByLabel('Models', { exact: true }).fill('strong');
        const before = models.asked.length;
        await form.getByRole('button', { name: 'Start', exact: true }).click();
        await expect.poll(() => models.asked.length, { timeout: 20_000 }).toBe(before + 2);
        const second = await page.context().newPage();
        await second.goto(page.url());
        await second.getByText('Another tab of this browser runs this batch.').waitFor();
        expect(await second.getByRole('button', { name: 'Go on' }).count()).toBe(0);
        expect(models.asked.length).toBe(before + 2);
        release();
        await second.getByRole('status').filter({ hasText: '6 of 6 done' }).waitFor();
        expect(await second.getByText('Another tab').count()).toBe(0);
        expect(models.asked.length).toBe(before + 6);
        await second.close();
      },
      { hash: '#batch' },
    );
  });
});
