import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defects, loadDefect, type Defect } from '../tasks/defects/index.ts';
import { findTask } from '../tasks/index.ts';
import { assertions } from '../tasks/suite/index.ts';
import { recordFiles } from '../src/domain/files.ts';
import type { RunRecord } from '../src/domain/run.ts';
import { loadReference } from '../tasks/references/index.ts';
import { openHarness, startApp, type App } from './support.ts';
import { sharing } from './turns.ts';

let app: App;
/** Runs one after another in either of two pages. */
let inPage: ReturnType<typeof sharing<Page>>;
let jobs = 0;

beforeAll(async () => {
  app = await startApp();
  inPage = sharing([await openHarness(app), await openHarness(app)]);
});
afterAll(() => app.close());

/** What never gets healthy is not waited for as long as a real run would, but longer than a slow machine boots it. */
const patience: Readonly<Record<string, number>> = {
  hanging: 12_000,
  'wrong-port': 16_000,
  'busy-loop': 12_000,
  'allowed-hosts': 20_000,
};

/** What the verdict's reason must say, so that a person knows what to mend. */
const reasons: Readonly<Record<string, RegExp>> = {
  hanging: /nothing listens on/,
  crashing: /exited with (code )?1/,
  'wrong-port': /listens on/,
  'busy-loop': /nothing listens on/,
  'syntax-error': /exited with (code )?\d/,
  'no-run-sh': /run\.sh/,
  'no-dependency-file': /package\.json|requirements\.txt/,
};

async function run(
  page: Page,
  taskId: string,
  files: RunRecord['files'],
  startMs?: number,
): Promise<RunRecord> {
  const record = await page.evaluate(
    ([job, task, engine, submission, ms]) =>
      window.decay?.run(job, {
        taskId: task,
        files: submission,
        engine,
        source: { kind: 'folder', label: 'test' },
        profile: 'paper',
        ...(ms === null ? {} : { limits: { startMs: ms } }),
      }),
    [`job-${jobs++}`, taskId, findTask(taskId)?.language ?? 'node', files, startMs ?? null] as const,
  );
  if (record === undefined) throw new Error('the run was cancelled');
  return record;
}

/** Of the flaw: `wrong-port` of `flask-wrong-port`. */
const nameOf = ({ id }: Defect): string => id.slice(id.indexOf('-') + 1);

async function runDefect(page: Page, defect: Defect): Promise<RunRecord> {
  const files = recordFiles(await loadDefect(defect.id));
  return run(page, defect.taskId, files, patience[nameOf(defect)]);
}

/** Of one test, which may wait for all others. */
const timeout = defects.length * 60_000;

describe(
  'a flawed submission fails with a reason, is scored, and leaves the page usable',
  { timeout },
  () => {
    it.concurrent.each(defects.map((defect) => [defect.id, defect] as const))('%s', (_id, defect) =>
      inPage((page) => check(page, defect)),
    );
  },
);

async function check(page: Page, defect: Defect): Promise<void> {
  const record = await runDefect(page, defect);
  expect(record.verdict, JSON.stringify(record.stages)).toMatchObject({
    kind: 'scored',
    score: { pass: false },
  });
  expect(record.suite?.assertions).toHaveLength(assertions.length);
  const failed = record.stages.find((stage) => stage.status === 'failed');
  const reason = reasons[nameOf(defect)];
  if (defect.fails === 'suite') {
    expect(record.suite?.assertions.some((assertion) => assertion.status !== 'passed')).toBe(true);
    expect(record.suite?.assertions.some((assertion) => assertion.status === 'passed')).toBe(true);
  } else {
    expect(['start', 'health', 'install']).toContain(failed?.name);
    expect(record.suite?.assertions.every((assertion) => assertion.status === 'not-reached')).toBe(true);
  }
  if (reason !== undefined) expect(failed?.message).toMatch(reason);
  if (defect.reason !== undefined) expect(failed?.message).toContain(defect.reason);
  if (defect.trace !== undefined) {
    const { assertion, got, log = '' } = defect.trace;
    const shown = record.suite?.assertions.find(({ id: name }) => name === assertion);
    expect(shown).toMatchObject({ status: 'failed', got: expect.stringMatching(new RegExp(`^${got}`)) });
    expect(record.log.map(({ text }) => text).join('')).toContain(log);
  }
  expect(await page.evaluate(() => document.querySelectorAll('iframe').length)).toBe(0);
}

it('a run after all of them is unaffected', async () => {
  const files = recordFiles(await loadReference('express-unconstrained'));
  for (const page of app.context.pages().filter((one) => one.url().includes('harness'))) {
    const record = await run(page, 'express-unconstrained', files);
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
  }
});
