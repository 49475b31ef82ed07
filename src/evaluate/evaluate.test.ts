import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { findTask } from '../../tasks/index.ts';
import { assertions } from '../../tasks/suite/index.ts';
import { ConduitModel } from '../../tasks/suite/testing/conduit-model.ts';
import { runRecord, type RunRecord } from '../domain/run.ts';
import type { Task } from '../domain/task.ts';
import { EngineError, type FileMap } from '../engines/engine.ts';
import { createEvaluate } from './index.ts';
import { defaultLimits } from './limits.ts';
import { FakeEngine, type FakeProgram, type FakeScript } from './testing/fake-engine.ts';
import type { RunEvent } from './types.ts';

const forever = new Promise<number>(() => {});
const files: FileMap = {
  'run.sh': '#!/bin/sh\nexec node server.js\n',
  'package.json': '{}',
  'server.js': '',
};
const healthy: FakeProgram = ({ listen, write }) => {
  const model = new ConduitModel();
  write('listening\n');
  listen(3000, (request) => model.handle(request));
  return forever;
};
const ok: FakeProgram = () => 0;
const answer = (status: number) => ({ status, statusText: '', headers: [], body: new Uint8Array() });

const limits = { ...defaultLimits, healthPollMs: 1, startMs: 400, backgroundGraceMs: 100, killGraceMs: 20 };

function task(id: string): Task {
  const found = findTask(id);
  if (found === undefined) throw new Error(id);
  return found;
}

interface Setup extends Partial<FakeScript> {
  npm?: FakeProgram;
  run?: FakeProgram;
  files?: FileMap;
  task?: string;
  limits?: Partial<typeof limits>;
  signal?: AbortSignal;
  onEvent?: (event: RunEvent) => void;
  profile?: 'paper' | 'parser';
}

async function run(setup: Setup): Promise<{ record: RunRecord; engine: FakeEngine; events: RunEvent[] }> {
  const { npm = ok, run: runSh = healthy, programs, boot, mount } = setup;
  const engine = new FakeEngine({
    programs: programs ?? { npm, './run.sh': runSh },
    ...(boot && { boot }),
    ...(mount && { mount }),
  });
  const events: RunEvent[] = [];
  const evaluate = createEvaluate({ limits: { ...limits, ...setup.limits } });
  const record = await evaluate(
    {
      task: task(setup.task ?? 'express-unconstrained'),
      files: setup.files ?? files,
      source: { kind: 'paste', label: 'test' },
      engine,
      profile: setup.profile ?? 'paper',
    },
    {
      ...(setup.signal && { signal: setup.signal }),
      onEvent: (event) => {
        events.push(event);
        setup.onEvent?.(event);
      },
    },
  );
  expect(v.parse(runRecord, structuredClone(record))).toEqual(record);
  expect(engine.sandboxes.every((sandbox) => sandbox.disposed)).toBe(true);
  return { record, engine, events };
}

const outcome = (record: RunRecord) => record.stages.map((stage) => `${stage.name} ${stage.status}`);
const message = (record: RunRecord, name: string) =>
  record.stages.find((stage) => stage.name === name)?.message;

