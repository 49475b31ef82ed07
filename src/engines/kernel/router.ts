/**
 * Ports and connections of a sandbox. A connection is a pair of MessagePorts: bytes flow straight between its two
 * ends and never through the kernel, which only knows who is at either end.
 */

/** Whose end of a connection it is: a process, or somebody outside (0). */
export type Endpoint = number;

interface Connection {
  readonly ends: [Endpoint, Endpoint];
  /** Ends that have said that they are done with it. */
  readonly closed: Set<Endpoint>;
}

export interface RouterEvents {
  onListen(port: number, pid: number): void;
  onUnlisten(port: number, pid: number): void;
  /** Hands a process its end of a new connection. */
  deliver(pid: number, port: number, peerPort: number, connection: number, channel: MessagePort): void;
  deliverPath(pid: number, path: string, connection: number, channel: MessagePort): void;
  /** Tells an endpoint that the other end died. */
  onGone(endpoint: Endpoint, connection: number): void;
}

const FIRST_EPHEMERAL_PORT = 32_768;
const LAST_PORT = 65_535;

export class Router {
  readonly #listeners = new Map<number, number>();
  /** Sockets with a name on the disk. */
  readonly #paths = new Map<string, number>();
  readonly #connections = new Map<number, Connection>();
  readonly #events: RouterEvents;
  readonly #maxConnections: number;
  #nextConnection = 1;
  #nextPort = FIRST_EPHEMERAL_PORT;

  constructor(events: RouterEvents, maxConnections: number) {
    this.#events = events;
    this.#maxConnections = maxConnections;
  }

  /** @returns the port, or a POSIX code when it is taken. */
  listen(pid: number, port: number): number | 'EADDRINUSE' {
    const chosen = port === 0 ? this.#freePort() : port;
    if (this.#listeners.has(chosen)) return 'EADDRINUSE';
    this.#listeners.set(chosen, pid);
    this.#events.onListen(chosen, pid);
    return chosen;
  }

  unlisten(pid: number, port: number): void {
    if (this.#listeners.get(port) !== pid) return;
    this.#listeners.delete(port);
    this.#events.onUnlisten(port, pid);
  }

  /** Listens at a path, which the caller has checked on the disk. */
  listenPath(pid: number, path: string): void {
    this.#paths.set(path, pid);
  }

  unlistenPath(pid: number, path: string): boolean {
    return this.#paths.get(path) === pid && this.#paths.delete(path);
  }

  connectPath(
    from: Endpoint,
    path: string,
  ): { connection: number; channel: MessagePort } | 'ECONNREFUSED' | 'EMFILE' {
    const pid = this.#paths.get(path);
    if (pid === undefined) return 'ECONNREFUSED';
    const made = this.#connection(from, pid);
    if (typeof made === 'string') return made;
    this.#events.deliverPath(pid, path, made.connection, made.port2);
    return { connection: made.connection, channel: made.port1 };
  }

  /** One end of a connection has been sent to another process. */
  handOver(from: Endpoint, id: number, to: Endpoint): void {
    const ends = this.#connections.get(id)?.ends;
    // Of two ends in one process the second is the one that was accepted, and only such ones are sent.
    const at = ends?.lastIndexOf(from) ?? -1;
    if (ends !== undefined && at >= 0) ends[at] = to;
  }

  #connection(
    from: Endpoint,
    to: Endpoint,
  ): { connection: number; port1: MessagePort; port2: MessagePort } | 'EMFILE' {
    if (this.#connections.size >= this.#maxConnections) return 'EMFILE';
    const connection = this.#nextConnection++;
    const { port1, port2 } = new MessageChannel();
    this.#connections.set(connection, { ends: [from, to], closed: new Set() });
    return { connection, port1, port2 };
  }

  /** Opens a connection to a listener. @returns the caller's end, or a POSIX code. */
  connect(
    from: Endpoint,
    port: number,
  ): { connection: number; channel: MessagePort; localPort: number } | 'ECONNREFUSED' | 'EMFILE' {
    const pid = this.#listeners.get(port);
    if (pid === undefined) return 'ECONNREFUSED';
    const made = this.#connection(from, pid);
    if (typeof made === 'string') return made;
    const localPort = this.#freePort();
    this.#events.deliver(pid, port, localPort, made.connection, made.port2);
    return { connection: made.connection, channel: made.port1, localPort };
  }

  /** An endpoint is done with a connection. */
  close(endpoint: Endpoint, id: number): void {
    const connection = this.#connections.get(id);
    if (connection === undefined || !connection.ends.includes(endpoint)) return;
    connection.closed.add(endpoint);
    if (connection.closed.size === new Set(connection.ends).size) this.#connections.delete(id);
  }

  /** A process is gone: its ports are free, the other ends of its connections are told. */
  processGone(pid: number): void {
    for (const [port, owner] of [...this.#listeners]) if (owner === pid) this.unlisten(pid, port);
    for (const [path, owner] of [...this.#paths]) if (owner === pid) this.#paths.delete(path);
    for (const [id, connection] of [...this.#connections]) {
      if (!connection.ends.includes(pid)) continue;
      this.#connections.delete(id);
      for (const end of new Set(connection.ends)) {
        if (end !== pid && !connection.closed.has(end)) this.#events.onGone(end, id);
      }
    }
  }

  #freePort(): number {
    for (let tries = 0; tries <= LAST_PORT - FIRST_EPHEMERAL_PORT; tries++) {
      const port = this.#nextPort;
      this.#nextPort = port === LAST_PORT ? FIRST_EPHEMERAL_PORT : port + 1;
      if (!this.#listeners.has(port)) return port;
    }
    return LAST_PORT;
  }
}
