import { readdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { builtApp, readArguments, Report } from './bench/shared.mjs';
import { launchOptions } from './chromium.mjs';
import { serve } from './serve.mjs';

/**
 * Measures what docs/measurements.md states of memory: of a sandbox with no, one, two and four interpreters that wait, each
 * started after the last, with nothing imported and with Flask imported. Counted is what the browser's processes hold
 * together, shared pages once (PSS, from /proc), less what they held before the sandbox was booted; so this runs on Linux.
 *
 *     npm run bench:memory [-- [--json FILE]]
 */
const { values } = readArguments();
const counts = [0, 1, 2, 4];
const READY = 'ready';
const programs = {
  'nothing imported': '',
  'Flask imported': 'import flask; ',
};
/** After the last interpreter is ready: what is garbage by then is mostly gone. */
const SETTLE_MS = 3_000;

const server = await serve({ dir: await builtApp(), port: 0 });
const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
const report = new Report([
  ['interpreters', ({ program }) => program],
  ['start', ({ snapshot }) => (snapshot ? 'from a snapshot' : 'without a snapshot')],
  ...counts.map((count, at) => [count === 0 ? 'none' : String(count), ({ bytes }) => megabytes(bytes[at])]),
  ['each further one', ({ bytes }) => megabytes((bytes[3] - bytes[1]) / 3)],
]);
for (const [program, source] of Object.entries(programs))
  for (const snapshot of [false, true])
    report.add({ program, snapshot, bytes: await measure(source, snapshot) });
await report.save(values.json);
await server.close();

async function measure(source, snapshot) {
  const browser = await chromium.launch(launchOptions());
  const page = await browser.newPage();
  await page.goto(new URL('/harness.html', server.url).href);
  await page.waitForFunction(() => window.decay !== undefined);
  const before = await settled(page);
  await page.evaluate(async (prepared) => {
    const engine = await window.decay.createEngine('python');
    if (prepared) await engine.prepare();
    window.sandbox = await engine.boot();
    await (
      await window.sandbox.spawn('uv', ['pip', 'install', 'flask'])
    ).exit;
  }, snapshot);
  const bytes = [];
  let running = 0;
  for (const count of counts) {
    for (; running < count; running++)
      await page.evaluate(startOne, [`${source}print('${READY}', flush=True); input()`, READY]);
    bytes.push((await settled(page)) - before);
  }
  await browser.close();
  return bytes;
}

/** Runs in the page: starts an interpreter that waits for its input, and waits until it does. */
async function startOne([source, ready]) {
  const process = await window.sandbox.spawn('python', ['-c', source]);
  const decoder = new TextDecoder();
  let output = '';
  const reader = process.output.getReader();
  while (!output.includes(ready)) {
    const next = await reader.read();
    if (next.done) throw new Error(`the interpreter ended: ${output}`);
    output += decoder.decode(next.value.bytes, { stream: true });
  }
}

async function settled(page) {
  await page.waitForTimeout(SETTLE_MS);
  return heldByDescendants();
}

/** Bytes that this process's descendants hold, which are the browser's processes. */
function heldByDescendants() {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => [Number(pid), parentOf(pid)]);
  const ours = new Set([process.pid]);
  // The set grows while it is walked.
  for (const parent of ours) for (const [pid, of] of parents) if (of === parent) ours.add(pid);
  ours.delete(process.pid);
  return [...ours].reduce((sum, pid) => sum + proportionalSize(pid), 0);
}

function parentOf(pid) {
  const [, parent] = /\nPPid:\s+(\d+)/.exec(readOr(`/proc/${pid}/status`)) ?? [];
  return Number(parent);
}

function proportionalSize(pid) {
  const [, kilobytes = '0'] = /\nPss:\s+(\d+) kB/.exec(readOr(`/proc/${pid}/smaps_rollup`)) ?? [];
  return Number(kilobytes) * 1_024;
}

/** Empty when the process has ended meanwhile. */
function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
