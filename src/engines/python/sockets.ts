import type { ProcessPort } from '../kernel/process-port.ts';
import { SyscallError } from '../kernel/process-port.ts';
import type { Channel } from '../net/channel.ts';
import { Datagram, DatagramTable } from './datagrams.ts';
import { type Address, type Code, type Endpoint, FreshSocket, Listener, Poll } from './endpoints.ts';
import { Epoll } from './epoll.ts';
import { LocalEnd, type LocalKind } from './local-end.ts';
import { Ports } from './ports.ts';
import { Stream } from './stream.ts';
import type { Ticket, Waiter } from './waiter.ts';

/** Descriptors of sockets and pipes start above those of files; `_sandbox_os.py` has the same number. */
const FIRST_DESCRIPTOR = 5_000;
const STDIN = 0;
/** Interest in errors and hang-ups is implied, as in poll(2). */
const ALWAYS = Poll.ERR | Poll.HUP | Poll.NVAL;
const AF_UNIX = 1;
const AF_INET6 = 10;
const SOCK_DGRAM = 2;
const FIRST_LOCAL_PORT = 45_000;
const LOCAL_PORTS = 10_000;

/**
 * Sockets and pipes of a Python process by descriptor. Python calls these methods; what fails or would block
 * answers with a POSIX code as a string, what must be waited for with a ticket.
 */
export class Sockets {
  readonly #port: ProcessPort;
  readonly #waiter: Waiter;
  readonly #endpoints = new Map<number, Endpoint>();
  readonly #ports: Ports;
  readonly #datagrams = new DatagramTable();
  /** Non-blocking connects that were made at once and not asked about since. */
  readonly #unasked = new WeakSet<Endpoint>();
  #next = FIRST_DESCRIPTOR;
  #nextLocalPort = 0;

