import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHarness, startApp, type App } from './support.ts';

let app: App;
let page: Page;

/** A server that would answer anybody: what reaches it is counted, so that a refused answer is not taken for a refused request. */
const reached: string[] = [];
const outside = createServer((request, response) => {
  if (request.url === '/page') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>elsewhere</title>');
    return;
  }
  reached.push(`${request.method} ${request.url}`);
  response.writeHead(200, {
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Content-Type': 'text/javascript',
  });
  response.end('1');
}).on('upgrade', (request, socket) => {
  reached.push(`upgrade ${request.url}`);
  socket.destroy();
});
let address: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
  app = await startApp();
  page = await openHarness(app);
  await page.evaluate(async () => {
    localStorage.setItem('secret', 'planted');
    document.cookie = 'secret=planted; path=/';
    await new Promise((resolve) => {
      const request = indexedDB.open('secret');
      request.onsuccess = resolve;
    });
  });
});
afterAll(async () => {
  await app.close();
  outside.close();
});

/** Output of a hostile program in a fresh sandbox of the engine. */
function run(engine: 'node' | 'python', files: Record<string, string>, command: string[]): Promise<string> {
  return page.evaluate(
    async ([id, mounted, [program = '', ...args]]) => {
      const sandbox = await (await window.decay?.createEngine(id))?.boot();
      if (sandbox === undefined) throw new Error('no engine');
      await sandbox.mount(mounted);
      const process = await sandbox.spawn(program, args);
      let output = '';
      const decoder = new TextDecoder();
      const reader = process.output.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read())
        output += decoder.decode(next.value.bytes);
      await sandbox.dispose();
      return output;
    },
    [engine, files, command] as const,
  );
}

/** Runs in the worker's own global scope, reached by every way that a program might find to it. */
const probe = `
  const scope = (0, eval)('this');
  const report = {};
  const attempt = async (name, action) => {
    try {
      report[name] = String(await Promise.race([action(), new Promise((_, no) => setTimeout(() => no(new Error('no answer')), 3000))]));
    } catch (error) {
      report[name] = 'refused: ' + error;
    }
  };
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  const evaluate = (code) => new AsyncFunction(code);
  const request = 'ADDRESS';
  const done = (async () => {
    await attempt('fetch', evaluate("return (await fetch('" + request + "')).status"));
    await attempt('fetch elsewhere', evaluate("return (await fetch('http://127.0.0.1:9/')).status"));
    await attempt('XMLHttpRequest', evaluate("const x = new XMLHttpRequest(); x.open('GET', '" + request + "', false); x.send(); return x.status"));
    await attempt('WebSocket', evaluate("return new Promise((yes, no) => { const s = new WebSocket('" + request.replace('http', 'ws') + "'); s.onopen = yes; s.onerror = () => no(new Error('refused')); })"));
    await attempt('EventSource', evaluate("return new Promise((yes, no) => { const s = new EventSource('" + request + "'); s.onopen = yes; s.onerror = () => no(new Error('refused')); })"));
    await attempt('importScripts', evaluate("importScripts('" + request + "'); return 'loaded'"));
    await attempt('import', evaluate("await import('" + request + "'); return 'loaded'"));
    await attempt('indexedDB', evaluate("return new Promise((yes, no) => { const r = indexedDB.open('secret'); r.onsuccess = () => yes('opened'); r.onerror = () => no(r.error); })"));
    await attempt('caches', evaluate("return (await caches.keys()).length"));
    await attempt('localStorage', evaluate("return localStorage.getItem('secret')"));
    await attempt('cookie', evaluate("return document.cookie"));
    await attempt('storage', evaluate("return await (await navigator.storage.getDirectory()).getFileHandle('x', { create: true })"));
    await attempt('parent', evaluate("return parent.document.title"));
    await attempt('nested', evaluate("const u = URL.createObjectURL(new Blob(['fetch(\\\\'" + request + "\\\\').then(() => postMessage(1), () => postMessage(0))'])); return new Promise((yes, no) => { const w = new Worker(u); w.onmessage = (m) => m.data === 1 ? yes('fetched') : no(new Error('refused')); w.onerror = () => no(new Error('refused')); })"));
    await attempt('module worker', evaluate("const u = URL.createObjectURL(new Blob(['import \\\\'" + request + "\\\\'; postMessage(1)'], { type: 'text/javascript' })); return new Promise((yes, no) => { const w = new Worker(u, { type: 'module' }); w.onmessage = () => yes('imported'); w.onerror = () => no(new Error('refused')); })"));
    await attempt('data import', evaluate("return (await import('data:text/javascript,export default 1')).default"));
    await attempt('font', evaluate("const f = new FontFace('x', 'url(" + request + ")'); await f.load(); return f.status"));
    await attempt('WebTransport', evaluate("const t = new WebTransport('" + request.replace('http', 'https') + "'); await t.ready; return 'ready'"));
    await attempt('sendBeacon', evaluate("if (!navigator.sendBeacon('" + request + "')) throw new Error('no'); return 'sent'"));
    await attempt('RTCPeerConnection', evaluate("return new RTCPeerConnection().connectionState"));
    await attempt('service worker', evaluate("return await navigator.serviceWorker.register('" + request + "')"));
    await attempt('SharedWorker', evaluate("return String(new SharedWorker('" + request + "'))"));
    await attempt('locks', evaluate("return JSON.stringify(await navigator.locks.query())"));
    await attempt('navigation', evaluate("location.href = '" + request + "'; open('" + request + "'); return 'gone'"));
    return report;
  })();
`;

