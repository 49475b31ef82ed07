import { type Address, type Code, type Endpoint, FreshSocket, Listener } from './endpoints.ts';

/** The TCP ports and local paths that this process has bound, and who is reached there. */

const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_REUSEPORT = 15;
const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;

export interface PortClaims {
  /** Claims a port for this process (0: any). @returns the port or a code. */
  claim(port: number): number | Code;
  release(port: number): void;
  claimPath(path: string): Code;
  releasePath(path: string): void;
}

interface Port {
  /** Bound sockets: fresh ones and listeners. */
  readonly sockets: Set<Endpoint>;
  /** Connections that came before anybody listened, a program's next step. */
  readonly early: Endpoint[];
}

export class Ports {
  readonly #claims: PortClaims;
  readonly #ports = new Map<number, Port>();
  readonly #paths = new Map<string, Endpoint>();

  constructor(claims: PortClaims) {
    this.#claims = claims;
  }

  bind(socket: Endpoint, host: string, port: number): Code {
    if (!(socket instanceof FreshSocket) || socket.local !== undefined) return 'EINVAL';
    const held = this.#ports.get(port);
    if (held === undefined || port === 0) {
      const claimed = this.#claims.claim(port);
      if (typeof claimed === 'string') return claimed;
      this.#ports.set(claimed, { sockets: new Set([socket]), early: [] });
      socket.local = [host, claimed];
      return '';
    }
    socket.local = [host, port];
    if ([...held.sockets].some((other) => this.#conflict(socket, other))) {
      socket.local = undefined;
      return 'EADDRINUSE';
    }
    held.sockets.add(socket);
    return '';
  }

  /** @param path - absolute, or an abstract name. @param shown - as the program named it. */
  bindPath(socket: Endpoint, path: string, shown: string): Code {
    if (!(socket instanceof FreshSocket) || socket.local !== undefined) return 'EINVAL';
    if (path.startsWith('\0')) {
      if (this.#paths.has(path)) return 'EADDRINUSE';
    } else {
      const code = this.#claims.claimPath(path);
      if (code !== '') return code;
    }
    socket.local = shown;
    this.#paths.set(path, socket);
    return '';
  }

  /** A bound socket becomes a listener. @returns '' or a code. */
  listen(socket: FreshSocket, listener: Listener): Code {
    const { local } = socket;
    listener.local = local;
    for (const [path, holder] of this.#paths) if (holder === socket) this.#paths.set(path, listener);
    if (typeof local !== 'object') return '';
    const port = this.#ports.get(local[1]);
    if (port === undefined) return 'EINVAL';
    for (const other of port.sockets) {
      if (other === socket || !(other instanceof Listener) || !overlap(socket, other)) continue;
      if (!both(socket, other, SO_REUSEPORT)) return 'EADDRINUSE';
    }
    port.sockets.delete(socket);
    port.sockets.add(listener);
    for (const connection of port.early.splice(0)) listener.offer(connection);
    return '';
  }

  /** Takes a socket that is closed off its port; the last one frees it. */
  release(socket: Endpoint): void {
    for (const [path, holder] of this.#paths) {
      if (holder !== socket) continue;
      this.#paths.delete(path);
      if (!path.startsWith('\0')) this.#claims.releasePath(path);
    }
    if (typeof socket.local !== 'object') return;
    const number = socket.local[1];
    const port = this.#ports.get(number);
    if (port === undefined || !port.sockets.delete(socket) || port.sockets.size > 0) return;
    this.#ports.delete(number);
    for (const connection of port.early.splice(0)) connection.close();
    this.#claims.release(number);
  }

  /** Whether a port is this process's own: nobody else answers there. */
  owns(port: number): boolean {
    return this.#ports.has(port);
  }

  ownsPath(path: string): boolean {
    return this.#paths.has(path);
  }

  /** The listener that a connection to an address reaches. */
  find(to: Address): Listener | undefined {
    if (typeof to === 'string') {
      const holder = this.#paths.get(to);
      return holder instanceof Listener ? holder : undefined;
    }
    const [host, number] = to;
    let best: Listener | undefined;
    for (const socket of this.#ports.get(number)?.sockets ?? []) {
      if (!(socket instanceof Listener) || typeof socket.local !== 'object') continue;
      if (socket.local[0] === host) return socket;
      if (covers(socket, host)) best = socket;
    }
    return best;
  }

  /** Hands on a connection from elsewhere, whose address there is not known: most listen on IPv4. */
  deliver(number: number, connection: Endpoint): boolean {
    const listener = this.find(['127.0.0.1', number]) ?? this.find(['::1', number]);
    if (listener !== undefined) listener.offer(connection);
    else {
      const port = this.#ports.get(number);
      if (port === undefined) return false;
      port.early.push(connection);
    }
    return true;
  }

  #conflict(socket: Endpoint, other: Endpoint): boolean {
    if (!overlap(socket, other) || both(socket, other, SO_REUSEPORT)) return false;
    return !both(socket, other, SO_REUSEADDR) || other instanceof Listener;
  }
}

function both(first: Endpoint, second: Endpoint, option: number): boolean {
  return first.option(SOL_SOCKET, option) !== 0 && second.option(SOL_SOCKET, option) !== 0;
}

function hostOf(socket: Endpoint): string {
  return typeof socket.local === 'object' ? socket.local[0] : '';
}

/** Whether a socket bound to any address takes what is sent to `host`. */
function covers(socket: Endpoint, host: string): boolean {
  const own = hostOf(socket);
  const isV6 = host.includes(':');
  if (own === '0.0.0.0') return !isV6;
  return own === '::' && (isV6 || socket.option(IPPROTO_IPV6, IPV6_V6ONLY) === 0);
}

function overlap(first: Endpoint, second: Endpoint): boolean {
  const [one, two] = [hostOf(first), hostOf(second)];
  return one === two || covers(first, two) || covers(second, one);
}
