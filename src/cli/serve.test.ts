import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { serve } from '../../scripts/serve.mjs';
import { EngineError, type Duplex } from '../engines/engine.ts';
import type { HostFailure } from '../harness/host.ts';
import { join as joinDuplexes, Mux } from '../engines/net/mux.ts';
import { openBridge } from './bridge-server.ts';
import { decay } from './decay.ts';
import { ExitCode } from './exit-codes.ts';
import type { Runner, Served } from './runner.ts';
import { contextWith, FakeRunner, type Output } from './testing/fakes.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'decay-serve-'));
  await writeFile(join(dir, 'run.sh'), 'exec node .');
});
afterAll(() => rm(dir, { recursive: true }));

/** A connection that sends back what it gets. */
function echo(): Duplex {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  return { readable, writable, close: () => undefined };
}

interface Session {
  code: Promise<ExitCode>;
  io: Output;
  stop: () => void;
  end: (failure: HostFailure) => void;
  stopped: () => number;
}

function start(open: Served['connect'], ...more: string[]): Session {
  const abort = new AbortController();
  let end: Session['end'] = () => undefined;
  let stops = 0;
  const ended = new Promise<HostFailure>((done) => (end = done));
  const stop = () => {
    stops++;
    return Promise.resolve();
  };
  const answer: Runner['serve'] = () => Promise.resolve({ connect: open, ended, stop });
  const context = contextWith(new FakeRunner([], answer), abort.signal);
  const code = decay(context, ['serve', dir, '--task', 'express-sqlite', ...more]);
  return { code, io: context.io, stop: () => abort.abort(), end, stopped: () => stops };
}

async function portOf(session: Session): Promise<number> {
  await expect.poll(() => session.io.stdout).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+\n$/);
  return Number(/:(\d+)\n/.exec(session.io.stdout)?.[1]);
}

/** Sends text, half-closes, and gives all that comes back, or the error's code. */
function talk(port: number, text: string): Promise<string> {
  return new Promise((done) => {
    let received = '';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(text));
    socket.setEncoding('utf8').on('data', (data) => (received += String(data)));
    socket.once('end', () => done(received));
    socket.once('error', (error) => done('code' in error ? String(error.code) : error.message));
  });
}

it('puts the submission on a loopback port until it is stopped', async () => {
  const session = start(() => Promise.resolve(echo()));
  const port = await portOf(session);
  expect(await Promise.all(['one', 'two'].map((text) => talk(port, text)))).toEqual(['one', 'two']);
  session.stop();
  expect(await session.code).toBe(ExitCode.passed);
  expect(session.stopped()).toBe(1);
  expect(await talk(port, 'x')).toBe('ECONNREFUSED');
});

it('closes outside what is refused inside', async () => {
  const session = start(() => Promise.reject(new EngineError('ECONNREFUSED', 'refused')));
  expect(await talk(await portOf(session), 'x')).toBe('ECONNRESET');
  session.stop();
  await session.code;
});

it('exits by whose fault it is when the submission ends or never gets healthy', async () => {
  for (const [blame, expected] of [
    ['submission', ExitCode.failed],
    ['engine', ExitCode.unscored],
  ] as const) {
    const session = start(() => Promise.resolve(echo()));
    await portOf(session);
    session.end({ blame, message: 'run.sh exited with code 1' });
    expect(await session.code).toBe(expected);
    expect(session.io.stderr).toContain('run.sh exited with code 1');

    const context = contextWith(
      new FakeRunner([], () => Promise.resolve({ blame, message: 'never healthy' })),
    );
    expect(await decay(context, ['serve', dir, '--task', 'express-sqlite'])).toBe(expected);
    expect(context.io).toMatchObject({ stdout: '' });
  }
});

it('says when the port is taken', async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const session = start(() => Promise.resolve(echo()), '--port', String(port));
  expect(await session.code).toBe(ExitCode.usage);
  expect(session.io.stderr).toContain(`Port ${port} is in use`);
  expect(session.stopped()).toBe(1);
  other.close();
});

let server: Awaited<ReturnType<typeof serve>>;
beforeEach(async () => {
  server = await serve({ dir });
});
afterEach(() => server.close());

/** A page's side of the bridge: every connection is answered by `inside`. */
function page(url: string, origin: string, inside: () => Duplex): WebSocket {
  const socket = new WebSocket(url, { origin });
  const mux = new Mux(
    (frame) => socket.send(frame),
    (outside) => void joinDuplexes(outside, inside()),
  );
  socket.on('message', (data) => data instanceof Buffer && mux.receive(data));
  return socket;
}

const status = (socket: WebSocket) =>
  new Promise<number | undefined>((done) => {
    socket.once('unexpected-response', (_request, response) => done(response.statusCode));
    socket.once('open', () => done(101));
    socket.once('error', () => undefined);
  });

it('bridges connections to a page that knows the secret, and to no other', async () => {
  const bridge = openBridge(server.server, server.url);
  const wrong = bridge.url.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  expect(await status(page(wrong, server.url, echo))).toBe(403);
  expect(await status(page(bridge.url, 'http://evil.example', echo))).toBe(403);
  const good = page(bridge.url, server.url, echo);
  const mux = await bridge.connected;
  expect(await status(page(bridge.url, server.url, echo))).toBe(403);

  const { readable, writable } = mux.open();
  const writer = writable.getWriter();
  await writer.write(new TextEncoder().encode('through'));
  await writer.close();
  expect(await new Response(readable).text()).toBe('through');

  good.close();
  await bridge.lost;
  expect(() => mux.open()).toThrow('closed');
  bridge.close();
});
