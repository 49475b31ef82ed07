import type { Channel } from '../../net/channel.ts';
import { SyscallError } from '../../kernel/process-port.ts';
import type { Binding, RealmContext } from '../context.ts';
import { channelTransport, streamClassOf, type StreamRequest } from './stream.ts';

/** One end of a connection, as getsockname and getpeername tell it. */
interface Address {
  address: string;
  family: 'IPv4' | 'IPv6';
  port: number;
}

interface Listener {
  accept(peerPort: number, channel: Channel): void;
}

const loopback = '127.0.0.1';
const mappedLoopback = '::ffff:127.0.0.1';
const anyAddresses = new Set(['0.0.0.0', '::', '']);
const ownAddresses = new Set([loopback, '::1', mappedLoopback, ...anyAddresses]);
const ephemeral = { first: 49_152, count: 16_384 };

/** Servers of this process by port. */
export class Listeners {
  static readonly #realms = new WeakMap<RealmContext, Listeners>();
  readonly #byPort = new Map<number, Listener>();

  static of(realm: RealmContext): Listeners {
    let listeners = Listeners.#realms.get(realm);
    if (listeners === undefined) {
      listeners = new Listeners();
      Listeners.#realms.set(realm, listeners);
    }
    return listeners;
  }

  has(port: number): boolean {
    return this.#byPort.has(port);
  }

  add(port: number, listener: Listener): void {
    this.#byPort.set(port, listener);
  }

  remove(port: number): void {
    this.#byPort.delete(port);
  }

  /** A connection from the kernel; reset when nobody listens any more. */
  accept(port: number, peerPort: number, channel: Channel): void {
    const listener = this.#byPort.get(port);
    if (listener === undefined) channel.reset();
    else listener.accept(peerPort, channel);
  }
}

function fill(out: Record<string, unknown>, from: Address | undefined, missing: number): number {
  if (from === undefined) return missing;
  out['address'] = from.address;
  out['family'] = from.family;
  out['port'] = from.port;
  return 0;
}

