import { ByteQueue } from './byte-queue.ts';
import { type Code, Endpoint, Poll, READABLE, WRITABLE } from './endpoints.ts';

export type LocalKind = 'pipe' | 'unix' | 'tcp';

/** Bytes written and not yet read before a writer waits. */
const LIMITS: Readonly<Record<LocalKind, number>> = { pipe: 1 << 16, unix: 212_992, tcp: 2_626_560 };
/** Writes to a pipe of at most this many bytes are never split. */
const ATOMIC_WRITE = 4096;
const SOL_SOCKET = 1;
const SO_LINGER = 13;

/** One end of a pipe, socket pair or connection within this process. */
export class LocalEnd extends Endpoint {
  #peer: LocalEnd | undefined;
  readonly #received = new ByteQueue();
  /** Nothing more will come. */
  #ended = false;
  #sentEnd = false;
  #error: Code = '';
  /** The connection is gone for both directions. */
  #dead = false;

  private constructor(
    readonly flavour: LocalKind,
    readonly reads: boolean,
    readonly writes: boolean,
  ) {
    super();
  }

  /** Two connected ends; of a pipe the first reads and the second writes. */
  static pair(flavour: LocalKind): [LocalEnd, LocalEnd] {
    const isPipe = flavour === 'pipe';
    const ends: [LocalEnd, LocalEnd] = [
      new LocalEnd(flavour, true, !isPipe),
      new LocalEnd(flavour, !isPipe, true),
    ];
    ends[0].#peer = ends[1];
    ends[1].#peer = ends[0];
    return ends;
  }

  readiness(): number {
    return this.flavour === 'pipe' ? this.#pipeReadiness() : this.#socketReadiness();
  }

  #pipeReadiness(): number {
    if (this.reads) return (this.#received.length > 0 ? READABLE : 0) | (this.#ended ? Poll.HUP : 0);
    if (this.#peer === undefined) return WRITABLE | Poll.ERR;
    return this.#room() >= ATOMIC_WRITE ? WRITABLE : 0;
  }

  #socketReadiness(): number {
    const gone = this.#dead || (this.#peer === undefined && this.flavour === 'unix');
    const ended = this.#ended || gone;
    const canWrite = gone || this.#peer === undefined || this.#room() > LIMITS[this.flavour] / 3;
    return (
      (this.#received.length > 0 || ended ? READABLE : 0) |
      (canWrite ? WRITABLE : 0) |
      (gone || (this.#ended && this.#sentEnd) ? Poll.HUP : 0) |
      (ended ? Poll.RDHUP : 0) |
      (this.#error === '' ? 0 : Poll.ERR)
    );
  }

  #room(): number {
    return LIMITS[this.flavour] - (this.#peer === undefined ? 0 : this.#peer.#received.length);
  }

  /** Bytes that were written to this end and wait to be read. */
  get unread(): number {
    return this.#peer === undefined ? 0 : this.#peer.#received.length;
  }

  /** Hands on bytes that a child wrote to this (writing) end, however many are waiting. */
  push(bytes: Uint8Array): void {
    this.#peer?.feed(bytes);
  }

  feed(bytes: Uint8Array): void {
    this.#received.push(bytes);
    this.changed();
  }

  finish(): void {
    this.#ended = true;
    this.changed();
  }

  override recv(count: number, peek: boolean): Uint8Array | Code {
    if (!this.reads) return 'EBADF';
    if (count === 0) return new Uint8Array(0);
    if (this.#received.length > 0) {
      const bytes = this.#received.take(count, peek);
      if (!peek) this.#peer?.changed();
      return bytes;
    }
    if (this.#error !== '') return this.takeError();
    return this.#ended || this.#dead ? new Uint8Array(0) : 'EAGAIN';
  }

  override send(bytes: Uint8Array): number | Code {
    if (!this.writes) return 'EBADF';
    if (this.#error !== '') return this.takeError();
    const peer = this.#peer;
    if (this.#sentEnd || this.#dead) return 'EPIPE';
    if (peer === undefined) {
      if (this.flavour !== 'tcp') return 'EPIPE';
      // TCP sends into the void once; the answer is a reset.
      this.#dead = true;
      this.changed();
      return bytes.byteLength;
    }
    if (this.flavour === 'unix' && peer.#ended) return 'EPIPE';
    const room = this.#room();
    const atomic = this.flavour === 'pipe' && bytes.byteLength <= ATOMIC_WRITE;
    if (room <= 0 || (atomic && room < bytes.byteLength)) return 'EAGAIN';
    const part = bytes.slice(0, room);
    peer.feed(part);
    return part.byteLength;
  }

  override shutdown(how: number): Code {
    if (this.flavour === 'pipe') return 'ENOTSOCK';
    if (this.#dead || (this.#peer === undefined && this.flavour === 'tcp' && this.#sentEnd))
      return 'ENOTCONN';
    if (how !== 1) this.#ended = true;
    if (how !== 0) {
      this.#sentEnd = true;
      this.#peer?.finish();
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
    const peer = this.#peer;
    this.#peer = undefined;
    if (peer !== undefined) {
      peer.#peer = undefined;
      if (this.#resets) peer.#reset();
      else peer.finish();
    }
    this.changed();
  }

  /** Data that nobody will read, or a linger time of zero, end a connection with a reset. */
  get #resets(): boolean {
    if (this.flavour === 'pipe') return false;
    return this.#received.length > 0 || (this.flavour === 'tcp' && this.option(SOL_SOCKET, SO_LINGER) !== 0);
  }

  #reset(): void {
    this.#error = 'ECONNRESET';
    this.#ended = true;
    this.#dead = this.flavour === 'tcp';
    this.changed();
  }
}
