import { mount } from 'svelte';
import { tasks } from '../tasks/index.ts';
import type { RunRequest } from './evaluate/types.ts';
import './ui/styles/tokens.css';
import './ui/styles/base.css';
import './ui/styles/layout.css';
import { probes } from './probes.ts';
import App from './ui/App.svelte';
import type { PageRunRequest, Services } from './ui/services.ts';
import { Notices } from './ui/shell/notices.svelte.ts';

/** The request with what runs it. @throws EngineError when the engine cannot be loaded */
async function withEngine({ webContainer, ...request }: PageRunRequest): Promise<RunRequest> {
  const { createEngine } = await import('./engines/index.ts');
  const engine =
    webContainer === undefined
      ? await createEngine(request.task.language)
      : await createEngine('webcontainer', webContainer);
  return { ...request, engine, profile: 'parser' };
}

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
  probes,
  downloadSizes: async (language, packages) =>
    (await import('./engines/download-sizes.ts')).downloadSizes(language, packages),
  openHistory: async () => (await import('./store/index.ts')).openRunStore(),
  prepare: async ({ language }) => {
    if (language !== 'python') return;
    const { createEngine } = await import('./engines/index.ts');
    await (await createEngine(language)).prepare?.();
  },
  sandbox: async ({ language }, signal) => {
    const { createEngine } = await import('./engines/index.ts');
    return (await createEngine(language)).boot({}, signal);
  },
  evaluate: async (request, options) => {
    const [asked, { createEvaluate }, { createVerifyInWorker }, { runCollection }] = await Promise.all([
      withEngine(request),
      import('./evaluate/index.ts'),
      import('./evaluate/verify-in-worker.ts'),
      import('./postman/run-collection.ts'),
    ]);
    options.signal?.throwIfAborted();
    const evaluate = createEvaluate({ verify: createVerifyInWorker(), runCollection });
    try {
      return await evaluate(asked, options);
    } finally {
      void asked.engine.prepare?.();
    }
  },
  serve: async (request, options) => {
    const [asked, { createServe }, { runCollection }] = await Promise.all([
      withEngine(request),
      import('./evaluate/index.ts'),
      import('./postman/run-collection.ts'),
    ]);
    options.signal?.throwIfAborted();
    return createServe({ runCollection })(asked, options);
  },
};

const notices = new Notices();
notices.listen(window);

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with the id "app".');
target.replaceChildren();
mount(App, { target, props: { services, notices } });
