import { type Address, type Code, Endpoint, READABLE, WRITABLE } from './endpoints.ts';

/** Datagram sockets of one process: they reach each other, and nobody else. */

const RECEIVE_LIMIT = 212_992;
const FIRST_PORT = 40_000;
const LAST_PORT = 60_999;
const ANY = new Set(['0.0.0.0', '::']);

interface Message {
  readonly bytes: Uint8Array;
  readonly from: Address | undefined;
}

/** What `recvfrom` tells beside the data. */
export interface Arrival {
  readonly from: Address | undefined;
  /** True when the buffer was smaller than the datagram. */
  readonly truncated: boolean;
}

export class Datagram extends Endpoint {
  readonly #table: DatagramTable;
  readonly #received: Message[] = [];
  #bytes = 0;
  #error: Code = '';
  #ended = false;
  /** Of a local socket with a name: where the system knows it. */
  path: string | undefined;
  /** The other end of a socket pair. */
  partner: Datagram | undefined;
  arrival: Arrival = { from: undefined, truncated: false };

  constructor(table: DatagramTable) {
    super();
    this.#table = table;
  }

  readiness(): number {
    return (this.#received.length > 0 || this.#error !== '' || this.#ended ? READABLE : 0) | WRITABLE;
  }

  override recv(count: number, peek: boolean): Uint8Array | Code {
    const message = this.#received[0];
    if (message === undefined) {
      if (this.#error !== '') return this.takeError();
      return this.#ended ? new Uint8Array(0) : 'EAGAIN';
    }
    if (!peek) {
      this.#received.shift();
      this.#bytes -= message.bytes.byteLength;
    }
    this.arrival = { from: message.from, truncated: message.bytes.byteLength > count };
    return message.bytes.slice(0, count);
  }

  override send(bytes: Uint8Array): number | Code {
    if (this.#error !== '') return this.takeError();
    if (this.partner !== undefined)
      return this.partner.deliver(bytes, undefined) ? bytes.byteLength : 'EAGAIN';
    if (this.peer === undefined) return this.kind?.family === 1 ? 'ENOTCONN' : 'EDESTADDRREQ';
    return this.sendTo(bytes, this.peer);
  }

  sendTo(bytes: Uint8Array, to: Address): number | Code {
    if (typeof to !== 'string' && bytes.byteLength > 65_507) return 'EMSGSIZE';
    if (this.local === undefined && typeof to !== 'string') this.#table.bind(this, [anyOf(to[0]), 0]);
    const target = this.#table.find(to);
    if (target === undefined) {
      if (typeof to === 'string') return 'ECONNREFUSED';
      // The network's word that nobody is there reaches connected sockets alone, with their next call.
      if (this.peer !== undefined) {
        this.#error = 'ECONNREFUSED';
        this.changed();
      }
      return bytes.byteLength;
    }
    const delivered = target.deliver(bytes, this.#sourceFor(to));
    return delivered || typeof to !== 'string' ? bytes.byteLength : 'EAGAIN';
  }

  /** A socket bound to any address is seen under the one that it is reached from. */
  #sourceFor(to: Address): Address | undefined {
    const { local } = this;
    if (typeof local !== 'object' || typeof to === 'string') return local;
    return ANY.has(local[0]) ? [to[0].includes(':') ? '::1' : '127.0.0.1', local[1]] : local;
  }

  /** False when the receiver has no room: a local sender waits, one of the network is none the wiser. */
  deliver(bytes: Uint8Array, from: Address | undefined): boolean {
    const { peer } = this;
    const isForeign =
      typeof peer === 'object' && typeof from === 'object' && (peer[1] !== from[1] || peer[0] !== from[0]);
    if (isForeign) return true;
    if (this.#bytes + bytes.byteLength > RECEIVE_LIMIT) return false;
    this.#received.push({ bytes: bytes.slice(), from });
    this.#bytes += bytes.byteLength;
    this.changed();
    return true;
  }

  override shutdown(how: number): Code {
    if (this.peer === undefined && this.partner === undefined) return 'ENOTCONN';
    if (how !== 1) this.#ended = true;
    this.changed();
    return '';
  }

  override takeError(): Code {
    const error = this.#error;
    this.#error = '';
    return error;
  }

  close(): void {
    this.#table.release(this);
    if (this.partner !== undefined) this.partner.partner = undefined;
    this.changed();
  }
}

function anyOf(host: string): string {
  return host.includes(':') ? '::' : '0.0.0.0';
}

export class DatagramTable {
  readonly #bound = new Set<Datagram>();
  #nextPort = FIRST_PORT;

  pair(): [Datagram, Datagram] {
    const ends: [Datagram, Datagram] = [new Datagram(this), new Datagram(this)];
    ends[0].partner = ends[1];
    ends[1].partner = ends[0];
    return ends;
  }

  /** @param named - a path as the program gave it. */
  bind(socket: Datagram, address: Address, named = ''): Code {
    if (socket.local !== undefined) return 'EINVAL';
    if (typeof address === 'string') {
      if (this.find(address) !== undefined) return 'EADDRINUSE';
      socket.path = address;
      socket.local = named;
    } else {
      const [host, port] = address;
      const chosen = port === 0 ? this.#freePort() : port;
      if (this.#isTaken(socket, host, chosen)) return 'EADDRINUSE';
      socket.local = [host, chosen];
    }
    this.#bound.add(socket);
    return '';
  }

  /** From now on a socket sends to one address and hears nobody else; its own address becomes the one seen there. */
  connect(socket: Datagram, to: Address): Code {
    if (typeof to === 'object') {
      const own = to[0].includes(':') ? '::1' : '127.0.0.1';
      if (socket.local === undefined) this.bind(socket, [own, 0]);
      else if (typeof socket.local === 'object' && ANY.has(socket.local[0]))
        socket.local = [own, socket.local[1]];
    }
    socket.peer = to;
    return '';
  }

  release(socket: Datagram): void {
    this.#bound.delete(socket);
  }

  /** The socket that a datagram to an address reaches. */
  find(to: Address): Datagram | undefined {
    let general: Datagram | undefined;
    for (const socket of this.#bound) {
      const { local } = socket;
      if (typeof to === 'string' || typeof local !== 'object') {
        if (socket.path !== undefined && socket.path === to) return socket;
      } else if (local[1] === to[1]) {
        if (local[0] === to[0]) return socket;
        if (local[0] === '::' || (ANY.has(local[0]) && !to[0].includes(':'))) general = socket;
        if (ANY.has(to[0])) general ??= socket;
      }
    }
    return general;
  }

  #isTaken(socket: Datagram, host: string, port: number): boolean {
    for (const other of this.#bound) {
      const { local } = other;
      if (typeof local !== 'object' || local[1] !== port) continue;
      const sameFamily = local[0].includes(':') === host.includes(':');
      const overlaps = local[0] === host || (sameFamily && (ANY.has(host) || ANY.has(local[0])));
      const shared = [2, 15].some((name) => socket.option(1, name) !== 0 && other.option(1, name) !== 0);
      if (overlaps && !shared) return true;
    }
    return false;
  }

  #freePort(): number {
    for (let tries = FIRST_PORT; tries <= LAST_PORT; tries++) {
      const port = this.#nextPort;
      this.#nextPort = port === LAST_PORT ? FIRST_PORT : port + 1;
      if (this.find(['0.0.0.0', port]) === undefined) return port;
    }
    return LAST_PORT;
  }
}
