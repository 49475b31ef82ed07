import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { launchOptions } from './chromium.mjs';
import { findNodeBinary } from './engines/node.mjs';
import { serve } from './serve.mjs';
import { ensureSetup } from './setup.mjs';

/**
 * Measures what docs/measurements.md states of frameworks: time from starting the server to its first answer, and requests
 * per second of an endpoint of one line, in the embedded engines (asked from the page) and on real Node (asked from a
 * process beside it). Each server is started three times; the middle one counts.
 */
await ensureSetup();

const node = (dependencies, source, file = 'app.js') => ({
  engine: 'node',
  port: 3000,
  files: { 'package.json': JSON.stringify({ dependencies }), [file]: source },
  install: ['npm', ['install']],
  start: ['node', [file]],
});

const apps = {
  'Express 5': node(
    { express: '^5' },
    `require('express')().get('/', (request, response) => response.json({ ok: true })).listen(3000);`,
  ),
  'Express 4': node(
    { express: '^4' },
    `require('express')().get('/', (request, response) => response.json({ ok: true })).listen(3000);`,
  ),
  'Fastify 5': node(
    { fastify: '^5' },
    `const app = require('fastify')();\napp.get('/', async () => ({ ok: true }));\napp.listen({ port: 3000 });`,
  ),
  'Koa 3': node(
    { koa: '^3' },
    `const Koa = require('koa');\nnew Koa().use((context) => { context.body = { ok: true }; }).listen(3000);`,
  ),
  'Hono 4': node(
    { hono: '^4', '@hono/node-server': '^1' },
    `import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\nconst app = new Hono();\napp.get('/', (context) => context.json({ ok: true }));\nserve({ fetch: app.fetch, port: 3000 });`,
    'app.mjs',
  ),
  'node:http': node(
    {},
    `require('node:http').createServer((request, response) => { response.setHeader('Content-Type', 'application/json'); response.end('{"ok":true}'); }).listen(3000);`,
  ),
  'Flask 3': {
    engine: 'python',
    port: 8080,
    files: {
      'requirements.txt': 'flask>=3\n',
      'app.py': `from flask import Flask\nimport logging\nlogging.getLogger('werkzeug').setLevel(logging.ERROR)\napp = Flask(__name__)\n@app.get('/')\ndef index():\n    return {'ok': True}\napp.run(port=8080)\n`,
    },
    install: ['uv', ['pip', 'install', '-r', 'requirements.txt']],
    start: ['python', ['app.py']],
  },
};
const wanted = process.argv.slice(2);
const counts = { warmUp: 200, measured: 1_000, starts: 3 };
const middle = (values) => values.sort((one, two) => one - two)[Math.floor(values.length / 2)];

const server = await serve({ dir: fileURLToPath(new URL('../dist', import.meta.url)), port: 0 });
const browser = await chromium.launch(launchOptions());
console.log('| server | where | to the first answer | requests/s, one at a time | eight at a time |');
console.log('| --- | --- | --- | --- | --- |');
for (const [name, app] of Object.entries(apps)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  report(name, 'browser', await inBrowser(app));
  if (app.engine === 'node') report(name, 'native', await natively(app));
}
await browser.close();
await server.close();

function report(name, where, { starts, rates }) {
  console.log(`| ${name} | ${where} | ${Math.round(middle(starts))} ms | ${rates[0]} | ${rates[1]} |`);
}

async function inBrowser(app) {
  const page = await browser.newPage();
  await page.goto(new URL('/harness.html', server.url).href);
  await page.waitForFunction(() => window.decay !== undefined);
  const result = await page.evaluate(measureInPage, { ...app, counts });
  await page.close();
  return result;
}

/** Runs in the page. */
async function measureInPage({ engine, files, install, start, port, counts }) {
  const sandbox = await (await window.decay.createEngine(engine)).boot();
  await sandbox.mount(files);
  await (
    await sandbox.spawn(...install)
  ).exit;
  const get = () => sandbox.request(port, { method: 'GET', target: '/', headers: [] });
  const rate = async (parallel, count) => {
    let left = count;
    const begin = performance.now();
    const work = async () => {
      while (left-- > 0) await get();
    };
    await Promise.all(Array.from({ length: parallel }, work));
    return Math.round(count / ((performance.now() - begin) / 1_000));
  };
  const starts = [];
  const rates = [];
  for (let at = 0; at < counts.starts; at++) {
    const begin = performance.now();
    const process = await sandbox.spawn(...start);
    for (;;) {
      try {
        await get();
        break;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    starts.push(performance.now() - begin);
    if (at === 0) {
      await rate(1, counts.warmUp);
      rates.push(await rate(1, counts.measured), await rate(8, counts.measured));
    }
    process.kill('SIGKILL');
    await process.exit;
  }
  await sandbox.dispose();
  return { starts, rates };
}

async function natively({ files, start, port }) {
  const folder = await mkdtemp(join(tmpdir(), 'decay-bench-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  spawnSync('npm', ['install', '--no-audit', '--no-fund', '--silent'], { cwd: folder, stdio: 'ignore' });
  const starts = [];
  const rates = [];
  for (let at = 0; at < counts.starts; at++) {
    const agent = new Agent({ keepAlive: true });
    const get = () => fetchOnce(port, agent);
    const begin = performance.now();
    const child = spawn(findNodeBinary().binary, start[1], { cwd: folder, stdio: 'ignore' });
    while (!(await get().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 5));
    starts.push(performance.now() - begin);
    if (at === 0) {
      await rateOf(get, 1, counts.warmUp);
      rates.push(await rateOf(get, 1, counts.measured), await rateOf(get, 8, counts.measured));
    }
    agent.destroy();
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
  }
  await rm(folder, { recursive: true, force: true });
  return { starts, rates };
}

function fetchOnce(port, agent) {
  return new Promise((resolve, reject) => {
    request({ port, agent, host: '127.0.0.1' }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
    })
      .on('error', reject)
      .end();
  });
}

async function rateOf(get, parallel, count) {
  let left = count;
  const begin = performance.now();
  const work = async () => {
    while (left-- > 0) await get();
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return Math.round(count / ((performance.now() - begin) / 1_000));
}
