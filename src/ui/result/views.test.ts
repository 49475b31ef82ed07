import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { findTask, tasks } from '../../../tasks/index.ts';
import type { LogLine } from '../../domain/run.ts';
import { runStatus } from '../runs/run-words.ts';
import { Run } from '../runs/run.svelte.ts';
import type { PageRunRequest } from '../services.ts';
import { present } from '../testing/present.ts';
import { hostileText, type Scenario } from '../testing/scripted-record.ts';
import { scriptedServices } from '../testing/scripted.ts';
import { AssertionList } from './assertion-list.svelte.ts';
import { ConsoleView } from './console-view.svelte.ts';
import { detailsOf, sizeOf } from './details.ts';
import { Output } from './output.svelte.ts';
import { ResultTabs } from './result-tabs.svelte.ts';
import { evenRows, wrappedRows } from './row-heights.ts';
import { linesOfStage, runBefore, shares } from './stage-view.ts';
import { verdictView } from './verdict-view.ts';

const request: PageRunRequest = {
  task: present(findTask('express-sqlite')),
  files: { 'run.sh': 'exec node .' },
  source: { kind: 'paste', label: 'pasted' },
};

async function played(scenario: Scenario, id = 1): Promise<Run> {
  const run = new Run(id, request);
  await run.start(scriptedServices(scenario, tasks, 0).evaluate);
  return run;
}

describe('verdictView', () => {
  it('gives every reason of a failure with where it shows, and what the other profile says', async () => {
    expect(verdictView(await played('failed'))).toMatchObject({
      kind: 'failed',
      reasons: [
        { text: '6 assertions failed.', place: { tab: 'assertions', status: 'failed' } },
        {
          text: '7 assertions not reached, which counts as failed.',
          place: { tab: 'assertions', status: 'not-reached' },
        },
        { text: 'Violates the rule database, so A% is 0.', place: { tab: 'rules' } },
      ],
      other: 'Under the paper profile the rules are met instead.',
    });
  });

  it('names the stage at which a run stopped', async () => {
    expect(verdictView(await played('stopped'))).toMatchObject({
      kind: 'failed',
      reasons: [
        {
          text: expect.stringMatching(/^Stopped at Install: npm/) as string,
          place: { tab: 'console', stage: 'install' },
        },
        expect.anything(),
      ],
    });
  });

  it('keeps unscored apart from failed, and says what to do', async () => {
    const run = await played('unscored');
    const view = verdictView(run);
    expect(view).toMatchObject({ kind: 'unscored', code: 'needs-registry' });
    const words = 'reasons' in view ? view.reasons.map(({ text }) => text) : [];
    expect(words[0]).toContain('left-pad');
    expect(words[1]).toBe('This says nothing about the submission.');
    expect(words[2]).toMatch(/^What to do: go online/);
    expect(runStatus(run)).toBe('Unscored');
  });

  it('passes only as a whole, and makes hostile words visible', async () => {
    const run = await played('passed');
    expect(verdictView(run)).toMatchObject({
      kind: 'passed',
      reasons: [{ text: expect.stringMatching(/^Every/) as string }],
    });
    const hostile = new Run(2, request);
    await hostile.start(() => Promise.reject(new Error(hostileText)));
    expect(verdictView(hostile)).toMatchObject({
      reasons: [
        { text: expect.stringContaining('‹U+202E›') as string },
        expect.anything(),
        expect.anything(),
      ],
    });
  });

  it('does not claim that all is well when a collection failed outside of its tests', async () => {
    const run = await played('passed');
    const record = present(run.record);
    const stages = record.stages.map((stage) =>
      stage.name === 'suite'
        ? {
            ...stage,
            status: 'failed' as const,
            message: 'the collection had 1 failures outside of its tests',
          }
        : stage,
    );
    const score = { passed: 72, failed: 0, notReached: 0, total: 72, raw: 1, strict: 1, pass: false };
    const odd = Run.ofRecord(3, request, { ...record, stages, verdict: { kind: 'scored', score } });
    expect(verdictView(odd)).toMatchObject({
      kind: 'failed',
      reasons: [{ text: 'the collection had 1 failures outside of its tests.' }],
    });
  });
});

