import type { Channel } from '../net/channel.ts';
import { Datagram, DatagramTable } from './datagrams.ts';
import { called, codeOf, shown } from './descriptors.ts';
import { type Address, type Code, type Endpoint, FreshSocket, Listener } from './endpoints.ts';
import { LocalEnd, type LocalKind } from './local-end.ts';
import { Readiness } from './readiness.ts';
import { Stream } from './stream.ts';

const AF_UNIX = 1;
const AF_INET6 = 10;
const SOCK_DGRAM = 2;
const FIRST_LOCAL_PORT = 45_000;
const LOCAL_PORTS = 10_000;

/**
 * Sockets and pipes of a Python process by descriptor. Python calls these methods; what fails or would block
 * answers with a POSIX code as a string, what must be waited for with a ticket.
 */
export class Sockets extends Readiness {
  readonly #datagrams = new DatagramTable();
  /** Non-blocking connects that were made at once and not asked about since. */
  readonly #unasked = new WeakSet<Endpoint>();
  #nextLocalPort = 0;

  /** Somebody of another process, or outside, connected to a port of this one. */
  accepted(port: number, peerPort: number, channel: Channel): void {
    this.waiter.touch();
    if (!this.ports.owns(port)) return channel.reset();
    const stream = this.#stream(channel);
    stream.local = ['127.0.0.1', port];
    stream.peer = ['127.0.0.1', peerPort];
    this.ports.deliver(port, stream);
  }

  acceptedPath(path: string, channel: Channel): void {
    this.waiter.touch();
    const listener = this.ports.find(path);
    if (listener === undefined) return channel.reset();
    const stream = this.#stream(channel);
    stream.peer = '';
    listener.offer(stream);
  }

