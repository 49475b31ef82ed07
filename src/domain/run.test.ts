import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { runRecord, type RunRecord } from './run.ts';

const scored: RunRecord = {
  version: 1,
  id: 'k3v9',
  createdAt: '2026-01-31T09:30:00.000Z',
  task: { id: 'koa-clean_architecture-postgres-sequelize', version: '0.1.0' },
  source: { kind: 'archive', label: 'conduit.zip' },
  files: { 'run.sh': 'exec node server.js', 'logo.png': { base64: '/9j/' } },
  engine: { id: 'node', versions: { node: '20.20.2' } },
  packages: { express: '5.1.0' },
  substitutions: [{ package: 'bcrypt', kind: 'core', detail: 'hash-wasm stands in for its compiled part' }],
  stages: [
    { name: 'boot', status: 'passed', startedAt: 0, ms: 120.5 },
    { name: 'install', status: 'failed', startedAt: 121, ms: 3, message: 'exited with code 1', exitCode: 1 },
    { name: 'start', status: 'skipped', startedAt: 124, ms: 0, message: 'the server is not running' },
  ],
  log: [{ at: 1.5, stage: 'install', stream: 'stderr', text: 'npm error' }],
  logTruncated: false,
  suite: {
    suite: { id: 'conduit', version: '0.1.0' },
    assertions: [
      {
        id: 'users.register.new.status',
        group: 'Registration',
        endpoint: 'POST /users',
        sentence: 'The status is 201.',
        pointer: '/paths/~1users/post/responses/201',
        status: 'failed',
        message: 'the status is not 201',
        expected: '201',
        got: '500',
        exchange: 0,
      },
    ],
    exchanges: [
      {
        name: 'users.register.new',
        request: { method: 'POST', target: '/api/users', headers: [['Accept', '*/*']], body: '{}' },
        response: { status: 500, statusText: '', headers: [], body: '', truncated: false },
        ms: 4,
      },
      { name: 'x', request: { method: 'GET', target: '/', headers: [] }, error: 'no answer', ms: 1 },
    ],
  },
  verify: [
    {
      profile: 'paper',
      version: '0.1.0',
      rules: [
        {
          rule: 'database',
          compliant: false,
          findings: [{ rule: 'database', file: 'a.js', line: 1, column: 1, message: 'no evidence' }],
        },
      ],
      compliant: false,
    },
  ],
  profile: 'paper',
  verdict: {
    kind: 'scored',
    score: { passed: 0, failed: 1, notReached: 0, total: 1, raw: 0, strict: 0, pass: false },
  },
  ms: 200,
};

describe('the schema of a run record', () => {
  it('takes a full record back from JSON unchanged', () => {
    expect(v.parse(runRecord, JSON.parse(JSON.stringify(scored)))).toEqual(scored);
  });

  it('takes an unscored record without a suite', () => {
    const { suite: _, ...rest } = scored;
    const unscored = { ...rest, verdict: { kind: 'unscored', reason: 'needs-registry', detail: 'left-pad' } };
    expect(v.parse(runRecord, unscored)).toEqual(unscored);
  });

  it.each([
    ['of another version', { version: 2 }],
    ['with a task id that is none', { task: { id: '../etc', version: '1' } }],
    ['with an unknown engine', { engine: { id: 'deno', versions: {} } }],
    ['with a number as a file', { files: { 'a.js': 7 } }],
    ['with an unknown stage', { stages: [{ name: 'guess', status: 'passed', startedAt: 0, ms: 0 }] }],
    ['with a verdict without a score', { verdict: { kind: 'scored' } }],
    ['with an overlong id', { id: 'x'.repeat(65) }],
    ['with text as a time', { ms: '200' }],
  ])('refuses one %s', (_, change) => {
    expect(v.is(runRecord, { ...scored, ...change })).toBe(false);
  });
});
