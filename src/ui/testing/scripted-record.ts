import type { CollectionExecution } from '../../domain/collection.ts';
import { recordFiles } from '../../domain/files.ts';
import type { RunRecord, StageRecord } from '../../domain/run.ts';
import type { AssertionResult, Exchange, VerifyResult } from '../../domain/verdict.ts';
import type { PageRunRequest } from '../services.ts';
import { crowdAssertions, crowdExchanges, crowdLog } from './crowd.ts';

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

const endpoints = [
  'POST /users',
  'POST /users/login',
  'GET /user',
  'PUT /user',
  'POST /articles',
  'GET /articles',
];

/** What the suite says in a scenario: 72 assertions, or a crowd. */
export function assertions(scenario: Scenario): AssertionResult[] {
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

export const exchanges: Exchange[] = Array.from({ length: 24 }, (_, index) => ({
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

/** Of a user's own collection. */
export const executions: CollectionExecution[] = [
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

/** The record of a run that went as the scenario has it. */
export function record(
  scenario: Scenario,
  request: PageRunRequest,
  stages: StageRecord[],
  ms: number,
): RunRecord {
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
