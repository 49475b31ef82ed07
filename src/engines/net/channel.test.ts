import { describe, expect, it } from 'vitest';
import { Channel } from './channel.ts';

/** A channel, what it heard, and the port that a hostile program holds at its other side. */
function attacked() {
  const { port1, port2 } = new MessageChannel();
  const heard: unknown[] = [];
  const channel = new Channel(port1, () => heard.push('closed'));
  channel.open({
    onData: (bytes) => heard.push(bytes.byteLength),
    onEnd: () => heard.push('end'),
    onReset: () => heard.push('reset'),
  });
  return { channel, heard, peer: port2 };
}

describe('a channel', () => {
  it.each([
    ['text', 'GET /'],
    ['nothing', undefined],
    ['an object', { type: 'data', bytes: [1] }],
    ['a buffer', new ArrayBuffer(8)],
    ['shared memory', new SharedArrayBuffer(8)],
    ['another view', new Float64Array(1)],
    ['a negative count', -1],
    ['no number', Number.NaN],
    ['a part of a byte', 0.5],
    ['news of bytes that were never sent, which a flood could repeat', 1],
    ['no bytes, of which a flood would cost nothing', new Uint8Array(0)],
  ])('is reset by %s', async (_, message) => {
    const { channel, heard, peer } = attacked();
    peer.postMessage(message);
    peer.postMessage(Uint8Array.of(1, 2));
    await expect.poll(() => heard).toEqual(['closed', 'reset']);
    expect(channel.closed).toBe(true);
    expect(channel.send(Uint8Array.of(1))).toBe(false);
  });

  it('counts what the other side has taken', async () => {
    const { channel, heard, peer } = attacked();
    channel.send(Uint8Array.of(1, 2, 3));
    peer.postMessage(2);
    await expect.poll(() => channel.buffered).toBe(1);
    peer.postMessage(1);
    await expect.poll(() => channel.buffered).toBe(0);
    expect(heard).toEqual([]);
    peer.postMessage(1);
    await expect.poll(() => heard).toEqual(['closed', 'reset']);
  });

  it('that was handed over may hear of what the end before it sent', async () => {
    const { port1, port2 } = new MessageChannel();
    const heard: unknown[] = [];
    const channel = new Channel(port1, undefined, [5]);
    channel.open({ onReset: () => heard.push('reset'), onData: (bytes) => heard.push(bytes.byteLength) });
    port2.postMessage(Uint8Array.of(1));
    await expect.poll(() => heard).toEqual([1]);
    port2.close();
  });

  it('takes bytes until the other side ends, and nothing behind that', async () => {
    const { channel, heard, peer } = attacked();
    for (const message of [Uint8Array.of(1, 2), 'fin', Uint8Array.of(3), 'fin']) peer.postMessage(message);
    await expect.poll(() => heard).toEqual([2, 'end']);
    channel.end();
    expect(heard).toEqual([2, 'end', 'closed']);
    peer.close();
  });
});
