import type { RealmContext } from '../context.ts';
import { copyBytes } from '../encoding.ts';
import type { Transport, TransportEvents } from './stream.ts';

/** A byte source that others feed: standard input, the output of a child. */
export class Feed implements Transport {
  readonly pending = 0;
  #events: TransportEvents | undefined;
  #paused = false;
  readonly #early: (Uint8Array | null)[] = [];
  readonly #takers: { limit: number; done: (bytes: Uint8Array) => void }[] = [];

  /** Takes the next bytes, at most `limit`, as soon as there are some; none at the end. Beside any stream. */
  take(limit: number, done: (bytes: Uint8Array) => void): void {
    this.#takers.push({ limit, done });
    this.#serve();
  }

  open(events: TransportEvents): void {
    this.#events = events;
    this.#flush();
  }

  /** Adds bytes, or the end. */
  push(bytes: Uint8Array | null): void {
    this.#early.push(bytes === null ? null : copyBytes(bytes));
    this.#serve();
    this.#flush();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#flush();
  }

  write(): boolean {
    return false;
  }

  end(): void {}

  close(): void {
    this.#events = undefined;
  }

  reset(): void {
    this.close();
  }

  #serve(): void {
    while (this.#takers.length > 0 && this.#early.length > 0) {
      const taker = this.#takers.shift();
      const [next = null] = this.#early;
      if (next === null) {
        taker?.done(new Uint8Array(0));
        continue;
      }
      const limit = taker?.limit ?? 0;
      if (next.byteLength <= limit) this.#early.shift();
      else this.#early[0] = next.subarray(limit);
      taker?.done(next.subarray(0, limit));
    }
  }

  #flush(): void {
    while (this.#events !== undefined && !this.#paused && this.#early.length > 0) {
      const next = this.#early.shift();
      if (next === null) this.#events.onEnd();
      else if (next !== undefined) this.#events.onData(next);
    }
  }
}

/** Bytes that go somewhere at once: standard output, the input of a child. */
export class Sink implements Transport {
  readonly pending = 0;
  readonly #take: (bytes: Uint8Array | null) => void;
  #ended = false;

  constructor(take: (bytes: Uint8Array | null) => void) {
    this.#take = take;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#ended) return false;
    this.#take(bytes);
    return true;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#take(null);
  }

  close(): void {
    this.end();
  }

  reset(): void {
    this.end();
  }

  open(): void {}

  pause(): void {}

  resume(): void {}
}

/** What a running child's output and end are given to. */
interface ChildEvents {
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  exit(code: number, signal: number): void;
}

/** Standard streams and children of the process of a realm. */
export class Stdio {
  static readonly #realms = new WeakMap<RealmContext, Stdio>();
  readonly stdin = new Feed();
  readonly #children = new Map<number, ChildEvents>();
  /** What came of children that are not known yet: a quick one has ended when the answer to `spawn` is taken up. */
  readonly #early = new Map<number, ((child: ChildEvents) => void)[]>();

  static of(realm: RealmContext): Stdio {
    let stdio = Stdio.#realms.get(realm);
    if (stdio === undefined) {
      stdio = new Stdio();
      Stdio.#realms.set(realm, stdio);
    }
    return stdio;
  }

  /** Gives a child its output and its end, also what has come of them before. */
  addChild(pid: number, events: ChildEvents): void {
    this.#children.set(pid, events);
    const early = this.#early.get(pid) ?? [];
    this.#early.delete(pid);
    for (const give of early) give(events);
  }

  childOutput(pid: number, stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.#give(pid, (child) => child.output(stream, bytes));
  }

  childExit(pid: number, code: number, signal: number): void {
    this.#give(pid, (child) => {
      this.#children.delete(pid);
      child.exit(code, signal);
    });
  }

  #give(pid: number, give: (child: ChildEvents) => void): void {
    const child = this.#children.get(pid);
    if (child !== undefined) give(child);
    else this.#early.set(pid, [...(this.#early.get(pid) ?? []), give]);
  }

  transport(realm: RealmContext, fd: number): Transport | undefined {
    if (fd === 0) return this.stdin;
    if (fd !== 1 && fd !== 2) return undefined;
    const stream = fd === 1 ? 'stdout' : 'stderr';
    return new Sink((bytes) => {
      if (bytes !== null) realm.port.write(stream, bytes);
    });
  }
}
