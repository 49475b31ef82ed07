import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { builtApp, duration, importSource, middle, readArguments, Report } from './bench/shared.mjs';
import { launchOptions } from './chromium.mjs';
import { serve } from './serve.mjs';

/**
 * Measures what docs/measurements.md states: from press to verdict for each reference, or those named.
 *
 *     npm run bench [-- [--states cold,warm,spare] [--runs N] [--without-jspi] [--json FILE] [REFERENCE…]]
 *
 * cold: an empty profile; warm: after a reload, when snapshot and files are in the browser's store; spare: as warm, and the
 * page stood idle with the task picked, so that a sandbox and an interpreter stood by. Of N runs the middle one counts.
 * --without-jspi: of the Python references alone, in a browser whose WebAssembly stacks cannot be suspended.
 */
const { values, names } = readArguments({
  states: { type: 'string', default: 'cold,warm,spare' },
  runs: { type: 'string', default: '1' },
  'without-jspi': { type: 'boolean', default: false },
});
const states = values.states.split(',');
const runs = Number(values.runs);
const inline = values['without-jspi'];
const stages = ['boot', 'install', 'start', 'health', 'suite', 'verify'];
/** How long the page is left alone before a run with a spare. */
const IDLE_MS = 20_000;
/** How long a verdict is waited for. */
const PATIENCE_MS = 400_000;
const ends = ['passed', 'failed', 'unscored', 'cancelled', 'broken'];

const server = await serve({ dir: await builtApp(), port: 0 });
const folder = new URL('../tasks/references/', import.meta.url);
const folders = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
const isPython = (task) => /^(flask|fastapi|django|aiohttp)/.test(task);
const references = (names.length > 0 ? names : folders.map(({ name }) => name)).filter(
  (name) => !inline || isPython(name),
);
const report = new Report([
  ['reference', ({ reference }) => reference],
  ['', ({ state, stacks }) => (stacks === 'jspi' ? state : `${state}, without JSPI`)],
  ...stages.map((stage) => [stage, (row) => duration(row.stages[stage])]),
  ['listening', ({ listening }) => duration(listening)],
  ['all', ({ all, verdict }) => (verdict === 'passed' ? duration(all) : `${verdict} after ${duration(all)}`)],
]);
for (const reference of references) {
  const applicable = states.filter((state) => state !== 'spare' || isPython(reference));
  const taken = Object.fromEntries(applicable.map((state) => [state, []]));
  for (let run = 0; run < runs; run++) {
    const profile = await mkdtemp(join(tmpdir(), 'decay-bench-'));
    const context = await openBrowser(profile);
    const page = await context.newPage();
    // What is warm has had a cold run before it, measured or not.
    const order = applicable.includes('cold') ? applicable : ['cold', ...applicable];
    for (const state of order) taken[state]?.push(await measure(page, reference, state));
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
  for (const state of applicable) report.add(middleOf(taken[state]));
}
await report.save(values.json);
await server.close();

async function openBrowser(profile) {
  const context = await chromium.launchPersistentContext(profile, launchOptions());
  if (inline) {
    const { hideStackSwitching } = await importSource('e2e/without-jspi.ts');
    await hideStackSwitching(context);
  }
  return context;
}

/** Times in milliseconds; `listening` from the press until the server accepts. */
async function measure(page, reference, state) {
  await page.goto(server.url);
  await page.locator(`input[name="task"][value="${reference}"]`).check({ force: true });
  await page.getByRole('button', { name: 'Run', exact: true, disabled: false }).waitFor();
  if (state === 'spare') await page.waitForTimeout(IDLE_MS);
  const start = Date.now();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const end = page.locator(ends.map((end) => `[data-verdict="${end}"]`).join(', ')).first();
  await end.waitFor({ timeout: PATIENCE_MS });
  const all = Date.now() - start;
  const verdict = await end.getAttribute('data-verdict');
  const texts = await page.locator('li[data-stage] .time').allTextContents();
  const times = Object.fromEntries(stages.map((stage, at) => [stage, milliseconds(texts[at] ?? '')]));
  const listening = times.boot + times.install + times.start;
  return { reference, state, stacks: inline ? 'atomics' : 'jspi', verdict, stages: times, listening, all };
}

/** Of a time as the page writes it: `38 ms`, `1.4 s`, `2 min 05 s`. */
function milliseconds(text) {
  const [, minutes = '0', number = '0', unit] = /(?:(\d+) min )?(\d[\d.]*) (ms|s)$/.exec(text.trim()) ?? [];
  return Number(minutes) * 60_000 + Number(number) * (unit === 's' ? 1_000 : 1);
}

/** The run whose whole time is the middle one. */
function middleOf(taken) {
  const wanted = middle(taken.map(({ all }) => all));
  return taken.find(({ all }) => all === wanted);
}
