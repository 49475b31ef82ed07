import type { AssertionResult } from '../../domain/verdict.ts';
import { count, group, type AssertionGroup, type StatusFilter } from './assertion-groups.ts';

/** Assertions of a run as a person looks at them: filtered, searched, grouped. */
export class AssertionList {
  status = $state<StatusFilter>('all');
  search = $state('');
  readonly #source: () => readonly AssertionResult[];
  readonly #counts = $derived.by(() => count(this.#source()));
  readonly #groups = $derived.by(() => group(this.#source(), this.status, this.search));

  constructor(source: () => readonly AssertionResult[]) {
    this.#source = source;
  }

  get counts(): Readonly<Record<StatusFilter, number>> {
    return this.#counts;
  }
  /** True when a filter or a search is in force. */
  get narrowed(): boolean {
    return this.status !== 'all' || this.search.trim() !== '';
  }
  /** Groups with at least one assertion that is shown, in the order of the suite. */
  get groups(): readonly AssertionGroup[] {
    return this.#groups;
  }
}
