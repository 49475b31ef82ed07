import type { LogLine, StageName } from '../../domain/run.ts';
import { readAnsi } from '../text/ansi.ts';
import { longestLine, plainLine } from './console-line.ts';
import type { Output } from './output.svelte.ts';

/** Characters of a line that are searched: as many as are shown. */
const searched = longestLine;

/** The output of a run as a person looks at it: by stage and stream, searched. Lines are named by their place in it. */
export class ConsoleView {
  /** Empty for all. */
  stage = $state<StageName | ''>('');
  stream = $state<LogLine['stream'] | ''>('');
  search = $state('');
  /** Only lines that the search found; else all, with what was found marked. */
  onlyFound = $state(false);
  wrap = $state(false);
  /** Stays at the end as lines come. */
  follow = $state(true);
  readonly #source: () => Output | undefined;
  #kept: { output: Output; filter: string; lines: number[]; found: number[]; seen: number } | undefined;
  #at = $state(-1);

  readonly #result = $derived.by(() => this.#sift());

  constructor(source: () => Output | undefined) {
    this.#source = source;
  }

  /** What is searched for, in lower case. */
  get needle(): string {
    return this.search.toLowerCase();
  }
  /** Places in the output of the lines that are shown. */
  get lines(): readonly number[] {
    return this.#result.lines;
  }
  /** Places in `lines` of those that the search found. */
  get found(): readonly number[] {
    return this.#result.found;
  }
  /** Which of `found` was gone to last; -1 for none. */
  get at(): number {
    return Math.min(this.#at, this.found.length - 1);
  }
  get narrowed(): boolean {
    return this.stage !== '' || this.stream !== '' || (this.onlyFound && this.search !== '');
  }

  /** Lines `from` (included) to `to` (excluded) of those that are shown. */
  slice(from: number, to: number): { place: number; line: LogLine }[] {
    const output = this.#source();
    return this.lines.slice(from, to).flatMap((place) => {
      const line = output?.line(place);
      return line === undefined ? [] : [{ place, line }];
    });
  }

  /** All that is shown, as text, without what only a terminal understands. */
  text(): string {
    return this.slice(0, this.lines.length)
      .map(({ line }) => readAnsi(line.text).text.replace(/\r$/, ''))
      .join('\n');
  }

  /** Shows the output of one stage, from its beginning. */
  showStage(stage: StageName): void {
    this.stage = stage;
    this.stream = '';
    this.search = '';
    this.follow = false;
  }

  clear(): void {
    this.stage = '';
    this.stream = '';
    this.onlyFound = false;
    this.search = '';
  }

  /**
   * Goes to the next or the previous line that the search found, and on from the other end.
   * @returns its place in `lines`; undefined when nothing was found
   */
  step(direction: 1 | -1): number | undefined {
    const { found } = this;
    if (found.length === 0) return undefined;
    this.follow = false;
    const from = this.#at === -1 && direction === -1 ? 0 : this.at;
    this.#at = (from + direction + found.length) % found.length;
    return found[this.#at];
  }

  /** Lines only ever come at the end: what was sifted once stays, unless the filter changed. */
  #sift(): { lines: readonly number[]; found: readonly number[] } {
    const output = this.#source();
    if (output === undefined) return { lines: [], found: [] };
    const { needle, onlyFound, stage, stream } = this;
    const filter = JSON.stringify([stage, stream, needle, onlyFound]);
    let kept = this.#kept;
    if (kept?.output !== output || kept.filter !== filter || kept.seen > output.count) {
      kept = { output, filter, lines: [], found: [], seen: 0 };
      this.#kept = kept;
    }
    for (; kept.seen < output.count; kept.seen++) {
      const line = output.line(kept.seen);
      if (line === undefined) break;
      if ((stage !== '' && line.stage !== stage) || (stream !== '' && line.stream !== stream)) continue;
      const hit = needle !== '' && plainLine(line.text).slice(0, searched).toLowerCase().includes(needle);
      if (needle !== '' && onlyFound && !hit) continue;
      if (hit) kept.found.push(kept.lines.length);
      kept.lines.push(kept.seen);
    }
    // New arrays tell those who look that there is more; equal ones that there is not.
    return { lines: kept.lines.slice(), found: kept.found.slice() };
  }
}
