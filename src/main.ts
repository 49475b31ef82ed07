import { mount } from 'svelte';
import { tasks } from '../tasks/index.ts';
import './ui/styles/tokens.css';
import './ui/styles/base.css';
import App from './ui/App.svelte';
import type { Services } from './ui/services.ts';
import { Notices } from './ui/state/notices.svelte.ts';

/** Engines, suite and references are loaded when they are needed: the first load stays small. */
const services: Services = {
  tasks,
  references: async () => (await import('../tasks/references/index.ts')).references,
  loadReference: async (taskId) => (await import('../tasks/references/index.ts')).loadReference(taskId),
  evaluate: async (request, options) => {
    const [{ createEngine }, { createEvaluate }, { createVerifyInWorker }] = await Promise.all([
      import('./engines/index.ts'),
      import('./evaluate/index.ts'),
      import('./evaluate/verify-in-worker.ts'),
    ]);
    const engine = await createEngine(request.task.language);
    options.signal?.throwIfAborted();
    const evaluate = createEvaluate({ verify: createVerifyInWorker() });
    return evaluate({ ...request, engine, profile: 'parser' }, options);
  },
};

const notices = new Notices();
notices.listen(window);

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with the id "app".');
target.replaceChildren();
mount(App, { target, props: { services, notices } });
