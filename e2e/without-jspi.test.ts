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
    const result = await page.evaluate(async (text) => {
      const sandbox = await (await window.decay?.createEngine('python'))?.boot();
      if (sandbox === undefined) throw new Error('no engine');
      const reports: string[] = [];
      sandbox.on('unsupported', ({ detail }) => reports.push(detail));
      await sandbox.mount({ 'threads.py': text });
      const process = await sandbox.spawn('python', ['threads.py']);
      let printed = '';
      const decoder = new TextDecoder();
      const reader = process.output.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read())
        if (next.value.stream === 'stdout') printed += decoder.decode(next.value.bytes);
      const ended = await process.exit;
      await sandbox.dispose();
      return { ended, printed, reports };
    }, program);
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