describe('ResultTabs', () => {
  it('follows the run until a person chooses', async () => {
    let run: Run | undefined;
    const tabs = new ResultTabs(() => run);
    expect(tabs.open).toBe('assertions');
    run = new Run(1, request);
    expect(tabs.open).toBe('console');
    run = await played('passed');
    expect(tabs.open).toBe('assertions');
    run = await played('stopped');
    expect(tabs.open).toBe('console');
    tabs.choose('rules');
    expect([tabs.press('ArrowRight'), tabs.open]).toEqual([true, 'details']);
    expect([tabs.press('ArrowRight'), tabs.open]).toEqual([true, 'assertions']);
    expect([tabs.press('End'), tabs.open]).toEqual([true, 'details']);
    expect(tabs.press('x')).toBe(false);
    expect(tabs.list).not.toContain('code');
    tabs.withCode = true;
    expect(tabs.list[0]).toBe('code');
  });

  it('goes to the places that a verdict names', async () => {
    const run = await played('failed');
    const tabs = new ResultTabs(() => run);
    tabs.go({ tab: 'assertions', status: 'not-reached' });
    expect([tabs.open, tabs.assertions.status, tabs.assertions.found]).toEqual([
      'assertions',
      'not-reached',
      7,
    ]);
    expect(tabs.assertions.wanted?.id).toBe('group2.case-65.status');
    tabs.go({ tab: 'console', stage: 'install' });
    expect([tabs.open, tabs.console.stage]).toEqual(['console', 'install']);
    expect(tabs.showAssertion('group0.case-3.status')).toBe(true);
    expect([tabs.open, tabs.assertions.status]).toEqual(['assertions', 'all']);
    expect(tabs.showAssertion('nowhere')).toBe(false);
  });
});

describe('AssertionList', () => {
  const lists = async () => {
    const run = await played('failed');
    return { run, list: new AssertionList(() => run) };
  };
  const ids = (list: AssertionList): string[] =>
    list.groups.flatMap(({ shown }) => shown.map(({ id }) => id));

  it('filters, searches and groups', async () => {
    const { list } = await lists();
    expect(list.counts).toEqual({ all: 72, passed: 59, failed: 6, 'not-reached': 7 });
    expect(list.groups.map(({ name }) => name).slice(0, 2)).toEqual(['POST /users', 'POST /users/login']);
    list.by = 'group';
    expect(list.groups.map(({ name, passed, total }) => [name, passed, total])).toEqual([
      ['Users', 22, 24],
      ['Articles', 21, 24],
      ['Errors', 16, 24],
    ]);
    expect(list.narrowed).toBe(false);
    list.status = 'failed';
    expect([list.narrowed, list.found]).toEqual([true, 6]);
    list.search = 'LOGIN case-14';
    expect(ids(list)).toEqual(['group0.case-14.status']);
    list.search = 'nowhere';
    expect(list.groups).toEqual([]);
    list.clear();
    list.endpoint = 'GET /user';
    expect(ids(list)).toHaveLength(12);
    list.code = 'none';
    expect(ids(list)).toEqual([]);
  });

  it('knows the statuses of answers', async () => {
    const { run } = await lists();
    const exchanges = run.exchanges.map((exchange, index) => {
      if (exchange === undefined || index > 1) return undefined;
      const { response, ...rest } = exchange;
      return index === 0 ? rest : { ...rest, response: { ...present(response), status: 503 } };
    });
    const list = new AssertionList(() => ({ assertions: run.assertions, exchanges }));
    expect(list.codes).toEqual(['503', 'none']);
    list.code = '503';
    expect(ids(list)).toEqual([3, 4, 5].map((index) => `group0.case-${index}.status`));
    list.code = 'none';
    expect(list.found).toBe(3);
  });

  it('goes through what failed, on from either end, and opens the group of it', async () => {
    const { list } = await lists();
    const failed = [3, 14, 25, 36, 47, 58].map(
      (index) => `group${Math.floor(index / 24)}.case-${index}.status`,
    );
    list.foldAll(false);
    expect(list.groups.every(({ open }) => !open)).toBe(true);
    list.step(1);
    expect(list.wanted?.id).toBe(failed[0]);
    expect(list.groups[0]).toMatchObject({ open: true });
    list.step(1);
    expect(list.wanted?.id).toBe(failed[1]);
    list.step(-1);
    list.step(-1);
    expect(list.wanted?.id).toBe(failed[5]);
    list.status = 'not-reached';
    list.step(1);
    expect(list.wanted?.id).toMatch(/case-65/);
    list.status = 'passed';
    const before = list.wanted;
    list.step(1);
    expect(list.wanted).toBe(before);
  });

  it('brings rows in little by little, and all up to the one that is asked for', async () => {
    const { run } = await lists();
    const many = Array.from({ length: 900 }, (_, index) => ({
      ...present(run.assertions[0]),
      id: `case-${index}`,
      endpoint: 'POST /a',
      status: 'failed' as const,
    }));
    const list = new AssertionList(() => ({ assertions: many, exchanges: [] }));
    const drawn = (): number => list.groups.reduce((sum, group) => sum + group.drawn.length, 0);
    expect(drawn()).toBeLessThan(200);
    expect(list.drawing).toBe(true);
    list.drawMore();
    expect(drawn()).toBeLessThan(300);
    expect(list.show('case-899')).toBe(true);
    expect(drawn()).toBe(900);
    expect(list.drawing).toBe(false);
    expect(list.isOpen('case-899')).toBe(true);
    list.toggle('case-899');
    expect(list.isOpen('case-899')).toBe(false);
  });
});

