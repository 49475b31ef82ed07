import { describe, expect, it } from 'vitest';
import { ConduitModel } from '../../tasks/suite/testing/conduit-model.ts';
import { EngineError } from '../engines/engine.ts';
import type { FakeProgram } from './testing/fake-engine.ts';
import { forever, ok, outcome, run } from './testing/run-fake.ts';

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

  it('when the verifiers come to no result, and says why', async () => {
    const { record } = await run({ verify: () => Promise.reject(new Error('too intricate')) });
    expect(record.verdict).toEqual({ kind: 'unscored', reason: 'verifier', detail: 'too intricate' });
    expect(record.verify).toEqual([]);
  });

  it('when the verifiers have no result of the profile that decides', async () => {
    const { record } = await run({ verify: async () => ({ results: [], disagreements: [] }) });
    expect(record.verdict).toMatchObject({ kind: 'unscored', reason: 'verifier' });
  });
});
