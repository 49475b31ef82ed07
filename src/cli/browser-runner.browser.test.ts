import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findTask } from '../../tasks/index.ts';
import { loadReference } from '../../tasks/references/index.ts';
import type { Task } from '../domain/task.ts';
import type { FileMap } from '../engines/engine.ts';
import type { RunEvent } from '../evaluate/types.ts';
import { browserRunner } from './browser-runner.ts';
import type { Runner } from './runner.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const source = { kind: 'reference', label: 'reference' } as const;

let runner: Runner;
let task: Task;
let files: FileMap;

beforeAll(async () => {
  runner = await browserRunner('node', dist);
  const found = findTask('express-unconstrained');
  if (found === undefined) throw new Error('no such task');
  task = found;
  files = await loadReference(task.id);
});
afterAll(() => runner.close());

const unending = () => new AbortController().signal;

it('runs a reference to its verdict inside the browser and reports on the way', async () => {
  const events: RunEvent[] = [];
  const record = await runner.run(
    { task, files, source, profile: 'paper' },
    { signal: unending(), onEvent: (event) => events.push(event) },
  );
  expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
  expect(record.engine.id).toBe('node');
  const ended = events.flatMap((event) => (event.type === 'stage-end' ? [event.record] : []));
  expect(ended).toEqual(record.stages);
});

it('serves a submission to clients outside, and ends it', async () => {
  const served = await runner.serve(task, files, { signal: unending() });
  if ('blame' in served) throw new Error(served.message);
  const { readable, writable } = await served.connect();
  const writer = writable.getWriter();
  await writer.write(
    new TextEncoder().encode('GET /api/health-check HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
  );
  expect(await new Response(readable).text()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  await served.stop();
});

it('says whose fault it is when there is nothing to serve', async () => {
  const broken = { ...files, 'run.sh': '#!/usr/bin/env bash\nexit 3\n' };
  const failure = await runner.serve(task, broken, { signal: unending() });
  expect(failure).toMatchObject({
    blame: 'submission',
    message: expect.stringContaining('exited with code 3'),
  });
});

it('is cancelled, and runs again after that', async () => {
  const abort = new AbortController();
  const running = runner.run(
    { task, files, source, profile: 'paper' },
    {
      signal: abort.signal,
      onEvent: (event) => event.type === 'stage-start' && event.stage === 'suite' && abort.abort(),
    },
  );
  await expect(running).rejects.toThrow();
  const record = await runner.run({ task, files, source, profile: 'paper' }, { signal: unending() });
  expect(record.verdict.kind).toBe('scored');
});