describe('a submission that works', () => {
  it('passes every stage, in order, and is scored', async () => {
    const { record, events } = await run({});
    expect(outcome(record)).toEqual([
      'boot passed',
      'install passed',
      'start passed',
      'health passed',
      'suite passed',
      'verify passed',
      'score passed',
    ]);
    const total = assertions.length;
    const score = { passed: total, failed: 0, notReached: 0, total, raw: 1, strict: 1, pass: true };
    expect(record.verdict).toEqual({ kind: 'scored', score });
    expect(record.engine).toEqual({ id: 'node', versions: { fake: '1.0.0' } });
    const told = events.flatMap((event) => (event.type === 'stage-end' ? [event.record] : []));
    expect(told).toEqual(record.stages);
    expect(events.filter((event) => event.type === 'assertion')).toHaveLength(total);
    expect(events.filter((event) => event.type === 'exchange')).toHaveLength(
      record.suite?.exchanges.length ?? 0,
    );
    expect(events.flatMap((event) => (event.type === 'log' ? [event.line] : []))).toEqual(record.log);
    const texts = record.log.map((line) => `${line.stage} ${line.stream} ${line.text}`);
    expect(texts).toContain('start stdout listening');
    expect(texts).toContain('install system $ npm install');
  });

  it('is not pass when a verifier is violated: strict is 0, raw is not', async () => {
    const { record } = await run({ task: 'express-sqlite' });
    expect(outcome(record)).toContain('verify failed');
    expect(message(record, 'verify')).toBe('violated: database');
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { raw: 1, strict: 0, pass: false } });
  });

  it('may start late and answer something else at first', async () => {
    let polls = 0;
    const { record } = await run({
      limits: { startMs: 60_000 },
      run: async ({ listen }) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const model = new ConduitModel();
        listen(3000, (request) => ((polls += 1) < 3 ? answer(503) : model.handle(request)));
        return forever;
      },
    });
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
  });

  it('may leave its server in the background', async () => {
    const { record } = await run({
      limits: { startMs: 60_000, backgroundGraceMs: 60_000 },
      run: ({ listen }) => {
        const model = new ConduitModel();
        let polls = 0;
        listen(3000, (request) => ((polls += 1) < 3 ? answer(503) : model.handle(request)));
        return 0;
      },
    });
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
  });

  it('does not suffer from something unsupported that it can do without', async () => {
    const { record } = await run({
      npm: ({ sandbox }) => {
        sandbox.emit('unsupported', {
          reason: 'native-package',
          detail: 'fsevents has no build for this engine',
        });
        sandbox.emit('substitution', { package: 'bcrypt', kind: 'core', detail: 'hash-wasm stands in' });
        return 0;
      },
    });
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { pass: true } });
    expect(record.substitutions).toEqual([
      { package: 'bcrypt', kind: 'core', detail: 'hash-wasm stands in' },
    ]);
    expect(record.log.map((line) => line.text)).toContain(
      'not possible in this engine: fsevents has no build for this engine',
    );
  });
});

