import { afterEach, expect, test, vi } from 'vitest';
import { Channel } from '../net/channel.ts';
import { ByteQueue } from './byte-queue.ts';
import { Poll } from './endpoints.ts';
import { LocalEnd } from './local-end.ts';
import { Stream } from './stream.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | string): string =>
  typeof value === 'string' ? value : new TextDecoder().decode(value);

const ports: MessagePort[] = [];
function connection(): { stream: Stream; peer: Channel } {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  return { stream: new Stream(new Channel(port1)), peer: new Channel(port2) };
}
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

test('a byte queue gives out what came in, in any sizes, and leaves it when peeked at', () => {
  const queue = new ByteQueue();
  queue.push(bytes('abc'));
  queue.push(bytes('defg'));
  expect(text(queue.take(5, true))).toBe('abcde');
  expect(text(queue.take(2))).toBe('ab');
  expect(text(queue.take(3))).toBe('cde');
  expect(queue.length).toBe(2);
  expect(text(queue.take(10))).toBe('fg');
  expect(queue.take(10).byteLength).toBe(0);
});

test('a stream that has nothing to read would block, then reads data, then the end', async () => {
  const { stream, peer } = connection();
  peer.open({});
  expect(stream.recv(10, false)).toBe('EAGAIN');
  peer.send(bytes('hello'));
  await vi.waitUntil(() => (stream.readiness() & Poll.IN) !== 0);
  expect(text(stream.recv(3, false))).toBe('hel');
  peer.end();
  expect(text(stream.recv(10, false))).toBe('lo');
  await vi.waitUntil(() => (stream.readiness() & Poll.IN) !== 0);
  expect(stream.recv(10, false)).toHaveLength(0);
});

test('a reset is reported once, then reads end and writes break', async () => {
  const { stream, peer } = connection();
  peer.open({});
  peer.reset();
  await vi.waitUntil(() => (stream.readiness() & Poll.ERR) !== 0);
  expect(stream.recv(1, false)).toBe('ECONNRESET');
  expect(stream.recv(1, false)).toHaveLength(0);
  expect(stream.send(bytes('x'))).toBe('EPIPE');
});

test('closing with unread data resets the other side, closing without ends it', async () => {
  const first = connection();
  const reset = vi.fn();
  first.peer.open({ onReset: reset });
  first.peer.send(bytes('unread'));
  await vi.waitUntil(() => (first.stream.readiness() & Poll.IN) !== 0);
  first.stream.close();
  await vi.waitUntil(() => reset.mock.calls.length > 0);

  const second = connection();
  const end = vi.fn();
  second.peer.open({ onEnd: end });
  second.stream.close();
  await vi.waitUntil(() => end.mock.calls.length > 0);
});

test('a writer waits when the other side takes nothing', () => {
  const { stream } = connection();
  const large = new Uint8Array(1 << 20);
  const sent = stream.send(large);
  expect(sent).toBeLessThan(large.byteLength);
  expect(stream.send(large)).toBe('EAGAIN');
  expect(stream.readiness() & Poll.OUT).toBe(0);
});

test('a pipe goes one way, ends with its writer and breaks without a reader', () => {
  const [reader, writer] = LocalEnd.pair('pipe');
  expect(reader.recv(1, false)).toBe('EAGAIN');
  expect(reader.send(bytes('x'))).toBe('EBADF');
  expect(writer.send(bytes('data'))).toBe(4);
  writer.close();
  expect(text(reader.recv(10, false))).toBe('data');
  expect(reader.recv(10, false)).toHaveLength(0);

  const [gone, left] = LocalEnd.pair('pipe');
  gone.close();
  expect(left.send(bytes('x'))).toBe('EPIPE');
});

test('both ends of a socket pair read and write, and half-close', () => {
  const [left, right] = LocalEnd.pair('unix');
  left.send(bytes('ping'));
  expect(text(right.recv(10, false))).toBe('ping');
  right.send(bytes('pong'));
  right.shutdown(1);
  expect(text(left.recv(10, false))).toBe('pong');
  expect(left.recv(10, false)).toHaveLength(0);
  expect(left.send(bytes('more'))).toBe(4);
});
