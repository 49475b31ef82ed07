import type { Duplex } from '../engine.ts';
import type { Channel } from './channel.ts';

/** Bytes that may wait at the other side before writers wait. */
const HIGH_WATER = 256 * 1024;

/** A `Channel` as a pair of streams, with backpressure both ways. */
export function channelDuplex(channel: Channel): Duplex {
  let source: ReadableStreamDefaultController<Uint8Array> | undefined;
  let drained: (() => void) | undefined;
  let failure: Error | undefined;

  const finish = (error?: Error) => {
    try {
      if (error === undefined) source?.close();
      else source?.error(error);
    } catch {
      // The reader has cancelled already.
    }
    source = undefined;
    drained?.();
  };

  const readable = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        source = controller;
        channel.open({
          onData: (bytes) => {
            source?.enqueue(bytes);
            if ((source?.desiredSize ?? 1) <= 0) channel.pause();
          },
          onEnd: () => finish(),
          onReset: () => {
            failure = Object.assign(new Error('the connection was reset'), { code: 'ECONNRESET' });
            finish(failure);
          },
          onDrain: () => {
            if (channel.buffered < HIGH_WATER) drained?.();
          },
        });
      },
      pull: () => channel.resume(),
      cancel: () => {
        source = undefined;
        channel.reset();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER }),
  );

  const writable = new WritableStream<Uint8Array>({
    async write(chunk) {
      if (!channel.send(chunk))
        throw failure ?? Object.assign(new Error('the connection is closed'), { code: 'EPIPE' });
      if (channel.buffered < HIGH_WATER) return;
      await new Promise<void>((resolve) => (drained = resolve));
      drained = undefined;
    },
    close: () => channel.end(),
    abort: () => channel.reset(),
  });

  return { readable, writable, close: () => channel.reset() };
}
