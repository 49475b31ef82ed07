import type { CollectionExecution } from '../../domain/collection.ts';
import { stageNames, type RunRecord, type StageName, type StageRecord } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import type { AssertionResult, Exchange, VerifyResult } from '../../domain/verdict.ts';
import { readCollection, readEnvironment } from '../../postman/read-collection.ts';
import type { RunOptions } from '../../evaluate/types.ts';
import { recordFiles } from '../../domain/files.ts';
import { openRunStore } from '../../store/index.ts';
import { crowdAssertions, crowdExchanges, crowdLog } from './crowd.ts';
import { scriptedServer } from './scripted-server.ts';
import type { PageRunRequest, Services } from '../services.ts';

export const scenarios = [
  'passed',
  'failed',
  'stopped',
  'unscored',
  'broken',
  'hanging',
  'flood',
  'many',
] as const;
export type Scenario = (typeof scenarios)[number];

/** What a hostile server may send: markup, direction changes, terminal colours. */
export const hostileText = '<img src=x onerror=alert(1)> \u202egnp.exe\u0007 \u001b[31mred\u001b[0m';

const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const abort = (): void => reject(new DOMException('cancelled', 'AbortError'));
    if (signal?.aborted === true) return abort();
    setTimeout(resolve, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });

const endpoints = [
  'POST /users',
  'POST /users/login',
  'GET /user',
  'PUT /user',
  'POST /articles',
  'GET /articles',
];

function assertions(scenario: Scenario): AssertionResult[] {
  if (scenario === 'many') return [...crowdAssertions];
  return Array.from({ length: 72 }, (_, index): AssertionResult => {
    const endpoint = endpoints[Math.floor(index / 12)] ?? '';
    const failed = scenario === 'failed' && index % 11 === 3;
    const unreached = scenario === 'stopped' || (scenario === 'failed' && index > 64);
    return {
      id: `group${Math.floor(index / 24)}.case-${index}.status`,
      group: ['Users', 'Articles', 'Errors'][Math.floor(index / 24)] ?? '',
      endpoint,
      sentence: `answers ${endpoint} of case ${index} as the contract says`,
      pointer: `/paths/~1users/post/responses/20${index % 10}`,
      status: unreached ? 'not-reached' : failed ? 'failed' : 'passed',
      exchange: Math.floor(index / 3),
      ...(failed && { message: hostileText, expected: '422', got: '500' }),
      ...(unreached && { message: 'the server had ended' }),
    };
  });
}

const exchanges: Exchange[] = Array.from({ length: 24 }, (_, index) => ({
  name: `case ${index}`,
  request: {
    method: 'POST',
    target: '/api/users',
    headers: [
      ['Host', 'localhost:3000'],
      ['Content-Type', 'application/json'],
    ],
    body: '{"user":{"username":"ann","email":"ann@example.com","password":"secret"}}',
  },
  response: {
    status: 201,
    statusText: 'Created',
    headers: [
      ['X-Powered-By', hostileText],
      ['Content-Type', 'application/json; charset=utf-8'],
    ],
    body: '{"user":{"username":"ann","bio":null,"image":null,"token":"eyJhbGciOi"}}',
    truncated: false,
  },
  ms: 4.2,
}));

const verify = (compliant: boolean): VerifyResult[] =>
  (['parser', 'paper'] as const).map((profile) => ({
    profile,
    version: '0.1.0',
    compliant: compliant || profile === 'paper',
    rules: [
      {
        rule: 'database',
        compliant: compliant || profile === 'paper',
        findings: [
          {
            rule: 'database',
            file: 'src/db.js',
            line: 3,
            column: 1,
            message: 'opens SQLite with better-sqlite3',
          },
        ],
      },
    ],
  }));

const executions: CollectionExecution[] = [
  {
    folders: ['Users'],
    name: 'Register',
    itemId: 'a',
    position: 0,
    sent: { total: 1, failed: 0 },
    scripts: { prerequest: 0, test: 1 },
    method: 'POST',
    url: 'http://localhost:3000/api/users',
    exchange: 0,
    assertions: [
      { name: 'is created', status: 'passed', script: 'test', index: 0 },
      {
        name: hostileText,
        status: 'failed',
        error: { name: 'AssertionError', message: 'expected 500 to equal 201' },
        script: 'test',
        index: 1,
      },
      { name: 'is left for later', status: 'skipped', script: 'test', index: 2 },
    ],
    scriptErrors: [],
  },
  {
    folders: [],
    name: 'Tags',
    itemId: 'b',
    position: 1,
    sent: { total: 0, failed: 0 },
    scripts: { prerequest: 0, test: 1 },
    method: 'GET',
    url: 'http://localhost:3000/api/tags',
    assertions: [],
    scriptErrors: [
      { script: 'test', name: 'ReferenceError', message: 'foo is not defined', at: 'test-script' },
    ],
  },
];

function ownCollection(request: PageRunRequest): Pick<RunRecord, 'collection'> {
  if (request.collection === undefined) return {};
  const { source, role } = request.collection;
  const result = {
    name: 'My checks',
    sha256: 'ab'.repeat(32),
    executions,
    exchanges,
    console: [],
    standIns: [],
  };
  return {
    collection: { source, role, result: { ...result, startedAt: '2026-01-01T12:00:00.000Z', ms: 12 } },
  };
}

function record(scenario: Scenario, request: PageRunRequest, stages: StageRecord[], ms: number): RunRecord {
  const results = assertions(scenario);
  const passed = results.filter(({ status }) => status === 'passed').length;
  const failed = results.filter(({ status }) => status === 'failed').length;
  const score = {
    passed,
    failed,
    notReached: results.length - passed - failed,
    total: results.length,
    raw: passed / results.length,
    strict: scenario === 'failed' ? 0 : passed / results.length,
    pass: passed === results.length,
  };
  return {
    version: 1,
    id: crypto.randomUUID(),
    createdAt: new Date().toISOString(),
    task: { id: request.task.id, version: '0.1.0' },
    source: request.source,
    ...(request.generation !== undefined && { generation: request.generation }),
    files: recordFiles(request.files),
    engine: { id: request.task.language, versions: { node: '20.20.2', playground: '0.1.0' } },
    packages: { express: '5.1.0', 'better-sqlite3': '12.2.0', jsonwebtoken: '9.0.2' },
    substitutions: [
      {
        package: 'better-sqlite3',
        kind: 'core',
        detail: 'its compiled part is SQLite as WebAssembly; its JavaScript is unchanged',
      },
    ],
    stages,
    log: scenario === 'many' ? [...crowdLog] : [],
    logTruncated: scenario === 'flood',
    suite: {
      suite: { id: 'conduit', version: '1.0.0' },
      assertions: results,
      exchanges: scenario === 'many' ? [...crowdExchanges] : exchanges,
    },
    ...ownCollection(request),
    verify: verify(scenario !== 'failed'),
    disagreements:
      scenario === 'failed'
        ? [{ rule: 'database', paper: true, parser: false, reason: 'For the paper a comment counts.' }]
        : [],
    profile: 'parser',
    verdict:
      scenario === 'unscored'
        ? {
            kind: 'unscored',
            reason: 'needs-registry',
            detail: 'left-pad is not in the package store, and this browser is offline',
          }
        : { kind: 'scored', score },
    ms,
  };
}

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
