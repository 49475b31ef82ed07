/** How a Python thread waits for something that JavaScript will do. */

/** One wait. Python blocks on `promise`; it resolves with false when the time ran out first. */
export interface Ticket {
  readonly promise: Promise<unknown>;
  wake(value?: unknown): void;
}

/**
 * A way to wait. This one suspends WebAssembly stacks on promises (JSPI); another could block the worker in
 * `Atomics.wait` where a browser lacks JSPI.
 */
export interface Waiter {
  /** A ticket that wakes by itself after `ms` milliseconds; never when negative. */
  ticket(ms: number): Ticket;
  /** A ticket for a promise of the kernel; rejections must be handled in it. */
  promise(promise: Promise<unknown>): Ticket;
  /** A ticket that wakes after the worker's event loop went round once. */
  turn(): Ticket;
  /** Says that the event loop has just run: called where it delivers something. */
  touch(): void;
  /** True when the event loop has not run for a while, so that messages may be waiting. */
  readonly stale: boolean;
}

/** Python that never lets go of the worker would keep new data away; after this time a wake goes round by the event loop. */
const TURN_MS = 8;
const MAX_TIMER_MS = 2 ** 31 - 1;

/** True when this browser can suspend WebAssembly stacks. */
export function hasStackSwitching(): boolean {
  return 'Suspending' in WebAssembly;
}

export class PromiseWaiter implements Waiter {
  readonly #channel = new MessageChannel();
  readonly #turns: (() => void)[] = [];
  #lastTurn = performance.now();

  constructor() {
    this.#channel.port1.onmessage = () => {
      this.touch();
      for (const resolve of this.#turns.splice(0)) resolve();
    };
  }

  touch(): void {
    this.#lastTurn = performance.now();
  }

  get stale(): boolean {
    return performance.now() - this.#lastTurn > TURN_MS;
  }

  ticket(ms: number): Ticket {
    let settle: (value: unknown) => void = () => undefined;
    const promise = new Promise((resolve) => (settle = resolve));
    const expire = (): void => {
      this.touch();
      settle(false);
    };
    const timer = ms < 0 ? undefined : setTimeout(expire, Math.min(Math.ceil(ms), MAX_TIMER_MS));
    const finish = (value: unknown): void => {
      if (timer !== undefined) clearTimeout(timer);
      settle(value);
    };
    return {
      promise,
      wake: (value = true) => {
        if (this.stale) this.#nextTurn(() => finish(value));
        else finish(value);
      },
    };
  }

  promise(promise: Promise<unknown>): Ticket {
    return { promise, wake: () => undefined };
  }

  turn(): Ticket {
    return this.promise(new Promise<void>((resolve) => this.#nextTurn(resolve)));
  }

  #nextTurn(resolve: () => void): void {
    this.#turns.push(resolve);
    if (this.#turns.length === 1) this.#channel.port2.postMessage(null);
  }
}
