import type { RawHeaders, RawResponse, Sandbox } from '../engine.ts';
import { check, delay, equal, failure, type ContractCase, type Kit } from './kit.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function valuesOf(headers: RawHeaders, name: string): string[] {
  return headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

async function withServer(
  kit: Kit,
  use: (get: (target: string) => Promise<RawResponse>, sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await kit.boot();
  await kit.serve(sandbox);
  await use((target) => sandbox.request(kit.port, { method: 'GET', target, headers: [] }), sandbox);
}

export const httpCases: readonly ContractCase[] = [
  {
    name: 'a listening server is announced, and a refused port says so',
    async run(kit) {
      const sandbox = await kit.boot();
      const ports: number[] = [];
      sandbox.on('listen', ({ port }) => ports.push(port));
      equal(await failure(sandbox.connect(kit.port)), 'ECONNREFUSED', 'connecting before anybody listens');
      equal(
        await failure(sandbox.request(kit.port, { method: 'GET', target: '/', headers: [] })),
        'ECONNREFUSED',
        'a request before anybody listens',
      );
      await kit.serve(sandbox);
      for (let tries = 0; ports.length === 0 && tries < 40; tries++) await delay(50);
      check(ports.includes(kit.port), `listen event for ${kit.port}, got ${JSON.stringify(ports)}`);
    },
  },
  {
    name: 'responses: text, empty, binary and one mebibyte',
    run: (kit) =>
      withServer(kit, async (get) => {
        const plain = await get('/text');
        equal([plain.status, text(plain.body)], [200, 'hello'], '/text');
        const empty = await get('/empty');
        equal([empty.status, empty.body.byteLength], [204, 0], '/empty');
        equal(
          [...(await get('/bytes')).body],
          Array.from({ length: 256 }, (_, i) => i),
          '/bytes',
        );
        const big = await get('/big');
        equal(big.body.byteLength, 2 ** 20, 'length of /big');
        check(
          big.body.every((byte) => byte === 120),
          'content of /big',
        );
      }),
  },
  {
    name: 'headers keep their order, their duplicates and their spelling',
    run: (kit) =>
      withServer(kit, async (get) => {
        const { headers } = await get('/headers');
        equal(valuesOf(headers, 'set-cookie'), ['a=1; Path=/', 'b=2; HttpOnly'], 'Set-Cookie');
        const own = headers
          .map(([name]) => name)
          .filter((name) => /^(x-order|set-cookie|x-last)$/i.test(name));
        equal(own, ['X-Order', 'Set-Cookie', 'Set-Cookie', 'X-Last'], 'order and spelling');
      }),
  },
  {
    name: 'requests arrive as they were sent: method, target, duplicate headers, body',
    run: (kit) =>
      withServer(kit, async (_get, sandbox) => {
        const body = new Uint8Array(100_000).map((_, i) => i % 251);
        const response = await sandbox.request(kit.port, {
          method: 'PUT',
          target: '/echo?a=%20b&a=c',
          headers: [
            ['X-Twice', 'one'],
            ['x-twice', 'two'],
            ['Content-Length', String(body.byteLength)],
          ],
          body,
        });
        equal(valuesOf(response.headers, 'x-seen'), ['PUT /echo?a=%20b&a=c one,two'], 'what the server saw');
        check(
          response.body.every((byte, i) => byte === body[i]) && response.body.length === body.length,
          'the body back',
        );
      }),
  },
  {
    name: 'chunked responses, slow responses, and many on one connection',
    run: (kit) =>
      withServer(kit, async (get) => {
        equal(text((await get('/chunked')).body), 'one two three', '/chunked');
        const start = Date.now();
        equal(text((await get('/slow')).body), 'slow', '/slow');
        check(Date.now() - start >= 400, '/slow takes its time');
        for (let i = 0; i < 30; i++) equal(text((await get('/text')).body), 'hello', `request ${i}`);
        const many = await Promise.all(Array.from({ length: 20 }, () => get('/text')));
        check(
          many.every(({ status }) => status === 200),
          'twenty at once',
        );
      }),
  },
  {
    name: 'a request can be given up, and the server goes on',
    run: (kit) =>
      withServer(kit, async (get, sandbox) => {
        const signal = AbortSignal.timeout(50);
        const given = failure(
          sandbox.request(kit.port, { method: 'GET', target: '/slow', headers: [] }, signal),
        );
        check((await given) !== 'no error', 'the given-up request fails');
        equal((await get('/text')).status, 200, 'the next request');
      }),
  },
  {
    name: 'a server that dies while it answers resets the connection and refuses the next',
    run: (kit) =>
      withServer(kit, async (get) => {
        equal(await failure(get('/exit')), 'ECONNRESET', 'the request under way');
        for (let tries = 0; tries < 40; tries++) {
          if ((await failure(get('/text'))) === 'ECONNREFUSED') return;
          await delay(50);
        }
        check(false, 'the port is refused afterwards');
      }),
  },
  {
    name: 'raw bytes go both ways over a connection',
    run: (kit) =>
      withServer(kit, async (_get, sandbox) => {
        const { readable, writable } = await sandbox.connect(kit.port);
        const writer = writable.getWriter();
        await writer.write(new TextEncoder().encode('GET /text HTTP/1.1\r\nHost: x\r\n'));
        await writer.write(new TextEncoder().encode('Connection: close\r\n\r\n'));
        let all = '';
        const reader = readable.getReader();
        for (let next = await reader.read(); !next.done; next = await reader.read()) all += text(next.value);
        check(/^HTTP\/1\.[01] 200 /.test(all) && all.endsWith('hello'), `raw response: ${all.slice(0, 200)}`);
      }),
  },
];
