import type { Channel } from '../../net/channel.ts';
import type { RealmContext } from '../context.ts';

/** One end of a connection, as getsockname and getpeername tell it. */
export interface Address {
  address: string;
  family: 'IPv4' | 'IPv6';
  port: number;
}

/** A connection on its way from one process to another. */
export interface MovedConnection {
  connection: number;
  port: MessagePort;
  early: unknown[];
  bound: Address | undefined;
  peer: Address | undefined;
}

/** What the TCP handles of a realm offer for connections that are sent to other processes. */
export interface MovableHandle {
  readonly bound: Address | undefined;
  readonly remote: Address | undefined;
  /** The connection, if nothing of it was read yet. */
  readonly channel: Channel | undefined;
}

type Adopt = (channel: Channel, bound: Address | undefined, peer: Address | undefined) => object;

/** Sends and receives connections: what `process.send(message, socket)` and clusters need. */
export class Tcp {
  static readonly #realms = new WeakMap<RealmContext, Tcp>();
  readonly #realm: RealmContext;
  #adopt: Adopt | undefined;
  #isMovable: ((handle: unknown) => handle is MovableHandle) | undefined;

  private constructor(realm: RealmContext) {
    this.#realm = realm;
  }

  static of(realm: RealmContext): Tcp {
    let tcp = Tcp.#realms.get(realm);
    if (tcp === undefined) {
      tcp = new Tcp(realm);
      Tcp.#realms.set(realm, tcp);
    }
    return tcp;
  }

  /** Called by the binding when it makes its class. */
  connectTo(adopt: Adopt, isMovable: (handle: unknown) => handle is MovableHandle): void {
    this.#adopt = adopt;
    this.#isMovable = isMovable;
  }

  canSend(handle: unknown): boolean {
    return this.#isMovable?.(handle) === true && handle.channel !== undefined;
  }

  send(handle: unknown, pid: number): MovedConnection | undefined {
    if (this.#isMovable?.(handle) !== true || handle.channel === undefined) return undefined;
    const { bound, remote } = handle;
    return { ...this.#realm.port.handOver(handle.channel, pid), bound, peer: remote };
  }

  receive({ connection, port, early, bound, peer }: MovedConnection): object {
    this.#realm.binding('tcp_wrap');
    if (this.#adopt === undefined) throw new Error('The tcp_wrap binding takes no connections');
    return this.#adopt(this.#realm.port.takeOver(connection, port, early), bound, peer);
  }
}
