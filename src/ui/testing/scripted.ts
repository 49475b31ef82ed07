import { stageNames, type RunRecord, type StageName, type StageRecord } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import { readCollection, readEnvironment } from '../../postman/read-collection.ts';
import type { RunOptions } from '../../evaluate/types.ts';
import { openRunStore } from '../../store/index.ts';
import type { PageRunRequest, Services } from '../services.ts';
import { assertions, exchanges, executions, hostileText, record, type Scenario } from './scripted-record.ts';
import { scriptedServer } from './scripted-server.ts';

const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const abort = (): void => reject(new DOMException('cancelled', 'AbortError'));
    if (signal?.aborted === true) return abort();
    setTimeout(resolve, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });

const stageMs: Record<StageName, number> = {
  boot: 180,
  install: 420,
  start: 300,
  health: 120,
  suite: 700,
  verify: 60,
  score: 5,
};

const kept = (scenario: Scenario, request: PageRunRequest) =>
  scriptedServer({
    request,
    remark: hostileText,
    suite: () => ({
      suite: { id: 'conduit', version: '1.0.0' },
      assertions: assertions(scenario),
      exchanges,
    }),
  });

async function play(
  scenario: Scenario,
  request: PageRunRequest,
  { signal, onEvent }: RunOptions,
  pace: number,
): Promise<RunRecord> {
  const begin = performance.now();
  const at = (): number => performance.now() - begin;
  const stages: StageRecord[] = [];
  if (scenario === 'broken') throw new Error('the engine could not be loaded: 404 for /engines/node.mjs');
  for (const name of stageNames) {
    const startedAt = at();
    const ended = stages.some(({ status }) => status === 'failed');
    if (ended) {
      stages.push({ name, status: 'skipped', startedAt, ms: 0 });
      continue;
    }
    onEvent?.({ type: 'stage-start', stage: name, at: startedAt });
    const log = (text: string, stream: 'stdout' | 'stderr' | 'system' = 'stdout'): void =>
      onEvent?.({ type: 'log', line: { at: at(), stage: name, stream, text } });
    if (name === 'boot' || name === 'install') {
      onEvent?.({
        type: 'progress',
        stage: name,
        progress: { label: `loading ${name}`, done: 3, total: 10 },
      });
    }
    if (name === 'install') log('added 71 packages in 1s');
    if (name === 'start') {
      log('$ ./run.sh', 'system');
      log(`Listening on port 3000 ${hostileText}`);
      if (scenario === 'flood')
        for (let line = 0; line < 60_000; line++) log(`line ${line} ${'x'.repeat(40)}`, 'stderr');
    }
    if (name === 'start' && scenario === 'hanging') await pause(600_000, signal);
    await pause(stageMs[name] * pace, signal);
    if (name === 'suite') {
      exchanges.forEach((exchange, index) => onEvent?.({ type: 'exchange', index, exchange }));
      if (request.collection !== undefined)
        for (const execution of executions) onEvent?.({ type: 'execution', execution });
      for (const result of assertions(scenario)) onEvent?.({ type: 'assertion', result });
    }
    const failed = (scenario === 'stopped' || scenario === 'unscored') && name === 'install';
    const stage: StageRecord = {
      name,
      status: failed ? 'failed' : 'passed',
      startedAt,
      ms: at() - startedAt,
      ...(failed && {
        message: 'npm install ended with code 1: no matching version found for left-pad@99',
        exitCode: 1,
      }),
    };
    stages.push(stage);
    onEvent?.({ type: 'stage-end', record: stage });
  }
  return record(scenario, request, stages, at());
}

/** Services whose runs follow a script instead of an engine; `pace` 0 is as fast as can be. */
export function scriptedServices(scenario: Scenario, tasks: readonly Task[], pace = 1): Services {
  const ids = ['express-unconstrained', 'express-sqlite', 'flask-unconstrained', 'flask-sqlite'];
  return {
    tasks,
    references: () =>
      Promise.resolve(ids.map((taskId) => ({ taskId, label: `reference ${taskId} (written by hand)` }))),
    loadReference: (taskId) =>
      Promise.resolve({
        'run.sh': '#!/usr/bin/env bash\nexec node server.js\n',
        [taskId.startsWith('flask') ? 'requirements.txt' : 'package.json']: '{\n  "type": "module"\n}\n',
        'src/server.js': "import express from 'express';\n",
        'src/db.js':
          "import Database from 'better-sqlite3';\n\nexport const db = new Database('conduit.db');\n",
        'logo.png': Uint8Array.of(0x89, 0x50),
      }),
    defects: () =>
      Promise.resolve([
        {
          id: 'express-hanging',
          taskId: 'express-unconstrained',
          label: 'defect express-hanging (written by hand): never listens',
          flaw: 'never listens',
          fails: 'start' as const,
        },
        {
          id: 'flask-shared-connection',
          taskId: 'flask-sqlite',
          label: 'defect flask-shared-connection (written by hand): one connection for all threads',
          flaw: 'one connection for all threads',
          fails: 'suite' as const,
          trace: { assertion: 'users.register.new.status' },
        },
        {
          id: 'express-failing',
          taskId: 'express-unconstrained',
          label: 'defect express-failing (written by hand): an endpoint is wrong',
          flaw: 'an endpoint is wrong',
          fails: 'suite' as const,
        },
      ]),
    loadDefect: (id) =>
      Promise.resolve({
        'run.sh': 'exec node server.js\n',
        [id.startsWith('flask') ? 'requirements.txt' : 'package.json']: '{}\n',
        'server.js': `// ${id}\n`,
      }),
    prompt: async (task) => (await import('../../../tasks/prompts/index.ts')).buildPrompt(task),
    readCollection: (text) => Promise.resolve(readCollection(text)),
    readEnvironment: (text) => Promise.resolve(readEnvironment(text)),
    exportCollection: (_, format) => Promise.resolve(format === 'csv' ? 'a,b\r\n' : '{}'),
    downloadSizes: (_, packages) =>
      Promise.resolve({
        engine: 3_000_000,
        collectionRunner: 4_000_000,
        index: 1_000_000,
        stored: packages.map(([name]) => (name === 'jsonwebtoken' ? undefined : 50_000)),
      }),
    openHistory: () => openRunStore(),
    probes: {
      sandbox: () => Promise.resolve({ sharedMemory: true, webAssembly: scenario !== 'broken' }),
      engineFiles: () =>
        scenario === 'broken'
          ? Promise.reject(new Error('404 for engines/manifest.json'))
          : Promise.resolve(4_096),
    },
    sandbox: () => Promise.reject(new Error('scripted runs have no sandbox')),
    evaluate: async (request, options) => {
      const record = await play(scenario, request, options, pace);
      if (scenario !== 'stopped' && scenario !== 'unscored') options.onKept?.(kept(scenario, request));
      return record;
    },
    serve: (request) => Promise.resolve(kept(scenario, request)),
  };
}
