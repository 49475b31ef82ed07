import type { RunRecord } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import { recordOfClaim, reproduce, type Reproduction, type SharedRun } from '../../share/links/index.ts';
import { sharedText } from '../english/share.ts';
import type { Run } from '../runs/run.svelte.ts';
import type { PageRunRequest } from '../services.ts';
import type { Session } from '../session.svelte.ts';
import { support } from '../shell/support.ts';

/** One run of a link: what is claimed of it, and what running it again here came to. */
export class ClaimedRun {
  readonly #session: Session;
  /** Undefined when this version does not know it. */
  readonly task: Task | undefined;
  #fresh = $state.raw<Run | undefined>();
  readonly #reproduction = $derived.by((): Reproduction | undefined => {
    const record = this.#fresh?.record;
    return record === undefined ? undefined : reproduce(this.claimed, record);
  });

  constructor(
    session: Session,
    readonly claimed: SharedRun,
  ) {
    this.#session = session;
    this.task = session.services.tasks.find(({ id }) => id === claimed.task.id);
  }

  /** The run that was started here. */
  get fresh(): Run | undefined {
    return this.#fresh;
  }
  get running(): boolean {
    return this.#fresh?.phase === 'running';
  }
  /** The comparison, once the fresh run has ended in a record. */
  get reproduction(): Reproduction | undefined {
    return this.#reproduction;
  }

  /** Why it cannot be run here, in words; undefined when it can. */
  get blocked(): string | undefined {
    const words = sharedText.blocked;
    if (this.task === undefined) return words.task;
    if (this.claimed.files === undefined) return words.files;
    if (support(this.task) === 'coming') return words.coming;
    const { language } = this.task;
    const lacking = this.#session.setup.missing.find(({ blocks }) => blocks.includes(language));
    return lacking === undefined ? undefined : words.browser(lacking.name);
  }

  /** The claim's files and task, to be run or edited; undefined when one of them is not here. */
  get request(): PageRunRequest | undefined {
    const { claimed, task } = this;
    if (claimed.files === undefined || task === undefined) return undefined;
    return {
      task,
      files: claimed.files,
      source: { kind: 'link', label: sharedText.actions.sourceLabel(claimed.source.label).slice(0, 200) },
      ...(claimed.collection !== undefined && { collection: claimed.collection }),
    };
  }

  /** The claim as a record for the history; undefined without its files. */
  record(): Promise<RunRecord | undefined> {
    return recordOfClaim(this.claimed);
  }

  /** Compares with this run from now on. */
  follow(run: Run): void {
    this.#fresh = run;
  }
}
