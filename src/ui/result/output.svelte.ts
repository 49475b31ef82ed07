import type { LogLine } from '../../domain/run.ts';

/** Lines kept for the console; beyond that they are counted. */
const maxLines = 100_000;

/** Output of a run, one line per entry. Grows in place; `count` tells the page when to look again. */
export class Output {
  #lines: LogLine[] = [];
  #pending = 0;
  #count = $state(0);
  #dropped = $state(0);

  /** Lines the page may show. */
  get count(): number {
    return this.#count;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** Takes in output; it shows after the next `flush`. */
  add(entry: LogLine): void {
    for (const text of entry.text.replace(/\n$/, '').split('\n')) {
      if (this.#lines.length < maxLines) this.#lines.push({ ...entry, text });
      else this.#pending++;
    }
  }

  flush(): void {
    this.#count = this.#lines.length;
    this.#dropped = this.#pending;
  }

  /** The line at a place, of those the page may show. */
  line(place: number): LogLine | undefined {
    return place < this.#count ? this.#lines[place] : undefined;
  }

  /** Lines `from` (included) to `to` (excluded). */
  slice(from: number, to: number): readonly LogLine[] {
    return this.#lines.slice(from, Math.min(to, this.#count));
  }
}
