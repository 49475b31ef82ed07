import { expect, it } from 'vitest';
import { findTask } from '../../../tasks/index.ts';
import { ConduitModel } from '../../../tasks/suite/testing/conduit-model.ts';
import { createEvaluate } from '../../evaluate/index.ts';
import { FakeEngine } from '../../evaluate/testing/fake-engine.ts';
import { files, forever, limits } from '../../evaluate/testing/run-fake.ts';
import { Runs } from '../runs/runs.svelte.ts';
import { present } from '../testing/present.ts';
import { endpointRequests } from './contract-requests.ts';
import { Live } from './live.svelte.ts';

it('registers a user of the suite again once a restart has forgotten everybody', async () => {
  const engine = new FakeEngine({
    programs: {
      npm: () => 0,
      './run.sh': ({ listen }) => {
        const model = new ConduitModel();
        listen(3000, (request) => model.handle(request));
        return forever;
      },
    },
  });
  const evaluate = createEvaluate({ limits });
  const runs = new Runs(
    (request, options) => evaluate({ ...request, engine, profile: 'paper' }, options),
    undefined,
    2,
  );
  const document = Object.assign(new EventTarget(), { hidden: false });
  const live = new Live({
    runs,
    serve: () => Promise.reject(new Error('unused')),
    open: () => undefined,
    document,
  });
  await runs.start({
    task: present(findTask('express-unconstrained')),
    files,
    source: { kind: 'paste', label: 'test' },
  });
  const first = present(runs.shown);
  const console = live.console(first);
  console.pick(present(endpointRequests.find(({ endpoint }) => endpoint === 'GET /user')));
  const status = async (): Promise<number | undefined> => {
    await console.send();
    return console.shown?.exchange.response?.status;
  };
  expect(await status()).toBe(200);
  const second = present(live.suiteAlone(first, 'restarted'));
  await expect.poll(() => second.phase, { timeout: 30_000 }).toBe('finished');
  expect(await status()).toBe(401);
  await console.renew();
  expect(console.renewed).toBe('register');
  expect(await status()).toBe(200);
}, 60_000);
