import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Everything that must hold before a change lands. Runs all steps even when one fails, prints a line for each, and
 * last `N passed, N failed`: tests, plus one for each other step.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const report = join(root, '.cache/test-report.json');
const bin = (name) => join(root, 'node_modules/.bin', name);

let passed = 0;
let failed = 0;
const lines = [];
const failures = [];
const slowest = [];

function step(name, program, args, count = countOne) {
  const start = Date.now();
  console.log(`\n=== ${name}`);
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const result = count(status === 0);
  passed += result.passed;
  failed += result.failed;
  const seconds = ((Date.now() - start) / 1000).toFixed(0);
  lines.push(
    `${result.failed === 0 ? 'ok    ' : 'FAILED'} ${name} (${result.passed} passed, ${result.failed} failed, ${seconds} s)`,
  );
}

function countOne(ok) {
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A run that failed, or that ran nothing, is a failure whatever it counted. */
function countTests(ok) {
  let counts;
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    counts = { passed: numPassedTests, failed: numFailedTests };
    failures.push(...testResults.flatMap(describeFailures));
    slowest.push(...describeSlowest(testResults));
  } catch {
    return { passed: 0, failed: 1 };
  }
  if ((!ok && counts.failed === 0) || counts.passed === 0) counts.failed += 1;
  return counts;
}

/** What failed in a file, a line each: at the end of a long output, this is what one looks for. */
function describeFailures({ name, message, status, assertionResults }) {
  const file = relative(root, name);
  const tests = assertionResults.filter((test) => test.status === 'failed');
  if (tests.length === 0) return status === 'failed' ? [`${file}: ${brief(message)}`] : [];
  return tests.map((test) => `${file}: ${test.fullName}: ${brief(test.failureMessages[0])}`);
}

/** The files that take most of the time, which is the first thing to know when the whole takes too long. */
function describeSlowest(testResults) {
  return testResults
    .map(({ name, startTime, endTime }) => ({
      file: relative(root, name),
      seconds: (endTime - startTime) / 1000,
    }))
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, 12)
    .map(({ file, seconds }) => `${seconds.toFixed(0).padStart(5)} s ${file}`);
}

function brief(text = '') {
  return text.split('\n', 3).join(' ').slice(0, 400);
}

mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(report, { force: true });
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
step('npm test', 'npm', ['test', '--', ...reporters], countTests);
step('lint', bin('eslint'), ['.']);
step('format', bin('prettier'), ['--check', '.']);
step('types', bin('tsc'), ['--noEmit']);
step('svelte-check', bin('svelte-check'), ['--fail-on-warnings']);
step('unused code', bin('knip'), []);
step('size of the first load', process.execPath, ['scripts/check-size.mjs']);
step('repository rules', process.execPath, ['scripts/check-repository.mjs']);

console.log(`\nThe slowest tests\n${slowest.join('\n')}`);
console.log(`\n${[...failures, ...lines].join('\n')}`);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
