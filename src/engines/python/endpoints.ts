/** What Python's descriptors of sockets and pipes stand for, with the readiness that poll(2) reports. */

export const Poll = {
  IN: 0x1,
  PRI: 0x2,
  OUT: 0x4,
  ERR: 0x8,
  HUP: 0x10,
  NVAL: 0x20,
  RDNORM: 0x40,
  WRNORM: 0x100,
  RDHUP: 0x2000,
} as const;

export const READABLE = Poll.IN | Poll.RDNORM;
export const WRITABLE = Poll.OUT | Poll.WRNORM;

export type Code = string;

/** Host and port of an internet socket, or the path of a local one (an abstract name begins with NUL). */
export type Address = readonly [host: string, port: number] | string;

/** Numbers as `socket.socket` takes them. */
export interface SocketKind {
  readonly family: number;
  readonly type: number;
  readonly proto: number;
}

/** Something with a descriptor. Operations answer with a POSIX code where they fail or would block (`EAGAIN`). */
export abstract class Endpoint {
  /** Called whenever readiness may have changed. */
  watchers = new Set<() => void>();
  /** Descriptors that refer to it. */
  references = 1;
  blocking = true;
  /** Counts changes, for those who wait for edges. */
  revision = 0;
  kind: SocketKind | undefined;
  local: Address | undefined;
  peer: Address | undefined;
  /** Options that were set, by `level:name`. */
  options = new Map<string, number>();

  abstract readiness(): number;
  recv(_count: number, _peek: boolean): Uint8Array | Code {
    return 'ENOTCONN';
  }
  send(_bytes: Uint8Array): number | Code {
    return 'EPIPE';
  }
  shutdown(_how: number): Code {
    return 'ENOTCONN';
  }
  takeError(): Code {
    return '';
  }
  abstract close(): void;

  option(level: number, name: number): number {
    return this.options.get(`${level}:${name}`) ?? 0;
  }

  /** Takes over what belongs to the descriptor when the endpoint behind it changes. */
  inherit(old: Endpoint): void {
    this.references = old.references;
    this.blocking = old.blocking;
    this.kind = old.kind;
    this.options = old.options;
    this.watchers = old.watchers;
    this.revision = old.revision;
  }

  protected changed(): void {
    this.revision++;
    for (const watcher of [...this.watchers]) watcher();
  }
}

/** A stream socket that is neither connected nor listening. */
export class FreshSocket extends Endpoint {
  #error: Code = '';
  #connecting = false;

  readiness(): number {
    if (this.#connecting) return 0;
    return this.#error === '' ? WRITABLE | Poll.HUP : READABLE | WRITABLE | Poll.ERR | Poll.HUP | Poll.RDHUP;
  }

  get isConnecting(): boolean {
    return this.#connecting;
  }

  connecting(): void {
    this.#connecting = true;
    this.#error = '';
  }

  failed(code: Code): void {
    this.#connecting = false;
    this.#error = code;
    this.changed();
  }

  /** Says to watchers that another endpoint has taken this one's place. */
  replaced(): void {
    this.changed();
  }

  override recv(_count: number, _peek: boolean): Uint8Array | Code {
    if (this.#connecting) return 'EAGAIN';
    return this.takeError() || (this.kind?.family === 1 ? 'EINVAL' : 'ENOTCONN');
  }

  override send(_bytes: Uint8Array): number | Code {
    if (this.#connecting) return 'EAGAIN';
    return this.takeError() || (this.kind?.family === 1 ? 'ENOTCONN' : 'EPIPE');
  }

  override takeError(): Code {
    const error = this.#error;
    this.#error = '';
    return error;
  }

  close(): void {
    this.changed();
  }
}

/** A listening socket with its queue of connections that nobody has accepted yet. */
export class Listener extends Endpoint {
  readonly #waiting: Endpoint[] = [];
  #shut = false;

  offer(connection: Endpoint): void {
    if (this.#shut) return connection.close();
    this.#waiting.push(connection);
    this.changed();
  }

  accept(): Endpoint | Code {
    if (this.#shut) return 'EINVAL';
    return this.#waiting.shift() ?? 'EAGAIN';
  }

  readiness(): number {
    if (this.#shut) return READABLE | Poll.HUP | Poll.RDHUP;
    return this.#waiting.length > 0 ? READABLE : 0;
  }

  override shutdown(how: number): Code {
    if (how !== 1) this.#end();
    return '';
  }

  close(): void {
    this.#end();
  }

  #end(): void {
    this.#shut = true;
    for (const connection of this.#waiting.splice(0)) connection.close();
    this.changed();
  }
}
