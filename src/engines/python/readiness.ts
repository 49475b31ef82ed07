import type { ProcessPort } from '../kernel/process-port.ts';
import { Descriptors, FIRST_DESCRIPTOR } from './descriptors.ts';
import { type Code, type Endpoint, Poll } from './endpoints.ts';
import { Epoll } from './epoll.ts';
import type { Ticket, Waiter } from './waiter.ts';

/** Interest in errors and hang-ups is implied, as in poll(2). */
const ALWAYS = Poll.ERR | Poll.HUP | Poll.NVAL;

/** Which descriptors are ready, and waiting until some are: what select, poll and epoll ask for. */
export class Readiness extends Descriptors {
  protected readonly waiter: Waiter;

  constructor(port: ProcessPort, waiter: Waiter, stdin: Endpoint) {
    super(port, stdin);
    this.waiter = waiter;
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
      const endpoint = this.endpoints.get(wanted[index] ?? -1);
      if (endpoint !== undefined) endpoints.add(endpoint);
    }
    return this.#watch(endpoints, () => this.readiness(wanted).length > 0, ms);
  }

  #watch(endpoints: Iterable<Endpoint>, isReady: () => boolean, ms: number): Ticket {
    const ticket = this.waiter.ticket(ms);
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
    const endpoint = this.endpoints.get(fd);
    if (endpoint !== undefined) return endpoint.readiness();
    return fd >= FIRST_DESCRIPTOR ? Poll.NVAL : Poll.IN | Poll.OUT | Poll.RDNORM | Poll.WRNORM;
  }

  // epoll

  openEpoll(): number {
    return this.add(new Epoll((fd) => this.endpoints.get(fd)));
  }

  /** @param operation - as of epoll_ctl(2): 1 adds, 2 removes, 3 modifies. */
  epollControl(epoll: number, operation: number, fd: number, events: number): Code {
    const set = this.endpoints.get(epoll);
    if (!(set instanceof Epoll)) return 'EBADF';
    if (fd >= FIRST_DESCRIPTOR && !this.endpoints.has(fd)) return 'EBADF';
    if (fd === epoll) return 'EINVAL';
    return set.control(operation, fd, events);
  }

  /** Pairs (descriptor, events) that are ready, flat, at most `limit`. */
  epollReady(epoll: number, limit: number): number[] {
    const set = this.endpoints.get(epoll);
    return set instanceof Epoll ? set.take(limit) : [];
  }

  epollWait(epoll: number, ms: number): Ticket {
    const set = this.endpoints.get(epoll);
    if (!(set instanceof Epoll)) return this.waiter.ticket(ms);
    return this.#watch([set, ...set.members()], () => set.isReady, ms);
  }
}
