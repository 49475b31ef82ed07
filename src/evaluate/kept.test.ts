import { describe, expect, it } from 'vitest';
import { ConduitModel } from '../../tasks/suite/testing/conduit-model.ts';
import type { LogLine } from '../domain/run.ts';
import { createEvaluate, createServe } from './index.ts';
import type { LiveServer } from './live-types.ts';
import { FakeEngine, type FakeProgram } from './testing/fake-engine.ts';
import { answer, files, forever, limits, ok, outcome, task } from './testing/run-fake.ts';
import type { RunEvent, RunRequest } from './types.ts';

/** A server that counts its starts, leaves a database behind and says who answers. */
function keeping(run?: FakeProgram) {
  const starts: string[] = [];
  let installs = 0;
  const engine = new FakeEngine({
    programs: {
      npm: () => {
        installs += 1;
        return 0;
      },
      './run.sh':
        run ??
        (({ listen, write, sandbox }) => {
          const model = new ConduitModel();
          const number = starts.push(sandbox.files.has('data.db') ? 'with data' : 'fresh');
          sandbox.files.set('data.db', `of start ${number}`);
          sandbox.files.set('/tmp/pid', String(number));
          write(`start ${number}\n`);
          listen(3000, (request) => {
            if (request.target === '/api/who') return { ...answer(200), statusText: `start ${number}` };
            write(`${request.method} ${request.target}\n`);
            return model.handle(request);
          });
          return forever;
        }),
    },
  });
  const request: RunRequest = {
    task: task('express-unconstrained'),
    files,
    source: { kind: 'paste', label: 'test' },
    engine,
    profile: 'paper',
  };
  return { engine, request, starts, installs: () => installs };
}

async function kept(setup = keeping()) {
  let live: LiveServer | undefined;
  const record = await createEvaluate({ limits })(setup.request, { onKept: (server) => (live = server) });
  if (live === undefined) throw new Error('no server was kept');
  return { ...setup, record, live };
}

const who = { method: 'GET', target: '/api/who', headers: [] } satisfies Parameters<LiveServer['request']>[0];

describe('a server that is kept', () => {
  it('answers after the verdict, which is the same as without', async () => {
    const { record, live, engine } = await kept();
    const without = await createEvaluate({ limits })(keeping().request);
    expect(record.verdict).toEqual(without.verdict);
    expect(outcome(record)).toEqual(outcome(without));
    expect(record.log).toHaveLength(without.log.length);
    expect(engine.sandboxes.map(({ disposed }) => disposed)).toEqual([false]);
    expect(await live.request(who)).toMatchObject({ status: 200, statusText: 'start 1' });
    await live.dispose();
    expect(engine.sandboxes.map(({ disposed }) => disposed)).toEqual([true]);
    expect(await live.ended).toBe('the server was stopped');
    await expect(live.runSuite('as-is')).rejects.toThrow('the server was stopped');
  });

  it('tells its output as it comes, and the record keeps what it had', async () => {
    const { record, live } = await kept();
    const lines: LogLine[] = [];
    const before = record.log.length;
    const stop = live.on('log', (line) => lines.push(line));
    await live.request({ ...who, target: '/api/tags' });
    await expect.poll(() => lines.map(({ text }) => text)).toEqual(['GET /api/tags']);
    stop();
    await live.request({ ...who, target: '/api/tags' });
    expect(lines).toHaveLength(1);
    expect(record.log).toHaveLength(before);
    await live.dispose();
  });

  it('is not there when the submission never got healthy, was cancelled, or nobody asked', async () => {
    const cases = [{ run: () => 1 }, { run: (() => forever) satisfies FakeProgram }];
    for (const { run } of cases) {
      const { request, engine } = keeping(run);
      let handed = 0;
      await createEvaluate({ limits: { ...limits, startMs: 50 } })(request, { onKept: () => (handed += 1) });
      expect([handed, engine.sandboxes[0]?.disposed]).toEqual([0, true]);
    }
    const { request, engine } = keeping();
    const abort = new AbortController();
    const onEvent = (event: RunEvent): void => {
      if (event.type === 'stage-start' && event.stage === 'verify') abort.abort();
    };
    const run = createEvaluate({ limits })(request, {
      signal: abort.signal,
      onEvent,
      onKept: () => expect.unreachable('the run was cancelled'),
    });
    await expect(run).rejects.toThrow('cancelled');
    expect(engine.sandboxes[0]?.disposed).toBe(true);
  });

  it('says when it has ended by itself, and can be started again', async () => {
    let die: () => void = () => undefined;
    let starts = 0;
    const { live } = await kept(
      keeping(({ listen }) => {
        starts += 1;
        const model = new ConduitModel();
        listen(3000, (request) => model.handle(request));
        return new Promise((resolve) => (die = () => resolve(1)));
      }),
    );
    const told: boolean[] = [];
    live.on('running', (running) => told.push(running));
    die();
    await expect.poll(() => live.running).toBe(false);
    await expect(live.request(who)).rejects.toThrow('nobody listens');
    await live.apply(files);
    expect([live.running, starts, told]).toEqual([true, 2, [false, true]]);
    await live.dispose();
  });
});

