import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openHarness, startApp, type App } from './support.ts';

/** The Python engine's warm start: a snapshot that this browser made and keeps, and a sandbox that stands by. */

let app: App;
let page: Page;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  page = await openHarness(app);
});
afterAll(() => app.close());

/** In a page: runs programs one after another in one sandbox, each a line of Python; their output. */
const programs = (lines: string[], prepare: boolean): Promise<string[]> =>
  page.evaluate(
    async ({ lines, prepare }) => {
      const engine = await window.decay?.createEngine('python');
      if (engine === undefined) throw new Error('the harness is not loaded');
      if (prepare) await engine.prepare?.();
      const sandbox = await engine.boot();
      const outputs: string[] = [];
      for (const line of lines) {
        const process = await sandbox.spawn('python', ['-c', line]);
        let text = '';
        const reader = process.output.getReader();
        for (let next = await reader.read(); !next.done; next = await reader.read())
          text += new TextDecoder().decode(next.value.bytes);
        await process.exit;
        outputs.push(text.trim());
      }
      await sandbox.dispose();
      return outputs;
    },
    { lines, prepare },
  );

/** True in an interpreter that began with a snapshot: nothing else imports this ahead. */
const fromSnapshot = 'import _sandbox_preload; print("wsgiref.util" in _sandbox_preload._hidden)';
const random = 'import random, uuid; print(random.random(), uuid.uuid4())';

const damage = (): Promise<void> =>
  page.evaluate(async () => {
    const cache = await caches.open('python-snapshot');
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      if (response === undefined) continue;
      const bytes = new Uint8Array(await response.arrayBuffer());
      bytes[bytes.byteLength >> 1] = (bytes[bytes.byteLength >> 1] ?? 0) ^ 255;
      await cache.put(request, new Response(bytes, { headers: response.headers }));
    }
  });

it('runs without a snapshot, with one once the page has prepared, and after a reload', async () => {
  expect(await programs([fromSnapshot], false)).toEqual(['False']);
  expect(await programs([fromSnapshot, fromSnapshot], true)).toEqual(['True', 'True']);
  await page.reload();
  await page.waitForFunction(() => window.decay !== undefined);
  expect(await programs([fromSnapshot], false)).toEqual(['True']);
});

it('gives each process random numbers and a time of its own', async () => {
  const outputs = await programs(
    [random, random, 'import logging, time; print(time.time_ns() - logging._startTime < 60e9)'],
    true,
  );
  expect(new Set(outputs.slice(0, 2).flatMap((text) => text.split(' '))).size).toBe(4);
  expect(outputs[2]).toBe('True');
});

it('drops a snapshot that was damaged, and makes another', async () => {
  await programs([fromSnapshot], true);
  await damage();
  await page.reload();
  await page.waitForFunction(() => window.decay !== undefined);
  expect(await programs([fromSnapshot], false)).toEqual(['False']);
  expect(await programs([fromSnapshot], true)).toEqual(['True']);
});

it('starts afresh where the interpreter must know an option or a variable when it starts', async () => {
  const outputs = await page.evaluate(async () => {
    const engine = await window.decay?.createEngine('python');
    if (engine === undefined) throw new Error('the harness is not loaded');
    await engine.prepare?.();
    const sandbox = await engine.boot();
    const command = `PYTHONHASHSEED=0 python -c 'print(hash("a"))'; PYTHONHASHSEED=0 python -c 'print(hash("a"))'; python -O -c 'print(__debug__)'`;
    const process = await sandbox.spawn('bash', ['-c', command]);
    let text = '';
    const reader = process.output.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read())
      text += new TextDecoder().decode(next.value.bytes);
    await sandbox.dispose();
    return text.trim().split('\n');
  });
  expect(outputs[0]).toBe(outputs[1]);
  expect(outputs[2]).toBe('False');
});

it('hands a sandbox that stands by to one run alone', async () => {
  const seen = await page.evaluate(async () => {
    const engine = await window.decay?.createEngine('python');
    if (engine === undefined) throw new Error('the harness is not loaded');
    await engine.prepare?.();
    const [one, two] = await Promise.all([engine.boot(), engine.boot()]);
    await one.mount({ 'secret.txt': 'of the first' });
    const names = (await two.fs.readdir('.')).map(({ name }) => name);
    const own = (await one.fs.readdir('.')).map(({ name }) => name);
    await one.dispose();
    const three = await engine.boot();
    const later = (await three.fs.readdir('.')).map(({ name }) => name);
    await Promise.all([two.dispose(), three.dispose()]);
    return { own, names, later };
  });
  expect(seen).toEqual({ own: ['secret.txt'], names: [], later: [] });
});
