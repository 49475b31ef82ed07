import type { StageName } from '../../domain/run.ts';
import type { AssertionResult } from '../../domain/verdict.ts';
import type { Run } from '../runs/run.svelte.ts';
import { AssertionList } from './assertion-list.svelte.ts';
import { ConsoleView } from './console-view.svelte.ts';

/** Results that can be looked at, in the order of their tabs. */
export const resultTabs = [
  'code',
  'assertions',
  'console',
  'requests',
  'collection',
  'rules',
  'details',
] as const;
export type ResultTab = (typeof resultTabs)[number];

/** A place among the results, e.g. of what a verdict says about itself. */
export type ResultPlace =
  | { readonly tab: 'assertions'; readonly status: AssertionResult['status'] }
  | { readonly tab: 'console'; readonly stage: StageName }
  | { readonly tab: 'rules' | 'details' };

/**
 * Which result is looked at. Until a person chooses, it follows the run: output while the server is made ready,
 * assertions once one of them was reached. A run that stopped before that is explained by its output.
 */
export class ResultTabs {
  readonly assertions: AssertionList;
  readonly console: ConsoleView;
  readonly #run: () => Run | undefined;
  #chosen = $state<ResultTab | undefined>();
  #turns = $state(0);
  /** True where the code has no pane of its own beside the results; set by the workbench, which knows its width. */
  withCode = $state(false);

  constructor(run: () => Run | undefined) {
    this.#run = run;
    this.assertions = new AssertionList(() => run() ?? { assertions: [], exchanges: [] });
    this.console = new ConsoleView(() => run()?.output);
  }

  /** The tabs there are: that of a collection only where one was brought. */
  get list(): readonly ResultTab[] {
    const own = this.#run()?.request.collection !== undefined;
    return resultTabs.filter((id) => (id !== 'collection' || own) && (id !== 'code' || this.withCode));
  }

  get open(): ResultTab {
    const chosen = this.#chosen;
    if (chosen !== undefined && this.list.includes(chosen)) return chosen;
    const run = this.#run();
    if (run === undefined && this.withCode) return 'code';
    const judged = run === undefined || run.assertions.some(({ status }) => status !== 'not-reached');
    return judged ? 'assertions' : 'console';
  }

  /** Rises when somebody asks for a place: who shows the results then brings them into view. */
  get turns(): number {
    return this.#turns;
  }

  choose(tab: ResultTab): void {
    this.#chosen = tab;
  }

  /** Goes to a place among the results. */
  go(place: ResultPlace): void {
    this.#chosen = place.tab;
    if (place.tab === 'assertions') {
      this.assertions.clear();
      this.assertions.status = place.status;
      this.assertions.step(1);
    }
    if (place.tab === 'console') this.console.showStage(place.stage);
    this.#turns++;
  }

  /** Opens an assertion of the shown run. False when it has none of this id. */
  showAssertion(id: string): boolean {
    if (!this.assertions.show(id)) return false;
    this.#chosen = 'assertions';
    this.#turns++;
    return true;
  }

  /** Arrow keys, Home and End, as in the tabs pattern of the ARIA authoring guide. True when the key did something. */
  press(key: string): boolean {
    const { list } = this;
    const at = list.indexOf(this.open);
    const last = list.length - 1;
    const targets: Record<string, number> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const target = list[targets[key] ?? -1];
    if (target !== undefined) this.#chosen = target;
    return target !== undefined;
  }
}