const attempts = [
  'fetch',
  'fetch elsewhere',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'importScripts',
  'import',
  'indexedDB',
  'caches',
  'localStorage',
  'cookie',
  'storage',
  'parent',
  'nested',
  'module worker',
  'data import',
  'font',
  'WebTransport',
  'sendBeacon',
  'RTCPeerConnection',
  'service worker',
  'SharedWorker',
  'locks',
  'navigation',
];

function allRefused(output: string): void {
  const line = output.split('\n').find((text) => text.startsWith('{')) ?? '';
  const report = JSON.parse(line === '' ? '{}' : line) as Record<string, string>;
  expect(Object.keys(report), output).toEqual(attempts);
  for (const [name, result] of Object.entries(report)) expect(result, name).toMatch(/^refused: /);
  expect(output).not.toContain('planted');
  expect(reached).toEqual([]);
}

describe('a hostile submission finds no storage, no network, no parent', () => {
  it('in the Node engine', async () => {
    const text = `${probe.replace('ADDRESS', address)}\ndone.then((all) => console.log(JSON.stringify(all)));`;
    allRefused(await run('node', { 'hostile.cjs': text }, ['node', 'hostile.cjs']));
  });

  it('in the Python engine, by the ways of Python', async () => {
    const text = `
import json, socket, urllib.request
report = {}
def attempt(name, action):
    try:
        report[name] = 'done: %s' % (action(),)
    except BaseException as error:
        report[name] = 'refused: %r' % (error,)
attempt('socket', lambda: socket.create_connection(('93.184.215.14', 80), 3))
attempt('page', lambda: urllib.request.urlopen('${address}', timeout=3).status)
attempt('name', lambda: socket.getaddrinfo('example.com', 80))
attempt('js', lambda: __import__('js'))
attempt('pyodide_js', lambda: __import__('pyodide_js'))
attempt('pyodide.http', lambda: __import__('pyodide.http').http.open_url('${address}'))
attempt('fork', lambda: __import__('os').fork())
print(json.dumps(report))
`;
    const output = await run('python', { 'hostile.py': text }, ['python3', 'hostile.py']);
    const report = JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as Record<string, string>;
    expect(Object.keys(report), output).toHaveLength(7);
    for (const [name, result] of Object.entries(report)) expect(result, name).toMatch(/^refused: /);
    expect(reached).toEqual([]);
  });

  it('in the Python engine, when it gets hold of JavaScript', async () => {
    const text = `
import gc, sys, time

def is_javascript(value):
    return any(kind.__name__ == 'JsProxy' for kind in type(value).__mro__)

def functions():
    # The engine hides JavaScript from programs; this looks for any object of it that lies about.
    for thing in gc.get_objects():
        for value in list(thing.values()) if type(thing) is dict else [thing]:
            if is_javascript(value) and hasattr(value, 'constructor'):
                yield value.constructor

for function in functions():
    try:
        evaluate = function.constructor if function.name != 'Function' else function
        evaluate(${JSON.stringify(`${probe.replace('ADDRESS', address)}; done.then((all) => { scope.found = JSON.stringify(all); }); return 0;`)})()
        for _ in range(600):
            time.sleep(0.1)
            found = evaluate('return globalThis.found ?? ""')()
            if found:
                break
        print(found)
        break
    except Exception as error:
        print('tried', error, file=sys.stderr)
else:
    print('no way to JavaScript')
`;
    allRefused(await run('python', { 'hostile.py': text }, ['python3', 'hostile.py']));
  });
});

