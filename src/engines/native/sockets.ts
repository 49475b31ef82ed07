import { connect, type Socket } from 'node:net';
import { EngineError, type Duplex } from '../engine.ts';

/** A socket as web streams, with half-close and backpressure both ways. */
export function socketDuplex(socket: Socket): Duplex {
  let ended = false;
  const readable = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const settle = (act: () => void) => {
          if (ended) return;
          ended = true;
          act();
        };
        socket.on('data', (data: Buffer) => {
          if (ended) return;
          controller.enqueue(new Uint8Array(data));
          if ((controller.desiredSize ?? 0) <= 0) socket.pause();
        });
        socket.once('end', () => settle(() => controller.close()));
        socket.on('error', (error) => settle(() => controller.error(error)));
        socket.once('close', () =>
          settle(() => controller.error(new EngineError('ECONNRESET', 'the connection was closed'))),
        );
      },
      pull: () => void socket.resume(),
      cancel() {
        ended = true;
        reset(socket);
      },
    },
    { highWaterMark: 256 * 1024, size: (chunk) => chunk.byteLength },
  );
  const writable = new WritableStream<Uint8Array>({
    write: (chunk) =>
      new Promise((done, failed) => {
        socket.write(chunk, (error) => (error === null || error === undefined ? done() : failed(error)));
      }),
    close: () => void socket.end(),
    abort: () => reset(socket),
  });
  return { readable, writable, close: () => reset(socket) };
}

function reset(socket: Socket): void {
  if (!socket.destroyed) socket.resetAndDestroy();
}

function connectTo(host: string, port: number, signal: AbortSignal | undefined): Promise<Socket> {
  return new Promise((done, failed) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const abort = () =>
      socket.destroy(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    const finish = (act: () => void) => {
      signal?.removeEventListener('abort', abort);
      socket.removeAllListeners();
      act();
    };
    socket.once('connect', () => finish(() => done(socket)));
    socket.once('error', (error) => finish(() => failed(error)));
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/**
 * Connects as a client of `localhost` does: IPv4 first, then IPv6.
 * @throws EngineError ECONNREFUSED and other POSIX codes; the signal's reason when aborted.
 */
export async function connectLocal(port: number, signal?: AbortSignal): Promise<Duplex> {
  signal?.throwIfAborted();
  let first: unknown;
  for (const host of ['127.0.0.1', '::1']) {
    try {
      return socketDuplex(await connectTo(host, port, signal));
    } catch (error) {
      signal?.throwIfAborted();
      first ??= error;
    }
  }
  const code =
    first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : 'ECONNREFUSED';
  throw new EngineError(code, `connect ${code} 127.0.0.1:${port}`, { cause: first });
}
