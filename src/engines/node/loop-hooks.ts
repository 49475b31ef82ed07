import type { ThrowSite } from './throw-site.ts';

/** What the event loop calls: Node's library and the process around it. */
export interface LoopHooks {
  /** `processTicksAndRejections`. */
  tick: () => void;
  processTimers: (now: number) => number;
  processImmediate: () => void;
  /** Called with what a callback threw, and where. */
  fatal: (error: unknown, site: ThrowSite | undefined) => void;
  /** Nothing keeps the process alive. */
  idle: () => void;
  /** Called when a callback with an async context starts; returns what ends the context. */
  enter: (self: unknown) => (() => void) | undefined;
  /** Leaves the async context of the last microtask, and returns it. */
  leaveMicrotask: () => object | undefined;
  enterMicrotask: (context: object | undefined) => void;
}

/** `tickInfo` of the task queue: Node writes a 1 where C++ looks, so writing has to be noticed here. */
export class TickInfo {
  #scheduled = 0;
  #onSchedule: () => void;
  /** Rejections to report. */
  1 = 0;

  constructor(onSchedule: () => void) {
    this.#onSchedule = onSchedule;
  }

  get 0(): number {
    return this.#scheduled;
  }

  set 0(value: number) {
    this.#scheduled = value;
    if (value === 1) this.#onSchedule();
  }
}
