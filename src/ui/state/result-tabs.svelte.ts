import type { Run } from './run.svelte.ts';

export const resultTabs = [
  { id: 'assertions', label: 'Assertions' },
  { id: 'console', label: 'Console' },
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

  constructor(run: () => Run | undefined) {
    this.#run = run;
  }

  get open(): ResultTab {
    if (this.#chosen !== undefined) return this.#chosen;
    const run = this.#run();
    const judged = run === undefined || run.assertions.some(({ status }) => status !== 'not-reached');
    return judged ? 'assertions' : 'console';
  }

  choose(tab: ResultTab): void {
    this.#chosen = tab;
  }

  /** Arrow keys, Home and End, as in the tabs pattern of the ARIA authoring guide. True when the key did something. */
  press(key: string): boolean {
    const at = resultTabs.findIndex(({ id }) => id === this.open);
    const last = resultTabs.length - 1;
    const targets: Record<string, number> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const target = resultTabs[targets[key] ?? -1];
    if (target !== undefined) this.#chosen = target.id;
    return target !== undefined;
  }
}
