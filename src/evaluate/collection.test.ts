import { describe, expect, it } from 'vitest';
import type { CollectionResult } from '../domain/collection.ts';
import { EngineError } from '../engines/engine.ts';
import { CollectionError, type RunCollection } from '../postman/types.ts';
import { assertions } from '../../tasks/suite/index.ts';
import { message, outcome, run } from './testing/run-fake.ts';

const source = { fileName: 'mine.json', collection: '{}' };

/** A collection of one request with these assertions. */
const collection =
  (statuses: ('passed' | 'failed' | 'skipped')[], broken = false): RunCollection =>
  async (_, { send, port, signal, onExecution }) => {
    const response = await send(
      { method: 'GET', target: '/api/tags', headers: [['Host', `localhost:${port}`]] },
      signal,
    );
    const execution = {
      folders: ['Tags'],
      name: 'All tags',
      itemId: 'a',
      position: 0,
      sent: { total: 1, failed: 0 },
      scripts: { prerequest: 0, test: 1 },
      method: 'GET',
      url: `http://localhost:${port}/api/tags?x=1`,
      exchange: 0,
      assertions: statuses.map((status, i) => ({
        name: `test ${i}`,
        status,
        script: 'test' as const,
        index: i,
        ...(status === 'failed' && { error: { name: 'AssertionError', message: 'expected 1 to equal 2' } }),
      })),
      scriptErrors: broken
        ? [{ script: 'test' as const, name: 'Error', message: 'x', at: 'test-script:1:1' }]
        : [],
    };
    onExecution?.(execution);
    const headers: CollectionResult['exchanges'][number]['request']['headers'] = [];
    const request = { method: 'GET', target: '/api/tags', headers };
    const recorded = { status: response.status, statusText: 'OK', headers, body: '', truncated: false };
    return {
      name: 'Mine',
      sha256: 'ab'.repeat(32),
      executions: [execution],
      exchanges: [{ name: 'All tags', request, response: recorded, ms: 1 }],
      console: [],
      standIns: [],
      startedAt: '2026-01-31T09:30:00.000Z',
      ms: 2,
    };
  };

describe('a collection in place of the suite', () => {
  it('is what the verdict counts', async () => {
    const { record, events } = await run({
      collection: { source, role: 'instead' },
      runCollection: collection(['passed', 'failed', 'skipped', 'passed']),
    });
    expect(record.suite?.suite).toEqual({ id: 'postman', version: 'abababababab' });
    expect(record.suite?.assertions.map(({ status }) => status)).toEqual([
      'passed',
      'failed',
      'passed',
      'passed',
    ]);
    expect(record.suite?.assertions[1]).toMatchObject({
      endpoint: 'GET /tags',
      sentence: 'test 1',
      message: 'expected 1 to equal 2',
    });
    expect(record.verdict).toMatchObject({ score: { passed: 3, total: 4, raw: 3 / 4, pass: false } });
    expect(record.collection).toMatchObject({ role: 'instead', source, result: { name: 'Mine' } });
    expect(events.filter(({ type }) => type === 'execution')).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'assertion')).toHaveLength(0);
  });

  it('that fails outside of its tests is no pass, as in Newman', async () => {
    const { record } = await run({
      collection: { source, role: 'instead' },
      runCollection: collection(['passed'], true),
    });
    expect(message(record, 'suite')).toBe('the collection had 1 failures outside of its tests');
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { raw: 1, pass: false } });
  });

  it('that asserts nothing is no pass', async () => {
    const { record } = await run({
      collection: { source, role: 'instead' },
      runCollection: collection([]),
    });
    expect(message(record, 'suite')).toBe('the collection asserted nothing');
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { total: 0, raw: 0, pass: false } });
  });

  it('leaves the run unscored when it cannot be run', async () => {
    const { record } = await run({
      collection: { source, role: 'instead' },
      runCollection: async () => {
        throw new CollectionError('it has no requests');
      },
    });
    expect(record.verdict).toEqual({
      kind: 'unscored',
      reason: 'engine',
      detail: 'the collection mine.json could not be run: it has no requests',
    });
  });

  it('is not run when the server never comes up', async () => {
    const { record } = await run({
      collection: { source, role: 'instead' },
      runCollection: collection(['passed']),
      run: () => 3,
    });
    expect(record.collection).toEqual({ role: 'instead', source });
    expect(record.suite?.assertions).toEqual([]);
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { total: 0, raw: 0, pass: false } });
  });
});

describe('a collection beside the suite', () => {
  it('is recorded, and does not count', async () => {
    const { record } = await run({
      collection: { source, role: 'beside' },
      runCollection: collection(['failed']),
    });
    expect(record.verdict).toMatchObject({ score: { total: assertions.length, pass: true } });
    expect(record.collection?.result?.executions[0]?.assertions).toHaveLength(1);
  });

  it('that breaks leaves the verdict alone, and is noted', async () => {
    const { record } = await run({
      collection: { source, role: 'beside' },
      runCollection: async () => {
        throw new EngineError('EBROKEN', 'the worker was lost');
      },
    });
    expect(outcome(record)).toContain('suite passed');
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
    expect(record.log.map(({ text }) => text)).toContain(
      'beside the suite: the collection mine.json could not be run: the worker was lost',
    );
  });
});
