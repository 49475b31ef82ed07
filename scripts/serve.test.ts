import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve } from './serve.mjs';

let dir = '';
let running: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'serve-'));
  await mkdir(join(dir, 'public/assets'), { recursive: true });
  await writeFile(join(dir, 'secret.txt'), 'secret');
  await writeFile(join(dir, 'public/index.html'), '<title>x</title>');
  await writeFile(join(dir, 'public/sandbox.html'), '<title>y</title>');
  await mkdir(join(dir, 'public/headless'));
  await writeFile(join(dir, 'public/headless/index.html'), '<title>z</title>');
  await writeFile(join(dir, 'public/webcontainer.html'), '<title>w</title>');
  await writeFile(join(dir, 'public/assets/a-1.wasm'), '\0asm');
  running = await serve({ dir: join(dir, 'public') });
});

afterAll(async () => {
  await running.close();
  await rm(dir, { recursive: true });
});

/** Sends the path as it stands; fetch would tidy it up. */
function raw(path: string): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    request({ host: '127.0.0.1', port: running.port, path }, (response) => {
      response.resume();
      done(response);
    })
      .on('error', failed)
      .end();
  });
}

it('serves the page isolated and the frame with its policy', async () => {
  const page = await fetch(`${running.url}/`);
  expect(await page.text()).toBe('<title>x</title>');
  expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const frame = await fetch(`${running.url}/sandbox.html`);
  expect(frame.headers.get('content-security-policy')).toContain("connect-src 'none'");
});

it('lets no other origin frame the app, and gives the sandbox an opaque one whoever frames it', async () => {
  for (const path of ['/', '/index.html', '/assets/a-1.wasm', '/nothing'])
    expect((await fetch(running.url + path)).headers.get('content-security-policy')).toBe(
      "frame-ancestors 'self'",
    );
  const policy = (await fetch(`${running.url}/sandbox.html`)).headers.get('content-security-policy');
  expect(policy).toContain('sandbox allow-scripts; frame-ancestors');
});

it.each(['/%73andbox.html', '/assets/%2e%2e/sandbox.html', '/./sandbox.html'])(
  'gives a file its own headers when it is asked for as %s',
  async (path) => {
    const { headers } = await raw(path);
    expect(headers['content-security-policy']).toContain("connect-src 'none'");
    expect(headers['cache-control']).toBe('no-cache');
  },
);

it('serves the host of WebContainers to pages of this machine, where its clients ask for it', async () => {
  const host = await fetch(`${running.url}/headless?version=1.6.4`);
  expect([host.status, await host.text()]).toEqual([200, '<title>z</title>']);
  expect(host.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(host.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  const policy = host.headers.get('content-security-policy') ?? '';
  expect(policy).toBe("frame-ancestors 'self' http://localhost:* http://127.0.0.1:*");
});

it('lets nobody else frame the document of their client', async () => {
  const client = await fetch(`${running.url}/webcontainer.html`);
  expect(client.headers.get('content-security-policy')).toBe("frame-ancestors 'self'");
  expect(client.headers.get('referrer-policy')).toBe('strict-origin');
  expect((await fetch(`${running.url}/`)).headers.get('referrer-policy')).toBe('no-referrer');
});

it('lets hashed assets be kept and the rest be checked', async () => {
  const asset = await fetch(`${running.url}/assets/a-1.wasm`);
  expect(asset.headers.get('content-type')).toBe('application/wasm');
  expect(asset.headers.get('cache-control')).toContain('immutable');
  const frame = await fetch(`${running.url}/sandbox.html?v=abc`);
  expect(frame.headers.get('cache-control')).toContain('immutable');
  expect(frame.headers.get('content-security-policy')).toContain("default-src 'none'");
  const page = await fetch(`${running.url}/`);
  const again = await fetch(`${running.url}/`, {
    headers: { 'If-None-Match': page.headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
});

it.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..\\..\\..\\secret.txt',
  '/%00',
  '/%',
  '/assets',
])('answers 404 to %s', async (path) => expect((await raw(path)).statusCode).toBe(404));
