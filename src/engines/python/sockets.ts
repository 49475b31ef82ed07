import type { ProcessPort } from '../kernel/process-port.ts';
import { SyscallError } from '../kernel/process-port.ts';
import type { Channel } from '../net/channel.ts';
import { type Endpoint, FreshSocket, Listener, LocalEnd, Poll, Stream, type Code } from './endpoints.ts';
import type { Ticket, Waiter } from './waiter.ts';

/** Descriptors of sockets and pipes start above those of files; `_sandbox_os.py` has the same number. */
const FIRST_DESCRIPTOR = 5_000;
/** Interest in errors and hang-ups is implied, as in poll(2). */
const ALWAYS = Poll.ERR | Poll.HUP | Poll.NVAL;

/**
 * Sockets and pipes of a Python process by descriptor. Python calls these methods; what fails or would block
 * answers with a POSIX code as a string, what must be waited for with a ticket.
 */
export class Sockets {
  readonly #port: ProcessPort;
  readonly #waiter: Waiter;
  readonly #endpoints = new Map<number, Endpoint>();
  /** Claimed ports; connections to one that does not listen yet wait for it, a program's next step. */
  readonly #ports = new Map<number, Listener | Stream[]>();
  #next = FIRST_DESCRIPTOR;

  constructor(port: ProcessPort, waiter: Waiter) {
    this.#port = port;
    this.#waiter = waiter;
  }