/** What a program finds that a page of another origin starts through the sandbox's document. */
async function framedElsewhere(elsewhere: Page): Promise<unknown> {
  return elsewhere.evaluate(
    (src) =>
      new Promise<unknown>((done) => {
        const frame = document.createElement('iframe');
        const { port1, port2 } = new MessageChannel();
        const program = `onmessage = async ({ ports: [port] }) => {
          const names = async () => (await indexedDB.databases()).map(({ name }) => name);
          port.postMessage(await names().catch((error) => 'refused: ' + error.name));
        }`;
        port1.onmessage = ({ data }) => done(data);
        addEventListener('message', ({ data }) => {
          if (data?.type !== 'frame-ready') return;
          ready = true;
          frame.contentWindow?.postMessage(program, '*', [port2]);
        });
        let ready = false;
        frame.onload = () => setTimeout(() => ready || done('nothing was started'), 1_000);
        frame.src = src;
        document.body.append(frame);
      }),
    new URL('/sandbox.html', app.url).href,
  );
}

/** A page of another origin on this machine, as any program of its user may serve one. */
async function openElsewhere(): Promise<Page> {
  const elsewhere = await app.context.newPage();
  await elsewhere.goto(`${address}page`);
  return elsewhere;
}

describe('a page of another origin', () => {
  it('runs nothing in the app’s origin by framing the sandbox', async () => {
    const elsewhere = await openElsewhere();
    expect(await framedElsewhere(elsewhere)).toBe('refused: SecurityError');
    await elsewhere.close();
  });

  it('does not even when a deployment has forgotten the headers', async () => {
    const elsewhere = await openElsewhere();
    const response = await page.request.get(new URL('/sandbox.html', app.url).href);
    const body = await response.text();
    await elsewhere.route('**/sandbox.html', (route) => route.fulfill({ body, contentType: 'text/html' }));
    expect(await framedElsewhere(elsewhere)).toBe('nothing was started');
    await elsewhere.close();
  });

  it.each(['/', '/harness.html', '/webcontainer.html'])('cannot put %s into a frame', async (path) => {
    const elsewhere = await openElsewhere();
    await elsewhere.evaluate(
      (src) =>
        new Promise((done) => {
          const frame = document.createElement('iframe');
          frame.onload = done;
          frame.src = src;
          document.body.append(frame);
        }),
      new URL(path, app.url).href,
    );
    expect(elsewhere.frames().map((frame) => frame.url().split(':')[0])).toEqual(['http', 'chrome-error']);
    await elsewhere.close();
  });
});

describe('the frame', () => {
  it('runs none of a submission’s code and cannot be replaced', async () => {
    const sandbox = await page.request.get(new URL('/sandbox.html', app.url).href);
    expect(sandbox.headers()['content-security-policy']).toContain("connect-src 'none'");
    expect(sandbox.headers()['content-security-policy']).toContain("default-src 'none'");
    const frame = await page.evaluate(async () => {
      const engine = await window.decay?.createEngine('node');
      const booted = await engine?.boot();
      const iframe = document.querySelector('iframe');
      const seen = { sandbox: iframe?.getAttribute('sandbox'), inside: 'reachable' };
      try {
        seen.inside = String(iframe?.contentDocument?.title);
      } catch {
        seen.inside = 'refused';
      }
      await booted?.dispose();
      return { ...seen, left: document.querySelectorAll('iframe').length };
    });
    expect(frame).toEqual({ sandbox: 'allow-scripts', inside: 'undefined', left: 0 });
  });

  it('is not started with an engine file that was tampered with', async () => {
    const tampered = await app.context.newPage();
    await tampered.route('**/engines/*-kernel.js', (route) => route.fulfill({ body: 'postMessage("mine")' }));
    await tampered.goto(new URL('/harness.html', app.url).href);
    await tampered.waitForFunction(() => window.decay !== undefined);
    const message = await tampered.evaluate(async () => {
      try {
        await (await window.decay?.createEngine('node'))?.boot();
        return 'booted';
      } catch (error) {
        return String(error);
      }
    });
    expect(message).toContain('is not the one that was built');
    await tampered.close();
  });
});
