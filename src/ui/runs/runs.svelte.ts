import type { PageRunRequest, Services } from '../services.ts';
import { browserPace, Run, type Pace } from './run.svelte.ts';

/** Runs kept in the list; older ones are let go, because each holds its whole output. */
const kept = 20;

/** The runs of this page load, newest first; one at a time is under way, any one is shown. */
export class Runs {
  readonly #evaluate: Services['evaluate'];
  readonly #pace: Pace;
  #list = $state.raw<readonly Run[]>([]);
  #shown = $state.raw<Run | undefined>();
  #count = 0;

  constructor(evaluate: Services['evaluate'], pace: Pace = browserPace) {
    this.#evaluate = evaluate;
    this.#pace = pace;
  }

  get list(): readonly Run[] {
    return this.#list;
  }
  get shown(): Run | undefined {
    return this.#shown;
  }
  /** The run under way. */
  get active(): Run | undefined {
    return this.#list.find((run) => run.phase === 'running');
  }

  /** Starts a run and shows it; does nothing while another is under way. Resolves when it has ended. */
  async start(request: PageRunRequest): Promise<void> {
    if (this.active !== undefined) return;
    const run = new Run(++this.#count, request, this.#pace);
    this.#list = [run, ...this.#list].slice(0, kept);
    this.#shown = run;
    await run.start(this.#evaluate);
  }

  cancel(): void {
    this.active?.cancel();
  }

  show(run: Run): void {
    this.#shown = run;
  }
}
