import { SvelteSet } from 'svelte/reactivity';
import type { Framework, Level } from '../../domain/task.ts';
import { fits, type Outcome, type RunQuery, type RunSummary } from '../../store/index.ts';

export type SortKey = 'createdAt' | 'task' | 'level' | 'source' | 'outcome' | 'strict' | 'ms';
type Source = RunSummary['source']['kind'];

/** Rows that are drawn at first, and with every press on "more". */
export const pageRows = 100;

/** A% of a run; runs without a score come after all others. */
const scoreOf = ({ verdict }: RunSummary): number => (verdict?.kind === 'scored' ? verdict.score.strict : -1);

const compare: Readonly<Record<SortKey, (one: RunSummary, other: RunSummary) => number>> = {
  createdAt: (one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt),
  task: (one, other) => one.task.id.localeCompare(other.task.id),
  level: (one, other) => one.level - other.level,
  source: (one, other) => one.source.label.localeCompare(other.source.label),
  outcome: (one, other) => one.outcome.localeCompare(other.outcome),
  strict: (one, other) => scoreOf(one) - scoreOf(other),
  ms: (one, other) => (one.ms ?? -1) - (other.ms ?? -1),
};

/** What of the history is shown: filters, order, selection. */
export class HistoryList {
  readonly #runs: () => readonly RunSummary[];
  text = $state('');
  framework = $state<Framework | ''>('');
  /** As text, for a select element. */
  level = $state<`${Level}` | ''>('');
  outcome = $state<Outcome | ''>('');
  source = $state<Source | ''>('');
  #sort = $state<SortKey>('createdAt');
  #descending = $state(true);
  #rows = $state(pageRows);
  readonly #selected = new SvelteSet<string>();

  readonly #found = $derived.by(() => this.#arrange());

  /** @param runs - all runs, newest first */
  constructor(runs: () => readonly RunSummary[]) {
    this.#runs = runs;
  }

  /** How many runs there are. */
  get all(): number {
    return this.#runs().length;
  }
  /** All runs that the filters let through, in order. */
  get found(): readonly RunSummary[] {
    return this.#found;
  }
  /** Those that are drawn. */
  get shown(): readonly RunSummary[] {
    return this.#found.slice(0, this.#rows);
  }
  /** How many the next press on "more" brings. */
  get more(): number {
    return Math.min(pageRows, this.#found.length - this.shown.length);
  }
  get sort(): SortKey {
    return this.#sort;
  }
  get descending(): boolean {
    return this.#descending;
  }
  /** True when a filter or a search is in force. */
  get narrowed(): boolean {
    return [this.text.trim(), this.framework, this.level, this.outcome, this.source].some(
      (value) => value !== '',
    );
  }
  /** Those that something can be done to: a run under way has no record yet. */
  get selectable(): readonly RunSummary[] {
    return this.#found.filter(({ outcome }) => outcome !== 'running');
  }
  /** The selected runs that are found now, in their order: what is filtered out is never acted on. */
  get selection(): readonly RunSummary[] {
    return this.selectable.filter(({ id }) => this.#selected.has(id));
  }

  showMore(): void {
    this.#rows += pageRows;
  }

  clear(): void {
    this.text = '';
    this.framework = '';
    this.level = '';
    this.outcome = '';
    this.source = '';
  }

  /** Sorts by a column; by the same once more, the other way round. */
  sortBy(key: SortKey): void {
    this.#descending = key === this.#sort ? !this.#descending : key === 'createdAt' || key === 'strict';
    this.#sort = key;
  }

  isSelected(id: string): boolean {
    return this.#selected.has(id);
  }

  select(id: string, selected: boolean): void {
    if (selected) this.#selected.add(id);
    else this.#selected.delete(id);
  }

  selectAll(selected: boolean): void {
    this.#selected.clear();
    if (selected) for (const { id } of this.selectable) this.#selected.add(id);
  }

  #arrange(): readonly RunSummary[] {
    const query: RunQuery = {
      text: this.text,
      ...(this.framework !== '' && { framework: this.framework }),
      ...(this.level !== '' && { level: Number(this.level) as Level }),
      ...(this.outcome !== '' && { outcome: this.outcome }),
      ...(this.source !== '' && { source: this.source }),
    };
    const found = this.#runs().filter((run) => fits(run, query));
    const [order, sign] = [compare[this.#sort], this.#descending ? -1 : 1];
    return found.sort((one, other) => sign * order(one, other));
  }
}
