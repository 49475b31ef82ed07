import { describe, expect, it } from 'vitest';
import { findTask, tasks } from '../../../tasks/index.ts';
import type { RunRecord } from '../../domain/run.ts';
import type { RunEvent, RunOptions } from '../../evaluate/types.ts';
import type { PageRunRequest } from '../services.ts';
import { scriptedServices } from '../testing/scripted.ts';
import { present } from '../testing/present.ts';
import { Run, type Pace } from './run.svelte.ts';
import { runStatus } from './run-words.ts';
import { Runs } from './runs.svelte.ts';
import { verdictView } from '../result/verdict-view.ts';

const task = present(findTask('express-sqlite'));
const request: PageRunRequest = {
  task,
  files: { 'run.sh': 'exec node .' },
  source: { kind: 'paste', label: 'pasted' },
};

/** A clock that moves and repaints only when told. */
class ManualPace implements Pace {
  time = 0;
  #calls = new Set<() => void>();
  now = (): number => this.time;
  every = (_ms: number, call: () => void): (() => void) => {
    this.#calls.add(call);
    return () => void this.#calls.delete(call);
  };
  advance(ms: number): void {
    this.time += ms;
    for (const call of this.#calls) call();
  }
  get running(): number {
    return this.#calls.size;
  }
}

/** An evaluation whose events and end are given by the test. */
function controlled() {
  let emit: (event: RunEvent) => void = () => undefined;
  let finish: (record: RunRecord) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  let signal: AbortSignal | undefined;
  const evaluate = (_request: PageRunRequest, options: RunOptions): Promise<RunRecord> => {
    emit = options.onEvent ?? emit;
    signal = options.signal;
    return new Promise((resolve, reject) => {
      finish = resolve;
      fail = reject;
    });
  };
  return {
    evaluate,
    emit: (event: RunEvent) => emit(event),
    finish: (record: RunRecord) => finish(record),
    fail: (error: Error) => fail(error),
    aborted: () => signal?.aborted,
  };
}

const scripted = (scenario: Parameters<typeof scriptedServices>[0]) =>
  scriptedServices(scenario, tasks, 0).evaluate;

async function played(scenario: Parameters<typeof scriptedServices>[0]): Promise<Run> {
  const run = new Run(1, request);
  await run.start(scripted(scenario));
  return run;
}

describe('Run', () => {
  it('follows stages, time, progress and output while it is under way', () => {
    const pace = new ManualPace();
    const control = controlled();
    const run = new Run(1, request, pace);
    void run.start(control.evaluate);
    control.emit({ type: 'stage-start', stage: 'boot', at: 0 });
    control.emit({ type: 'progress', stage: 'boot', progress: { label: 'engine', done: 1, total: 4 } });
    pace.advance(250);
    expect(run.currentStage).toMatchObject({ name: 'boot', status: 'running', ms: 250 });
    expect(run.progress?.label).toBe('engine');
    control.emit({ type: 'stage-end', record: { name: 'boot', status: 'passed', startedAt: 0, ms: 260 } });
    control.emit({ type: 'log', line: { at: 261, stage: 'install', stream: 'stdout', text: 'one\ntwo\n' } });
    pace.advance(50);
    expect(run.stages[0]).toMatchObject({ status: 'passed', ms: 260 });
    expect(run.stages[1]).toMatchObject({ status: 'waiting' });
    expect(run.progress).toBeUndefined();
    expect(run.output.slice(0, 10).map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('ends with the record, whose word is final', async () => {
    const run = await played('failed');
    expect(run.phase).toBe('finished');
    expect(run.assertions).toEqual(run.record?.suite?.assertions);
    expect(run.stages.every(({ status }) => status === 'passed')).toBe(true);
    expect(run.elapsed).toBe(run.record?.ms);
  });

  it('is cancelled at once, even when the evaluation does not react, and takes in nothing afterwards', async () => {
    const pace = new ManualPace();
    const control = controlled();
    const run = new Run(1, request, pace);
    const ended = run.start(control.evaluate);
    control.emit({ type: 'stage-start', stage: 'install', at: 0 });
    run.cancel();
    await ended;
    expect(control.aborted()).toBe(true);
    expect(run.phase).toBe('cancelled');
    expect(run.stages[1]).toMatchObject({ status: 'skipped', message: 'cancelled' });
    expect(pace.running).toBe(0);
    control.emit({ type: 'stage-start', stage: 'start', at: 5 });
    expect(run.currentStage).toBeUndefined();
  });

  it('tells a fault of the page from a verdict', async () => {
    const run = await played('broken');
    expect(run.phase).toBe('broken');
    expect(verdictView(run)).toMatchObject({
      kind: 'broken',
      reasons: [{ text: expect.stringContaining('404') as string }, expect.anything(), expect.anything()],
    });
  });

  it('keeps a flood of output within bounds', () => {
    const pace = new ManualPace();
    const control = controlled();
    const run = new Run(1, request, pace);
    void run.start(control.evaluate);
    const text = '\n'.repeat(250_000);
    control.emit({ type: 'log', line: { at: 0, stage: 'start', stream: 'stdout', text } });
    pace.advance(100);
    expect(run.output.count).toBe(100_000);
    expect(run.output.dropped).toBe(150_000);
  });
});

describe('Runs', () => {
  it('runs the same files once at a time, keeps earlier ones, and is not disturbed by a cancelled one', async () => {
    const first = controlled();
    let next = first.evaluate;
    const runs = new Runs((asked, options) => next(asked, options), new ManualPace(), 2);
    const one = runs.start(request);
    await runs.start(request);
    expect(runs.list).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve));
    runs.cancel();
    await one;
    expect(runs.active).toEqual([]);
    next = scripted('passed');
    const two = runs.start(request);
    first.emit({ type: 'log', line: { at: 0, stage: 'start', stream: 'stdout', text: 'late' } });
    first.fail(new Error('late'));
    await two;
    expect(runs.list.map((run) => runStatus(run))).toEqual(['Passed, 100 %', 'Cancelled']);
    expect(runs.shown).toBe(runs.list[0]);
    runs.show(present(runs.list[1]));
    expect(runs.shown?.phase).toBe('cancelled');
  });
});