describe('a fault of the submission is scored with 0', () => {
  const scoredZero = (record: RunRecord) => {
    const total = assertions.length;
    expect(record.suite?.assertions).toHaveLength(total);
    expect(record.verdict).toMatchObject({
      kind: 'scored',
      score: { passed: 0, notReached: total, total, raw: 0, strict: 0, pass: false },
    });
  };

  it('no dependency file', async () => {
    const { record } = await run({ files: { 'run.sh': '' } });
    expect(outcome(record).slice(0, 5)).toEqual([
      'boot passed',
      'install failed',
      'start skipped',
      'health skipped',
      'suite skipped',
    ]);
    expect(message(record, 'install')).toBe(
      'package.json is missing: `npm install` needs it in the top directory',
    );
    scoredZero(record);
  });

  it('an install that fails', async () => {
    const { record } = await run({
      npm: ({ write }) => {
        write('npm error 404 Not Found\n', 'stderr');
        return 1;
      },
    });
    expect(record.stages[1]).toMatchObject({ status: 'failed', exitCode: 1 });
    expect(message(record, 'install')).toBe('`npm install` exited with code 1');
    expect(record.log).toContainEqual(
      expect.objectContaining({ stage: 'install', stream: 'stderr', text: 'npm error 404 Not Found' }),
    );
    scoredZero(record);
  });

  it('an install without end', async () => {
    let killed = false;
    const npm: FakeProgram = ({ killed: signal }) => {
      signal.addEventListener('abort', () => (killed = true));
      return forever;
    };
    const { record } = await run({
      npm,
      limits: { installMs: 30 },
      onEvent: (event) => {
        if (event.type === 'stage-end' && event.record.name === 'install') expect(killed).toBe(true);
      },
    });
    expect(killed).toBe(true);
    expect(message(record, 'install')).toBe('`npm install` did not finish within 0.03 s');
    scoredZero(record);
  });

  it('no run.sh', async () => {
    const { record } = await run({ files: { 'package.json': '{}' } });
    expect(message(record, 'start')).toMatch(/^run\.sh is missing/);
    scoredZero(record);
  });

  it('a run.sh that cannot be started', async () => {
    const { record } = await run({ programs: { npm: ok } });
    expect(message(record, 'start')).toBe('run.sh cannot be started: ./run.sh: no such file');
    scoredZero(record);
  });

  it('a server that exits at the start', async () => {
    const { record } = await run({
      run: ({ write }) => {
        write('SyntaxError: Unexpected token\n    at server.js:1', 'stderr');
        return 1;
      },
    });
    expect(record.stages[2]).toMatchObject({ name: 'start', status: 'failed', exitCode: 1 });
    expect(message(record, 'start')).toBe(
      'run.sh exited with code 1 before the server was healthy: nothing listens on port 3000',
    );
    expect(record.log.map((line) => line.text)).toEqual(
      expect.arrayContaining(['SyntaxError: Unexpected token', '    at server.js:1']),
    );
    scoredZero(record);
  });

  it('a run.sh that ends with 0 and leaves nothing behind', async () => {
    const { record } = await run({ run: ok });
    expect(message(record, 'start')).toMatch(/^run\.sh exited with code 0 before/);
    scoredZero(record);
  });

  it('a server that never listens', async () => {
    const { record } = await run({ run: () => forever });
    expect(message(record, 'start')).toBe('nothing listens on port 3000 (waited 0.4 s)');
    scoredZero(record);
  });

  it('a server on another port', async () => {
    const { record } = await run({
      run: ({ listen }) => {
        listen(3001, () => answer(200));
        return forever;
      },
    });
    expect(message(record, 'start')).toBe(
      'nothing listens on port 3000; the server listens on port 3001 (waited 0.4 s)',
    );
    scoredZero(record);
  });

  it('a server that listens elsewhere for a while only', async () => {
    const { record } = await run({
      run: ({ sandbox }) => {
        sandbox.emit('listen', { port: 3001, pid: 2 });
        sandbox.emit('unlisten', { port: 3001, pid: 2 });
        return forever;
      },
    });
    expect(message(record, 'start')).toBe('nothing listens on port 3000 (waited 0.4 s)');
  });

  it('a server that exits while a health check waits for it', async () => {
    const { record } = await run({
      limits: { startMs: 600_000, requestMs: 600_000 },
      run: ({ listen }) =>
        new Promise((resolve) => {
          listen(3000, () => {
            setTimeout(resolve, 10, 3);
            return new Promise(() => {});
          });
        }),
    });
    expect(record.stages).toContainEqual(expect.objectContaining({ status: 'failed', exitCode: 3 }));
    scoredZero(record);
  });

  it('a server without a health check', async () => {
    const { record } = await run({
      run: ({ listen }) => {
        listen(3000, () => answer(404));
        return forever;
      },
    });
    expect(outcome(record)).toEqual(
      expect.arrayContaining(['start passed', 'health failed', 'suite skipped']),
    );
    expect(message(record, 'health')).toBe(
      'GET /api/health-check answered 404 instead of 200 (waited 0.4 s)',
    );
    scoredZero(record);
  });

  it('a server that accepts and never answers', async () => {
    const { record } = await run({
      run: ({ listen }) => {
        listen(3000, () => new Promise(() => {}));
        return forever;
      },
      limits: { requestMs: 30 },
    });
    expect(message(record, 'health')).toMatch(/^GET \/api\/health-check got no answer/);
    scoredZero(record);
  });
});

