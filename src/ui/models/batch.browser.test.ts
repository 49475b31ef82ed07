import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startModelServer, type ModelServer } from '../../generate/client/testing/model-server.ts';
import { faultsOfAxe } from '../testing/axe.ts';
import { scriptedPage } from '../testing/page.ts';

const { withPage } = scriptedPage();
let models: ModelServer;
let refusing = true;

beforeAll(async () => {
  models = await startModelServer({
    models: ['strong', 'weak'],
    replies: ({ json }) =>
      json['model'] === 'weak' && refusing
        ? { text: 'I’m sorry, I can’t help with that.' }
        : {
            text: '``` run.sh\n#!/bin/sh\nexec node server.js\n```\n\n``` server.js\nlet a;\n```\n\n``` package.json\n{}\n```\n',
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
        },
        { hash: '#batch', colorScheme: scheme, width },
      );
    });
  }
});
