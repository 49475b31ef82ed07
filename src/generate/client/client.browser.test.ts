import { rm } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchOptions } from '../../../scripts/chromium.mjs';
import { serve } from '../../../scripts/serve.mjs';
import type { Connection } from './presets.ts';
import { startModelServer, type ModelServer, type ServerOptions } from './testing/model-server.ts';
import { buildClientPage } from './testing/page/build.ts';
import type { Outcome, Question } from './testing/page/main.ts';

let dir: string;
let site: Awaited<ReturnType<typeof serve>>;
let browser: Browser;
let page: Page;
const servers: ModelServer[] = [];

beforeAll(async () => {
  dir = await buildClientPage();
  site = await serve({ dir });
  browser = await chromium.launch(launchOptions());
  page = await browser.newPage();
  await page.goto(`${site.url}/`);
  await page.waitForFunction(() => 'modelClient' in window);
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (dir !== undefined) await rm(dir, { recursive: true, force: true });
});

const policy = {
  attempts: { rate: 3, server: 3, network: 3, timeout: 1, 'bad-answer': 1, empty: 1 },
  baseMs: 20,
  maxMs: 50,
  askedMs: 5_000,
};

async function start(options: ServerOptions): Promise<{ server: ModelServer; connection: Connection }> {
  const server = await startModelServer(options);
  servers.push(server);
  return { server, connection: { preset: 'custom', address: server.url, model: 'scripted-1', api: 'chat' } };
}

async function ask(connection: Connection, more: Partial<Question> = {}): Promise<Outcome> {
  const question: Question = {
    connection,
    policy,
    request: { messages: [{ role: 'user', text: 'Write a server.' }] },
    ...more,
  };
  return page.evaluate((asked) => window.modelClient.ask(asked), question);
}

const test = (connection: Connection, key?: string) =>
  page.evaluate(([one, secret]) => window.modelClient.test(one, secret), [connection, key] as const);

it('is in a page that is isolated, as the app is', async () => {
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

describe.each(['chat', 'responses'] as const)('%s in a browser', (api) => {
  it('streams text, thinking and tool calls, whatever the network cuts apart', async () => {
    const text = 'app.get("/Zoë/🦊", …);\n'.repeat(30);
    const toolCalls = [{ id: 'a', name: 'shell', arguments: '{"command":"npm test"}' }];
    const { connection } = await start({
      replies: [
        {
          text,
          reasoning: 'hm',
          toolCalls,
          bytes: 11,
          usage: { input: 9, output: 8, cached: 7, reasoning: 6 },
        },
      ],
    });
    const { answer, shown, pieces } = await ask({ ...connection, api });
    expect(answer).toMatchObject({
      text,
      reasoning: 'hm',
      toolCalls,
      finish: 'tool-calls',
      usage: { input: 9, output: 8, cached: 7, reasoning: 6 },
    });
    expect(shown).toBe(text);
    expect(pieces).toBeGreaterThan(10);
  });

  it('cancels at once, and lets go of the connection', async () => {
    const { server, connection } = await start({ replies: [{ text: 'x'.repeat(9_000), gapMs: 10 }] });
    const { error, cancelMs } = await ask({ ...connection, api }, { cancelAfter: 60 });
    expect(error).toMatchObject({ kind: 'cancelled' });
    expect(error?.partial?.length).toBeGreaterThan(50);
    expect(cancelMs).toBeLessThan(500);
    await expect.poll(() => server.dropped).toBe(1);
  });
});

describe('failures in a browser', () => {
  it('are overcome: a busy server, one that fails, a stream that breaks', async () => {
    const text = 'one two three four five six seven eight';
    const { server, connection } = await start({
      replies: [
        { status: 429, body: {}, headers: { 'Retry-After': '1' } },
        { status: 503, body: {} },
        { text, cutAfter: 4 },
        { text },
      ],
      exposed: 'Retry-After',
    });
    const { answer, shown, events } = await ask(connection);
    expect(answer).toMatchObject({ text, attempts: 4 });
    expect(answer?.broken[0]).not.toBe('');
    expect(shown).toBe(text);
    const waits = events.flatMap((event) => (event.type === 'retry' ? [event.waitMs] : []));
    expect(waits[0]).toBeGreaterThan(900);
    expect(server.asked).toHaveLength(4);
  });

  it('wait for what the message says where the page may not read Retry-After', async () => {
    const { connection } = await start({
      replies: [
        {
          status: 429,
          body: { error: { message: 'Please try again in 1.1s.' } },
          headers: { 'Retry-After': '1' },
        },
        { text: 'ok' },
      ],
    });
    const { events } = await ask(connection);
    expect(events.flatMap((event) => (event.type === 'retry' ? [event.waitMs] : []))[0]).toBeGreaterThan(
      1_000,
    );
  });

  it('are told apart: key, model, no CORS, CORS without our headers, nothing there, no API, a redirect', async () => {
    const key = 'sk-planted-key-0123456789';
    const keyed = await start({ replies: [{ text: 'x' }], key: 'right-key-000000' });
    const wrong = await test(keyed.connection, key);
    expect(wrong).toMatchObject({ ok: false, kind: 'key' });
    expect(JSON.stringify(wrong)).not.toContain(key);
    const unknown = await start({
      replies: [{ status: 404, body: { error: { message: 'model not found' } } }],
    });
    expect(await test(unknown.connection)).toMatchObject({ kind: 'model' });
    const closed = await start({ replies: [{ text: 'x' }], cors: false });
    expect(await test(closed.connection)).toMatchObject({ kind: 'cors' });
    expect(closed.server.asked).toHaveLength(0);
    const narrow = await start({ replies: [{ text: 'x' }], allowed: 'content-type' });
    expect(await test(narrow.connection, key)).toMatchObject({ kind: 'cors' });
    const gone = await start({ replies: [] });
    await gone.server.close();
    expect(await test(gone.connection)).toMatchObject({ kind: 'network' });
    const page = await start({
      replies: [{ status: 200, body: '<html>', headers: { 'Content-Type': 'text/html' } }],
    });
    expect(await test(page.connection)).toMatchObject({ kind: 'address' });
    const away = await start({
      replies: [{ status: 302, body: {}, headers: { Location: 'https://example.invalid/' } }],
    });
    expect(await test(away.connection, key)).toMatchObject({ kind: 'address' });
  });

  it('are none where all is well', async () => {
    const { server, connection } = await start({ replies: [{ text: 'ready' }], models: ['b', 'a'] });
    expect(await test(connection, 'any-key-12345')).toEqual({ ok: true });
    expect(server.asked[0]?.headers['origin']).toBe(site.url.replace(/\/$/, ''));
    expect(Object.keys(server.asked[0]?.headers ?? {}).filter((name) => name.includes('stainless'))).toEqual(
      [],
    );
    expect(server.asked[0]?.headers['referer']).toBeUndefined();
    expect(await page.evaluate((one) => window.modelClient.list(one), connection)).toEqual(['a', 'b']);
  });
});
