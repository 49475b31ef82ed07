import { mount } from 'svelte';
import { tasks } from '../tasks/index.ts';
import './ui/styles/tokens.css';
import './ui/styles/base.css';
import App from './ui/App.svelte';
import type { Services } from './ui/services.ts';
import { Notices } from './ui/shell/notices.svelte.ts';

/** Engines, suite and references are loaded when they are needed: the first load stays small. */
const services: Services = {
  tasks,
  references: async () => (await import('../tasks/references/index.ts')).references,
  loadReference: async (taskId) => (await import('../tasks/references/index.ts')).loadReference(taskId),
  defects: async () => (await import('../tasks/defects/index.ts')).defects,
  loadDefect: async (id) => (await import('../tasks/defects/index.ts')).loadDefect(id),
  prompt: async (task) => (await import('../tasks/prompts/index.ts')).buildPrompt(task),
  readCollection: async (text) => (await import('./postman/read-collection.ts')).readCollection(text),
  readEnvironment: async (text) => (await import('./postman/read-collection.ts')).readEnvironment(text),
  exportCollection: async ({ collection }, format) => {
    if (collection?.result === undefined) throw new Error('this run has no results of a collection');
    if (format === 'csv') return (await import('./postman/newman-csv.ts')).newmanCsv(collection.result);
    const { newmanJson } = await import('./postman/newman-json.ts');
    return JSON.stringify(newmanJson(collection.source, collection.result), null, 2);
  },
  openHistory: async () => (await import('./store/index.ts')).openRunStore(),
  prepare: async ({ language }) => {
    if (language !== 'python') return;
    const { createEngine } = await import('./engines/index.ts');
    await (await createEngine(language)).prepare?.();
  },
  evaluate: async ({ webContainer, ...request }, options) => {
    const [{ createEngine }, { createEvaluate }, { createVerifyInWorker }, { runCollection }] =
      await Promise.all([
        import('./engines/index.ts'),
        import('./evaluate/index.ts'),
        import('./evaluate/verify-in-worker.ts'),
        import('./postman/run-collection.ts'),
      ]);
    const engine =
      webContainer === undefined
        ? await createEngine(request.task.language)
        : await createEngine('webcontainer', webContainer);
    options.signal?.throwIfAborted();
    const evaluate = createEvaluate({ verify: createVerifyInWorker(), runCollection });
    try {
      return await evaluate({ ...request, engine, profile: 'parser' }, options);
    } finally {
      void engine.prepare?.();
    }
  },
};

const notices = new Notices();
notices.listen(window);

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with the id "app".');
target.replaceChildren();
mount(App, { target, props: { services, notices } });
