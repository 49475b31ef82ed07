/** Where rows are kept. Rows are plain data; what comes out has not been parsed. */
export interface Backend {
  /** All summaries, in no order. */
  summaries(): Promise<unknown[]>;
  summary(id: string): Promise<unknown>;
  record(id: string): Promise<unknown>;
  draft(id: string): Promise<unknown>;
  /** Writes and removes in one step: all of it or nothing. @throws StoreError */
  write(change: Change): Promise<void>;
  close(): void;
}

export interface Row {
  readonly id: string;
}

export interface Change {
  readonly summaries?: readonly Row[];
  readonly record?: Row;
  readonly draft?: Row;
  /** Ids of which nothing is kept any more. */
  readonly remove?: readonly string[];
  /** Ids of drafts that are not needed any more. */
  readonly removeDrafts?: readonly string[];
}

/** Keeps rows until the page is closed. */
export class MemoryBackend implements Backend {
  readonly #summaries = new Map<string, unknown>();
  readonly #records = new Map<string, unknown>();
  readonly #drafts = new Map<string, unknown>();

  summaries(): Promise<unknown[]> {
    return Promise.resolve([...this.#summaries.values()]);
  }
  summary(id: string): Promise<unknown> {
    return Promise.resolve(this.#summaries.get(id));
  }
  record(id: string): Promise<unknown> {
    return Promise.resolve(this.#records.get(id));
  }
  draft(id: string): Promise<unknown> {
    return Promise.resolve(this.#drafts.get(id));
  }

  write({ summaries = [], record, draft, remove = [], removeDrafts = [] }: Change): Promise<void> {
    for (const id of remove)
      for (const rows of [this.#summaries, this.#records, this.#drafts]) rows.delete(id);
    for (const id of removeDrafts) this.#drafts.delete(id);
    for (const summary of summaries) this.#summaries.set(summary.id, structuredClone(summary));
    if (record !== undefined) this.#records.set(record.id, structuredClone(record));
    if (draft !== undefined) this.#drafts.set(draft.id, structuredClone(draft));
    return Promise.resolve();
  }

  close(): void {
    for (const rows of [this.#summaries, this.#records, this.#drafts]) rows.clear();
  }
}
