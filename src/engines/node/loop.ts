import { host } from './host.ts';
import { TickInfo, type LoopHooks } from './loop-hooks.ts';
import { Caller } from './throw-site.ts';

/** Thrown through Node's timer and immediate lists to let microtasks run between two callbacks; see `Turn`. */
const yieldTurn = Symbol('yield');

/** Tasks of ours that pass before the browser has told of a rejection. */
const rejectionHops = 3;
type Phase = 'timers' | 'poll' | 'check';
/** Phases to try until each has had its turn, from wherever the last task ended. */
const phases = 5;

const unset = (): never => {
  throw new Error('The event loop was used before the realm was booted');
};

/**
 * The event loop. A browser runs microtasks only when a task ends and offers no way to run them in between, so every
 * callback is a task of its own: a message to itself. Order within an iteration is libuv's: timers, what completed,
 * immediates. Node's lists of timers and immediates are left (by a thrown symbol, which they survive as they survive
 * exceptions) after each callback and entered again in the next task.
 */
export class EventLoop {
  readonly hooks: LoopHooks = {
    tick: unset,
    processTimers: unset,
    processImmediate: unset,
    fatal: unset,
    idle: unset,
    enter: () => undefined,
    leaveMicrotask: () => undefined,
    enterMicrotask: () => undefined,
  };
  readonly tickInfo = new TickInfo(() => this.#onTickScheduled());
  /** kCount, kRefCount, kHasOutstanding. */
  readonly immediateInfo = new Uint32Array(3);
  /** Number of timers that keep the process alive. */
  readonly timeoutInfo = new Int32Array(1);
  /** Milliseconds since the loop began, as of the last callback. */
  now = 0;

  readonly #origin = host.now();
  readonly #caller = new Caller();
  readonly #channel = new host.MessageChannel();
  #woken = false;
  #depth = 0;
  #holds = 0;
  #stopped = false;
  #phase: Phase = 'timers';
  #inList = false;
  /** After an exception, ticks that are left wait for the next callback. */
  #ticksHeld = false;
  #pollLeft = 0;
  readonly #queue: { run: () => void; raw: boolean; self?: object }[] = [];
  #expiry = 0;
  /** Time at which the current pass over the timers began. */
  #timersNow: number | undefined;
  #timerHandle: ReturnType<typeof setTimeout> | undefined;
  #timerRefed = true;
  #idleChecks = 0;
  #checking = false;
  #hops = 0;

  constructor() {
    this.#channel.port1.onmessage = () => {
      this.#woken = false;
      this.#turn();
    };
    this.#updateTime();
  }

  get alive(): boolean {
    return this.#alive();
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  stop(): void {
    this.#stopped = true;
  }

  hold(): () => void {
    this.#holds++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds--;
      this.#wake();
    };
  }

  complete(done: () => void, self?: object): void {
    this.#queue.push({ run: done, raw: false, ...(self && { self }) });
    this.#wake();
  }

  /** Runs a task of the engine itself in a later turn; it calls into the program by `callback`. */
  post(task: () => void): void {
    this.#queue.push({ run: task, raw: true });
    this.#wake();
  }

  /** The time that timers count from: Node asks the clock, and keeps the answer for the rest of the callback. */
  getNow(): number {
    this.#updateTime();
    return this.now;
  }

  scheduleTimer(milliseconds: number): void {
    this.#expiry = this.now + Math.max(1, milliseconds);
    this.#armTimer();
  }

  refTimer(refed: boolean): void {
    this.#timerRefed = refed;
    this.#wake();
  }

  refImmediate(): void {
    this.#wake();
  }

  /** What `runMicrotasks` of the task queue does; see the class comment. */
  runMicrotasks(): void {
    if (this.#inList && this.#depth === 1) throw yieldTurn;
  }

  /** Runs ticks between two calls of one task, as when C++ calls into JavaScript several times. */
  drainTicks(): void {
    if (this.#depth === 1) this.#drainTicks();
  }

  callback(fn: (...args: never[]) => unknown, self: unknown, args: unknown[]): unknown {
    if (this.#stopped) return undefined;
    let microtask: object | undefined;
    if (this.#depth === 0) {
      microtask = this.hooks.leaveMicrotask();
      this.#updateTime();
      this.#drainTicks();
    }
    this.#hops = rejectionHops;
    this.#ticksHeld = false;
    const leave = this.hooks.enter(self);
    if (this.#depth > 0) return this.#nested(fn, self, args, leave);
    let result: unknown;
    this.#guarded(() => {
      result = Reflect.apply(fn, self, args);
    });
    leave?.();
    this.#drainTicks();
    this.#wake();
    if (microtask !== undefined) this.hooks.enterMicrotask(microtask);
    return result;
  }

  #nested(
    fn: (...args: never[]) => unknown,
    self: unknown,
    args: unknown[],
    leave: (() => void) | undefined,
  ): unknown {
    this.#depth++;
    try {
      return Reflect.apply(fn, self, args);
    } finally {
      this.#depth--;
      leave?.();
    }
  }

  /** Runs a task as the outermost; what it throws is fatal unless the program takes it. */
  #guarded(task: () => void): void {
    this.#depth++;
    const thrown = this.#caller.call(task);
    if (thrown !== undefined && thrown.error !== yieldTurn && !this.#stopped) {
      this.#ticksHeld = true;
      this.hooks.fatal(thrown.error, thrown.site);
    }
    this.#depth--;
  }