describe('ConsoleView', () => {
  const line = (text: string, change: Partial<LogLine> = {}): LogLine => ({
    at: 1,
    stage: 'start',
    stream: 'stdout',
    text,
    ...change,
  });
  function filled(...lines: LogLine[]) {
    const output = new Output();
    for (const one of lines) output.add(one);
    output.flush();
    return { output, view: new ConsoleView(() => output) };
  }

  it('sifts by stage, stream and search, and goes on as lines come', () => {
    const { output, view } = filled(
      line('one'),
      line('\u001b[31mTwo\u001b[0m', { stream: 'stderr' }),
      line('two', { stage: 'suite' }),
    );
    expect(view.lines).toEqual([0, 1, 2]);
    view.search = 'TWO';
    expect([view.lines, view.found]).toEqual([
      [0, 1, 2],
      [1, 2],
    ]);
    view.onlyFound = true;
    expect([view.lines, view.found]).toEqual([
      [1, 2],
      [0, 1],
    ]);
    output.add(line('not this'));
    output.add(line('two more'));
    output.flush();
    flushSync();
    expect(view.lines).toEqual([1, 2, 4]);
    view.stage = 'suite';
    expect(view.text()).toBe('two');
    view.stage = '';
    view.stream = 'stderr';
    expect(view.text()).toBe('Two');
    view.clear();
    expect(view.lines).toHaveLength(5);
  });

  it('goes through what it found, on from either end', () => {
    const { view } = filled(line('a'), line('x1'), line('b'), line('x2'));
    expect(view.step(1)).toBeUndefined();
    view.search = 'x';
    expect([view.step(1), view.step(1), view.step(1), view.step(-1)]).toEqual([1, 3, 1, 3]);
    expect(view.follow).toBe(false);
  });
});

it('tells where rows stand, even or wrapped', () => {
  const even = evenRows(100, 20);
  expect([even.total, even.top(3), even.at(65), even.at(1e9)]).toEqual([2_000, 60, 3, 99]);
  const wrapped = wrappedRows([0, 10, 25, 5], 20, 10);
  expect([0, 1, 2, 3, 4].map((row) => wrapped.top(row))).toEqual([0, 20, 40, 100, 120]);
  expect([0, 19, 20, 99, 100, 5_000].map((at) => wrapped.at(at))).toEqual([0, 0, 1, 2, 3, 3]);
  expect(wrappedRows([], 20, 0).at(5)).toBe(0);
});

describe('stages', () => {
  it('have their last lines, their shares, and the run before to compare with', async () => {
    const output = new Output();
    for (let index = 0; index < 10; index++)
      output.add({ at: index, stage: 'start', stream: 'stdout', text: `${index}` });
    output.add({ at: 11, stage: 'suite', stream: 'stdout', text: 'other' });
    output.flush();
    const { lines, all } = linesOfStage(output, 'start', 3);
    expect([all, lines.map(({ text }) => text)]).toEqual([10, ['7', '8', '9']]);
    expect(
      shares([
        { name: 'boot', ms: 30 },
        { name: 'install', ms: 90 },
        { name: 'start', ms: undefined },
      ]),
    ).toEqual({
      boot: 0.25,
      install: 0.75,
    });
    const runs = [
      await played('passed', 3),
      await played('passed', 2),
      await played('broken', 4),
      await played('failed', 1),
    ];
    expect(runBefore(present(runs[0]), runs)?.id).toBe(2);
    expect(runBefore(present(runs[3]), runs)).toBeUndefined();
  });
});

it('copies what a run was made with, without what it held', async () => {
  const record = present((await played('passed')).record);
  const text = JSON.stringify(detailsOf(record));
  expect(JSON.parse(text)).toMatchObject({
    packages: { express: '5.1.0' },
    suite: { id: 'conduit' },
    profile: 'parser',
  });
  expect(text).not.toContain('exec node');
  expect(text).not.toContain('eyJ');
  expect(sizeOf({ a: 'é', b: { base64: btoa('four') }, c: { base64: btoa('six..6') } })).toBe(12);
});
