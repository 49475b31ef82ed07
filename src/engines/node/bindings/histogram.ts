import type { RealmContext } from '../context.ts';
import { host } from '../host.ts';

/** Largest value that a histogram takes unless told otherwise: 2 ** 63 - 1, as near as a number gets. */
const unlimited = 2 ** 63;

/** How many values a histogram tells apart within a power of two, so that `figures` decimal digits are kept. */
function resolutionOf(figures: number): number {
  return 2 ** Math.ceil(Math.log2(2 * 10 ** figures));
}

/**
 * Counts of values with a bounded relative error: above `resolution`, values share a class with their neighbours, whose
 * width doubles with every power of two. That is the layout of HdrHistogram, whose figures programs see.
 */
export class Counts {
  readonly #counts = new Map<number, number>();
  readonly #half: number;
  readonly #lowest: number;
  readonly #highest: number;
  #previous: number | undefined;
  total = 0;
  exceeds = 0;

  constructor(lowest = 1, highest = unlimited, figures = 3) {
    this.#half = resolutionOf(figures) / 2;
    this.#lowest = 2 ** Math.floor(Math.log2(Math.max(1, lowest)));
    this.#highest = highest;
  }

  record(value: number, times = 1): void {
    if (value < 0 || value > this.#highest) {
      this.exceeds += times;
      return;
    }
    const start = this.#start(value);
    this.#counts.set(start, (this.#counts.get(start) ?? 0) + times);
    this.total += times;
  }

  /** Records the nanoseconds since the last call; the first one only begins. @returns the nanoseconds. */
  recordDelta(): number {
    const now = Math.round(host.now() * 1e6);
    const delta = this.#previous === undefined ? 0 : now - this.#previous;
    if (this.#previous !== undefined && delta > 0) this.record(delta);
    this.#previous = now;
    return delta;
  }

  add(other: Counts): void {
    for (const [value, times] of other.#counts) this.record(value, times);
    this.exceeds += other.exceeds;
  }

  reset(): void {
    this.#counts.clear();
    this.total = 0;
    this.exceeds = 0;
    this.#previous = undefined;
  }

  get min(): number {
    return this.total === 0 ? 2 ** 63 : Math.min(...this.#counts.keys());
  }

  get max(): number {
    return this.total === 0 ? 0 : this.#end(Math.max(...this.#counts.keys()));
  }

  get mean(): number {
    if (this.total === 0) return Number.NaN;
    let sum = 0;
    for (const [value, times] of this.#counts) sum += this.#middle(value) * times;
    return sum / this.total;
  }

  get deviation(): number {
    if (this.total === 0) return Number.NaN;
    const { mean } = this;
    let sum = 0;
    for (const [value, times] of this.#counts) sum += (this.#middle(value) - mean) ** 2 * times;
    return Math.sqrt(sum / this.total);
  }

  /** The value that the given share of all values, in percent, does not exceed. */
  percentile(percent: number): number {
    const wanted = Math.max(1, Math.floor((Math.min(percent, 100) / 100) * this.total + 0.5));
    let seen = 0;
    for (const [value, times] of this.#sorted()) {
      seen += times;
      if (seen >= wanted) return this.#end(value);
    }
    return 0;
  }

  /** Percentiles whose distance to 100 halves from one to the next, and the least values of their classes. */
  *percentiles(): Generator<[percent: number, value: number]> {
    let percent = 0;
    let seen = 0;
    let last = 0;
    for (const [value, times] of this.#sorted()) {
      seen += times;
      last = value;
      while (percent <= (100 * seen) / this.total) {
        yield [percent, last];
        percent += 100 / 2 ** (Math.floor(Math.log2(100 / (100 - percent))) + 1);
        if (seen >= this.total) break;
      }
    }
    yield [100, last];
  }

  #sorted(): [number, number][] {
    return [...this.#counts].sort(([a], [b]) => a - b);
  }

  #width(value: number): number {
    const doublings = Math.floor(Math.log2(Math.max(1, value / this.#lowest / this.#half)));
    return this.#lowest * 2 ** doublings;
  }

  #start(value: number): number {
    const width = this.#width(value);
    return Math.floor(value / width) * width;
  }

  #end(value: number): number {
    return this.#start(value) + this.#width(value) - 1;
  }

  #middle(value: number): number {
    return this.#start(value) + Math.floor(this.#width(value) / 2);
  }
}

/** What Node's library calls a histogram's handle; the classes of the `performance` binding. */
export function createHistogramClasses(realm: RealmContext): {
  Histogram: new (lowest?: number | bigint, highest?: number | bigint, figures?: number) => object;
  createELDHistogram: (milliseconds: number) => object;
} {
  class Histogram {
    readonly counts: Counts;

    constructor(lowest?: number | bigint, highest?: number | bigint, figures?: number) {
      this.counts = new Counts(Number(lowest ?? 1), Number(highest ?? unlimited), figures);
      Object.defineProperty(this, 'counts', { enumerable: false });
    }

    count = (): number => this.counts.total;
    countBigInt = (): bigint => BigInt(this.counts.total);
    exceeds = (): number => this.counts.exceeds;
    exceedsBigInt = (): bigint => BigInt(this.counts.exceeds);
    min = (): number => this.counts.min;
    minBigInt = (): bigint => BigInt(this.counts.min);
    max = (): number => this.counts.max;
    maxBigInt = (): bigint => BigInt(this.counts.max);
    mean = (): number => this.counts.mean;
    stddev = (): number => this.counts.deviation;
    percentile = (percent: number): number => this.counts.percentile(percent);
    percentileBigInt = (percent: number): bigint => BigInt(this.counts.percentile(percent));
    reset = (): void => this.counts.reset();
    record = (value: number | bigint): void => this.counts.record(Number(value));
    recordDelta = (): number => this.counts.recordDelta();
    add = (other: Histogram): void => this.counts.add(other.counts);

    percentiles(map: Map<number, number>): void {
      for (const [percent, value] of this.counts.percentiles()) map.set(percent, value);
    }

    percentilesBigInt(map: Map<number, bigint>): void {
      for (const [percent, value] of this.counts.percentiles()) map.set(percent, BigInt(value));
    }
  }

  /** Measures how late a timer of the event loop comes; it does not keep the process alive. */
  class DelayHistogram extends Histogram {
    readonly #milliseconds: number;
    #timer: ReturnType<typeof setTimeout> | undefined;

    constructor(milliseconds: number) {
      super();
      this.#milliseconds = milliseconds;
    }

    start(reset?: boolean): void {
      if (reset === true) this.counts.reset();
      this.counts.recordDelta();
      const again = (): void => {
        this.#timer = host.setTimeout(() => {
          if (realm.loop.stopped) return;
          this.counts.recordDelta();
          again();
        }, this.#milliseconds);
      };
      again();
    }

    stop(): void {
      if (this.#timer !== undefined) host.clearTimeout(this.#timer);
      this.#timer = undefined;
    }
  }

  return { Histogram, createELDHistogram: (milliseconds: number) => new DelayHistogram(milliseconds) };
}