  /** Asks for the end check after the task that runs now. */
  start(): void {
    this.#wake();
  }

  #onTickScheduled(): void {
    if (this.#depth === 0) this.#wake();
  }

  #drainTicks(): void {
    while (!this.#stopped && !this.#ticksHeld && (this.tickInfo[0] === 1 || this.tickInfo[1] === 1)) {
      this.#guarded(() => this.hooks.tick());
    }
  }

  #updateTime(): void {
    this.now = Math.floor(host.now() - this.#origin);
  }

  #wake(): void {
    if (this.#woken || this.#stopped) return;
    this.#woken = true;
    this.#channel.port2.postMessage(0);
  }

  #armTimer(): void {
    if (this.#timerHandle !== undefined) host.clearTimeout(this.#timerHandle);
    this.#timerHandle = undefined;
    if (this.#expiry === 0) return;
    const delay = this.#expiry - (host.now() - this.#origin);
    this.#timerHandle = host.setTimeout(
      () => {
        this.#timerHandle = undefined;
        this.#turn();
      },
      Math.max(0, Math.ceil(delay)),
    );
  }

  /** One task: what microtasks left to do first, else one callback of the current phase. */
  #turn(): void {
    if (this.#stopped) return;
    this.hooks.leaveMicrotask();
    this.#updateTime();
    if (!this.#ticksHeld && (this.tickInfo[0] === 1 || this.tickInfo[1] === 1)) {
      this.#drainTicks();
      this.#wake();
      return;
    }
    for (let skipped = 0; skipped < phases; skipped++) {
      if (this.#runPhase()) {
        this.#idleChecks = 0;
        this.#wake();
        return;
      }
    }
    if (!this.#alive()) this.#checkIdle();
  }

  /** Runs one callback of the phase; false, and on to the next phase, when it had none. */
  #runPhase(): boolean {
    switch (this.#phase) {
      case 'timers':
        if (this.#expiry !== 0 && this.#expiry <= this.now) {
          if (!this.#settle()) return true;
          this.#runTimers();
          return true;
        }
        this.#phase = 'poll';
        this.#pollLeft = this.#queue.length;
        return false;
      case 'poll': {
        const done = this.#pollLeft > 0 ? this.#queue.shift() : undefined;
        if (done !== undefined) {
          this.#pollLeft--;
          if (done.raw) done.run();
          else this.callback(done.run, done.self, []);
          return true;
        }
        this.#phase = 'check';
        return false;
      }
      case 'check':
        if ((this.immediateInfo[0] ?? 0) > 0 || (this.immediateInfo[2] ?? 0) > 0) {
          if (!this.#settle()) return true;
          if (this.#runList(() => this.hooks.processImmediate())) this.#phase = 'timers';
          return true;
        }
        this.#phase = 'timers';
        return false;
    }
  }

  /** The browser tells of a rejection one task after the callback; Node's lists wait for that. */
  #settle(): boolean {
    if (this.#hops === 0) return true;
    this.#hops--;
    return false;
  }

  #runTimers(): void {
    this.#timersNow ??= this.now;
    const now = this.#timersNow;
    this.#runList(() => {
      const next = this.hooks.processTimers(now);
      // Before the ticks that follow the list: a timer that they set counts.
      this.#timersNow = undefined;
      this.#phase = 'poll';
      this.#pollLeft = this.#queue.length;
      this.#expiry = Math.abs(next);
      this.#timerRefed = next > 0;
      this.#armTimer();
    });
  }

  /** Enters one of Node's lists; false when it was left early and has to be entered again. */
  #runList(run: () => void): boolean {
    let finished = false;
    this.#inList = true;
    this.callback(
      () => {
        try {
          run();
          finished = true;
        } finally {
          this.#inList = false;
        }
      },
      undefined,
      [],
    );
    this.#inList = false;
    return finished;
  }

  #alive(): boolean {
    return (
      this.#holds > 0 ||
      this.#queue.length > 0 ||
      (this.immediateInfo[1] ?? 0) > 0 ||
      (this.#expiry !== 0 && this.#timerRefed) ||
      this.tickInfo[0] === 1
    );
  }

  /** The browser tells of unhandled rejections in a later task, so the end is decided two tasks later. */
  #checkIdle(): void {
    if (this.#checking) return;
    if (this.#idleChecks >= 2) {
      this.#idleChecks = 0;
      this.hooks.idle();
      return;
    }
    this.#idleChecks++;
    this.#checking = true;
    host.setTimeout(() => {
      this.#checking = false;
      this.#turn();
    }, 0);
  }
}
