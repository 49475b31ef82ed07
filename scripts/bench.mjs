import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { launchOptions } from './chromium.mjs';
import { serve } from './serve.mjs';
import { ensureSetup } from './setup.mjs';

/**
 * Measures what docs/measurements.md states: from press to verdict for each reference (or those named as arguments), cold
 * (an empty profile), warm (a second run after a reload), and of Python with a spare: the page stood idle for a while after the
 * task was picked, so that an interpreter's snapshot and a sandbox were ready.
 */
/** How long the page is left alone before a run with a spare. */
const IDLE_MS = 20_000;

await ensureSetup();
const server = await serve({ dir: fileURLToPath(new URL('../dist', import.meta.url)), port: 0 });

const folder = new URL('../tasks/references/', import.meta.url);
const folders = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
const wanted = process.argv.slice(2);
const references = wanted.length > 0 ? wanted : folders.map(({ name }) => name);
console.log('| reference | | boot | install | start | health | suite | verify | all |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const task of references) {
  const profile = await mkdtemp(join(tmpdir(), 'decay-bench-'));
  const context = await chromium.launchPersistentContext(profile, launchOptions());
  const page = await context.newPage();
  const language = /^(flask|fastapi|django|aiohttp)/.test(task) ? 'python' : 'node';
  for (const state of language === 'python' ? ['cold', 'warm', 'spare'] : ['cold', 'warm']) {
    await page.goto(server.url);
    await page.locator(`input[name="task"][value="${task}"]`).check({ force: true });
    await page.getByRole('list', { name: 'Files of the submission' }).waitFor();
    if (state === 'spare') await page.waitForTimeout(IDLE_MS);
    const start = Date.now();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('[data-verdict="passed"]').first().waitFor({ timeout: 300_000 });
    const all = Date.now() - start;
    const stages = await page
      .locator('li[data-stage]')
      .evaluateAll((items) =>
        items.map((item) => item.textContent.match(/(\d[\d.,]*\s*m?s)\s*$/)?.[1] ?? '').slice(0, 6),
      );
    console.log(`| ${task} | ${state} | ${stages.join(' | ')} | ${(all / 1000).toFixed(1)} s |`);
  }
  await context.close();
  await rm(profile, { recursive: true, force: true });
}
await server.close();
