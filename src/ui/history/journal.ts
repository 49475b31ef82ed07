import type { Kept, RunStore } from '../../store/index.ts';
import type { Run } from '../runs/run.svelte.ts';
import { draftOf } from './begun.ts';

/** What the journal hears of runs; `progress`: a stage has begun. */
export interface RunFeed {
  listen(moment: 'begin' | 'progress' | 'end', listener: (run: Run) => void): () => void;
}

export interface JournalParts {
  store: () => Promise<RunStore>;
  runs: RunFeed;
  /** Called with where a run was kept. */
  onKept: (kept: Kept) => void;
  onFault: (error: unknown) => void;
}

interface Begun {
  /** Id of its draft. */
  readonly draft: string;
  readonly written: Promise<void>;
}

/** Notes in the store that runs begin, how far they come, and what they come to. */
export class Journal {
  readonly #parts: JournalParts;
  readonly #begun = new Map<Run, Begun>();
  readonly #ending = new Set<Promise<void>>();

  constructor(parts: JournalParts) {
    this.#parts = parts;
    parts.runs.listen('begin', (run) => this.#begin(run));
    parts.runs.listen('progress', (run) => void this.#progress(run));
    parts.runs.listen('end', (run) => {
      const ending = this.#end(run).finally(() => this.#ending.delete(ending));
      this.#ending.add(ending);
    });
  }

  /** Resolves when all runs that have ended are in the store, or could not be put there. */
  async settled(): Promise<void> {
    await Promise.all(this.#ending);
  }

  #begin(run: Run): void {
    const { store, onKept, onFault } = this.#parts;
    const draft = draftOf(run.request, new Date());
    const written = store()
      .then((opened) => opened.begin(draft))
      .then(onKept, onFault);
    this.#begun.set(run, { draft: draft.id, written });
  }

  async #progress(run: Run): Promise<void> {
    const begun = this.#begun.get(run);
    const stage = run.currentStage?.name;
    if (begun === undefined || stage === undefined) return;
    try {
      const store = await this.#parts.store();
      await begun.written;
      await store.checkpoint(begun.draft, { stage });
    } catch (error) {
      this.#parts.onFault(error);
    }
  }

  async #end(run: Run): Promise<void> {
    const begun = this.#begun.get(run);
    this.#begun.delete(run);
    if (begun === undefined) return;
    try {
      const store = await this.#parts.store();
      await begun.written;
      if (run.record === undefined) await store.abandon(begun.draft);
      else this.#parts.onKept(await store.put(run.record, { begun: begun.draft }));
    } catch (error) {
      this.#parts.onFault(error);
    }
  }
}
