import type { Channel } from '../../net/channel.ts';
import type { Binding, RealmContext } from '../context.ts';
import { asBytes, copyBytes, encodeText, encodingOf } from '../encoding.ts';
import { utf8Encoder } from '../host.ts';
import { requestClassOf, type RequestLike } from './async-wrap.ts';
import { handleClassOf, type Handle } from './handle.ts';
import { Tcp } from './tcp-move.ts';

/** Where a stream's bytes come from and go to. */
export interface Transport {
  /** False when nothing can be written any more. A message channel takes a handle with the bytes. */
  write(bytes: Uint8Array, handle?: unknown): boolean;
  /** Bytes written that the other side has not taken. */
  readonly pending: number;
  end(): void;
  close(): void;
  reset(): void;
  pause(): void;
  resume(): void;
  /** Starts delivery. */
  open(events: TransportEvents): void;
}

export interface TransportEvents {
  onData(bytes: Uint8Array): void;
  onEnd(): void;
  onReset(): void;
  onDrain(): void;
}

export interface StreamRequest extends RequestLike {
  oncomplete(status: number, ...rest: unknown[]): void;
}

/** Somebody who takes a handle's bytes in place of `onread`: the HTTP parser. */
export interface StreamConsumer {
  onBytes(bytes: Uint8Array): void;
}

export interface StreamHandle extends Handle {
  attach(transport: Transport): void;
  readonly transport: Transport | undefined;
  consumer: StreamConsumer | undefined;
  onread: (buffer: ArrayBuffer | undefined) => void;
  onClose(): void;
}

/** Bytes under way beyond which a write is completed only when they were taken: a socket's send buffer. */
const sendBufferBytes = 1 << 20;

type StreamConstructor = new (provider: string) => StreamHandle;
const classes = new WeakMap<RealmContext, StreamConstructor>();

/** The class of a realm's byte streams, as LibuvStreamWrap. */
export function streamClassOf(realm: RealmContext): StreamConstructor {
  let Class = classes.get(realm);
  if (Class === undefined) {
    Class = createStreamClass(realm);
    classes.set(realm, Class);
  }
  return Class;
}

/** Adapts a connection to a transport. */
export function channelTransport(channel: Channel): Transport {
  return {
    write: (bytes) => channel.send(bytes),
    get pending() {
      return channel.buffered;
    },
    end: () => channel.end(),
    close() {
      if (channel.closed) return;
      channel.end();
      // As a kernel does for a closed socket: what still arrives is answered with a reset.
      channel.open({ onData: () => channel.reset() });
      channel.resume();
    },
    reset: () => channel.reset(),
    pause: () => channel.pause(),
    resume: () => channel.resume(),
    open: (events) => channel.open(events),
  };
}

