import { describe, expect, it } from 'vitest';
import { assertions } from '../../tasks/suite/index.ts';
import type { RunRecord } from '../domain/run.ts';
import type { FakeProgram } from './testing/fake-engine.ts';
import { answer, forever, message, ok, outcome, run } from './testing/run-fake.ts';

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
    expect(message(record, 'install')).toBe(
      '`npm install` exited with code 1. Its output says: npm error 404 Not Found',
    );
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
      'run.sh exited with code 1 before the server was healthy: nothing listens on port 3000. ' +
        'Its output says: SyntaxError: Unexpected token',
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

  it('a server that never listens, when the last health check is cut short', async () => {
    const { record } = await run({
      run: ({ sandbox }) => {
        setTimeout(() => {
          sandbox.request = () => new Promise(() => undefined);
        }, 200);
        return forever;
      },
    });
    expect(message(record, 'start')).toBe('nothing listens on port 3000 (waited 0.4 s)');
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
