import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { AssertionResult, Exchange } from '../../domain/verdict.ts';
import {
  codesOf,
  count,
  endpointsOf,
  group,
  type AssertionGroup,
  type Grouping,
  type StatusFilter,
} from './assertion-groups.ts';

/** What is looked at: the results of a run so far. */
export interface Judged {
  readonly assertions: readonly AssertionResult[];
  readonly exchanges: readonly (Exchange | undefined)[];
}

/** A group as it is shown. */
export interface DrawnGroup extends AssertionGroup {
  readonly open: boolean;
  /** Those of `shown` that are in the page by now; none of a folded group. */
  readonly drawn: readonly AssertionResult[];
}

/** Rows that come into the page at once: few enough to leave a frame, so that it never stands still. */
const batch = 60;

/** So many that did not pass are all shown at once; more would bury the groups. */
const few = 40;

/** Assertions of a run as a person looks at them: filtered, searched, grouped, opened. Survives a change of the run. */
export class AssertionList {
  #status = $state<StatusFilter>('all');
  #search = $state('');
  #endpoint = $state('');
  #code = $state('');
  #by = $state<Grouping>('endpoint');
  #drawn = $state(batch);
  /** The assertion that a person asked for last; `serial` tells two requests for the same one apart. */
  #wanted = $state.raw<{ readonly id: string; readonly serial: number } | undefined>();
  readonly #open = new SvelteSet<string>();
  readonly #folded = new SvelteMap<string, boolean>();
  readonly #source: () => Judged;
  readonly #counts = $derived.by(() => count(this.#source().assertions));
  readonly #groups = $derived.by(() => {
    const { assertions, exchanges } = this.#source();
    const filter = { status: this.#status, search: this.#search, endpoint: this.#endpoint, code: this.#code };
    return group(assertions, exchanges, this.#by, filter);
  });
  readonly #endpoints = $derived.by(() => endpointsOf(this.#source().assertions));
  readonly #codes = $derived.by(() => codesOf(this.#source().assertions, this.#source().exchanges));
  readonly #isShort = $derived.by(() => this.#counts.failed + this.#counts['not-reached'] <= few);
  readonly #firstFlawed = $derived.by(() => this.#groups.find(({ passed, total }) => passed < total)?.name);
  readonly #drawnGroups = $derived.by(() => this.#draw());

  constructor(source: () => Judged) {
    this.#source = source;
  }

  get status(): StatusFilter {
    return this.#status;
  }
  set status(status: StatusFilter) {
    this.#status = status;
    this.#drawn = batch;
  }
  get search(): string {
    return this.#search;
  }
  set search(search: string) {
    this.#search = search;
    this.#drawn = batch;
  }
  /** Only assertions of this endpoint; empty for all. */
  get endpoint(): string {
    return this.#endpoint;
  }
  set endpoint(endpoint: string) {
    this.#endpoint = endpoint;
    this.#drawn = batch;
  }
  /** Only assertions about answers of this status; `none` without an answer, empty for all. */
  get code(): string {
    return this.#code;
  }
  set code(code: string) {
    this.#code = code;
    this.#drawn = batch;
  }
  get by(): Grouping {
    return this.#by;
  }
  set by(by: Grouping) {
    this.#by = by;
    this.#drawn = batch;
  }

  get counts(): Readonly<Record<StatusFilter, number>> {
    return this.#counts;
  }
  /** Endpoints of the suite, in its order. */
  get endpoints(): readonly string[] {
    return this.#endpoints;
  }
  /** Statuses of answers, in order; `none` last. */
  get codes(): readonly string[] {
    return this.#codes;
  }
  /** True when a filter or a search is in force. */
  get narrowed(): boolean {
    return this.#status !== 'all' || this.#search.trim() !== '' || this.#endpoint !== '' || this.#code !== '';
  }
  /** How many the filter lets through. */
  get found(): number {
    return this.#groups.reduce((sum, { shown }) => sum + shown.length, 0);
  }
  /** Groups with at least one assertion that is shown, in the order of the suite. */
  get groups(): readonly DrawnGroup[] {
    return this.#drawnGroups;
  }
  /** True when rows of open groups are still to come into the page; see `drawMore`. */
  get drawing(): boolean {
    return this.#drawnGroups.some(({ open, drawn, shown }) => open && drawn.length < shown.length);
  }
  get wanted(): { readonly id: string; readonly serial: number } | undefined {
    return this.#wanted;
  }

  /** To be called once a frame while `drawing`. */
  drawMore(): void {
    this.#drawn += batch;
  }

  clear(): void {
    this.#status = 'all';
    this.#search = '';
    this.#endpoint = '';
    this.#code = '';
    this.#drawn = batch;
  }

  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  toggle(id: string): void {
    if (!this.#open.delete(id)) this.#open.add(id);
  }

  fold(name: string, open: boolean): void {
    this.#folded.set(name, open);
  }

  /** Opens or closes all groups. */
  foldAll(open: boolean): void {
    for (const { name } of this.#groups) this.#folded.set(name, open);
  }

  /** Opens an assertion and asks for it to be brought into view; drops filters that hide it. False when there is none. */
  show(id: string): boolean {
    if (!this.#source().assertions.some((assertion) => assertion.id === id)) return false;
    if (!this.#groups.some(({ shown }) => shown.some((assertion) => assertion.id === id))) this.clear();
    this.#open.add(id);
    this.#want(id);
    return true;
  }

  /**
   * Goes to the next or the previous one that did not pass, from the one asked for last, and on from the other end. Those
   * that failed come before those that were not reached: only when none failed are these gone through.
   */
  step(direction: 1 | -1): void {
    const rows = this.#groups.flatMap(({ shown }) => shown);
    const kind = rows.some(({ status }) => status === 'failed') ? 'failed' : 'not-reached';
    const from = rows.findIndex(({ id }) => id === this.#wanted?.id);
    const start = from === -1 && direction === -1 ? 0 : from;
    for (let turn = 1; turn <= rows.length; turn++) {
      const at = (start + direction * turn + rows.length * 2) % rows.length;
      const row = rows[at];
      if (row?.status === kind) return this.#want(row.id);
    }
  }

  /** Its group is opened, and all rows up to it come into the page. */
  #want(id: string): void {
    const home = this.#groups.find(({ shown }) => shown.some((assertion) => assertion.id === id));
    if (home !== undefined) this.#folded.set(home.name, true);
    let before = 0;
    for (const { name, shown, passed, total } of this.#groups) {
      if (this.#isUnfolded({ name, passed, total })) before += shown.length;
      if (name === home?.name) break;
    }
    this.#drawn = Math.max(this.#drawn, before);
    this.#wanted = { id, serial: (this.#wanted?.serial ?? 0) + 1 };
  }

  /**
   * Until a person decides, groups are open in which something did not pass, of many such only the first one; and all while a
   * filter is in force.
   */
  #isUnfolded({ name, passed, total }: Pick<AssertionGroup, 'name' | 'passed' | 'total'>): boolean {
    const chosen = this.#folded.get(name);
    if (chosen !== undefined || this.narrowed) return chosen ?? true;
    return passed < total && (this.#isShort || name === this.#firstFlawed);
  }

  #draw(): DrawnGroup[] {
    let left = this.#drawn;
    return this.#groups.map((one) => {
      const open = this.#isUnfolded(one);
      const drawn = open ? one.shown.slice(0, Math.max(0, left)) : [];
      left -= drawn.length;
      return { ...one, open, drawn };
    });
  }
}
