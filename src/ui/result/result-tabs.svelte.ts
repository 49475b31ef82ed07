import type { Run } from '../runs/run.svelte.ts';

export const resultTabs = [
  { id: 'code', label: 'Code' },
  { id: 'assertions', label: 'Assertions' },
  { id: 'console', label: 'Console' },
  { id: 'collection', label: 'Collection' },
  { id: 'rules', label: 'Rules' },
  { id: 'files', label: 'Files' },
  { id: 'details', label: 'Details' },
] as const;
export type ResultTab = (typeof resultTabs)[number]['id'];

/**
 * Which result is looked at. Until a person chooses, it follows the run: output while the server is made ready,
 * assertions once one of them was reached. A run that stopped before that is explained by its output.
 */
export class ResultTabs {
  readonly #run: () => Run | undefined;
  #chosen = $state<ResultTab | undefined>();
  /** True where the code has no pane of its own beside the results; set by the workbench, which knows its width. */
  withCode = $state(false);

  constructor(run: () => Run | undefined) {
    this.#run = run;
  }

  /** The tabs there are: that of a collection only where one was brought. */
  get list(): readonly (typeof resultTabs)[number][] {
    const own = this.#run()?.request.collection !== undefined;
    return resultTabs.filter(({ id }) => (id !== 'collection' || own) && (id !== 'code' || this.withCode));
  }

  get open(): ResultTab {
    if (this.list.some(({ id }) => id === this.#chosen)) return this.#chosen ?? 'assertions';
    const run = this.#run();
    if (run === undefined && this.withCode) return 'code';
    const judged = run === undefined || run.assertions.some(({ status }) => status !== 'not-reached');
    return judged ? 'assertions' : 'console';
  }

  choose(tab: ResultTab): void {
    this.#chosen = tab;
  }

  /** Arrow keys, Home and End, as in the tabs pattern of the ARIA authoring guide. True when the key did something. */
  press(key: string): boolean {
    const { list } = this;
    const at = list.findIndex(({ id }) => id === this.open);
    const last = list.length - 1;
    const targets: Record<string, number> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const target = list[targets[key] ?? -1];
    if (target !== undefined) this.#chosen = target.id;
    return target !== undefined;
  }
}
