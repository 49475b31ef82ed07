import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { taskVersion } from '../../tasks/index.ts';
import { promptVersion } from '../../tasks/prompts/index.ts';
import { execution, result } from '../postman/testing/results.ts';
import { decay } from './decay.ts';
import { ExitCode } from './exit-codes.ts';
import { assertion, contextWith, FakeRunner, record, unscoredVerdict } from './testing/fakes.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'decay-cli-'));
  await writeFile(join(dir, 'run.sh'), 'exec node server.js\n');
  await writeFile(join(dir, 'server.js'), "const pg = require('pg');\n");
});
afterAll(() => rm(dir, { recursive: true }));

const passing = () => record([assertion('a')]);
const failing = () =>
  record([
    assertion('a'),
    assertion('b', {
      status: 'failed',
      message: 'wrong \u001b[2J',
      expected: '201',
      got: '<500> & "x"',
      exchange: 0,
    }),
    assertion('c', { status: 'not-reached', message: 'b failed' }),
  ]);
const unscored = () => record([assertion('a', { status: 'not-reached' })], { verdict: unscoredVerdict });

async function call(runner: FakeRunner, ...args: string[]) {
  const context = contextWith(runner);
  const code = await decay(context, args);
  return { code, ...context.io };
}
const run = (...more: string[]) => ['run', dir, '--task', 'express-sqlite', ...more];