function createStreamClass(realm: RealmContext): StreamConstructor {
  const state = realm.binding('stream_wrap')['streamBaseState'] as Int32Array;
  const index = realm.constantsOf('stream_wrap') as Record<
    'kReadBytesOrError' | 'kArrayBufferOffset' | 'kBytesWritten' | 'kLastWriteWasAsync',
    number
  >;
  const eof = realm.errno('EOF');

  class LibuvStreamWrap extends handleClassOf(realm) implements StreamHandle {
    readonly isStreamBase = true;
    transport: Transport | undefined;
    consumer: StreamConsumer | undefined;
    onread: (buffer: ArrayBuffer | undefined) => void = () => undefined;
    reading = false;
    bytesRead = 0;
    bytesWritten = 0;
    #waiting: { request: StreamRequest; release: () => void }[] = [];
    #flow: 'new' | 'paused' | 'running' = 'new';
    #starting = false;
    #ended = false;
    #shutdown = false;

    attach(transport: Transport): void {
      this.transport = transport;
    }

    get fd(): number {
      return -1;
    }

    get writeQueueSize(): number {
      return this.#waiting.length === 0 ? 0 : (this.transport?.pending ?? 0);
    }

    readStart(): number {
      if (this.transport === undefined) return realm.errno('ENOTCONN');
      this.reading = true;
      if (!this.#ended) this.setActive(true);
      if (this.#flow !== 'running') this.#start();
      return 0;
    }

    readStop(): number {
      this.reading = false;
      this.setActive(false);
      if (this.#flow === 'running') {
        this.#flow = 'paused';
        this.transport?.pause();
      }
      return 0;
    }

    useUserBuffer(): number {
      return 0;
    }

    setBlocking(): number {
      return 0;
    }

    writeBuffer(request: StreamRequest, bytes: Uint8Array, handle?: unknown): number {
      return this.#write(request, asBytes(bytes), handle);
    }

    writeUtf8String(request: StreamRequest, text: string, handle?: unknown): number {
      return this.#write(request, utf8Encoder.encode(text), handle);
    }

    writeLatin1String(request: StreamRequest, text: string): number {
      return this.#write(request, encodeText(text, 'latin1'));
    }

    writeAsciiString(request: StreamRequest, text: string): number {
      return this.#write(request, encodeText(text, 'latin1'));
    }

    writeUcs2String(request: StreamRequest, text: string): number {
      return this.#write(request, encodeText(text, 'utf16le'));
    }

    writev(request: StreamRequest, chunks: readonly unknown[], allBuffers: boolean): number {
      const parts: Uint8Array[] = [];
      const step = allBuffers ? 1 : 2;
      for (let i = 0; i < chunks.length; i += step) {
        const chunk = chunks[i];
        parts.push(
          typeof chunk === 'string'
            ? encodeText(chunk, encodingOf(chunks[i + 1]))
            : asBytes(chunk as Uint8Array),
        );
      }
      const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
      let offset = 0;
      for (const part of parts) {
        joined.set(part, offset);
        offset += part.byteLength;
      }
      return this.#write(request, joined);
    }

    shutdown(request: StreamRequest): number {
      if (this.#shutdown) return realm.errno('ENOTCONN');
      this.#shutdown = true;
      this.transport?.end();
      request.begin();
      realm.complete(() => realm.callback(request.oncomplete, request, 0));
      return 0;
    }

    override onClose(): void {
      for (const { request } of this.#waiting) {
        realm.complete(() =>
          realm.callback(request.oncomplete, request, realm.errno('ECANCELED'), this, undefined),
        );
      }
      this.#release();
      this.transport?.close();
    }

    /** Ends the connection without the farewell. */
    resetTransport(): void {
      this.transport?.reset();
    }

    #write(request: StreamRequest, bytes: Uint8Array, handle?: unknown): number {
      const { transport } = this;
      state[index.kBytesWritten] = bytes.byteLength;
      state[index.kLastWriteWasAsync] = 0;
      if (transport === undefined) return realm.errno('ENOTCONN');
      if (handle !== undefined && handle !== null && !Tcp.of(realm).canSend(handle))
        return this.#refuseHandle();
      if (!transport.write(bytes, handle)) return realm.errno('EPIPE');
      this.bytesWritten += bytes.byteLength;
      if (transport.pending > sendBufferBytes && this.#flow !== 'new') {
        state[index.kLastWriteWasAsync] = 1;
        request.begin();
        this.#waiting.push({ request, release: realm.hold() });
      }
      return 0;
    }

    #refuseHandle(): number {
      realm.port.report({
        type: 'unsupported',
        reason: 'missing-binding',
        detail:
          'child_process: only connections are sent to other processes, not servers or sockets of other kinds',
      });
      return realm.errno('ENOTSUP');
    }

    /** What has arrived is delivered in a later task: nobody expects data from within `readStart`. */
    #start(): void {
      if (this.#starting) return;
      this.#starting = true;
      realm.loop.post(() => {
        this.#starting = false;
        const { transport } = this;
        if (transport === undefined || this.closed || !this.reading) return;
        const fresh = this.#flow === 'new';
        this.#flow = 'running';
        if (!fresh) transport.resume();
        else {
          transport.open({
            onData: (bytes) => this.#deliver(bytes),
            onEnd: () => this.#finish(eof),
            onReset: () => this.#broken(),
            onDrain: () => this.#drained(),
          });
        }
      });
    }

    #drained(): void {
      if (this.#waiting.length === 0 || (this.transport?.pending ?? 0) > sendBufferBytes / 2) return;
      const done = this.#waiting.map(({ request }) => request);
      this.#release();
      for (const request of done) realm.callback(request.oncomplete, request, 0, this, undefined);
    }

    #release(): void {
      for (const { release } of this.#waiting.splice(0)) release();
    }

    #deliver(bytes: Uint8Array): void {
      if (this.closed) return;
      this.bytesRead += bytes.byteLength;
      if (this.consumer !== undefined) {
        this.consumer.onBytes(bytes);
        return;
      }
      const { buffer } = bytes;
      const exact = buffer.byteLength === bytes.byteLength && buffer instanceof ArrayBuffer;
      state[index.kReadBytesOrError] = bytes.byteLength;
      state[index.kArrayBufferOffset] = 0;
      realm.callback(this.onread, this, exact ? buffer : copyBytes(bytes).buffer);
    }

    #finish(status: number): void {
      if (this.closed || this.#ended) return;
      this.#ended = true;
      this.setActive(false);
      state[index.kReadBytesOrError] = status;
      state[index.kArrayBufferOffset] = 0;
      realm.callback(() => {
        state[index.kReadBytesOrError] = status;
        Reflect.apply(this.onread, this, [undefined]);
      }, this);
    }

    #broken(): void {
      const waiting = this.#waiting.map(({ request }) => request);
      this.#release();
      for (const request of waiting) {
        realm.callback(request.oncomplete, request, realm.errno('ECONNRESET'), this, undefined);
      }
      this.#finish(realm.errno('ECONNRESET'));
    }
  }
  return LibuvStreamWrap;
}

/** The `stream_wrap` binding: the state that bindings and library share, and request objects. */
export function createStreamBinding(realm: RealmContext): Binding {
  class ShutdownWrap extends requestClassOf(realm) {
    constructor() {
      super('SHUTDOWNWRAP');
    }
  }
  class WriteWrap extends requestClassOf(realm) {
    constructor() {
      super('WRITEWRAP');
    }
  }
  return {
    ...realm.constantsOf('stream_wrap'),
    streamBaseState: new Int32Array(5),
    ShutdownWrap,
    WriteWrap,
    get LibuvStreamWrap() {
      return streamClassOf(realm);
    },
  };
}
