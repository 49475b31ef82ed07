import type { Run } from './run.svelte.ts';

/** Runs that were started together and are shown side by side. */
export class RunGroup {
  constructor(
    /** For people: what is compared. */
    readonly label: string,
    readonly runs: readonly Run[],
  ) {}

  get active(): boolean {
    return this.runs.some((run) => run.phase === 'running');
  }

  cancel(): void {
    for (const run of this.runs) run.cancel();
  }
}
