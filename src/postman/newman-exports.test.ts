import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CollectionSource } from '../domain/collection.ts';
import { newmanCsv } from './newman-csv.ts';
import { newmanJson } from './newman-json.ts';
import { mirrorServer } from './testing/mirror-server.ts';
import { runNewman } from './testing/newman.ts';
import { execution, result } from './testing/results.ts';

type Shape = { [key: string]: Shape | string };

/** Keys all the way down; of a list its first item. */
function shapeOf(value: unknown): Shape | string {
  if (Array.isArray(value)) return value.length === 0 ? {} : { '0': shapeOf(value[0]) };
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

/** Paths in `part` that `whole` does not have. */
function beyond(part: Shape | string, whole: Shape | string | undefined, path = ''): string[] {
  if (typeof part === 'string') return whole === undefined ? [path] : [];
  if (whole === undefined || typeof whole === 'string') return [path];
  return Object.entries(part).flatMap(([key, inner]) => beyond(inner, whole[key], `${path}/${key}`));
}

const collection = {
  info: { name: 'c', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [
    {
      name: 'tags',
      event: [
        { listen: 'test', script: { exec: ["pm.test('a', () => pm.expect(1).to.equal(2)); absent();"] } },
      ],
      request: { method: 'POST', url: '{{APIURL}}/tags?a=1', body: { mode: 'raw', raw: 'x' } },
    },
  ],
};
const source: CollectionSource = { fileName: 'c.json', collection: JSON.stringify(collection) };

it('has the layout of Newman’s own JSON', async () => {
  const server = await mirrorServer();
  const folder = await mkdtemp(join(tmpdir(), 'newman-'));
  try {
    const jsonReport = join(folder, 'report.json');
    await runNewman(source, { port: server.port, requestMs: 10_000, scriptMs: 10_000, jsonReport });
    const theirs = shapeOf(JSON.parse(await readFile(jsonReport, 'utf8')));
    const made = result(
      execution('tags', {
        method: 'POST',
        url: 'http://localhost:3000/api/tags?a=1',
        assertions: [
          {
            name: 'a',
            status: 'failed',
            error: { name: 'AssertionError', message: 'expected 1 to equal 2' },
            script: 'test',
            index: 0,
          },
        ],
        scriptErrors: [
          { script: 'test', name: 'ReferenceError', message: 'absent is not defined', at: 'test-script' },
        ],
      }),
    );
    const globals = [{ key: 'APIURL', value: 'http://localhost:3000/api', type: 'any' }];
    made.variables = { environment: [], globals, collection: [] };
    const [exchange] = made.exchanges;
    if (exchange !== undefined) exchange.request.body = 'x';
    const ours = JSON.parse(JSON.stringify(newmanJson(source, made)));
    // The collection and its items are written as in their file, Newman's as its library understood them.
    const { item: _item, ...firstExecution } = ours.run.executions[0];
    const [{ source: _source, parent: _parent, ...firstFailure }] = ours.run.failures;
    const plain = {
      ...ours,
      collection: { info: ours.collection.info },
      run: { ...ours.run, executions: [firstExecution], failures: [firstFailure] },
    };
    expect(beyond(shapeOf(plain), theirs)).toEqual([]);
    const left = beyond(theirs, shapeOf(ours)).filter(
      (path) => !/^\/collection|\/(item|source|parent)\//.test(path),
    );
    expect(left.sort()).toEqual([
      '/environment/id',
      '/globals/id',
      '/run/executions/0/cursor/httpRequestId',
      '/run/executions/0/request/header/0/system',
      '/run/executions/0/testScript/0/error/checksum',
      '/run/executions/0/testScript/0/error/id',
      '/run/executions/0/testScript/0/error/stacktrace',
      '/run/executions/0/testScript/0/error/timestamp',
      '/run/failures/0/cursor/execution',
      '/run/failures/0/cursor/httpRequestId',
      '/run/failures/0/cursor/scriptId',
      '/run/failures/0/error/checksum',
      '/run/failures/0/error/id',
      '/run/failures/0/error/stacktrace',
      '/run/failures/0/error/timestamp',
    ]);
  } finally {
    await rm(folder, { recursive: true });
    await server.close();
  }
});

it('lists an execution once for each request it made, and every failure', () => {
  const made = result(
    execution('tags', { sent: { total: 2, failed: 1 } }),
    execution('none', { position: 1, sent: { total: 0, failed: 0 } }),
  );
  expect(newmanJson(source, made)).toMatchObject({
    run: {
      stats: { requests: { total: 2, failed: 1 }, assertions: { total: 2, failed: 0 }, items: { total: 2 } },
      executions: [{ response: { code: 200, responseSize: 15 } }, { response: { code: 200 } }],
      failures: [{ at: 'request', source: { name: 'tags' } }],
      transfers: { responseTotal: 30 },
    },
  });
});

it('writes the table of published results, quoted', () => {
  const failed = { name: 'x', status: 'failed', script: 'test', index: 0 } as const;
  const made = result(
    execution('a "quoted", name\nof two lines', {
      assertions: [failed, { ...failed, status: 'passed' }, { ...failed, status: 'skipped' }],
    }),
    execution('not sent', { sent: { total: 0, failed: 0 } }),
    execution('no answer', { error: 'x', assertions: [failed], sent: { total: 1, failed: 1 } }),
  );
  delete made.executions[2]?.exchange;
  expect(newmanCsv(made)).toBe(
    [
      'requestName,method,code,totalAssertions,executedCount,failedCount',
      '"a ""quoted"", name\nof two lines",GET,200,3,1,1',
      'no answer,GET,,1,0,1',
      '',
    ].join('\r\n'),
  );
});

it('marks names of requests as text that a table program would take for a formula', () => {
  const names = ['=cmd()', '+1', '-1', '@SUM(A1)', '\t=1', 'a=b'];
  const lines = newmanCsv(result(...names.map((name) => execution(name)))).split('\r\n');
  expect(lines.slice(1, -1).map((line) => line.split(',')[0])).toEqual([
    "'=cmd()",
    "'+1",
    "'-1",
    "'@SUM(A1)",
    "'\t=1",
    'a=b',
  ]);
});
