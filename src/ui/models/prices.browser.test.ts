import { readFile, writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startModelServer, type ModelServer } from '../../generate/client/testing/model-server.ts';
import { faultsOfAxe } from '../testing/axe.ts';
import { scriptedPage, verdict } from '../testing/page.ts';

const { withPage } = scriptedPage();
const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

it('holds prices in a table that is edited, saved, loaded and forgotten, and counts with them', async () => {
  const text = '```bash run.sh\nexec node server.js\n```\n\n```json package.json\n{}\n```\n';
  const usage = { input: 1_000_000, output: 100_000, cached: 500_000 };
  const server = await startModelServer({ replies: [{ text, usage }] });
  servers.push(server);
  const dir = await mkdtemp(join(tmpdir(), 'prices-'));
  await withPage('passed', async (page) => {
    await page.getByRole('radio', { name: 'Model', exact: true }).check({ force: true });
    await page.getByLabel('Provider').selectOption('custom');
    await page.getByLabel('Address of the API').fill(server.url);
    await page.getByRole('combobox', { name: 'Model' }).fill('mine-1');
    const panel = page.locator('.source');
    const generate = page.getByRole('button', { name: 'Generate and run' });
    const progress = page.getByRole('region', { name: 'Generation', exact: true });
    await generate.click();
    await verdict(page).getByText('Passed', { exact: true }).waitFor();
    expect(await progress.innerText()).toContain('cost not known');

    await panel.locator('summary', { hasText: 'Prices and budget' }).click();
    await panel.locator('summary', { hasText: 'Table of all prices' }).click();
    await panel.getByLabel('Another model').fill('mine*');
    await panel.getByLabel('Another model').press('Enter');
    const cell = (name: string) => panel.getByRole('spinbutton', { name: `${name}, mine*` });
    for (const [name, dollars] of [
      ['Input', '2'],
      ['Input from the cache', '0.5'],
      ['Output', '10'],
    ] as const) {
      await cell(name).fill(dollars);
      await cell(name).press('Tab');
    }
    expect(await faultsOfAxe(page)).toEqual([]);
    await generate.click();
    await progress.getByText('$2.25', { exact: true }).waitFor();

    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      panel.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    const written = JSON.parse(await readFile(await saved.path(), 'utf8')) as unknown;
    expect(written).toEqual({ 'mine*': { input: 2, output: 10, cached: 0.5 } });
    await panel.getByRole('button', { name: 'Forget what was entered' }).click();
    expect(await cell('Input').count()).toBe(0);
    const file = join(dir, 'prices.json');
    await writeFile(file, '{"mine*": {"input": "2"}}');
    await panel.getByLabel('Load from a file').setInputFiles(file);
    await panel.getByText('This file holds no prices').waitFor();
    await writeFile(file, JSON.stringify(written));
    await panel.getByLabel('Load from a file').setInputFiles(file);
    await panel.getByText('1 price loaded.').waitFor();
    expect(await cell('Output').inputValue()).toBe('10');
  });
  await rm(dir, { recursive: true });
});
