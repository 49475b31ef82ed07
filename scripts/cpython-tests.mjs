import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { launchOptions } from './chromium.mjs';
import { classify } from './cpython-tests/classes.mjs';
import { modules } from './cpython-tests/modules.mjs';
import { browserStart, nativeStart, runModule } from './cpython-tests/run.mjs';
import { debianTests, filesOf } from './cpython-tests/source.mjs';
import { serve } from './serve.mjs';

/**
 * Runs CPython's own tests of the modules that the Python engine completes, on a real CPython 3.12 and in the engine:
 * `npm run cpython-tests -- --native PYTHON [--tests DIR] [MODULE…]`. DIR holds the package `test`; without it Debian's
 * is downloaded. A test that does not pass natively does not count. Everything said is kept in .cache/cpython-tests.
 */
const limits = { nativeMs: 60_000, browserMs: 90_000 };
const { values, positionals } = parseArgs({
  args: argv.slice(2),
  options: {
    native: { type: 'string', default: 'python3.12' },
    tests: { type: 'string' },
    lanes: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache/cpython-tests');
const logs = join(cache, 'logs');
mkdirSync(logs, { recursive: true });
const folder = values.tests ?? debianTests(cache);
const runner = readFileSync(new URL('cpython-tests/runner.py', import.meta.url));
const server = await serve({ dir: env.DECAY_DIST ?? join(root, 'dist'), port: 0 });
const browser = await chromium.launch(launchOptions());
const waiting = (positionals.length === 0 ? modules : positionals).flatMap(expand);
const lane = async () => {
  for (let module = waiting.shift(); module !== undefined; module = waiting.shift()) await measure(module);
};
await Promise.all(Array.from({ length: Number(values.lanes) }, lane));
await browser.close();
await server.close();
print();

/** A package of tests is run file by file. */
function expand(name) {
  const path = join(folder, 'test', name);
  if (!existsSync(path)) return existsSync(`${path}.py`) || name.includes('.') ? [name] : [];
  return readdirSync(path)
    .filter((file) => /^test_\w+\.py$/.test(file))
    .sort()
    .map((file) => `${name}.${file.slice(0, -3)}`);
}

async function measure(module) {
  const files = { 'runner.py': runner, ...filesOf(folder, module) };
  const native = await nativeOutcomes(module, files);
  const passing = [...native].filter(([, { how }]) => how === 'passed');
  if (passing.length === 0) return console.error(`${module}: none passes natively`);
  const page = await browser.newPage();
  await page.goto(new URL('/harness.html', server.url).href);
  await page.waitForFunction(() => window.decay !== undefined);
  const began = performance.now();
  const { tests, note } = await runModule(await browserStart(page, files), module, limits.browserMs);
  await page.close();
  const outcomes = passing.map(([name]) => {
    const outcome = tests.get(name) ?? { how: 'failed', why: `not run: ${note}` };
    return { name, ...outcome };
  });
  writeFileSync(logOf(module), JSON.stringify(outcomes, null, 1));
  const seconds = Math.round((performance.now() - began) / 1_000);
  const passed = outcomes.filter(({ how }) => how === 'passed').length;
  console.error(`${module}: ${passed} of ${outcomes.length} in ${seconds} s`);
}

function logOf(module) {
  return join(logs, `${module}.json`);
}

/** What passes on the real interpreter, kept as long as neither it nor the tests change. */
async function nativeOutcomes(module, files) {
  const hash = createHash('sha256').update(values.native);
  for (const bytes of Object.values(files)) hash.update(bytes);
  const path = join(cache, `native-${module}-${hash.digest('hex').slice(0, 12)}.json`);
  if (existsSync(path)) return new Map(JSON.parse(readFileSync(path, 'utf8')));
  const { tests, note } = await runModule(nativeStart(values.native, files), module, limits.nativeMs);
  if (note !== '') console.error(`${module} natively: ${note}`);
  writeFileSync(path, JSON.stringify([...tests]));
  return tests;
}

/** The newest outcome of every module, also from earlier runs. */
function print() {
  const kinds = ['version', 'refused', 'engine'];
  const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
  row('module', 'pass on CPython 3.12', 'of these pass here', 'not: version', 'not: refused', 'not: fault');
  row('---', '---', '---', '---', '---', '---');
  const failures = [];
  const total = { native: 0, passed: 0, version: 0, refused: 0, engine: 0 };
  const show = (name, counts) => {
    const share = ((100 * counts.passed) / Math.max(1, counts.native)).toFixed(1);
    row(name, counts.native, `${counts.passed} (${share} %)`, ...kinds.map((kind) => counts[kind]));
  };
  for (const name of modules) {
    const counts = { native: 0, passed: 0, version: 0, refused: 0, engine: 0 };
    for (const path of expand(name).map(logOf).filter(existsSync)) {
      for (const outcome of JSON.parse(readFileSync(path, 'utf8'))) {
        counts.native += 1;
        if (outcome.how === 'passed') {
          counts.passed += 1;
          continue;
        }
        const classified = { ...outcome, ...classify(outcome.name, outcome) };
        counts[classified.kind] += 1;
        failures.push(classified);
      }
    }
    if (counts.native === 0) continue;
    show(name, counts);
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  show('all', total);
  const reasons = new Map();
  for (const { kind, reason } of failures) {
    const key = `${kind}: ${reason}`;
    reasons.set(key, (reasons.get(key) ?? 0) + 1);
  }
  const sorted = [...reasons].sort((one, other) => other[1] - one[1]);
  console.log(`\n${sorted.map(([reason, count]) => `- ${count} ${reason}`).join('\n')}`);
  writeFileSync(join(cache, 'failures.json'), JSON.stringify(failures, null, 1));
}
