import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findTask } from '../../tasks/index.ts';
import type { Task } from '../domain/task.ts';
import { EngineError, type Engine } from '../engines/engine.ts';
import { nativeEngine } from '../engines/native/index.ts';
import { defaultLimits } from '../evaluate/limits.ts';
import { host, type Hosted, type HostFailure } from './host.ts';

const limits = { ...defaultLimits, startMs: 1_500, backgroundGraceMs: 500 };
let task: Task;
let running: Hosted | HostFailure | undefined;

beforeEach(async () => {
  const port = await new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
  const express = findTask('express-unconstrained');
  if (express === undefined) throw new Error('no such task');
  task = { ...express, port, install: ['true'] };
});
afterEach(async () => {
  if (running !== undefined && 'stop' in running) await running.stop();
  running = undefined;
});

const serverScript = (
  port: number,
  body: string,
) => `require('node:http').createServer((request, response) => {
  ${body}
}).listen(${port})`;

async function start(files: Record<string, string>, signal = new AbortController().signal) {
  const all = { 'package.json': '{}', ...files };
  running = await host({ engine: nativeEngine, task, files: all }, { signal, limits });
  return running;
}

describe.skipIf(process.platform === 'win32')('host', () => {
  it('keeps a healthy submission running, and says when it ends', async () => {
    const body = "if (request.url === '/exit') process.exit(9); response.end('ok');";
    const patient = { ...limits, startMs: 60_000 };
    const files = { 'package.json': '{}', 'run.sh': 'exec node s.js', 's.js': serverScript(task.port, body) };
    running = await host(
      { engine: nativeEngine, task, files },
      { signal: new AbortController().signal, limits: patient },
    );
    if (!('connect' in running)) throw new Error(running.message);
    const { readable, writable } = await running.connect();
    const writer = writable.getWriter();
    await writer.write(new TextEncoder().encode('GET / HTTP/1.0\r\n\r\n'));
    expect(await new Response(readable).text()).toMatch(/^HTTP\/1\.1 200 OK[^]*ok$/);
    const again = await running.connect();
    void again.writable
      .getWriter()
      .write(new TextEncoder().encode('GET /exit HTTP/1.0\r\n\r\n'))
      .catch(() => undefined);
    expect(await running.ended).toEqual({ blame: 'submission', message: 'run.sh exited with code 9' });
  });

  it('says why there is no server: exited, never healthy, nothing to start', async () => {
    expect(await start({ 'run.sh': 'exit 4' })).toMatchObject({
      blame: 'submission',
      message: expect.stringContaining('code 4'),
    });
    const silent = await start({ 'run.sh': 'sleep 60' });
    expect(silent).toMatchObject({
      blame: 'submission',
      message: expect.stringContaining('waited 1.5 s'),
    });
    expect(await start({})).toMatchObject({
      blame: 'submission',
      message: expect.stringContaining('run.sh is missing'),
    });
    task = { ...task, install: ['false'] };
    expect(await start({ 'run.sh': 'exit 0' })).toMatchObject({
      blame: 'submission',
      message: expect.stringContaining('`false` exited'),
    });
  });

  it('blames the engine for what the engine does not do', async () => {
    const engine: Engine = {
      ...nativeEngine,
      boot: () => Promise.reject(new EngineError('EBOOT', 'no binary')),
    };
    const failure = await host({ engine, task, files: {} }, { signal: new AbortController().signal });
    expect(failure).toEqual({ blame: 'engine', message: 'the native engine failed: no binary' });
  });

  it('leaves nothing behind when cancelled', async () => {
    const abort = new AbortController();
    const starting = start({ 'run.sh': 'sleep 60' }, abort.signal);
    setTimeout(() => abort.abort(), 300);
    await expect(starting).rejects.toThrow();
    const next = await nativeEngine.boot();
    await next.dispose();
  });
});
