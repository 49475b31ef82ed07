import type { RealmContext } from '../context.ts';
import { host } from '../host.ts';
import type { Transport, TransportEvents } from './stream.ts';
import { Tcp, type MovedConnection } from './tcp-move.ts';

/** What passes between a process and one that it forked: bytes as on a pipe, and perhaps a connection. */
interface IpcMessage {
  bytes: Uint8Array;
  connection?: MovedConnection;
}

function isIpcMessage(value: unknown): value is IpcMessage {
  return (
    typeof value === 'object' && value !== null && (value as { bytes?: unknown }).bytes instanceof Uint8Array
  );
}

/** One end of the message channel of a fork. */
export class IpcTransport implements Transport {
  readonly pending = 0;
  readonly #realm: RealmContext;
  readonly #port: MessagePort;
  /** Pid of the process at the other end, once it is known. */
  peer: number;
  #events: TransportEvents | undefined;
  #onHandle: (handle: object) => void = () => undefined;
  #paused = false;
  #sentEnd = false;
  #closed = false;
  readonly #early: unknown[] = [];

  constructor(realm: RealmContext, port: MessagePort, peer: number) {
    this.#realm = realm;
    this.#port = port;
    this.peer = peer;
    port.onmessage = (event: MessageEvent<unknown>) => this.#take(event.data);
  }

  /** @param take Is given the handle that came with the bytes that follow. */
  onHandle(take: (handle: object) => void): void {
    this.#onHandle = take;
  }

  write(bytes: Uint8Array, handle?: unknown): boolean {
    if (this.#sentEnd) return false;
    const message: IpcMessage = { bytes: Uint8Array.from(bytes) };
    const moved =
      handle === undefined || handle === null ? undefined : Tcp.of(this.#realm).send(handle, this.peer);
    if (moved !== undefined) message.connection = moved;
    this.#port.postMessage(message, moved === undefined ? [] : [moved.port]);
    return true;
  }

  end(): void {
    if (this.#sentEnd) return;
    this.#sentEnd = true;
    this.#port.postMessage(null);
  }

  close(): void {
    this.end();
    this.#closed = true;
    host.setTimeout(() => this.#port.close(), 1_000);
  }

  reset(): void {
    this.close();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#flush();
  }

  open(events: TransportEvents): void {
    this.#events = events;
    this.#flush();
  }

  /** The other process has ended. */
  finish(): void {
    this.#sentEnd = true;
    this.#take(null);
  }

  #take(message: unknown): void {
    this.#early.push(message);
    this.#flush();
  }

  #flush(): void {
    while (this.#events !== undefined && !this.#paused && !this.#closed && this.#early.length > 0) {
      const message = this.#early.shift();
      if (!isIpcMessage(message)) {
        this.#events.onEnd();
        continue;
      }
      if (message.connection !== undefined) this.#onHandle(Tcp.of(this.#realm).receive(message.connection));
      this.#events.onData(message.bytes);
    }
  }
}