  #stream(channel: Channel): Stream {
    return new Stream(channel, () => this.waiter.touch());
  }

  openSocket(family: number, type: number, proto: number): number {
    const socket = type === SOCK_DGRAM ? new Datagram(this.#datagrams) : new FreshSocket();
    socket.kind = { family, type, proto };
    return this.add(socket);
  }

  pipe(): [number, number] {
    const [first, second] = LocalEnd.pair('pipe');
    return [this.add(first), this.add(second)];
  }

  pair(family: number, type: number, proto: number): [number, number] {
    const ends = type === SOCK_DGRAM ? this.#datagrams.pair() : LocalEnd.pair('unix');
    for (const end of ends) {
      end.kind = { family, type, proto };
      end.local = end.peer = '';
    }
    return [this.add(ends[0]), this.add(ends[1])];
  }

  /** Binds to a host (an address) and port; 0 asks for any. */
  bind(fd: number, host: string, port: number): Code {
    const socket = this.endpoints.get(fd);
    if (socket === undefined) return 'EBADF';
    if (socket instanceof Datagram) return this.#datagrams.bind(socket, [host, port]);
    return this.ports.bind(socket, host, port);
  }

  /** @param path - absolute, or an abstract name. @param shown - as the program named it. */
  bindPath(fd: number, path: string, named: string): Code {
    const socket = this.endpoints.get(fd);
    if (socket === undefined) return 'EBADF';
    if (!(socket instanceof Datagram)) return this.ports.bindPath(socket, path, named);
    if (!path.startsWith('\0')) {
      const claimed = called(() => (this.port.callSync({ call: 'listenPath', path }), ''));
      if (claimed !== '') return claimed;
    }
    return this.#datagrams.bind(socket, path, named);
  }

  listen(fd: number, _backlog: number): Code {
    const socket = this.endpoints.get(fd);
    if (socket === undefined) return 'EBADF';
    if (socket instanceof Listener) return '';
    if (socket instanceof Datagram) return 'EOPNOTSUPP';
    if (!(socket instanceof FreshSocket) || socket.isConnecting) return 'EINVAL';
    if (socket.local === undefined) {
      if (socket.kind?.family === AF_UNIX) return 'EINVAL';
      const code = this.ports.bind(socket, socket.kind?.family === AF_INET6 ? '::' : '0.0.0.0', 0);
      if (code !== '') return code;
    }
    const listener = new Listener();
    listener.inherit(socket);
    const code = this.ports.listen(socket, listener);
    if (code === '') this.replace(socket, listener);
    return code;
  }

  /** @returns the new connection's descriptor. */
  accept(fd: number): number | Code {
    const listener = this.endpoints.get(fd);
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
    return this.add(connection);
  }

  /**
   * Begins to connect to an address of this machine. `EINPROGRESS`: wait for it to be writable, then ask for its error;
   * a non-blocking socket answers so where TCP does.
   */
  connect(fd: number, host: string, port: number, wait: boolean): Code {
    const socket = this.endpoints.get(fd);
    if (socket === undefined) return 'EBADF';
    if (socket instanceof Datagram) {
      return this.#datagrams.connect(socket, [host, port]);
    }
    const early = this.#connectable(socket);
    if (early !== undefined) return early;
    if (!(socket instanceof FreshSocket)) return 'EISCONN';
    if (this.ports.owns(port)) {
      const listener = this.ports.find([host, port]);
      if (listener !== undefined) this.#connectHere(socket, listener, 'tcp', [host, port]);
      if (wait) return listener === undefined ? 'ECONNREFUSED' : '';
      if (listener === undefined) socket.failed('ECONNREFUSED');
      else this.#unasked.add(this.endpoints.get(fd) ?? socket);
      return 'EINPROGRESS';
    }
    socket.connecting();
    void this.#connectElsewhere(socket, [host, port], () => this.port.connect(host, port));
    return 'EINPROGRESS';
  }

  connectPath(fd: number, path: string, named: string): Code {
    const socket = this.endpoints.get(fd);
    if (socket === undefined) return 'EBADF';
    if (socket instanceof Datagram) {
      if (this.#datagrams.find(path) === undefined) return 'ECONNREFUSED';
      socket.peer = path;
      return '';
    }
    const early = this.#connectable(socket);
    if (early !== undefined) return early;
    if (!(socket instanceof FreshSocket)) return 'EISCONN';
    if (this.ports.ownsPath(path) || path.startsWith('\0')) {
      const listener = this.ports.find(path);
      if (listener === undefined) return 'ECONNREFUSED';
      this.#connectHere(socket, listener, 'unix', named);
      return '';
    }
    socket.connecting();
    void this.#connectElsewhere(socket, named, async () => ({
      channel: await this.port.connectPath(path),
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
    this.replace(socket, client);
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
    this.ports.release(socket);
    listener.offer(server);
  }

  #localPort(): number {
    for (let tries = 0; tries < LOCAL_PORTS; tries++) {
      const port = FIRST_LOCAL_PORT + (this.#nextLocalPort++ % LOCAL_PORTS);
      if (!this.ports.owns(port)) return port;
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
      this.replace(socket, stream);
      this.ports.release(socket);
    } catch (error) {
      socket.failed(codeOf(error));
    }
  }

  recv(fd: number, count: number, peek: boolean): Uint8Array | Code {
    return this.endpoints.get(fd)?.recv(count, peek) ?? 'EBADF';
  }

  /** Where the last received datagram came from, and whether it was cut: [address, truncated]. */
  arrival(fd: number): [(string | number)[] | string | undefined, boolean] {
    const endpoint = this.endpoints.get(fd);
    if (!(endpoint instanceof Datagram)) return [undefined, false];
    return [shown(endpoint.arrival.from), endpoint.arrival.truncated];
  }

  /** Sends what there is room for of `bytes` from `offset` on. */
  send(fd: number, bytes: Uint8Array, offset: number): number | Code {
    return this.endpoints.get(fd)?.send(bytes.subarray(offset)) ?? 'EBADF';
  }

  sendTo(fd: number, bytes: Uint8Array, to: string, port: number): number | Code {
    const socket = this.endpoints.get(fd);
    if (!(socket instanceof Datagram)) return socket === undefined ? 'EBADF' : 'EISCONN';
    return socket.sendTo(bytes, port < 0 ? to : [to, port]);
  }

  shutdown(fd: number, how: number): Code {
    return this.endpoints.get(fd)?.shutdown(how) ?? 'EBADF';
  }

  takeError(fd: number): Code {
    return this.endpoints.get(fd)?.takeError() ?? '';
  }

  /** How a connect that was waited for has ended. */
  connected(fd: number): Code {
    const endpoint = this.endpoints.get(fd);
    if (endpoint !== undefined) this.#unasked.delete(endpoint);
    return endpoint?.takeError() ?? 'EBADF';
  }
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
