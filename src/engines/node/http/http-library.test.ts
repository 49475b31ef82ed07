import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleExpression, libraryLoader, runPinned } from '../testing/pinned-node.ts';

/** Raw requests, each on a connection of its own, in reads that the server sees one after another. */
const exchanges: Record<string, string[]> = {
  'a GET': ['GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n'],
  'two requests kept alive': [
    'POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc',
    'GET /end HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n',
  ],
  pipelining: [
    'GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n',
  ],
  'a chunked body': [
    'POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nfoo\r\n',
    '3\r\nbar\r\n0\r\n\r\n',
  ],
  'Expect: 100-continue': [
    'POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n',
    'ok',
  ],
  'no Host': ['GET / HTTP/1.1\r\n\r\n'],
  'a malformed request': ['GET HTTP\r\n\r\n'],
  'headers beyond the limit': [`GET / HTTP/1.1\r\nHost: h\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
  'an upgrade': ['GET /up HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: thing\r\n\r\nhead'],
};

/** Serves and asks with the library's own http module; runs in the pinned Node only. */
async function converse(
  http: typeof import('node:http'),
  net: typeof import('node:net'),
  talks: Record<string, string[]>,
): Promise<unknown> {
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      response.setHeader('X-Seen', request.rawHeaders.join('|'));
      response.end(`${request.method} ${request.url} ${Buffer.concat(parts).toString()}`);
    });
  });
  server.on('upgrade', (_request, socket, head) => socket.end(`HTTP/1.1 101 Sure\r\n\r\n${String(head)}`));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const answers: Record<string, unknown> = {};
  for (const [name, reads] of Object.entries(talks)) {
    answers[name] = await new Promise<string>((resolve) => {
      let text = '';
      const socket = net.connect(port, '127.0.0.1');
      socket.setEncoding('latin1').on('data', (part) => (text += String(part)));
      socket.on('close', () => resolve(text.replace(/Date: [^\r]*/g, 'Date: -')));
      socket.on('error', () => undefined);
      reads.forEach((read, index) => setTimeout(() => socket.write(read, 'latin1'), index * 150));
    });
  }
  answers['client'] = await new Promise((resolve) => {
    const request = http.request(
      { port, method: 'PUT', path: '/client', agent: new http.Agent({ keepAlive: true }) },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString()));
        response.on('end', () => resolve([response.statusCode, text]));
      },
    );
    request.end('from the client');
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return answers;
}

describe("Node's http library over our parser", () => {
  let answers: { ours: Record<string, unknown>; real: Record<string, unknown> };

  beforeAll(async () => {
    const bundle = await bundleExpression(fileURLToPath(new URL('./index.ts', import.meta.url)));
    answers = (await runPinned(`${libraryLoader}
      const services = {
        require,
        callback: (fn, self, ...args) => fn.apply(self, args),
        asyncResource: () => ({ getAsyncId: () => 1 }),
        drainTicks: () => undefined,
        wasm: () => new WebAssembly.Module(Buffer.from(${JSON.stringify(await llhttpBase64())}, 'base64')),
      };
      const binding = ${bundle}.createHttpParserBinding(services);
      const load = loadLibrary((id) => id === 'http' || id.startsWith('_http_'), { http_parser: binding });
      const talks = ${JSON.stringify(exchanges)};
      const converse = ${converse.toString()};
      (async () => {
        report({ ours: await converse(load('http'), require('net'), talks), real: await converse(require('http'), require('net'), talks) });
        process.exit(0);
      })();`)) as typeof answers;
  });

  it.each([...Object.keys(exchanges), 'client'])('answers as the pinned Node does: %s', (name) => {
    expect(answers.ours[name]).toBeTruthy();
    expect(answers.ours[name]).toEqual(answers.real[name]);
  });
});

async function llhttpBase64(): Promise<string> {
  const { fakeServices } = await import('../testing/fake-services.ts');
  return Buffer.from(fakeServices().asset('llhttp.wasm')).toString('base64');
}
