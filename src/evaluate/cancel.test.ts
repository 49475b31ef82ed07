import { describe, expect, it } from 'vitest';
import { ConduitModel } from '../../tasks/suite/testing/conduit-model.ts';
import { createEvaluate } from './index.ts';
import { FakeEngine, type FakeProgram } from './testing/fake-engine.ts';
import { files, forever, healthy, limits, ok, run, task, type Setup } from './testing/run-fake.ts';
import type { RunEvent } from './types.ts';

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