describe('decay run --suite', () => {
  const collection = {
    info: { name: 'c', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [{ name: 'tags', request: { method: 'GET', url: '{{APIURL}}/tags' } }],
  };
  const suite = async (content: unknown) => {
    const file = join(dir, 'suite.json');
    await writeFile(file, JSON.stringify(content));
    return file;
  };

  it('hands the collection over, and writes its result as Newman does', async () => {
    const file = await suite(collection);
    const own = { fileName: 'suite.json', collection: JSON.stringify(collection), variables: { a: '1' } };
    const ran = result(execution('tags'));
    const made = record([assertion('a')], { collection: { role: 'instead', source: own, result: ran } });
    const runner = new FakeRunner([made]);
    const csv = join(dir, 'out.csv');
    const options = ['--suite', file, '--global-var', 'a=1', '--newman-json', '-', '--newman-csv', csv];
    const { code, stdout, stderr } = await call(runner, ...run(...options));
    expect(code).toBe(ExitCode.passed);
    expect(runner.requests[0]?.collection).toEqual({ role: 'instead', source: own });
    expect(JSON.parse(stdout)).toMatchObject({ run: { stats: { assertions: { total: 1, failed: 0 } } } });
    expect(await readFile(csv, 'utf8')).toMatch(/^requestName,.*\r\ntags,GET,200,1,1,0\r\n/);
    expect(stderr).toContain('1 requests, 1 of 1 tests');
  });

  it('says that there is nothing to write when the server never came up', async () => {
    const file = await suite(collection);
    const source = { fileName: 'suite.json', collection: '{}' };
    const made = record([assertion('a', { status: 'not-reached' })], {
      collection: { role: 'instead', source },
    });
    const { stderr } = await call(new FakeRunner([made]), ...run('--suite', file, '--newman-csv', 'x.csv'));
    expect(stderr).toContain('was not run');
  });

  it('calls a file that is no collection a wrong use, before anything is started', async () => {
    const runner = new FakeRunner([]);
    for (const [content, message] of [
      [{ openapi: '3.0.0' }, /suite\.json cannot be run\. This is no Postman collection/],
      [{ ...collection, item: [] }, /has no requests/],
    ] as const) {
      const { code, stderr } = await call(runner, ...run('--suite', await suite(content)));
      expect(code).toBe(ExitCode.usage);
      expect(stderr).toMatch(message);
    }
    const absent = await call(runner, ...run('--suite', join(dir, 'absent.json')));
    expect(absent).toMatchObject({ code: ExitCode.usage, stderr: expect.stringContaining('Cannot read') });
    expect(runner.closed).toBe(0);
  });
});

describe('decay run', () => {
  it('exits by the verdict and closes the engine', async () => {
    for (const [made, code] of [
      [passing(), ExitCode.passed],
      [failing(), ExitCode.failed],
      [unscored(), ExitCode.unscored],
    ] as const) {
      const runner = new FakeRunner([made]);
      expect((await call(runner, ...run())).code).toBe(code);
      expect(runner.closed).toBe(1);
    }
  });

  it('tells people what happened, and lets nothing rewrite the screen', async () => {
    const { stdout, stderr } = await call(new FakeRunner([failing()]), ...run('--log'));
    expect(stdout).toContain('install  ok          1.2 s');
    expect(stdout).toContain('FAILED b  POST /users: sentence of b');
    expect(stdout).toContain('expected 201');
    expect(stdout).toContain('not reached c');
    expect(stdout).toMatch(/FAILED {2}1 of 3 assertions, raw A% 33.3 %/);
    expect(stdout).toContain('wrong \\u{1b}[2J');
    expect(stderr).toContain('red \\u{1b}[31m');
    expect(stdout + stderr).not.toContain('\u001b');
    expect((await call(new FakeRunner([unscored()]), ...run())).stdout).toContain(
      'UNSCORED  needs-registry: left-pad',
    );
  });

  it('writes the record as JSON, alone on standard output when asked', async () => {
    const made = failing();
    const { stdout, stderr } = await call(new FakeRunner([made]), ...run('--json', '-'));
    expect(JSON.parse(stdout)).toEqual(made);
    expect(stderr).toContain('FAILED  1 of 3');
    const file = join(dir, '..', `record-${process.pid}.json`);
    await call(new FakeRunner([made]), ...run('--json', file));
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(made);
    await rm(file);
  });

  it('writes JUnit XML that hostile text cannot break', async () => {
    const { stdout } = await call(new FakeRunner([failing()]), ...run('--junit', '-'));
    expect(stdout).toContain('<testsuites name="decay" tests="3" failures="2" errors="0" skipped="0"');
    expect(stdout).toContain('<failure message="wrong \ufffd[2J">');
    expect(stdout).toContain('got: &lt;500&gt; &amp; &quot;x&quot;');
    const none = await call(new FakeRunner([unscored()]), ...run('--junit', '-'));
    expect(none.stdout).toContain('tests="2" failures="0" errors="1" skipped="1"');
  });

  it('leaves a run unscored when the engine breaks, and says why', async () => {
    const broken = await call(new FakeRunner([]), ...run());
    expect(broken.code).toBe(ExitCode.unscored);
    expect(broken.stderr).toContain('no more records');
    const context = contextWith(new FakeRunner([]));
    context.openRunner = () => Promise.reject(new Error('No Chromium found.'));
    expect(await decay(context, run())).toBe(ExitCode.unscored);
    expect(context.io.stderr).toContain('No Chromium found.');
  });

  it('warns before anything runs natively', async () => {
    expect((await call(new FakeRunner([passing()]), ...run('--engine', 'native'))).stderr).toContain(
      'with your rights',
    );
    expect((await call(new FakeRunner([passing()]), ...run())).stderr).not.toContain('with your rights');
  });

  it('exits with 2 for wrong usage and 130 when stopped', async () => {
    const wrong = await call(new FakeRunner([]), 'run', join(dir, 'missing'), '--task', 'express-sqlite');
    expect(wrong).toMatchObject({ code: ExitCode.usage, stdout: '' });
    expect((await call(new FakeRunner([passing()]), ...run('--json', join(dir, 'no/such/dir')))).code).toBe(
      ExitCode.usage,
    );
    expect((await call(new FakeRunner([]), ...run('--json', '-', '--junit', '-'))).code).toBe(ExitCode.usage);
    const context = contextWith(new FakeRunner([]), AbortSignal.abort());
    expect(await decay(context, run())).toBe(ExitCode.interrupted);
  });
});

describe('decay tasks', () => {
  it('lists 80 tasks for people and machines', async () => {
    const { stdout, code } = await call(new FakeRunner([]), 'tasks', '--json');
    const list: unknown = JSON.parse(stdout);
    expect(code).toBe(ExitCode.passed);
    expect(list).toHaveLength(80);
    expect(list).toContainEqual({
      id: 'express-sqlite',
      version: taskVersion,
      framework: 'express',
      language: 'node',
      level: 1,
      constraints: { architecture: false, database: 'sqlite', orm: false },
      port: 3000,
      dependencyFile: 'package.json',
      install: ['npm', 'install'],
      hasReference: true,
      prompt: {
        version: promptVersion,
        sections: expect.arrayContaining([{ id: 'server', title: 'Server', text: expect.any(String) }]),
        text: expect.stringContaining('# Server\n\n- It listens on port 3000'),
      },
    });
    expect((await call(new FakeRunner([]), 'tasks')).stdout.trim().split('\n')).toHaveLength(80);
  });

  it('prints one prompt, or one definition', async () => {
    const { stdout, code } = await call(new FakeRunner([]), 'tasks', 'flask-sqlite-sqlalchemy');
    expect(code).toBe(ExitCode.passed);
    expect(stdout).toMatch(/^# The API\n/);
    expect(stdout).toContain('# ORM\n\nThe tables are mapped to models of SQLAlchemy');
    const json = await call(new FakeRunner([]), 'tasks', 'flask-sqlite-sqlalchemy', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      id: 'flask-sqlite-sqlalchemy',
      prompt: { text: stdout },
    });
    const unknown = await call(new FakeRunner([]), 'tasks', 'flask-mongodb');
    expect(unknown.code).toBe(ExitCode.usage);
    expect(unknown.stderr).toContain('There is no task "flask-mongodb"');
  });
});

describe('decay verify', () => {
  it('reports a violated rule in text, JSON and SARIF', async () => {
    const { code, stdout } = await call(new FakeRunner([]), 'verify', dir, '--task', 'express-sqlite');
    expect(code).toBe(ExitCode.failed);
    expect(stdout).toContain('VIOLATED');
    expect(stdout).toMatch(/server\.js:1:\d+ /);
    const json = await call(new FakeRunner([]), 'verify', dir, '--task', 'express-sqlite', '--json', '-');
    expect(JSON.parse(json.stdout)).toMatchObject({
      task: 'express-sqlite',
      compliant: false,
      rules: [
        { rule: 'database', compliant: false },
        { rule: 'framework', compliant: false },
      ],
      disagreements: [],
    });
    const sarif = await call(new FakeRunner([]), 'verify', dir, '--task', 'express-sqlite', '--sarif', '-');
    const log: unknown = JSON.parse(sarif.stdout);
    expect(log).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'decay', rules: [{ id: 'database' }, { id: 'framework' }] } } }],
    });
    expect(log).toHaveProperty('runs.0.results.0.ruleId', 'database');
    expect(log).toHaveProperty('runs.0.results.0.locations.0.physicalLocation.artifactLocation.uri');
  });

  it('exits with 0 for an unconstrained task under the profile of the paper', async () => {
    const verify = ['verify', dir, '--task', 'express-unconstrained'];
    const { code, stdout } = await call(new FakeRunner([]), ...verify, '--profile', 'paper');
    expect([code, stdout.includes('COMPLIANT')]).toEqual([ExitCode.passed, true]);
    const parser = await call(new FakeRunner([]), ...verify);
    expect([parser.code, parser.stdout.includes('framework')]).toEqual([ExitCode.failed, true]);
  });

  it('says why the profiles differ', async () => {
    const other = await mkdtemp(join(tmpdir(), 'decay-cli-'));
    await writeFile(join(other, 'run.sh'), 'exec node server.js\n');
    await writeFile(
      join(other, 'server.js'),
      "const express = require('express');\nconst db = require('better-sqlite3')('x.db');\n// not 'pg'\n" +
        "const app = express();\napp.get('/', (req, res) => res.json(db.prepare('SELECT * FROM a').all()));\napp.listen(3000);\n",
    );
    const verify = ['verify', other, '--task', 'express-sqlite'];
    const { code, stdout } = await call(new FakeRunner([]), ...verify);
    expect(code).toBe(ExitCode.passed);
    expect(stdout).toContain(
      'database     met for parser, violated for paper. The paper’s rule counts the npm package pg at server.js:3, a comment.',
    );
    const json = await call(new FakeRunner([]), ...verify, '--profile', 'paper', '--json', '-');
    expect(JSON.parse(json.stdout)).toMatchObject({
      profile: 'paper',
      compliant: false,
      disagreements: [{ rule: 'database', paper: false, parser: true }],
    });
    await rm(other, { recursive: true });
  });
});

