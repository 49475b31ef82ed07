import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { builtApp, readArguments, Report } from './bench/shared.mjs';
import { launchOptions } from './chromium.mjs';
import { serve } from './serve.mjs';

/**
 * Measures what docs/measurements.md states of the page: what its first load weighs, when it can be used, and how long it
 * is kept from answering while runs are on.
 *
 *     npm run page-figures [-- [--loads N] [--runs N] [--json FILE] [TASK…]]
 *
 * Of N loads the middle one counts, of N runs the worst. A long task is one that keeps the page's thread for more than 50 ms (Long
 * Tasks API); those of the sandbox's frame count as well where they share the thread.
 */
const { values, names } = readArguments({
  loads: { type: 'string', default: '5' },
  runs: { type: 'string', default: '3' },
});
const tasks = names.length > 0 ? names : ['express-unconstrained', 'flask-unconstrained'];
const dist = await builtApp();
const server = await serve({ dir: dist, port: 0 });

/** Notes when Run can be pressed, and every long task; in the page, before anything else of it. */
function watch() {
  window.figures = { ready: undefined, tasks: [] };
  new PerformanceObserver((list) => {
    for (const { startTime, duration, name, attribution } of list.getEntries())
      window.figures.tasks.push({
        at: startTime,
        ms: duration,
        name,
        container: attribution[0]?.containerType,
      });
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Run');
    if (button !== undefined && !button.disabled) window.figures.ready = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function withBrowser(use) {
  const profile = await mkdtemp(join(tmpdir(), 'decay-figures-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions(),
    viewport: { width: 1280, height: 900 },
  });
  await context.addInitScript(watch);
  try {
    return await use(context);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** One load, and what it asked for before it could be used. */
async function load(context) {
  const page = await context.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => window.figures.ready !== undefined);
  const figures = await page.evaluate(() => ({
    ready: window.figures.ready,
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    longest: Math.max(0, ...window.figures.tasks.map(({ ms }) => ms)),
    files: performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime < window.figures.ready)
      .map(({ name }) => new URL(name).pathname),
  }));
  await page.close();
  return figures;
}

const weight = (files) =>
  ['/index.html', ...new Set(files)].reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(dist, file))).byteLength,
    0,
  );

const milliseconds = (value) => `${Math.round(value)} ms`;
const loads = new Report([
  ['load', ({ state }) => state],
  ['first paint', ({ painted }) => milliseconds(painted)],
  ['Run can be pressed', ({ ready }) => milliseconds(ready)],
  ['longest task', ({ longest }) => milliseconds(longest)],
  ['files asked for until then', ({ files }) => files.length],
  ['of them, gzip', ({ bytes }) => `${(bytes / 1_000).toFixed(1)} kB`],
]);

const middleOf = (all) => all.toSorted((one, two) => one.ready - two.ready)[Math.floor((all.length - 1) / 2)];
const cold = [];
const warm = [];
for (let n = 0; n < Number(values.loads); n++) {
  await withBrowser(async (context) => {
    cold.push(await load(context));
    warm.push(await load(context));
  });
}
for (const [state, all] of [
  ['cold', cold],
  ['warm', warm],
]) {
  const figures = middleOf(all);
  loads.add({ state, ...figures, bytes: weight(figures.files) });
}

const runs = new Report([
  ['run', ({ what }) => what],
  ['verdict after', ({ ms }) => milliseconds(ms)],
  ['tasks over 50 ms', ({ tasks }) => tasks.length],
  ['over 200 ms', ({ tasks }) => tasks.filter(({ ms }) => ms > 200).length],
  ['longest', (one) => milliseconds(longest(one))],
]);

const longest = ({ tasks }) => Math.max(0, ...tasks.map(({ ms }) => ms));
const settled = ['passed', 'failed', 'unscored', 'broken'].map((end) => `[data-verdict="${end}"]`).join(', ');

/** Long tasks from the press to the verdict and two seconds more, while the page shows it. */
async function run(page, press, over) {
  await page.evaluate(() => (window.figures.tasks.length = 0));
  const begin = Date.now();
  await press();
  await over();
  const ms = Date.now() - begin;
  await page.waitForTimeout(2_000);
  return { ms, tasks: await page.evaluate(() => window.figures.tasks) };
}

const alone = (page) =>
  run(
    page,
    () => page.getByRole('button', { name: 'Run', exact: true }).click(),
    () => page.locator(settled).first().waitFor({ timeout: 300_000 }),
  );

/** The references of all levels of the framework, side by side. */
async function sideBySide(page) {
  await page.getByRole('button', { name: 'All levels…' }).first().click();
  const start = page.getByRole('button', { name: /^Start \d+ runs$/ });
  await start.waitFor();
  await page.waitForTimeout(1_000);
  return run(
    page,
    () => start.click(),
    async () => {
      await page.getByRole('button', { name: 'Cancel all' }).waitFor();
      await page.getByRole('button', { name: 'Cancel all' }).waitFor({ state: 'detached', timeout: 600_000 });
    },
  );
}

async function opened(context, task) {
  const page = await context.newPage();
  await page.goto(server.url);
  await page.locator(`input[name="task"][value="${task}"]`).check({ force: true });
  await page.waitForFunction(() => window.figures.ready !== undefined);
  await page.waitForTimeout(1_000);
  return page;
}

for (const [what, measure] of [
  ['', alone],
  [', all levels side by side', sideBySide],
]) {
  for (const task of tasks) {
    const all = [];
    for (let n = 0; n < Number(values.runs); n++) {
      await withBrowser(async (context) => all.push(await measure(await opened(context, task))));
    }
    // The worst of them counts: a page that stands still once is seen to stand still.
    runs.add({
      what: task + what,
      ...all.toSorted((one, two) => longest(one) - longest(two)).at(-1),
    });
  }
}

await server.close();
await loads.save(values.json);
