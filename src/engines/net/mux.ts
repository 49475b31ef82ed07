import { EngineError, type Duplex } from '../engine.ts';

/**
 * Many byte connections over one message channel (a WebSocket, the relay of a WebContainer), each with half-close,
 * reset and flow control. Frame: one byte of type, four bytes of connection number (big-endian), payload. The payload
 * of `open` is a label of four bytes, or empty for 0.
 */

const Frame = { open: 1, data: 2, end: 3, reset: 4, credit: 5 } as const;
const headerBytes = 5;

/** Bytes one side may send before the other has consumed them. */
const windowBytes = 256 * 1024;
const frameBytes = 64 * 1024;

/** Connections that may be open at once; more are reset. */
const maxConnections = 1_024;

class MuxConnection implements Duplex {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
  readonly #send: (type: number, payload?: Uint8Array) => void;
  readonly #onClosed: () => void;
  readonly #received: Uint8Array[] = [];
  #receivedBytes = 0;
  #wake: (() => void) | undefined;
  #credit = windowBytes;
  #credited: (() => void) | undefined;
  #theyEnded = false;
  #weEnded = false;
  #failure: EngineError | undefined;

  constructor(send: (type: number, payload?: Uint8Array) => void, onClosed: () => void) {
    this.#send = send;
    this.#onClosed = onClosed;
    this.readable = new ReadableStream<Uint8Array>(
      { pull: (controller) => this.#pull(controller), cancel: () => this.close() },
      { highWaterMark: 0 },
    );
    this.writable = new WritableStream<Uint8Array>({
      write: (bytes) => this.#write(bytes),
      close: () => this.#end(),
      abort: () => this.close(),
    });
  }

  close(): void {
    if (this.#failure !== undefined || (this.#weEnded && this.#theyEnded)) return;
    this.#send(Frame.reset);
    this.fail();
  }

  /** The connection is gone; nothing is sent any more. */
  fail(): void {
    this.#failure ??= new EngineError('ECONNRESET', 'the connection was reset');
    this.#received.length = 0;
    this.#wake?.();
    this.#credited?.();
    this.#onClosed();
  }

  take(type: number, payload: Uint8Array): void {
    if (this.#failure !== undefined) return;
    if (type === Frame.data && !this.#theyEnded) {
      this.#receivedBytes += payload.length;
      if (this.#receivedBytes > windowBytes) return this.close();
      if (payload.length > 0) this.#received.push(payload.slice());
      this.#wake?.();
    } else if (type === Frame.end && !this.#theyEnded) {
      this.#theyEnded = true;
      this.#wake?.();
      this.#closeIfDone();
    } else if (type === Frame.credit && payload.length === 4) {
      this.#credit = Math.min(windowBytes, this.#credit + readUint32(payload, 0));
      this.#credited?.();
    } else if (type === Frame.reset) {
      this.fail();
    } else {
      this.close();
    }
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (this.#received.length === 0 && !this.#theyEnded && this.#failure === undefined) {
      await new Promise<void>((wake) => (this.#wake = wake));
    }
    if (this.#failure !== undefined) throw this.#failure;
    const next = this.#received.shift();
    if (next === undefined) {
      controller.close();
      return;
    }
    this.#receivedBytes -= next.length;
    if (!this.#theyEnded) this.#send(Frame.credit, uint32(next.length));
    controller.enqueue(next);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    let at = 0;
    while (at < bytes.length) {
      if (this.#failure !== undefined) throw this.#failure;
      const size = Math.min(bytes.length - at, this.#credit, frameBytes);
      if (size === 0) {
        await new Promise<void>((go) => (this.#credited = go));
        continue;
      }
      this.#credit -= size;
      this.#send(Frame.data, bytes.subarray(at, at + size));
      at += size;
    }
  }

  #end(): void {
    if (this.#failure !== undefined || this.#weEnded) return;
    this.#weEnded = true;
    this.#send(Frame.end);
    this.#closeIfDone();
  }

  #closeIfDone(): void {
    if (this.#weEnded && this.#theyEnded) this.#onClosed();
  }
}

type OnOpen = (connection: Duplex, label: number) => void;

/** One side of the channel. Exactly one side may `open`; the other receives `onOpen`. */
export class Mux {
  readonly #send: (frame: Uint8Array<ArrayBuffer>) => void;
  readonly #onOpen: OnOpen | undefined;
  readonly #connections = new Map<number, MuxConnection>();
  #next = 1;
  #closed = false;

  /**
   * @param send - Hands a frame to the channel, in order.
   * @param onOpen - Receives what the other side opens; without it, opening is refused.
   */
  constructor(send: (frame: Uint8Array<ArrayBuffer>) => void, onOpen?: OnOpen) {
    this.#send = send;
    this.#onOpen = onOpen;
  }

  /**
   * @param label - A number that tells the other side what the connection is for.
   * @throws EngineError ECONNRESET when the channel is closed, EMFILE when too many connections are open.
   */
  open(label = 0): Duplex {
    if (this.#closed) throw new EngineError('ECONNRESET', 'the bridge to the page is closed');
    if (this.#connections.size >= maxConnections) {
      throw new EngineError('EMFILE', `more than ${maxConnections} connections are open`);
    }
    const id = this.#next;
    this.#next = (this.#next + 1) >>> 0 || 1;
    const connection = this.#add(id);
    this.#frame(Frame.open, id, label === 0 ? undefined : uint32(label));
    return connection;
  }

  /** Takes a frame from the channel; one that means nothing is dropped. */
  receive(frame: Uint8Array): void {
    const type = frame[0];
    if (type === undefined || frame.length < headerBytes) return;
    const id = readUint32(frame, 1);
    const known = this.#connections.get(id);
    if (known !== undefined) known.take(type, frame.subarray(headerBytes));
    else if (type === Frame.open)
      this.#accept(id, frame.length === headerBytes + 4 ? readUint32(frame, headerBytes) : 0);
  }

  /** The channel is gone: every connection is reset. */
  close(): void {
    this.#closed = true;
    for (const connection of [...this.#connections.values()]) connection.fail();
  }

  #accept(id: number, label: number): void {
    if (this.#onOpen === undefined || this.#closed || this.#connections.size >= maxConnections) {
      this.#frame(Frame.reset, id);
      return;
    }
    this.#onOpen(this.#add(id), label);
  }

  #add(id: number): MuxConnection {
    const connection = new MuxConnection(
      (type, payload) => this.#frame(type, id, payload),
      () => void this.#connections.delete(id),
    );
    this.#connections.set(id, connection);
    return connection;
  }

  #frame(type: number, id: number, payload: Uint8Array = new Uint8Array(0)): void {
    if (this.#closed) return;
    const frame = new Uint8Array(headerBytes + payload.length);
    frame[0] = type;
    frame.set(uint32(id), 1);
    frame.set(payload, headerBytes);
    this.#send(frame);
  }
}

/**
 * Carries bytes both ways between two connections until both directions have ended; when either breaks, both are
 * reset. Never rejects.
 */
export async function join(one: Duplex, other: Duplex): Promise<void> {
  const ways = [one.readable.pipeTo(other.writable), other.readable.pipeTo(one.writable)];
  try {
    await Promise.all(ways);
  } catch {
    one.close();
    other.close();
    await Promise.allSettled(ways);
  }
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

function readUint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
}
