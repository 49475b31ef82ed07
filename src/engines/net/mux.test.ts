import { expect, it } from 'vitest';
import type { Duplex } from '../engine.ts';
import { join, Mux } from './mux.ts';

/** Two sides of a channel that delivers in order, later. */
function pair(onOpen: (connection: Duplex, label: number) => void): {
  near: Mux;
  far: Mux;
  frames: () => number;
} {
  let frames = 0;
  const later = (deliver: () => void) => {
    frames++;
    setTimeout(deliver, 0);
  };
  const near: Mux = new Mux((frame) => later(() => far.receive(frame)));
  const far: Mux = new Mux((frame) => later(() => near.receive(frame)), onOpen);
  return { near, far, frames: () => frames };
}

async function readAll(readable: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(readable).arrayBuffer());
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : String(error)),
  );

const echo = (connection: Duplex) =>
  void connection.readable.pipeTo(connection.writable).catch(() => undefined);

it('carries a megabyte there and back, with half-close, over several connections at once', async () => {
  const { near } = pair(echo);
  const sent = Uint8Array.from({ length: 1_000_000 }, (_, index) => (index * 7) % 251);
  const answers = await Promise.all(
    [1, 2, 3].map(async () => {
      const connection = near.open();
      const writer = connection.writable.getWriter();
      const writing = writer.write(sent).then(() => writer.close());
      const received = await readAll(connection.readable);
      await writing;
      return received;
    }),
  );
  for (const received of answers) expect(Buffer.compare(received, sent)).toBe(0);
});

it('stops sending when the other side does not read', async () => {
  const { near, frames } = pair(() => undefined);
  const writer = near.open().writable.getWriter();
  let written = false;
  void writer.write(new Uint8Array(1_000_000)).then(
    () => (written = true),
    () => undefined,
  );
  await new Promise((done) => setTimeout(done, 100));
  expect(written).toBe(false);
  expect(frames()).toBe(1 + 4);
  near.close();
});

it('passes a reset on', async () => {
  const { near } = pair((connection) => connection.close());
  const connection = near.open();
  expect(await failure(readAll(connection.readable))).toBe('ECONNRESET');
  expect(await failure(connection.writable.getWriter().write(Uint8Array.of(1)))).toBe('ECONNRESET');
});

it('resets everything when the channel closes', async () => {
  const { near } = pair(echo);
  const reading = failure(readAll(near.open().readable));
  near.close();
  expect(await reading).toBe('ECONNRESET');
  expect(() => near.open()).toThrow('closed');
});

it('drops frames that mean nothing and refuses to be opened by the wrong side', () => {
  const sent: number[] = [];
  const mux = new Mux((frame) => sent.push(frame[0] ?? 0));
  for (const frame of [[], [9], [2, 0, 0, 0, 7, 1], [77, 0, 0, 0, 7]]) mux.receive(Uint8Array.from(frame));
  expect(sent).toEqual([]);
  mux.receive(Uint8Array.of(1, 0, 0, 0, 7));
  expect(sent).toEqual([4]);
});

it('resets a sender that ignores the window', () => {
  const sent: number[] = [];
  const mux = new Mux((frame) => sent.push(frame[0] ?? 0));
  mux.open();
  const frame = new Uint8Array(5 + 65_536);
  frame.set([2, 0, 0, 0, 1]);
  for (let count = 0; count < 5; count++) mux.receive(frame);
  expect(sent).toEqual([1, 4]);
});

it('joins two connections and resets both when one breaks', async () => {
  const inner = new TransformStream<Uint8Array, Uint8Array>();
  let innerClosed = false;
  const { readable, writable } = inner;
  const server: Duplex = { readable, writable, close: () => (innerClosed = true) };
  const { near } = pair((connection) => void join(connection, server));
  const good = near.open();
  const writer = good.writable.getWriter();
  await writer.write(Uint8Array.of(1, 2));
  await writer.close();
  expect([...(await readAll(good.readable))]).toEqual([1, 2]);
  expect(innerClosed).toBe(false);

  const broken: Duplex = {
    readable: new ReadableStream({ start: (controller) => controller.error(new Error('reset')) }),
    writable: new WritableStream(),
    close: () => (innerClosed = true),
  };
  const second = pair((connection) => void join(connection, broken));
  expect(await failure(readAll(second.near.open().readable))).toBe('ECONNRESET');
  expect(innerClosed).toBe(true);
});

it('tells the other side what a connection is for', async () => {
  const labels: number[] = [];
  const { near } = pair((_connection, label) => labels.push(label));
  near.open();
  near.open(7);
  near.open(0xffff_fff0);
  await new Promise((done) => setTimeout(done, 20));
  expect(labels).toEqual([0, 7, 0xffff_fff0]);
});