describe('decay fidelity', () => {
  const fidelity = (records: Parameters<typeof record>[0][], ...more: string[]) =>
    call(
      new FakeRunner(records.map((one) => record(one))),
      'fidelity',
      dir,
      '--task',
      'express-sqlite',
      ...more,
    );

  it('exits with 0 when all agrees, failures included', async () => {
    const both = [assertion('a'), assertion('b', { status: 'failed' })];
    const { code, stdout, stderr } = await fidelity([both, both]);
    expect(code).toBe(ExitCode.passed);
    expect(stdout).toContain('AGREES  assertions: 2 of 2 agree (100 %)');
    expect(stderr).toContain('with your rights');
  });

  it('exits with 1 and names what differs', async () => {
    const { code, stdout } = await fidelity([
      [assertion('a', { status: 'failed', got: '500' })],
      [assertion('a')],
    ]);
    expect(code).toBe(ExitCode.failed);
    expect(stdout).toContain('assertion a\n      browser failed (got 500)\n      native  passed');
    expect(stdout).toContain('DIFFERS  assertions: 0 of 1 agree (0.0 %)');
  });

  it('exits with 3 when one side is unscored, and writes both records', async () => {
    const runner = new FakeRunner([unscored(), passing()]);
    const { code, stdout } = await call(runner, 'fidelity', dir, '--task', 'express-sqlite', '--json', '-');
    expect(code).toBe(ExitCode.unscored);
    expect(JSON.parse(stdout)).toMatchObject({
      unscored: true,
      submissions: [
        { path: dir, browser: { verdict: { kind: 'unscored' } }, native: { verdict: { kind: 'scored' } } },
      ],
    });
  });
});

it('shows help and version, and sends those who are lost there', async () => {
  expect((await call(new FakeRunner([]))).stdout).toContain('Usage:');
  expect((await call(new FakeRunner([]), 'run', '--help')).stdout).toContain('--junit FILE');
  expect((await call(new FakeRunner([]), '--version')).stdout).toBe('0.1.0\n');
  expect(await call(new FakeRunner([]), 'nonsense')).toMatchObject({ code: ExitCode.usage, stdout: '' });
});