describe('a server that fails in the middle', () => {
  it('by a wrong endpoint loses its assertions only', async () => {
    const { record } = await run({
      run: ({ listen }) => {
        const model = new ConduitModel('no-auth');
        listen(3000, (request) => model.handle(request));
        return forever;
      },
    });
    expect(message(record, 'suite')).toMatch(/^\d+ of \d+ assertions did not pass$/);
    expect(record.verdict).toMatchObject({
      kind: 'scored',
      score: { total: assertions.length, pass: false },
    });
    if (record.verdict.kind === 'scored') {
      const { raw, strict, passed } = record.verdict.score;
      expect(raw).toBeGreaterThan(0.8);
      expect(strict).toBe(raw);
      expect(passed / assertions.length).toBe(raw);
    }
  });

  it('by a crash is scored for what it did before', async () => {
    const { record } = await run({
      run: ({ listen, killed }) =>
        new Promise((resolve) => {
          const model = new ConduitModel();
          let requests = 0;
          killed.addEventListener('abort', () => resolve(143));
          listen(3000, (request) => {
            requests += 1;
            if (requests < 30) return model.handle(request);
            resolve(1);
            throw new EngineError('ECONNRESET', 'the connection was reset');
          });
        }),
    });
    expect(record.suite?.assertions).toHaveLength(assertions.length);
    expect(record.verdict).toMatchObject({ kind: 'scored', score: { failed: 1, pass: false } });
    expect(record.log.map((line) => line.text)).toContain('run.sh exited with code 1 during the suite');
  });
});

describe('a fault of the engine is unscored', () => {
  it('when it does not boot', async () => {
    const { record } = await run({ boot: () => Promise.reject(new EngineError('EBOOT', 'JSPI is missing')) });
    expect(outcome(record)).toEqual([
      'boot failed',
      'install skipped',
      'start skipped',
      'health skipped',
      'suite skipped',
      'verify passed',
      'score skipped',
    ]);
    expect(record.verdict).toEqual({
      kind: 'unscored',
      reason: 'engine',
      detail: 'the node engine did not boot: JSPI is missing',
    });
    expect(record.suite).toBeUndefined();
  });

  it('when the files do not fit', async () => {
    const { record, engine } = await run({
      mount: () => Promise.reject(new EngineError('ENOSPC', 'disk full')),
    });
    expect(record.verdict).toMatchObject({ kind: 'unscored', reason: 'engine' });
    expect(engine.sandboxes).toHaveLength(1);
  });

  it('when it lacks the install command', async () => {
    const { record } = await run({ programs: {} });
    expect(record.verdict).toMatchObject({
      kind: 'unscored',
      detail: 'cannot start `npm install`: npm: no such file',
    });
  });

  it('when it breaks in the middle of the suite', async () => {
    let requests = 0;
    const { record } = await run({
      run: ({ listen }) => {
        const model = new ConduitModel();
        listen(3000, (request) => {
          requests += 1;
          if (requests > 10) throw new EngineError('EPROTO', 'the kernel does not answer');
          return model.handle(request);
        });
        return forever;
      },
    });
    expect(record.verdict).toEqual({
      kind: 'unscored',
      reason: 'engine',
      detail: 'a request failed inside the engine: the kernel does not answer',
    });
    expect(outcome(record)).toContain('suite failed');
  });

  it.each(['install', 'start', 'suite'])('when it cannot do what the %s needs', async (stage) => {
    const unsupported: FakeProgram = ({ sandbox }) => {
      sandbox.emit('unsupported', { reason: 'needs-registry', detail: 'left-pad 9.9.9 is not stored' });
      return 1;
    };
    const { record } = await run({
      npm: stage === 'install' ? unsupported : ok,
      run: (context) => {
        if (stage === 'start') return unsupported(context);
        const model = new ConduitModel('no-auth');
        context.listen(3000, (request) => model.handle(request));
        if (stage === 'suite') void unsupported(context);
        return forever;
      },
    });
    expect(outcome(record)).toContain(`${stage} failed`);
    expect(record.verdict).toEqual({
      kind: 'unscored',
      reason: 'needs-registry',
      detail: 'left-pad 9.9.9 is not stored',
    });
  });

  it('when the verifier profile does not exist yet', async () => {
    const { record } = await run({ profile: 'parser' });
    expect(record.verdict).toMatchObject({ kind: 'unscored', reason: 'verifier' });
  });
});