/** The `tcp_wrap` binding: connections inside the sandbox, by the kernel's router. */
export function createTcpBinding(realm: RealmContext): Binding {
  const listeners = Listeners.of(realm);
  const noAddress = realm.errno('ENOTCONN');

  class TCP extends streamClassOf(realm) implements Listener {
    onconnection: (status: number, client?: TCP) => void = () => undefined;
    #bound: Address | undefined;
    #peer: Address | undefined;
    #listening = false;

    constructor(type: number) {
      super(type === 1 ? 'TCPSERVERWRAP' : 'TCPWRAP');
    }

    open(): number {
      return realm.errno('EINVAL');
    }

    bind(address: string, port: number): number {
      return this.#bind(address, 'IPv4', port);
    }

    bind6(address: string, port: number): number {
      return this.#bind(address, 'IPv6', port);
    }

    listen(): number {
      const bound = this.#bound;
      if (bound === undefined) return realm.errno('EINVAL');
      if (bound.port === 0) bound.port = choosePort(listeners, realm.port.start.pid);
      const { port } = bound;
      if (listeners.has(port)) return realm.errno('EADDRINUSE');
      this.#listening = true;
      listeners.add(port, this);
      this.setActive(true);
      realm.port.listen(port).catch((error: unknown) => this.#refused(error));
      return 0;
    }

    accept(peerPort: number, channel: Channel): void {
      const client = new TCP(0);
      const mapped = this.#bound?.family === 'IPv6' && anyAddresses.has(this.#bound.address);
      const address = mapped ? mappedLoopback : loopback;
      const family = mapped ? 'IPv6' : 'IPv4';
      client.#bound = { address, family, port: this.#bound?.port ?? 0 };
      client.#peer = { address, family, port: peerPort };
      client.attach(channelTransport(channel));
      realm.callback(this.onconnection, this, 0, client);
    }

    connect(request: StreamRequest, address: string, port: number): number {
      return this.#connect(request, address, 'IPv4', port);
    }

    connect6(request: StreamRequest, address: string, port: number): number {
      return this.#connect(request, address, 'IPv6', port);
    }

    getsockname(out: Record<string, unknown>): number {
      return fill(out, this.#bound, realm.errno('EBADF'));
    }

    getpeername(out: Record<string, unknown>): number {
      return fill(out, this.#peer, noAddress);
    }

    setNoDelay(): number {
      return 0;
    }

    setKeepAlive(): number {
      return 0;
    }

    setSimultaneousAccepts(): number {
      return 0;
    }

    reset(callback?: () => void): number {
      this.transport?.reset();
      this.close(callback);
      return 0;
    }

    override onClose(): void {
      if (this.#listening && this.#bound !== undefined) {
        this.#listening = false;
        listeners.remove(this.#bound.port);
        realm.port.unlisten(this.#bound.port);
      }
      super.onClose();
    }

    #bind(address: string, family: Address['family'], port: number): number {
      if (!ownAddresses.has(address)) return realm.errno('EADDRNOTAVAIL');
      this.#bound = { address, family, port };
      return 0;
    }

    /** Somebody else in the sandbox has the port: what Node would have said at once. */
    #refused(error: unknown): void {
      const code = error instanceof SyscallError ? error.code : 'EADDRINUSE';
      const bound = this.#bound;
      this.#listening = false;
      if (bound === undefined) return;
      listeners.remove(bound.port);
      const server: unknown = Reflect.get(this, realm.symbols['owner_symbol'] ?? '');
      const failure = realm.uvError(realm.errno(code), 'listen', `${bound.address}:${bound.port}`);
      failure.message = `listen ${code}: address already in use ${bound.address}:${bound.port}`;
      Object.assign(failure, { address: bound.address, port: bound.port });
      Reflect.deleteProperty(failure, 'path');
      this.close();
      const emit: unknown =
        typeof server === 'object' && server !== null ? Reflect.get(server, 'emit') : undefined;
      if (typeof emit === 'function') {
        realm.callback(() => Reflect.apply(emit, server, ['error', failure]), this);
      }
    }

    #connect(request: StreamRequest, address: string, family: Address['family'], port: number): number {
      const release = realm.hold();
      const finish = (status: number): void => {
        release();
        realm.callback(request.oncomplete, request, status, this, request, true, true);
      };
      if (!ownAddresses.has(address) && !address.startsWith('127.')) {
        realm.complete(() => finish(realm.errno('ENETUNREACH')));
        return 0;
      }
      realm.port.connect(address, port).then(
        ({ channel, localPort }) => {
          if (this.closed) {
            channel.reset();
            release();
            return;
          }
          const own = family === 'IPv6' ? '::1' : loopback;
          this.#bound = { address: own, family, port: localPort };
          this.#peer = { address: anyAddresses.has(address) ? own : address, family, port };
          this.attach(channelTransport(channel));
          finish(0);
        },
        (error: unknown) => finish(realm.errno(error instanceof SyscallError ? error.code : 'ECONNREFUSED')),
      );
      return 0;
    }
  }

  class TCPConnectWrap {}
  return { constants: realm.constantsOf('tcp_wrap')['constants'], TCP, TCPConnectWrap };
}

function choosePort(listeners: Listeners, pid: number): number {
  for (let tries = 0; ; tries++) {
    const port = ephemeral.first + ((pid * 97 + tries + Math.floor(Math.random() * 1000)) % ephemeral.count);
    if (!listeners.has(port)) return port;
  }
}

/** The `cares_wrap` binding: names of the sandbox itself; every other name does not exist in here. */
export function createCaresBinding(realm: RealmContext): Binding {
  const notFound = realm.constantsOf('uv')['UV_EAI_NONAME'] as number;
  const names = new Set(['localhost', 'localhost.localdomain', 'ip6-localhost']);

  class Request {
    oncomplete: (...results: unknown[]) => void = () => undefined;
  }
  class GetAddrInfoReqWrap extends Request {}
  class GetNameInfoReqWrap extends Request {}
  class QueryReqWrap extends Request {}

  class ChannelWrap {
    getServers(): unknown[] {
      return [];
    }
    setServers(): number {
      return 0;
    }
    setLocalAddress(): void {}
    cancel(): void {}
  }
  const kinds = ['Any', 'A', 'Aaaa', 'Caa', 'Cname', 'Mx', 'Ns', 'Txt', 'Srv', 'Ptr', 'Naptr', 'Soa'];
  for (const name of [...kinds.map((kind) => `query${kind}`), 'getHostByAddr']) {
    Reflect.set(ChannelWrap.prototype, name, (request: Request) => {
      realm.complete(() => realm.callback(request.oncomplete, request, 'ECONNREFUSED'));
      return 0;
    });
  }

  return {
    ...realm.constantsOf('cares_wrap'),
    GetAddrInfoReqWrap,
    GetNameInfoReqWrap,
    QueryReqWrap,
    ChannelWrap,
    getaddrinfo(request: Request, hostname: string, family: number): number {
      const known = names.has(hostname.toLowerCase());
      const addresses = family === 6 ? ['::1'] : [loopback];
      realm.complete(() =>
        realm.callback(request.oncomplete, request, known ? null : notFound, known ? addresses : undefined),
      );
      return 0;
    },
    getnameinfo(request: Request, address: string, port: number): number {
      realm.complete(() =>
        ownAddresses.has(address)
          ? realm.callback(request.oncomplete, request, null, 'localhost', String(port))
          : realm.callback(request.oncomplete, request, notFound),
      );
      return 0;
    },
    canonicalizeIP: (address: string) => canonicalAddress(address),
    strerror: (code: number) => `DNS error ${code}`,
  };
}

function canonicalAddress(address: string): string | undefined {
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/.test(address)) return address;
  try {
    return new URL(`http://[${address}]`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
}