  /** Somebody connected to a port of this process. */
  accepted(port: number, peerPort: number, channel: Channel): void {
    this.#waiter.touch();
    const listener = this.#ports.get(port);
    if (listener === undefined) return channel.reset();
    const stream = new Stream(channel, port, peerPort, () => this.#waiter.touch());
    if (listener instanceof Listener) listener.offer(stream);
    else listener.push(stream);
  }

  endpoint(fd: number): Endpoint | undefined {
    return this.#endpoints.get(fd);
  }

  openSocket(): number {
    return this.#add(new FreshSocket());
  }

  isOpen(fd: number): boolean {
    return this.#endpoints.has(fd);
  }

  pair(kind: 'pipe' | 'socket'): [number, number] {
    const [first, second] = LocalEnd.pair(kind);
    return [this.#add(first), this.#add(second)];
  }

  dup(fd: number): number {
    const endpoint = this.#endpoints.get(fd);
    if (endpoint === undefined) return -1;
    endpoint.references++;
    return this.#add(endpoint);
  }

  isBlocking(fd: number): boolean {
    return this.#endpoints.get(fd)?.blocking ?? true;
  }

  setBlocking(fd: number, blocking: boolean): void {
    const endpoint = this.#endpoints.get(fd);
    if (endpoint !== undefined) endpoint.blocking = blocking;
  }

  close(fd: number): boolean {
    const endpoint = this.#endpoints.get(fd);
    if (endpoint === undefined) return false;
    this.#endpoints.delete(fd);
    this.release(endpoint);
    return true;
  }

  /** Takes one reference away; the last one closes. */
  release(endpoint: Endpoint): void {
    endpoint.references--;
    if (endpoint.references > 0) return;
    if (endpoint instanceof FreshSocket && endpoint.port !== undefined) this.#unlisten(endpoint.port);
    endpoint.close();
  }

  /** Claims a port (0: any). The ticket's value is the port, or a code. */
  bind(fd: number, port: number): Ticket {
    return this.#waiter.promise(this.#bind(fd, port));
  }

  async #bind(fd: number, port: number): Promise<number | Code> {
    const socket = this.#endpoints.get(fd);
    if (!(socket instanceof FreshSocket) || socket.port !== undefined) return 'EINVAL';
    try {
      const claimed = await this.#port.listen(port);
      socket.port = claimed;
      this.#ports.set(claimed, []);
      return claimed;
    } catch (error) {
      return codeOf(error);
    }
  }

  listen(fd: number, backlog: number): Code {
    const socket = this.#endpoints.get(fd);
    if (socket instanceof Listener) return '';
    if (!(socket instanceof FreshSocket) || socket.port === undefined) return 'EINVAL';
    const { port } = socket;
    const listener = new Listener(port, backlog, () => this.#unlisten(port));
    const early = this.#ports.get(port);
    this.#ports.set(port, listener);
    this.#replace(socket, listener);
    if (Array.isArray(early)) for (const stream of early) listener.offer(stream);
    return '';
  }

  /** @returns the new connection's descriptor. */
  accept(fd: number): number | Code {
    const listener = this.#endpoints.get(fd);
    if (!(listener instanceof Listener)) return listener === undefined ? 'EBADF' : 'EINVAL';
    const stream = listener.accept();
    return stream === undefined ? 'EAGAIN' : this.#add(stream);
  }

  /** The ticket's value is '' or a code; `ETIMEDOUT` after `ms` milliseconds (none when negative). */
  connect(fd: number, host: string, port: number, ms: number): Ticket {
    const socket = this.#endpoints.get(fd);
    if (!(socket instanceof FreshSocket)) {
      return this.#waiter.promise(Promise.resolve(socket === undefined ? 'EBADF' : 'EISCONN'));
    }
    socket.connecting();
    const outcome = this.#connect(socket, host, port);
    if (ms <= 0) return this.#waiter.promise(outcome);
    const timeout = this.#waiter.ticket(ms).promise.then(() => 'ETIMEDOUT');
    return this.#waiter.promise(Promise.race([outcome, timeout]));
  }

  async #connect(socket: FreshSocket, host: string, port: number): Promise<Code> {
    try {
      const { channel, localPort } = await this.#port.connect(host, port);
      const stream = new Stream(channel, localPort, port, () => this.#waiter.touch());
      if (socket.references <= 0) stream.close();
      else this.#replace(socket, stream);
      return '';
    } catch (error) {
      const code = codeOf(error);
      socket.failed(code);
      return code;
    }
  }

  recv(fd: number, count: number, peek: boolean): Uint8Array | Code {
    return this.#endpoints.get(fd)?.recv(count, peek) ?? 'EBADF';
  }

  /** Sends what there is room for of `bytes` from `offset` on. */
  send(fd: number, bytes: Uint8Array, offset: number): number | Code {
    return this.#endpoints.get(fd)?.send(bytes.subarray(offset)) ?? 'EBADF';
  }

  shutdown(fd: number, how: number): Code {
    return this.#endpoints.get(fd)?.shutdown(how) ?? 'EBADF';
  }

  takeError(fd: number): Code {
    return this.#endpoints.get(fd)?.takeError() ?? '';
  }

  peerPort(fd: number): number {
    const endpoint = this.#endpoints.get(fd);
    return endpoint instanceof Stream ? endpoint.peerPort : -1;
  }

  localPort(fd: number): number {
    const endpoint = this.#endpoints.get(fd);
    return endpoint instanceof Stream ? endpoint.localPort : 0;
  }

  /** Pairs (descriptor, events) that are ready, flat, of the pairs in `interests`. */
  readiness(interests: readonly number[]): number[] {
    const ready: number[] = [];
    for (let index = 0; index + 1 < interests.length; index += 2) {
      const fd = interests[index] ?? -1;
      const wanted = (interests[index + 1] ?? 0) | ALWAYS;
      const events = this.#readiness(fd) & wanted;
      if (events !== 0) ready.push(fd, events);
    }
    return ready;
  }

  waitFor(fd: number, events: number, ms: number): Ticket {
    return this.waitAny([fd, events], ms);
  }

  /** A ticket that wakes when one of the flat pairs (descriptor, events) is ready. */
  waitAny(interests: readonly number[], ms: number): Ticket {
    const wanted = [...interests];
    const ticket = this.#waiter.ticket(ms);
    const endpoints = new Set<Endpoint>();
    const check = (): void => {
      if (this.readiness(wanted).length === 0) return;
      ticket.wake(true);
    };
    for (let index = 0; index + 1 < wanted.length; index += 2) {
      const endpoint = this.#endpoints.get(wanted[index] ?? -1);
      if (endpoint !== undefined) endpoints.add(endpoint);
    }
    for (const endpoint of endpoints) endpoint.watchers.add(check);
    void ticket.promise.then(() => {
      for (const endpoint of endpoints) endpoint.watchers.delete(check);
    });
    check();
    return ticket;
  }

  #readiness(fd: number): number {
    const endpoint = this.#endpoints.get(fd);
    if (endpoint !== undefined) return endpoint.readiness();
    return fd >= FIRST_DESCRIPTOR ? Poll.NVAL : Poll.IN | Poll.OUT;
  }

  #add(endpoint: Endpoint): number {
    const fd = this.#next++;
    this.#endpoints.set(fd, endpoint);
    return fd;
  }

  #replace(old: FreshSocket, endpoint: Endpoint): void {
    endpoint.references = old.references;
    endpoint.blocking = old.blocking;
    for (const [fd, entry] of this.#endpoints) if (entry === old) this.#endpoints.set(fd, endpoint);
    for (const watcher of old.watchers) endpoint.watchers.add(watcher);
    old.replaced();
  }

  #unlisten(port: number): void {
    const early = this.#ports.get(port);
    if (Array.isArray(early)) for (const stream of early) stream.close();
    this.#ports.delete(port);
    this.#port.unlisten(port);
  }
}

export function codeOf(error: unknown): Code {
  return error instanceof SyscallError ? error.code : 'EIO';
}
