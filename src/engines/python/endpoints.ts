import type { Channel } from '../net/channel.ts';
import { ByteQueue } from './byte-queue.ts';

/** What Python's descriptors of sockets and pipes stand for, with the readiness that poll(2) reports. */

export const Poll = { IN: 1, OUT: 4, ERR: 8, HUP: 16, NVAL: 32 } as const;

/** Bytes received and not yet read before the sender is asked to wait. */
const RECEIVE_LIMIT = 1 << 20;
/** Bytes sent and not yet taken by the other side before a writer waits. */
const SEND_LIMIT = 1 << 18;

export type Code = string;

/** Something with a descriptor. Operations answer with a POSIX code where they fail or would block (`EAGAIN`). */
export abstract class Endpoint {
  /** Called whenever readiness may have changed. */
  readonly watchers = new Set<() => void>();
  /** Descriptors that refer to it. */
  references = 1;
  blocking = true;

  abstract readiness(): number;
  recv(_count: number, _peek: boolean): Uint8Array | Code {
    return 'ENOTCONN';
  }
  send(_bytes: Uint8Array): number | Code {
    return 'ENOTCONN';
  }
  shutdown(_how: number): Code {
    return 'ENOTCONN';
  }
  takeError(): Code {
    return '';
  }
  abstract close(): void;

  protected changed(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}

/** A socket that is neither connected nor listening. */
export class FreshSocket extends Endpoint {
  /** Port claimed by bind, until listen. */
  port: number | undefined;
  #error: Code = '';
  #connecting = false;

  readiness(): number {
    if (this.#connecting) return 0;
    return this.#error === '' ? Poll.OUT | Poll.HUP : Poll.IN | Poll.OUT | Poll.ERR | Poll.HUP;
  }

  connecting(): void {
    this.#connecting = true;
  }

  failed(code: Code): void {
    this.#connecting = false;
    this.#error = code;
    this.changed();
  }

  /** Says to watchers that another endpoint has taken this one's place. */
  replaced(): void {
    this.changed();
  }

  override takeError(): Code {
    const error = this.#error;
    this.#error = '';
    return error;
  }

  close(): void {
    this.changed();
  }
}

/** A listening socket with its queue of connections that nobody has accepted yet. */
export class Listener extends Endpoint {
  readonly #waiting: Stream[] = [];
  readonly #onClose: () => void;

  constructor(
    readonly port: number,
    readonly backlog: number,
    onClose: () => void,
  ) {
    super();
    this.#onClose = onClose;
  }

  offer(stream: Stream): void {
    this.#waiting.push(stream);
    this.changed();
  }

  accept(): Stream | undefined {
    return this.#waiting.shift();
  }

  readiness(): number {
    return this.#waiting.length > 0 ? Poll.IN : 0;
  }

  close(): void {
    this.#onClose();
    for (const stream of this.#waiting.splice(0)) stream.close();
    this.changed();
  }
}

/** A connected TCP socket. */
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
    readonly localPort: number,
    readonly peerPort: number,
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
    const canRead = this.#received.length > 0 || this.#ended || this.#dead;
    const canWrite = this.#dead || this.#channel.buffered < SEND_LIMIT;
    const hungUp = this.#dead || (this.#ended && this.#sentEnd);
    return (
      (canRead ? Poll.IN : 0) |
      (canWrite ? Poll.OUT : 0) |
      (hungUp ? Poll.HUP : 0) |
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
    if (this.#received.length > 0) this.#channel.reset();
    else if (!this.#sentEnd) this.#channel.end();
    this.changed();
  }
}

/** One end of a pipe or socket pair within this process. */
export class LocalEnd extends Endpoint {
  #peer: LocalEnd | undefined;
  readonly #received = new ByteQueue();
  #ended = false;
  #sentEnd = false;

  private constructor(
    readonly reads: boolean,
    readonly writes: boolean,
  ) {
    super();
  }

  /** Two connected ends; of a pipe the first reads and the second writes. */
  static pair(kind: 'pipe' | 'socket'): [LocalEnd, LocalEnd] {
    const ends: [LocalEnd, LocalEnd] = [
      new LocalEnd(true, kind === 'socket'),
      new LocalEnd(kind === 'socket', true),
    ];
    ends[0].#peer = ends[1];
    ends[1].#peer = ends[0];
    return ends;
  }

  readiness(): number {
    const peer = this.#peer;
    const canRead = this.reads && (this.#received.length > 0 || this.#ended);
    const broken = this.writes && peer === undefined;
    const canWrite = this.writes && (peer === undefined || peer.#received.length < SEND_LIMIT);
    return (
      (canRead ? Poll.IN : 0) |
      (canWrite ? Poll.OUT : 0) |
      (this.reads && this.#ended && this.#received.length === 0 ? Poll.HUP : 0) |
      (broken ? Poll.ERR : 0)
    );
  }

  /** Hands on bytes that a child wrote to this (writing) end, however many are waiting. */
  push(bytes: Uint8Array): void {
    this.#peer?.feed(bytes);
  }

  feed(bytes: Uint8Array): void {
    this.#received.push(bytes);
    this.changed();
  }

  /** Nothing more will come. */
  finish(): void {
    this.#ended = true;
    this.changed();
  }

  override recv(count: number, peek: boolean): Uint8Array | Code {
    if (!this.reads) return 'EBADF';
    if (this.#received.length > 0 && count > 0) {
      const bytes = this.#received.take(count, peek);
      this.#peer?.changed();
      return bytes;
    }
    return this.#ended || count === 0 ? new Uint8Array(0) : 'EAGAIN';
  }

  override send(bytes: Uint8Array): number | Code {
    if (!this.writes) return 'EBADF';
    const peer = this.#peer;
    if (this.#sentEnd || peer === undefined) return 'EPIPE';
    const room = SEND_LIMIT - peer.#received.length;
    if (room <= 0) return 'EAGAIN';
    const part = bytes.slice(0, room);
    peer.feed(part);
    return part.byteLength;
  }

  override shutdown(how: number): Code {
    if (how !== 1) this.#ended = true;
    if (how !== 0) {
      this.#sentEnd = true;
      this.#peer?.finish();
    }
    this.changed();
    return '';
  }

  close(): void {
    const peer = this.#peer;
    if (peer !== undefined) {
      peer.#peer = undefined;
      peer.finish();
    }
    this.#peer = undefined;
    this.changed();
  }
}