describe('output', () => {
  it('beyond the limit is read to its end and dropped, and said so', async () => {
    const line = `${'x'.repeat(1023)}\n`;
    const { record } = await run({
      limits: { outputBytes: 64 * 1024 },
      run: (context) => {
        for (let i = 0; i < 10_000; i += 1) context.write(line);
        return healthy(context);
      },
    });
    expect(record.logTruncated).toBe(true);
    expect(record.log.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(66 * 1024);
    expect(record.log.map((entry) => entry.text)).toContain(
      'run.sh wrote more than 0.0625 MiB; the rest of its output is dropped',
    );
    expect(record.verdict).toMatchObject({ score: { pass: true } });
  });

  it('of empty lines is limited too', async () => {
    const { record } = await run({
      limits: { outputBytes: 1_000 },
      run: (context) => {
        context.write('\n'.repeat(1_000_000));
        return healthy(context);
      },
    });
    expect(record.logTruncated).toBe(true);
    expect(record.log.length).toBeLessThan(100);
  });

  it('is cut into lines whatever the chunks are', async () => {
    const { record } = await run({
      run: (context) => {
        const bytes = 'grüße\r\n🐉 dragon\nlast';
        for (const part of bytes) context.write(part);
        context.write('err\n', 'stderr');
        return healthy(context);
      },
    });
    const texts = record.log.filter((line) => line.stream !== 'system').map((line) => line.text);
    expect(texts).toEqual(expect.arrayContaining(['grüße', '🐉 dragon', 'err', 'lastlistening']));
  });
});

describe('cancelling', () => {
  const begins = (stage: string) => (event: RunEvent) =>
    event.type === 'stage-start' && event.stage === stage;
  const slow: FakeProgram = ({ listen }) => {
    const model = new ConduitModel();
    listen(3000, (request) =>
      request.target === '/api/user' ? new Promise(() => {}) : model.handle(request),
    );
    return forever;
  };
  const cases: [string, Setup, (event: RunEvent) => boolean][] = [
    ['while booting', { boot: () => forever.then(() => {}) }, begins('boot')],
    ['while installing', { npm: () => forever }, begins('install')],
    ['while starting', { run: () => forever }, begins('start')],
    ['in the suite', { run: slow }, begins('suite')],
  ];
  /** At once, and when the evaluation already waits for something that does not come. */
  const times = [0, 30].flatMap((ms) => cases.map((one) => [...one, ms] as const));
  it.each(times)('%s rejects with an AbortError and frees the sandbox', async (_, setup, when, ms) => {
    const controller = new AbortController();
    const cancel = () => controller.abort(new Error('pressed Cancel'));
    const programs = { npm: setup.npm ?? ok, './run.sh': setup.run ?? healthy };
    const engine = new FakeEngine({ programs, ...(setup.boot && { boot: setup.boot }) });
    const running = createEvaluate({ limits: { ...limits, startMs: 600_000 } })(
      {
        task: task('express-unconstrained'),
        files,
        source: { kind: 'paste', label: 'test' },
        engine,
        profile: 'paper',
      },
      {
        signal: controller.signal,
        onEvent: (event) => {
          if (!when(event)) return;
          if (ms === 0) cancel();
          else setTimeout(cancel, ms);
        },
      },
    );
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(engine.sandboxes.every((sandbox) => sandbox.disposed)).toBe(true);
  });

  it('while verifying leaves no verdict', async () => {
    const controller = new AbortController();
    const onEvent = (event: RunEvent) => {
      if (begins('verify')(event)) controller.abort();
    };
    await expect(run({ signal: controller.signal, onEvent })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('before the run begins starts nothing', async () => {
    const boot = () => Promise.reject(new Error('must not boot'));
    await expect(run({ boot, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('leaves the next run alone', async () => {
    const controller = new AbortController();
    const onEvent = (event: RunEvent) => {
      if (event.type === 'exchange') controller.abort();
    };
    await expect(run({ signal: controller.signal, onEvent })).rejects.toMatchObject({ name: 'AbortError' });
    expect((await run({})).record.verdict).toMatchObject({ score: { pass: true } });
  });
});
