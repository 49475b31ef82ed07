import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findNodeBinary } from '../../../scripts/engines/node.mjs';
import { openHarness, type Harness } from './harness/browser.ts';
import type { RunResult, TestKernel } from './harness/page.ts';

interface Program {
  readonly files: Record<string, string>;
  readonly args: string[];
}

const program = (source: string, name = 'main.js', more: Record<string, string> = {}): Program => ({
  files: { [name]: source, ...more },
  args: [name],
});

/** Small programs whose output and exit code must be those of the pinned Node. */
const programs: Record<string, Program> = {
  'order of ticks, microtasks, timers and immediates': program(`
    setTimeout(() => { console.log('t1'); Promise.resolve().then(() => console.log('p')); process.nextTick(() => console.log('n')); }, 0);
    setTimeout(() => console.log('t2'), 0);
    setImmediate(() => { console.log('i1'); Promise.resolve().then(() => console.log('ip')); });
    setImmediate(() => console.log('i2'));
    Promise.resolve().then(() => process.nextTick(() => console.log('tick in p'))).then(() => console.log('p2'));
    process.nextTick(() => console.log('tick'));
    process.on('beforeExit', () => console.log('beforeExit'));
    process.on('exit', (code) => console.log('exit', code));
    console.log('main');`),
  'an unhandled rejection ends the process': program(`
    setTimeout(() => console.log('never'), 500);
    (async () => { throw new Error('boom'); })();`),
  'an uncaught exception': program(`setTimeout(() => {\n  throw new TypeError('bad');\n}, 1);`),
  'handlers of uncaught errors': program(`
    process.on('uncaughtException', (error, origin) => console.log(error.message, origin));
    process.on('unhandledRejection', (reason) => console.log('rejected', reason));
    Promise.reject(5);
    throw new Error('first');`),
  'a syntax error': program('const a = 1;\nconst b = ;\n'),
  'process.exit runs nothing after it': program(`
    process.on('exit', (code) => console.log('exit', code));
    try { process.exit(4); } finally { console.log('not here'); }`),
  'files, synchronous and by promise': program(`
    const fs = require('fs');
    fs.mkdirSync('d/e', { recursive: true });
    fs.writeFileSync('d/x.txt', 'hello');
    console.log(fs.readFileSync('d/x.txt', 'utf8'), fs.readdirSync('d'), fs.statSync('d').isDirectory());
    for (const attempt of [() => fs.readFileSync('none'), () => fs.readFileSync('d'), () => fs.mkdirSync('d'), () => fs.rmdirSync('d')]) {
      try { attempt(); } catch (error) { console.log(error.message, error.code, Object.keys(error)); }
    }
    fs.promises.readFile('d/x.txt', 'utf8').then(console.log).then(() => fs.rmSync('d', { recursive: true }));`),
  'buffers, text and inspection': program(`
    const b = Buffer.from('héllo €😀');
    console.log(b, b.toString('base64'), b.toString('hex'), b.indexOf('€'), Buffer.byteLength('€'));
    console.log(new URL('http://u:p@h.example:81/a?b#c'), new Map([[1, { a: 2 }]]), [1, , 3], class A {});
    try { JSON.parse('{"a":1,}'); } catch (error) { console.log(error.message); }
    console.log(new Error('shown').stack.split('\\n').slice(0, 2).join('|'));`),
  'browser globals and newer intrinsics are gone': program(`
    for (const name of ['self', 'window', 'postMessage', 'importScripts', 'indexedDB', 'WebSocket', 'XMLHttpRequest', 'caches', 'Iterator', 'navigator']) console.log(name, typeof globalThis[name]);
    console.log(typeof Promise.try, typeof Object.groupBy, typeof Array.fromAsync, typeof new Set().union, typeof RegExp.escape);
    console.log(Object.getOwnPropertyNames(globalThis).sort().join());`),
  'ES modules': program(
    `import def, { inc, n } from './lib.mjs';
    import * as lib from './lib.mjs';
    import cjs, { named } from './lib.cjs';
    console.log(def(), n, inc(), n, lib.n, cjs, named, import.meta.url.endsWith('main.mjs'));
    console.log(lib, Object.keys(lib));
    for (const bad of ['./none.mjs', 'nopackage', './bad.mjs']) await import(bad).catch((error) => console.log(error.name, error.code, error.message.split(' ').slice(0, 4)));
    { const n = 9; console.log(n, ((n) => n)(4), { inc: n }); }
    try { n = 5; } catch (error) { console.log(error.name); }`,
    'main.mjs',
    {
      'lib.mjs': 'export let n = 1;\nexport function inc() { return ++n; }\nexport default () => "default";',
      'lib.cjs': 'exports.named = 1;',
      'bad.mjs': "import { nothing } from './lib.mjs';",
    },
  ),
  'HTTP between a server and a client of its own': program(`
    const http = require('http');
    const server = http.createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk)).on('end', () => response.end(JSON.stringify([request.method, request.url, request.rawHeaders, body])));
    }).listen(0, () => {
      const request = http.request({ port: server.address().port, method: 'POST', path: '/x?y', headers: { host: 'h' } }, (response) => {
        response.setEncoding('utf8').on('data', console.log).on('end', () => server.close(() => console.log('closed', response.statusCode)));
      });
      request.end('body');
    });`),
  'a port that is taken': program(`
    const net = require('net');
    const first = net.createServer().listen(0, () => {
      const { port } = first.address();
      net.createServer().on('error', (error) => { console.log(error.code, error.syscall, error.port === port); first.close(); }).listen(port);
    });`),
  'standard modules load': program(`
    for (const name of ['https', 'tls', 'http2', 'cluster', 'child_process', 'v8', 'worker_threads', 'inspector', 'zlib', 'crypto', 'dgram', 'readline', 'vm', 'perf_hooks']) console.log(name, typeof require(name));`),
  'process.report tells of the machine': program(`
    const { report } = process;
    report.excludeNetwork = report.compact = true;
    report.directory = '/tmp';
    const { header } = JSON.parse(JSON.stringify(report.getReport()));
    console.log(report.excludeNetwork, report.compact, report.directory, report.signal, header.nodejsVersion, header.platform, header.arch);
    console.log(/^2\\.\\d+$/.test(header.glibcVersionRuntime), header.componentVersions.modules, header.cwd === process.cwd());`),
  'children, their output and their end': program(`
    const { execFile, spawn } = require('child_process');
    execFile('echo', ['a', 'b'], (error, stdout, stderr) => {
      console.log(error, JSON.stringify([stdout, stderr]));
      const child = spawn('echo', ['inherited'], { stdio: 'inherit' });
      console.log(typeof child.pid, child.stdout, child.connected);
      child.on('close', (code, signal) => {
        console.log(code, signal);
        spawn('no-such-program').on('error', ({ code, path, syscall }) => console.log(code, path, syscall));
      });
    });`),
  'fs.watch': program(`
    const watcher = require('fs').watch(__dirname, { persistent: true });
    console.log(watcher.constructor.name);
    setTimeout(() => watcher.close(), 5);
    watcher.on('close', () => console.log('closed'));
    try { require('fs').watch('none'); } catch (error) { console.log(error.message, error.code); }`),
  'node -p': { files: {}, args: ['-p', '[1, 2].map((x) => x * 2)'] },
  'node -e with arguments': {
    files: {},
    args: ['-e', 'console.log(process.argv.slice(1), process.execArgv.length)', 'a', 'b'],
  },
  'node -v': { files: {}, args: ['-v'] },
  'a bad option': { files: {}, args: ['--no-such-option'] },
};

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(async () => {
  await harness?.close();
});

