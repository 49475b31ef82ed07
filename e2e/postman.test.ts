import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { findTask } from '../tasks/index.ts';
import { loadReference } from '../tasks/references/index.ts';
import { browserRunner } from '../src/cli/browser-runner.ts';
import { nativeRunner } from '../src/cli/native-runner.ts';
import type { Runner, Served } from '../src/cli/runner.ts';
import type { Task } from '../src/domain/task.ts';
import type { FileMap } from '../src/engines/engine.ts';
import { socketDuplex } from '../src/engines/native/sockets.ts';
import { join } from '../src/engines/net/mux.ts';
import { outcomeOf, runNewman } from '../src/postman/testing/newman.ts';
import { loadSource } from '../src/postman/testing/sources.ts';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const source = loadSource('conduit');
const signal = () => new AbortController().signal;
const label = { kind: 'reference', label: 'reference' } as const;

/** A served submission on a loopback port, as `decay serve` has it. */
async function onLoopback(served: Served): Promise<{ port: number; close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    const outside = socketDuplex(socket);
    served.connect().then(
      (inside) => join(outside, inside),
      () => outside.close(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: address.port, close };
}

/** Newman against the submission, and the collection in `decay run`, each with a fresh database. */
async function both(runner: Runner, task: Task, files: FileMap) {
  const served = await runner.serve(task, files, { signal: signal() });
  if ('blame' in served) throw new Error(served.message);
  const { port, close } = await onLoopback(served);
  const newman = await runNewman(source, { port, requestMs: 10_000, scriptMs: 10_000 });
  close();
  await served.stop();
  const collection = { source, role: 'instead' } as const;
  const record = await runner.run(
    { task, files, source: label, profile: 'paper', collection },
    { signal: signal() },
  );
  return { newman, record };
}

/** Needs no packages, and gets almost everything wrong. */
const poorServer = `const send = (response, status, body) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
require('node:http').createServer((request, response) => {
  if (request.url === '/api/users') send(response, 201, { user: { token: 't' } });
  else if (request.url === '/api/tags') response.writeHead(200).end('<html>');
  else send(response, request.url === '/api/health-check' ? 200 : 404, {});
}).listen(Number(process.argv[2]));`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function poorSubmission(task: Task): Promise<{ task: Task; files: FileMap }> {
  const port = await freePort();
  const files = { 'package.json': '{}', 'run.sh': `exec node server.js ${port}`, 'server.js': poorServer };
  return { task: { ...task, port, install: ['true'] }, files };
}

const engines = [
  ['express-unconstrained', 'node'],
  ['flask-unconstrained', 'python'],
  ['express-unconstrained', 'native'],
] as const;

describe.each(engines)('Newman and decay run --suite on %s, %s engine', (taskId, engine) => {
  let runner: Runner;
  beforeAll(async () => {
    runner = engine === 'native' ? nativeRunner(dist) : await browserRunner(engine, dist);
  });
  afterAll(() => runner.close());

  it('count the same', async () => {
    const task = findTask(taskId);
    if (task === undefined) throw new Error('no such task');
    // Natively, a submission without packages: tests ask no registry.
    const submission =
      engine === 'native' ? await poorSubmission(task) : { task, files: await loadReference(taskId) };
    const { newman, record } = await both(runner, submission.task, submission.files);
    const result = record.collection?.result;
    if (result === undefined) throw new Error(JSON.stringify(record.stages));
    const outcome = outcomeOf(result);
    expect(outcome.executions).toEqual(newman.executions);
    expect(outcome.stats).toEqual(newman.stats);
    expect(outcome.failures).toEqual(newman.failures);
    // In place of the suite: the verdict counts what Newman counts.
    expect(record.suite?.suite.id).toBe('postman');
    expect(record.suite?.assertions.length).toBe(newman.stats.assertions?.total);
    const failed = newman.stats.assertions?.failed ?? 0;
    expect(failed).toBeGreaterThan(0);
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { failed, pass: false } });
  });
});
