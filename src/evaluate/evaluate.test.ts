import { describe, expect, it } from 'vitest';
import { assertions } from '../../tasks/suite/index.ts';
import { ConduitModel } from '../../tasks/suite/testing/conduit-model.ts';
import { EngineError } from '../engines/engine.ts';
import { answer, forever, healthy, message, outcome, run } from './testing/run-fake.ts';

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
    const suite = record.stages.find(({ name }) => name === 'suite');
    const times = record.suite?.exchanges.map(({ at }) => at ?? 0) ?? [];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(suite?.startedAt ?? Infinity);
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