function runNative({ files, args }: Program): { stdout: string; status: number | null } {
  const cwd = mkdtempSync(join(tmpdir(), 'node-native-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  const { stdout, status } = spawnSync(findNodeBinary().binary, args, { cwd, encoding: 'utf8' });
  return { stdout: stdout.replaceAll(cwd, '/app'), status };
}

function runInBrowser({ files, args }: Program): Promise<RunResult> {
  return harness.page.evaluate(
    async ({ files, args }) => {
      const { kernel } = globalThis as unknown as { kernel: TestKernel };
      kernel.mount(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/app/${name}`, text])));
      return kernel.start(args).done;
    },
    { files, args },
  );
}

describe('the Node realm against the Node that its library is of', () => {
  it.each(Object.entries(programs))('%s', async (_name, each) => {
    const native = runNative(each);
    const ours = await runInBrowser(each);
    expect({ stdout: ours.stdout, code: ours.code }).toEqual({ stdout: native.stdout, code: native.status });
  });

  it('prints an uncaught exception as Node does', async () => {
    const ours = await runInBrowser(program('function f() {\n  throw new Error("boom");\n}\nf();\n'));
    expect(ours.stderr).toMatch(
      /^\/app\/main\.js:2\n {2}throw new Error\("boom"\);\n {2}\^\n\nError: boom\n {4}at f \(\/app\/main\.js:2:9\)/,
    );
    expect(ours.stderr).toContain('\nNode.js v20.20.2\n');
  });
});
