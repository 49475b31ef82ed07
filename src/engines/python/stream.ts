import type { Channel } from '../net/channel.ts';
import { ByteQueue } from './byte-queue.ts';
import { type Code, Endpoint, Poll, READABLE, WRITABLE } from './endpoints.ts';

/** Bytes received and not yet read before the sender is asked to wait. */
const RECEIVE_LIMIT = 1 << 20;
/** Bytes sent and not yet taken by the other side before a writer waits. */
const SEND_LIMIT = 1 << 18;
const SOL_SOCKET = 1;
const SO_LINGER = 13;

/** A connected stream socket whose other side is another process, or outside. */
export class Stream extends Endpoint {
  readonly #channel: Channel;
  readonly #received = new ByteQueue();
  #ended = false;
  #error: Code = '';
  #dead = false;
  #sentEnd = false;
  #closed = false;

  constructor(
    channel: Channel,
    /** Called when the event loop delivers something. */
    touch: () => void = () => undefined,
  ) {
    super();
    this.#channel = channel;
    channel.open({
      onData: (bytes) => {
        touch();
        // Data for a socket that was closed is answered as TCP does: with a reset.
        if (this.#closed) return channel.reset();
        this.#received.push(bytes);
        if (this.#received.length > RECEIVE_LIMIT) channel.pause();
        this.changed();
      },
      onEnd: () => {
        touch();
        this.#ended = true;
        this.changed();
      },
      onReset: () => {
        this.#dead = true;
        this.#error = 'ECONNRESET';
        this.changed();
      },
      onDrain: () => {
        touch();
        this.changed();
      },
    });
  }

  readiness(): number {
    const ended = this.#ended || this.#dead;
    const canRead = this.#received.length > 0 || ended;
    const canWrite = this.#dead || this.#channel.buffered < SEND_LIMIT;
    const hungUp = this.#dead || (this.#ended && this.#sentEnd);
    return (
      (canRead ? READABLE : 0) |
      (canWrite ? WRITABLE : 0) |
      (hungUp ? Poll.HUP : 0) |
      (ended ? Poll.RDHUP : 0) |
      (this.#error === '' ? 0 : Poll.ERR)
    );
  }

  override recv(count: number, peek: boolean): Uint8Array | Code {
    if (this.#received.length > 0 && count > 0) {
      const bytes = this.#received.take(count, peek);
      if (this.#received.length <= RECEIVE_LIMIT / 2) this.#channel.resume();
      return bytes;
    }
    if (this.#error !== '') return this.takeError();
    if (this.#ended || this.#dead || count === 0) return new Uint8Array(0);
    return 'EAGAIN';
  }

  override send(bytes: Uint8Array): number | Code {
    if (this.#error !== '') return this.takeError();
    if (this.#dead || this.#sentEnd) return 'EPIPE';
    const room = SEND_LIMIT - this.#channel.buffered;
    if (room <= 0) return 'EAGAIN';
    const part = bytes.subarray(0, room);
    return this.#channel.send(part) ? part.byteLength : 'EPIPE';
  }

  override shutdown(how: number): Code {
    if (this.#dead) return 'ENOTCONN';
    if (how !== 1) this.#ended = true;
    if (how !== 0 && !this.#sentEnd) {
      this.#sentEnd = true;
      this.#channel.end();
    }
    this.changed();
    return '';
  }

  override takeError(): Code {
    const error = this.#error;
    this.#error = '';
    return error;
  }

  close(): void {
    this.#closed = true;
    this.#channel.resume();
    if (this.#received.length > 0 || this.option(SOL_SOCKET, SO_LINGER) !== 0) this.#channel.reset();
    else if (!this.#sentEnd) this.#channel.end();
    this.changed();
  }
}
