import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A server for tests that answers with what it was asked. */
export interface TestServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on a free port of the loopback. */
export async function listen(
  handle: (request: IncomingMessage, body: Buffer, response: ServerResponse) => void,
) {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => handle(request, Buffer.concat(chunks), response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { port, close } satisfies TestServer;
}

/** Tells requests back, redirects, sets cookies, never answers, hangs up: by path. */
export const mirrorServer = (): Promise<TestServer> =>
  listen((request, body, response) => {
    const { method = '', url = '', headers } = request;
    const path = url.split('?')[0] ?? '';
    const redirect = (status: number, location: string) =>
      response.writeHead(status, { location, 'set-cookie': 'hop=1; Path=/' }).end('elsewhere');
    const [, , name, argument = ''] = path.split('/');
    switch (name) {
      case 'hang':
        return;
      case 'reset':
        request.socket.destroy();
        return;
      case 'redirect':
        redirect(302, argument === '1' ? '/api/mirror/arrived' : `/api/redirect/${Number(argument) - 1}`);
        return;
      case 'circle':
        redirect(301, '/api/circle');
        return;
      case 'temporary':
        redirect(307, '/api/mirror/temporary');
        return;
      case 'status':
        response.writeHead(Number(argument), { 'content-type': 'text/plain' }).end('of your choice');
        return;
      case 'page':
        response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>broken</h1>');
        return;
      case 'compressed':
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(50_000)));
        return;
      case 'digest':
        if (headers.authorization === undefined) {
          response.writeHead(401, { 'www-authenticate': 'Digest realm="here", nonce="n", qop="auth"' }).end();
          return;
        }
        break;
      case 'cookies':
        response.setHeader('set-cookie', ['first=1; Path=/', 'second=two; Path=/; HttpOnly']);
    }
    const told = {
      ...headers,
      ...(headers.authorization?.startsWith('Digest') && { authorization: 'digest' }),
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ method, url, headers: told, body: body.toString('utf8') }));
  });