describe('the suite alone', () => {
  it('runs as often as wanted against the server as it is', async () => {
    const { live, starts, record } = await kept();
    const events: RunEvent[] = [];
    const first = await live.runSuite('as-is', { onEvent: (event) => events.push(event) });
    const second = await live.runSuite('as-is');
    for (const { suite } of [first, second]) {
      expect(suite.assertions.map(({ id }) => id)).toEqual(record.suite?.assertions.map(({ id }) => id));
      expect(suite.assertions.filter(({ status }) => status !== 'passed')).toEqual([]);
    }
    expect(starts).toEqual(['fresh']);
    expect(events.filter(({ type }) => type === 'assertion')).toHaveLength(first.suite.assertions.length);
    expect(events.some((event) => event.type === 'log' && event.line.text.startsWith('POST'))).toBe(true);
    await live.dispose();
  });

  it('runs after a restart without what the server had left behind', async () => {
    const { live, starts, engine, installs } = await kept();
    const stages: string[] = [];
    const { state } = await live.runSuite('restarted', {
      onEvent: (event) => event.type === 'stage-end' && stages.push(event.record.name),
    });
    expect(state).toBe('restarted');
    expect(starts).toEqual(['fresh', 'fresh']);
    expect(engine.sandboxes[0]?.files.get('data.db')).toBe('of start 2');
    expect(stages).toEqual(['start', 'health', 'suite']);
    expect(installs()).toBe(1);
    await live.dispose();
  });

  it('is cancelled alone, and leaves a server that can be used', async () => {
    const { live } = await kept();
    const abort = new AbortController();
    const suite = live.runSuite('restarted', {
      signal: abort.signal,
      onEvent: (event) => event.type === 'exchange' && abort.abort(),
    });
    await expect(suite).rejects.toThrow('cancelled');
    expect((await live.request(who)).statusText).toBe('start 2');
    expect((await live.runSuite('as-is')).suite.assertions.length).toBeGreaterThan(0);
    await live.dispose();
  });
});

describe('edited files', () => {
  it('are run by a restart that keeps the data; removed ones are gone', async () => {
    const { live, starts, engine, installs } = await kept();
    const { 'server.js': removed, ...rest } = files;
    expect(removed).toBeDefined();
    await live.apply({ ...rest, 'app.js': 'new' });
    expect(starts).toEqual(['fresh', 'with data']);
    expect(installs()).toBe(1);
    expect([...(engine.sandboxes[0]?.files.keys() ?? [])]).not.toContain('server.js');
    expect(live.files['app.js']).toBe('new');
    await live.dispose();
  });

  it('are installed again when the dependency file has changed', async () => {
    const { live, installs } = await kept();
    await live.apply({ ...files, 'package.json': '{ }' });
    expect(installs()).toBe(2);
    await live.dispose();
  });

  it('that do not start say why; earlier ones start again', async () => {
    const { live } = await kept(
      keeping(({ listen, sandbox, write }) => {
        if (sandbox.files.has('broken')) {
          write('Error: broken\n', 'stderr');
          return 1;
        }
        const model = new ConduitModel();
        listen(3000, (request) => model.handle(request));
        return forever;
      }),
    );
    await expect(live.apply({ ...files, broken: '' })).rejects.toThrow('exited with code 1');
    expect(live.running).toBe(false);
    await live.apply(files);
    expect(live.running).toBe(true);
    await live.dispose();
  });
});

describe('a server without a run', () => {
  it('is started without tests, and says why it was not', async () => {
    const { request, engine } = keeping();
    const stages: string[] = [];
    const live = await createServe({ limits })(request, {
      onEvent: (event) => event.type === 'stage-end' && stages.push(event.record.name),
    });
    expect(stages).toEqual(['boot', 'install', 'start', 'health']);
    expect((await live.request(who)).status).toBe(200);
    await live.dispose();
    expect(engine.sandboxes[0]?.disposed).toBe(true);

    const failing = keeping(ok);
    const started = createServe({ limits: { ...limits, backgroundGraceMs: 20 } })(failing.request);
    await expect(started).rejects.toThrow('exited with code 0');
    expect(failing.engine.sandboxes[0]?.disposed).toBe(true);
  });
});
