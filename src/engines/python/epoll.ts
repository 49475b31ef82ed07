import { type Code, Endpoint, Poll, READABLE } from './endpoints.ts';

const EDGE = 2 ** 31;
const ONE_SHOT = 2 ** 30;
const ALWAYS = Poll.ERR | Poll.HUP;

interface Interest {
  /** A descriptor that is no socket and no pipe. */
  readonly isFile: boolean;
  readonly edge: boolean;
  readonly oneShot: boolean;
  events: number;
  /** Of edges: the revision of the endpoint that was reported last. */
  reported: number;
}

/** What an epoll descriptor stands for: descriptors and the events of them that are of interest. */
export class Epoll extends Endpoint {
  readonly #interests = new Map<number, Interest>();
  readonly #find: (fd: number) => Endpoint | undefined;

  constructor(find: (fd: number) => Endpoint | undefined) {
    super();
    this.#find = find;
  }

  /** As epoll_ctl(2). */
  control(operation: number, fd: number, mask: number): Code {
    const isMember = this.#interests.has(fd);
    if (operation === 2) return this.#interests.delete(fd) ? '' : 'ENOENT';
    if (operation === 1 && isMember) return 'EEXIST';
    if (operation === 3 && !isMember) return 'ENOENT';
    this.#interests.set(fd, {
      isFile: this.#find(fd) === undefined,
      events: mask & 0xffff,
      edge: mask >= EDGE,
      oneShot: (mask & ONE_SHOT) !== 0,
      reported: -1,
    });
    this.changed();
    return '';
  }

  members(): Endpoint[] {
    return [...this.#interests.keys()].flatMap((fd) => this.#find(fd) ?? []);
  }

  get isReady(): boolean {
    for (const [fd, interest] of this.#interests) if (this.#events(fd, interest) !== 0) return true;
    return false;
  }

  /** The ready descriptors and their events; edges and single shots are used up. */
  take(limit: number): number[] {
    const ready: number[] = [];
    for (const [fd, interest] of [...this.#interests]) {
      if (ready.length >= 2 * limit) break;
      const events = this.#events(fd, interest);
      if (events === 0) continue;
      ready.push(fd, events);
      interest.reported = this.#find(fd)?.revision ?? 0;
      if (interest.oneShot) interest.events = 0;
      // The next one shall not wait for ever behind this one.
      if (limit < this.#interests.size) this.#rotate(fd, interest);
    }
    return ready;
  }

  #rotate(fd: number, interest: Interest): void {
    this.#interests.delete(fd);
    this.#interests.set(fd, interest);
  }

  #events(fd: number, interest: Interest): number {
    if (interest.isFile) return interest.events & (Poll.IN | Poll.OUT);
    const endpoint = this.#find(fd);
    if (endpoint === undefined) {
      // A descriptor that was closed has left the set.
      this.#interests.delete(fd);
      return 0;
    }
    if (interest.events === 0 || (interest.edge && interest.reported === endpoint.revision)) return 0;
    return endpoint.readiness() & (interest.events | ALWAYS);
  }

  readiness(): number {
    return this.isReady ? READABLE : 0;
  }

  close(): void {
    this.#interests.clear();
    this.changed();
  }
}
