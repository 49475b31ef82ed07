import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startModelServer, type ModelServer } from '../../generate/client/testing/model-server.ts';
import { faultsOfAxe } from '../testing/axe.ts';
import { scriptedPage } from '../testing/page.ts';

const { withPage } = scriptedPage();
let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer({ replies: [{ text: '``` run.sh\nexec node server.js\n```\n' }] });
});
afterAll(() => server?.close());

const editor = (page: Page) => page.getByRole('dialog', { name: 'Prompt' });

/** Opens the editor; a reload knows the connection. */
async function open(page: Page, connected = false): Promise<void> {
  await page.getByRole('radio', { name: 'Model', exact: true }).check({ force: true });
  if (!connected) {
    await page.getByLabel('Provider').selectOption('custom');
    await page.getByLabel('Address of the API').fill(server.url);
    await page.getByLabel('Model', { exact: true }).last().fill('scripted-1');
  }
  await page.getByRole('button', { name: 'Show and edit' }).click();
}

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['DECAY_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

describe('the prompt editor', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`edits a copy by section, counts, compares, keeps it over a reload, and sends it (${colorScheme})`, async () => {
      await withPage(
        'passed',
        async (page) => {
          await open(page);
          await editor(page)
            .getByText(/about [\d,]+ tokens/)
            .waitFor();
          await editor(page).getByRole('button', { name: 'Edit a copy' }).click();
          await editor(page).getByLabel('Name', { exact: true }).fill('Brief');
          await editor(page).getByLabel('Name', { exact: true }).press('Tab');
          await editor(page).locator('summary').filter({ hasText: 'The job' }).click();
          await editor(page).getByLabel('Text of “The job”').fill('Write it with {{framework}}, {{manner}}.');
          await editor(page).getByRole('alert').filter({ hasText: 'manner' }).waitFor();
          await editor(page).locator('summary').filter({ hasText: 'Variables' }).click();
          await editor(page).getByLabel('Name of a variable').fill('manner');
          await editor(page).getByRole('button', { name: 'Add a variable' }).click();
          await editor(page).getByLabel('Value of manner').fill('in few words');
          await editor(page).getByLabel('Compare with').selectOption({ label: 'The prompt of the task' });
          await editor(page)
            .getByRole('region', { name: /1 lines? added/ })
            .getByText('Write it with Express, in few words.')
            .waitFor();
          await shot(page, `prompt-${colorScheme}`);
          expect(await faultsOfAxe(page)).toEqual([]);

          await page.keyboard.press('Escape');
          await page.getByRole('button', { name: 'Generate and run' }).click();
          await page.getByText('The submission is there').waitFor();
          expect(server.asked.at(-1)?.messages.at(-1)?.text).toContain(
            'Write it with Express, in few words.',
          );

          await page.reload();
          await open(page, true);
          await editor(page).getByLabel('Prompt to send').selectOption({ label: 'Brief' });
          expect(await editor(page).getByLabel('Value of manner').inputValue()).toBe('in few words');
          await editor(page).getByRole('button', { name: 'Edit as one text' }).click();
          await editor(page).getByLabel('The whole prompt').fill('Just {{framework}}.');
          await editor(page).getByRole('button', { name: 'Delete this variant' }).click();
          expect(await editor(page).getByLabel('Prompt to send').inputValue()).toBe('');
        },
        { colorScheme },
      );
    });
  }

  it('hands a variant on as a file, takes one, and brings back what was deleted', async () => {
    await withPage('passed', async (page) => {
      await open(page);
      await editor(page).getByRole('button', { name: 'Edit a copy' }).click();
      await editor(page).getByLabel('Name', { exact: true }).fill('Brief');
      await editor(page).getByLabel('Name', { exact: true }).press('Tab');
      await editor(page).locator('summary').filter({ hasText: 'The job' }).click();
      await editor(page).getByLabel('Text of “The job”').fill('Write it with {{framework}}.');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        editor(page).getByRole('button', { name: 'Save as a file' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('prompt-Brief.json');
      const saved = await readFile(await download.path());

      await editor(page).getByRole('button', { name: 'Delete this variant' }).click();
      await editor(page).getByRole('button', { name: 'Bring it back' }).click();
      expect(await editor(page).getByLabel('Name', { exact: true }).inputValue()).toBe('Brief');

      const field = editor(page).getByLabel('Take from a file', { exact: true }).last();
      await field.setInputFiles({ name: 'p.json', mimeType: 'application/json', buffer: saved });
      await editor(page).getByText('“Brief (imported)” is there.').waitFor();
      await editor(page).locator('summary').filter({ hasText: 'The job' }).click();
      expect(await editor(page).getByLabel('Text of “The job”').inputValue()).toBe(
        'Write it with {{framework}}.',
      );
      for (const text of ['{', '{"version":1}', '[]', '<b>no</b>'])
        await field.setInputFiles({ name: 'no.json', mimeType: 'text/plain', buffer: Buffer.from(text) });
      await editor(page).getByText('no.json holds no prompt that was saved here.').waitFor();
      expect(await editor(page).getByLabel('Prompt to send').locator('option').count()).toBe(3);
      expect(await faultsOfAxe(page)).toEqual([]);
    });
  });
});
