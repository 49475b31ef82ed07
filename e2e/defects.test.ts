import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defects, loadDefect, type Defect } from '../tasks/defects/index.ts';
import { findTask } from '../tasks/index.ts';
import { assertions } from '../tasks/suite/index.ts';
import { recordFiles } from '../src/domain/files.ts';
import type { RunRecord } from '../src/domain/run.ts';
import { loadReference } from '../tasks/references/index.ts';
import { openHarness, startApp, type App } from './support.ts';

let app: App;
let page: Page;
let jobs = 0;

beforeAll(async () => {
  app = await startApp();
  page = await openHarness(app);
});
afterAll(() => app.close());

/** What never gets healthy is not waited for as long as a real run would. */
const patience: Readonly<Record<string, number>> = {
  hanging: 12_000,
  'wrong-port': 12_000,
  'busy-loop': 12_000,
  'allowed-hosts': 12_000,
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

async function run(taskId: string, files: RunRecord['files'], startMs?: number): Promise<RunRecord> {
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

async function runDefect({ id, taskId }: Defect): Promise<RunRecord> {
  const name = id.slice(id.indexOf('-') + 1);
  return run(taskId, recordFiles(await loadDefect(id)), patience[name]);
}

describe.each(defects.map((defect) => [defect.id, defect] as const))('%s', (id, defect) => {
  it(`fails at ${defect.fails} with a reason, is scored, and leaves the page usable`, async () => {
    const record = await runDefect(defect);
    expect(record.verdict, JSON.stringify(record.stages)).toMatchObject({
      kind: 'scored',
      score: { pass: false },
    });
    expect(record.suite?.assertions).toHaveLength(assertions.length);
    const failed = record.stages.find((stage) => stage.status === 'failed');
    const reason = reasons[id.slice(id.indexOf('-') + 1)];
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
  });
});

it('a run after all of them is unaffected', async () => {
  const record = await run(
    'express-unconstrained',
    recordFiles(await loadReference('express-unconstrained')),
  );
  expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
});