  constructor(port: ProcessPort, waiter: Waiter, stdin: Endpoint) {
    this.#port = port;
    this.#waiter = waiter;
    this.#endpoints.set(STDIN, stdin);
    this.#ports = new Ports({
      claim: (number) => this.#call(() => Number(port.callSync({ call: 'listen', port: number }).value)),
      release: (number) => port.unlisten(number),
      claimPath: (path) => this.#call(() => (port.callSync({ call: 'listenPath', path }), '')),
      releasePath: (path) => port.unlistenPath(path, true),
    });
  }

  #call<T>(call: () => T): T | Code {
    try {
      return call();
    } catch (error) {
      return codeOf(error);
    }
  }

  /** Somebody of another process, or outside, connected to a port of this one. */
  accepted(port: number, peerPort: number, channel: Channel): void {
    this.#waiter.touch();
    if (!this.#ports.owns(port)) return channel.reset();
    const stream = this.#stream(channel);
    stream.local = ['127.0.0.1', port];
    stream.peer = ['127.0.0.1', peerPort];
    this.#ports.deliver(port, stream);
  }

  acceptedPath(path: string, channel: Channel): void {
    this.#waiter.touch();
    const listener = this.#ports.find(path);
    if (listener === undefined) return channel.reset();
    const stream = this.#stream(channel);
    stream.peer = '';
    listener.offer(stream);
  }

  #stream(channel: Channel): Stream {
    return new Stream(channel, () => this.#waiter.touch());
  }

  endpoint(fd: number): Endpoint | undefined {
    return this.#endpoints.get(fd);
  }

  openSocket(family: number, type: number, proto: number): number {
    const socket = type === SOCK_DGRAM ? new Datagram(this.#datagrams) : new FreshSocket();
    socket.kind = { family, type, proto };
    return this.#add(socket);
  }

  isOpen(fd: number): boolean {
    return this.#endpoints.has(fd);
  }

  /** Family, type and protocol of a socket; nothing of a pipe, null of what is not open. */
  describe(fd: number): number[] | null {
    const endpoint = this.#endpoints.get(fd);
    if (endpoint === undefined) return null;
    return endpoint.kind === undefined ? [] : [endpoint.kind.family, endpoint.kind.type, endpoint.kind.proto];
  }

  localAddress(fd: number): (string | number)[] | string | undefined {
    return shown(this.#endpoints.get(fd)?.local);
  }

  peerAddress(fd: number): (string | number)[] | string | undefined {
    const endpoint = this.#endpoints.get(fd);
    return endpoint instanceof FreshSocket ? undefined : shown(endpoint?.peer);
  }

  pipe(): [number, number] {
    const [first, second] = LocalEnd.pair('pipe');
    return [this.#add(first), this.#add(second)];
  }

  pair(family: number, type: number, proto: number): [number, number] {
    const ends = type === SOCK_DGRAM ? this.#datagrams.pair() : LocalEnd.pair('unix');
    for (const end of ends) {
      end.kind = { family, type, proto };
      end.local = end.peer = '';
    }
    return [this.#add(ends[0]), this.#add(ends[1])];
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
    this.#ports.release(endpoint);
    endpoint.close();
  }

  /** Binds to a host (an address) and port; 0 asks for any. */
  bind(fd: number, host: string, port: number): Code {
    const socket = this.#endpoints.get(fd);
    if (socket === undefined) return 'EBADF';
    if (socket instanceof Datagram) return this.#datagrams.bind(socket, [host, port]);
    return this.#ports.bind(socket, host, port);
  }

  /** @param path - absolute, or an abstract name. @param shown - as the program named it. */
  bindPath(fd: number, path: string, named: string): Code {
    const socket = this.#endpoints.get(fd);
    if (socket === undefined) return 'EBADF';
    if (!(socket instanceof Datagram)) return this.#ports.bindPath(socket, path, named);
    if (!path.startsWith('\0')) {
      const claimed = this.#call(() => (this.#port.callSync({ call: 'listenPath', path }), ''));
      if (claimed !== '') return claimed;
    }
    return this.#datagrams.bind(socket, path, named);
  }

  listen(fd: number, _backlog: number): Code {
    const socket = this.#endpoints.get(fd);
    if (socket === undefined) return 'EBADF';
    if (socket instanceof Listener) return '';
    if (socket instanceof Datagram) return 'EOPNOTSUPP';
    if (!(socket instanceof FreshSocket) || socket.isConnecting) return 'EINVAL';
    if (socket.local === undefined) {
      if (socket.kind?.family === AF_UNIX) return 'EINVAL';
      const code = this.#ports.bind(socket, socket.kind?.family === AF_INET6 ? '::' : '0.0.0.0', 0);
      if (code !== '') return code;
    }
    const listener = new Listener();
    listener.inherit(socket);
    const code = this.#ports.listen(socket, listener);
    if (code === '') this.#replace(socket, listener);
    return code;
  }

  /** @returns the new connection's descriptor. */
  accept(fd: number): number | Code {
    const listener = this.#endpoints.get(fd);
    if (listener === undefined) return 'EBADF';
    if (listener instanceof Datagram) return 'EOPNOTSUPP';
    if (!(listener instanceof Listener)) return 'EINVAL';
    const connection = listener.accept();
    if (typeof connection === 'string') return connection;
    connection.kind ??= listener.kind;
    // A connection from elsewhere was given IPv4 addresses before it was known who takes it.
    if (connection instanceof Stream && connection.kind?.family === AF_INET6) {
      const only = typeof listener.local === 'object' && listener.local[0] === '::1';
      connection.local = mapped(connection.local, only);
      connection.peer = mapped(connection.peer, only);
    }
    return this.#add(connection);
  }

  /**
   * Begins to connect to an address of this machine. `EINPROGRESS`: wait for it to be writable, then ask for its error;
   * a non-blocking socket answers so where TCP does.
   */
  connect(fd: number, host: string, port: number, wait: boolean): Code {
    const socket = this.#endpoints.get(fd);
    if (socket === undefined) return 'EBADF';
    if (socket instanceof Datagram) {
      return this.#datagrams.connect(socket, [host, port]);
    }
    const early = this.#connectable(socket);
    if (early !== undefined) return early;
    if (!(socket instanceof FreshSocket)) return 'EISCONN';
    if (this.#ports.owns(port)) {
      const listener = this.#ports.find([host, port]);
      if (listener !== undefined) this.#connectHere(socket, listener, 'tcp', [host, port]);
      if (wait) return listener === undefined ? 'ECONNREFUSED' : '';
      if (listener === undefined) socket.failed('ECONNREFUSED');
      else this.#unasked.add(this.#endpoints.get(fd) ?? socket);
      return 'EINPROGRESS';
    }
    socket.connecting();
    void this.#connectElsewhere(socket, [host, port], () => this.#port.connect(host, port));
    return 'EINPROGRESS';
  }

  connectPath(fd: number, path: string, named: string): Code {
    const socket = this.#endpoints.get(fd);
    if (socket === undefined) return 'EBADF';
    if (socket instanceof Datagram) {
      if (this.#datagrams.find(path) === undefined) return 'ECONNREFUSED';
      socket.peer = path;
      return '';
    }
    const early = this.#connectable(socket);
    if (early !== undefined) return early;
    if (!(socket instanceof FreshSocket)) return 'EISCONN';
    if (this.#ports.ownsPath(path) || path.startsWith('\0')) {
      const listener = this.#ports.find(path);
      if (listener === undefined) return 'ECONNREFUSED';
      this.#connectHere(socket, listener, 'unix', named);
      return '';
    }
    socket.connecting();
    void this.#connectElsewhere(socket, named, async () => ({
      channel: await this.#port.connectPath(path),
      localPort: 0,
    }));
    return 'EINPROGRESS';
  }

  /** The answer to a connect that needs no attempt. */
  #connectable(socket: Endpoint): Code | undefined {
    if (socket instanceof Listener) return 'EISCONN';
    if (socket instanceof FreshSocket) {
      if (socket.isConnecting) return 'EALREADY';
      return socket.takeError() || undefined;
    }
    return this.#unasked.delete(socket) ? '' : 'EISCONN';
  }

  #connectHere(socket: FreshSocket, listener: Listener, flavour: LocalKind, to: Address): void {
    const [client, server] = LocalEnd.pair(flavour);
    this.#replace(socket, client);
    client.peer = to;
    server.local = to;
    if (typeof to === 'string') {
      client.local = socket.local ?? '';
      server.peer = client.local;
    } else {
      client.local = socket.local ?? [ownAddress(to[0]), this.#localPort()];
      client.peer = [ownAddress(to[0]), to[1]];
      const isMapped = listener.kind?.family === AF_INET6 && !to[0].includes(':');
      server.local = isMapped ? mapped(client.peer, false) : client.peer;
      server.peer = isMapped ? mapped(client.local, false) : client.local;
    }
    server.kind = listener.kind;
    this.#ports.release(socket);
    listener.offer(server);
  }

  #localPort(): number {
    for (let tries = 0; tries < LOCAL_PORTS; tries++) {
      const port = FIRST_LOCAL_PORT + (this.#nextLocalPort++ % LOCAL_PORTS);
      if (!this.#ports.owns(port)) return port;
    }
    return FIRST_LOCAL_PORT;
  }

  async #connectElsewhere(
    socket: FreshSocket,
    to: Address,
    connect: () => Promise<{ channel: Channel; localPort: number }>,
  ): Promise<void> {
    try {
      const { channel, localPort } = await connect();
      const stream = this.#stream(channel);
      if (socket.references <= 0) return stream.close();
      stream.peer = to;
      stream.local = socket.local ?? (typeof to === 'string' ? '' : [ownAddress(to[0]), localPort]);
      this.#unasked.add(stream);
      this.#replace(socket, stream);
      this.#ports.release(socket);
    } catch (error) {
      socket.failed(codeOf(error));
    }
  }

  recv(fd: number, count: number, peek: boolean): Uint8Array | Code {
    return this.#endpoints.get(fd)?.recv(count, peek) ?? 'EBADF';
  }

  /** Where the last received datagram came from, and whether it was cut: [address, truncated]. */
  arrival(fd: number): [(string | number)[] | string | undefined, boolean] {
    const endpoint = this.#endpoints.get(fd);
    if (!(endpoint instanceof Datagram)) return [undefined, false];
    return [shown(endpoint.arrival.from), endpoint.arrival.truncated];
  }

  /** Sends what there is room for of `bytes` from `offset` on. */
  send(fd: number, bytes: Uint8Array, offset: number): number | Code {
    return this.#endpoints.get(fd)?.send(bytes.subarray(offset)) ?? 'EBADF';
  }

  sendTo(fd: number, bytes: Uint8Array, to: string, port: number): number | Code {
    const socket = this.#endpoints.get(fd);
    if (!(socket instanceof Datagram)) return socket === undefined ? 'EBADF' : 'EISCONN';
    return socket.sendTo(bytes, port < 0 ? to : [to, port]);
  }

  shutdown(fd: number, how: number): Code {
    return this.#endpoints.get(fd)?.shutdown(how) ?? 'EBADF';
  }

  takeError(fd: number): Code {
    return this.#endpoints.get(fd)?.takeError() ?? '';
  }

  /** How a connect that was waited for has ended. */
  connected(fd: number): Code {
    const endpoint = this.#endpoints.get(fd);
    if (endpoint !== undefined) this.#unasked.delete(endpoint);
    return endpoint?.takeError() ?? 'EBADF';
  }

  option(fd: number, level: number, name: number): number {
    return this.#endpoints.get(fd)?.option(level, name) ?? 0;
  }

  /** An option that was set, or nothing. */
  storedOption(fd: number, level: number, name: number): number | undefined {
    return this.#endpoints.get(fd)?.options.get(`${level}:${name}`);
  }

  setOption(fd: number, level: number, name: number, value: number): void {
    this.#endpoints.get(fd)?.options.set(`${level}:${name}`, value);
  }

  isListening(fd: number): boolean {
    return this.#endpoints.get(fd) instanceof Listener;
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
    const endpoints = new Set<Endpoint>();
    for (let index = 0; index + 1 < wanted.length; index += 2) {
      const endpoint = this.#endpoints.get(wanted[index] ?? -1);
      if (endpoint !== undefined) endpoints.add(endpoint);
    }
    return this.#watch(endpoints, () => this.readiness(wanted).length > 0, ms);
  }

  #watch(endpoints: Iterable<Endpoint>, isReady: () => boolean, ms: number): Ticket {
    const ticket = this.#waiter.ticket(ms);
    const watched = [...endpoints];
    const check = (): void => {
      if (isReady()) ticket.wake(true);
    };
    for (const endpoint of watched) endpoint.watchers.add(check);
    void ticket.promise.then(() => {
      for (const endpoint of watched) endpoint.watchers.delete(check);
    });
    check();
    return ticket;
  }

  #readiness(fd: number): number {
    const endpoint = this.#endpoints.get(fd);
    if (endpoint !== undefined) return endpoint.readiness();
    return fd >= FIRST_DESCRIPTOR ? Poll.NVAL : Poll.IN | Poll.OUT | Poll.RDNORM | Poll.WRNORM;
  }

  // epoll

  openEpoll(): number {
    return this.#add(new Epoll((fd) => this.#endpoints.get(fd)));
  }

  /** @param operation - as of epoll_ctl(2): 1 adds, 2 removes, 3 modifies. */
  epollControl(epoll: number, operation: number, fd: number, events: number): Code {
    const set = this.#endpoints.get(epoll);
    if (!(set instanceof Epoll)) return 'EBADF';
    if (fd >= FIRST_DESCRIPTOR && !this.#endpoints.has(fd)) return 'EBADF';
    if (fd === epoll) return 'EINVAL';
    return set.control(operation, fd, events);
  }

  /** Pairs (descriptor, events) that are ready, flat, at most `limit`. */
  epollReady(epoll: number, limit: number): number[] {
    const set = this.#endpoints.get(epoll);
    return set instanceof Epoll ? set.take(limit) : [];
  }

  epollWait(epoll: number, ms: number): Ticket {
    const set = this.#endpoints.get(epoll);
    if (!(set instanceof Epoll)) return this.#waiter.ticket(ms);
    return this.#watch([set, ...set.members()], () => set.isReady, ms);
  }

  #add(endpoint: Endpoint): number {
    const fd = this.#next++;
    this.#endpoints.set(fd, endpoint);
    return fd;
  }

  #replace(old: FreshSocket, endpoint: Endpoint): void {
    endpoint.inherit(old);
    for (const [fd, entry] of this.#endpoints) if (entry === old) this.#endpoints.set(fd, endpoint);
    old.replaced();
  }
}

function shown(address: Address | undefined): (string | number)[] | string | undefined {
  return typeof address === 'object' ? [...address] : address;
}

/** The address under which a socket that reaches any address of this machine is seen. */
function ownAddress(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

/** An IPv4 address as sockets of IPv6 see it. */
function mapped(address: Address | undefined, only: boolean): Address | undefined {
  if (typeof address !== 'object' || address[0].includes(':')) return address;
  return [only ? '::1' : `::ffff:${address[0]}`, address[1]];
}

export function codeOf(error: unknown): Code {
  return error instanceof SyscallError ? error.code : 'EIO';
}
