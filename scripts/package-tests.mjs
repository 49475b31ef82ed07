import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { launchOptions } from './chromium.mjs';
import { findNodeBinary } from './engines/node.mjs';
import { fetchSuite } from './package-tests/fetch.mjs';
import { filesIn, mount, runInBrowser, runNatively } from './package-tests/run.mjs';
import { suites } from './package-tests/suites.mjs';
import { serve } from './serve.mjs';

/**
 * Runs other people's tests of their packages on real Node and, those that pass there, in the embedded Node engine:
 * `npm run package-tests [-- --files N] [NAME…]`. At most N files of a package are run (30 by default), spread evenly
 * over all it has. All output is kept in .cache/package-tests/logs.
 */
const limits = { nativeMs: 20_000, browserMs: 40_000 };
const { values, positionals } = parseArgs({
  args: argv.slice(2),
  options: { files: { type: 'string', default: '30' } },
  allowPositionals: true,
});
const most = Number(values.files);
const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache/package-tests');
const { binary } = findNodeBinary();
const server = await serve({ dir: env.DECAY_DIST ?? join(root, 'dist'), port: 0 });
const browser = await chromium.launch(launchOptions());
const rows = [];
const failures = [];
const waiting = suites.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const folders = new Map(waiting.map((suite) => [suite, fetchSuite(suite, cache)]));
const lane = async () => {
  for (let suite = waiting.shift(); suite !== undefined; suite = waiting.shift()) await measure(suite);
};
await Promise.all([lane(), lane()]);
await browser.close();
await server.close();
print();

/** @param {import('./package-tests/suites.mjs').Suite} suite */
async function measure(suite) {
  const folder = folders.get(suite);
  const all = filesIn(folder).filter((path) => suite.tests.test(path));
  const files = all.filter(
    (_, at) =>
      all.length <= most ||
      Math.floor((at * most) / all.length) !== Math.floor(((at - 1) * most) / all.length),
  );
  const args = suite.run ?? [];
  const passing = new Map();
  // Elsewhere than below the checkout, whose node_modules would be found from there.
  const copy = mkdtempSync(join(tmpdir(), 'decay-package-'));
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
  for (const file of files) {
    const outcome = await runNatively(binary, copy, [...args, file], limits.nativeMs);
    keep(suite, file, 'native', outcome);
    if (outcome.code === 0) passing.set(file, successes(outcome));
  }
  rmSync(copy, { recursive: true, force: true });
  const page = await browser.newPage();
  await page.goto(new URL('/harness.html', server.url).href);
  await page.waitForFunction(() => window.decay !== undefined);
  await mount(page, folder);
  let passed = 0;
  for (const [file, expected] of passing) {
    const outcome = await runInBrowser(page, [...args, file], limits.browserMs);
    keep(suite, file, 'browser', outcome);
    if (outcome.code === 0 && successes(outcome) === expected) passed += 1;
    else failures.push(`- ${suite.name} ${file}: ${reason(outcome)}`);
  }
  await page.close();
  rows.push({ suite, all: all.length, run: files.length, native: passing.size, passed });
  console.error(`${suite.name}: ${passed} of ${passing.size}`);
}

function keep({ name }, file, where, { code, output }) {
  const folder = join(cache, 'logs', name.replace('/', '-'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, `${file.replaceAll('/', '-')}.${where}.txt`),
    `${output}\nexit ${code ?? 'too late'}\n`,
  );
}

/** How many tests it says to have passed: a file that ends early with exit code 0 has not passed. */
function successes({ output }) {
  return output.match(/^ *(?:ok \d|✔)/gm)?.length ?? 0;
}

/** The first words of a failure in TAP, else the first error that is named. */
function reason({ code, output }) {
  const lines = output.split('\n').map((line) => line.trim());
  const failed = lines.findIndex((line) => line.startsWith('not ok'));
  const at = lines.findIndex((line, index) => index > failed && /^error:|Error\b/.test(line));
  const error = (lines[at] === 'error: |-' ? lines[at + 1] : lines[at]) ?? '';
  const said = failed < 0 ? error : `${lines[failed]}; ${error}`;
  const end = code === undefined ? `not ended after ${limits.browserMs / 1_000} s` : `exit ${code}`;
  return `${end}; ${said}`.slice(0, 200);
}

function print() {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  rows.sort((one, other) => suites.indexOf(one.suite) - suites.indexOf(other.suite));
  const line = (...cells) => console.log(`| ${cells.join(' | ')} |`);
  line(
    'package',
    'tests from',
    'written with',
    'test files',
    'of these run',
    'pass on Node 20.20.2',
    'of these pass in the engine',
  );
  line(...Array.from({ length: 7 }, () => '---'));
  for (const { suite, all, run, native, passed } of rows) {
    const from = suite.debian === undefined ? 'npm' : 'Debian';
    line(`${suite.name} ${suite.version}`, from, suite.with, all, run, native, passed);
  }
  const share = ((100 * sum('passed')) / Math.max(1, sum('native'))).toFixed(1);
  line('all', '', '', sum('all'), sum('run'), sum('native'), `${sum('passed')} (${share} %)`);
  console.log(`\n${failures.join('\n')}`);
}
