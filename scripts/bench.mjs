import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { launchOptions } from './chromium.mjs';
import { serve } from './serve.mjs';
import { ensureSetup } from './setup.mjs';

/**
 * Measures what docs/measurements.md states: from press to verdict for each reference, cold (an empty profile) and warm
 * (a second run after a reload), and requests per second of a trivial endpoint in each engine, from the page.
 */
await ensureSetup();
const server = await serve({ dir: fileURLToPath(new URL('../dist', import.meta.url)), port: 0 });

const references = ['express-unconstrained', 'express-sqlite', 'flask-unconstrained', 'flask-sqlite'];
console.log('| reference | | boot | install | start | health | suite | verify | all |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const task of references) {
  const profile = await mkdtemp(join(tmpdir(), 'decay-bench-'));
  const context = await chromium.launchPersistentContext(profile, launchOptions());
  const page = await context.newPage();
  for (const state of ['cold', 'warm']) {
    await page.goto(server.url);
    await page.locator(`input[name="task"][value="${task}"]`).check({ force: true });
    await page.getByRole('list', { name: 'Files of the submission' }).waitFor();
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

/** A trivial endpoint in the language's usual framework. */
const apps = {
  node: {
    files: {
      'package.json': '{"dependencies":{"express":"^5"}}',
      'app.js': `require('express')().get('/', (q, r) => r.json({ ok: true })).listen(3000);`,
    },
    install: ['npm', ['install']],
    start: ['node', ['app.js']],
    port: 3000,
  },
  python: {
    files: {
      'requirements.txt': 'flask>=3\n',
      'app.py': `from flask import Flask\nimport logging\nlogging.getLogger('werkzeug').setLevel(logging.ERROR)\napp = Flask(__name__)\n@app.get('/')\ndef index():\n    return {'ok': True}\napp.run(port=8080)\n`,
    },
    install: ['uv', ['pip', 'install', '-r', 'requirements.txt']],
    start: ['python', ['app.py']],
    port: 8080,
  },
};
console.log('\n| engine | requests per second, one at a time | eight at a time |');
console.log('| --- | --- | --- |');
const browser = await chromium.launch(launchOptions());
for (const [engine, app] of Object.entries(apps)) {
  const page = await browser.newPage();
  await page.goto(new URL('/harness.html', server.url).href);
  await page.waitForFunction(() => window.decay !== undefined);
  const rates = await page.evaluate(
    async ([id, { files, install, start, port }]) => {
      const sandbox = await (await window.decay.createEngine(id)).boot();
      await sandbox.mount(files);
      await (
        await sandbox.spawn(...install)
      ).exit;
      await sandbox.spawn(...start);
      const get = () => sandbox.request(port, { method: 'GET', target: '/', headers: [] });
      for (let tries = 0; tries < 600; tries++) {
        try {
          await get();
          break;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
      const rate = async (parallel, count) => {
        let left = count;
        const begin = performance.now();
        const work = async () => {
          while (left-- > 0) await get();
        };
        await Promise.all(Array.from({ length: parallel }, work));
        return Math.round(count / ((performance.now() - begin) / 1000));
      };
      await rate(1, 100);
      const result = [await rate(1, 300), await rate(8, 300)];
      await sandbox.dispose();
      return result;
    },
    [engine, app],
  );
  console.log(`| ${engine} | ${rates[0]} | ${rates[1]} |`);
}
await browser.close();
await server.close();
