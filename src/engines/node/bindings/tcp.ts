import type { Channel } from '../../net/channel.ts';
import { SyscallError } from '../../kernel/process-port.ts';
import type { Binding, RealmContext } from '../context.ts';
import { requestClassOf } from './async-wrap.ts';
import { anyAddresses, loopback, ownAddresses, reportOutside } from './addresses.ts';
import { channelTransport, streamClassOf, type StreamRequest } from './stream.ts';
import { Tcp, type Address, type MovableHandle } from './tcp-move.ts';

interface Listener {
  accept(peerPort: number, channel: Channel): void;
}

const mappedLoopback = '::ffff:127.0.0.1';

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

  class TCP extends streamClassOf(realm) implements Listener, MovableHandle {
    channel: Channel | undefined;
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
      if (this.#listening) return 0;
      try {
        bound.port = realm.port.callSync({ call: 'listen', port: bound.port }).value as number;
      } catch (error) {
        return realm.errno(error instanceof SyscallError ? error.code : 'EADDRINUSE');
      }
      this.#listening = true;
      listeners.add(bound.port, this);
      this.setActive(true);
      return 0;
    }

    accept(peerPort: number, channel: Channel): void {
      const client = new TCP(0);
      const mapped = this.#bound?.family === 'IPv6' && anyAddresses.has(this.#bound.address);
      const address = mapped ? mappedLoopback : loopback;
      const family = mapped ? 'IPv6' : 'IPv4';
      client.#bound = { address, family, port: this.#bound?.port ?? 0 };
      client.#peer = { address, family, port: peerPort };
      client.#take(channel);
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

    get bound(): Address | undefined {
      return this.#bound;
    }

    get remote(): Address | undefined {
      return this.#peer;
    }

    static adopt(channel: Channel, bound: Address | undefined, peer: Address | undefined): TCP {
      const client = new TCP(0);
      client.#bound = bound;
      client.#peer = peer;
      client.#take(channel);
      return client;
    }

    #take(channel: Channel): void {
      this.channel = channel;
      this.attach(channelTransport(channel));
    }

    #bind(address: string, family: Address['family'], port: number): number {
      if (!ownAddresses.has(address)) return realm.errno('EADDRNOTAVAIL');
      this.#bound = { address, family, port };
      return 0;
    }

    #connect(request: StreamRequest, address: string, family: Address['family'], port: number): number {
      request.begin();
      const release = realm.hold();
      const finish = (status: number): void => {
        release();
        realm.callback(request.oncomplete, request, status, this, request, true, true);
      };
      if (!ownAddresses.has(address) && !address.startsWith('127.')) {
        reportOutside(realm, address);
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
          this.#take(channel);
          finish(0);
        },
        (error: unknown) => finish(realm.errno(error instanceof SyscallError ? error.code : 'ECONNREFUSED')),
      );
      return 0;
    }
  }

  Tcp.of(realm).connectTo(
    (channel, bound, peer) => TCP.adopt(channel, bound, peer),
    (handle): handle is TCP => handle instanceof TCP,
  );

  class TCPConnectWrap extends requestClassOf(realm) {
    constructor() {
      super('TCPCONNECTWRAP');
    }
  }
  return { constants: realm.constantsOf('tcp_wrap')['constants'], TCP, TCPConnectWrap };
}
