import type { RunRecord } from '../../domain/run.ts';
import type { Kept, Origin, Persistence, RunStore, RunSummary } from '../../store/index.ts';
import { historyNotices } from '../english/history-notices.ts';
import type { PageRunRequest } from '../services.ts';
import type { Task } from '../../domain/task.ts';
import { requestOf } from './begun.ts';
import { Journal, type RunFeed } from './journal.ts';

/** How a person is told. */
export interface Messages {
  add(text: string): void;
}

export interface HistoryParts {
  /** Opens the store; called once, when it is first needed. */
  open: () => Promise<RunStore>;
  runs: RunFeed;
  notices: Messages;
  tasks: readonly Task[];
}

/** How long changes are gathered before the list is read again, milliseconds: a batch changes many rows at once. */
const gatherMs = 60;

/** The runs that the browser keeps: those of this visit and of earlier ones, of this tab and of others. */
export class History {
  readonly #parts: HistoryParts;
  readonly #journal: Journal;
  #opening: Promise<RunStore> | undefined;
  #runs = $state.raw<readonly RunSummary[]>([]);
  #damaged = $state.raw<readonly string[]>([]);
  #persistence = $state.raw<Persistence | undefined>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: HistoryParts) {
    this.#parts = parts;
    this.#journal = new Journal({
      store: () => this.#store(),
      runs: parts.runs,
      onKept: (kept) => this.#tell(kept),
      onFault: (error) => this.#fail(error),
    });
  }

  /** Newest first, without those that were deleted. */
  get runs(): readonly RunSummary[] {
    return this.#runs;
  }
  /** Ids of rows that cannot be read. */
  get damaged(): readonly string[] {
    return this.#damaged;
  }
  /** Where runs are kept; undefined until the store is open. */
  get persistence(): Persistence | undefined {
    return this.#persistence;
  }
  /** Runs whose tab was closed or reloaded before they ended. */
  get interrupted(): readonly RunSummary[] {
    return this.#runs.filter(({ outcome }) => outcome === 'interrupted');
  }

  /** Opens the store and reads the list. Never rejects. */
  async connect(): Promise<void> {
    await this.#read(await this.#store());
  }

  /** Resolves when the runs that have ended are kept. */
  settled(): Promise<void> {
    return this.#journal.settled();
  }

  /** The whole record. @throws StoreError `missing`, `damaged` */
  async record(id: string): Promise<RunRecord> {
    return (await this.#store()).open(id);
  }

  /**
   * What an interrupted run was begun with; undefined when its task is not known here any more.
   * @throws StoreError `missing`, `damaged`
   */
  async request(id: string): Promise<PageRunRequest | undefined> {
    return requestOf(await (await this.#store()).draft(id), this.#parts.tasks);
  }

  /** Keeps records that were not made here. @returns how many were there before and were left as they are */
  async take(records: readonly RunRecord[], origin: Origin): Promise<{ kept: number; known: number }> {
    const store = await this.#store();
    const { runs } = await store.list();
    const fresh = records.filter((record) => runs.every(({ id }) => id !== record.id));
    for (const record of fresh) this.#tell(await store.put(record, { origin }));
    await this.#read(store);
    return { kept: fresh.length, known: records.length - fresh.length };
  }

  /** Keeps a run that was made here, beside those that the page shows: one of a batch. */
  async keep(record: RunRecord): Promise<void> {
    const store = await this.#store();
    this.#tell(await store.put(record));
    await this.#read(store);
  }

  /** Deletes runs; `restore` has them back for a while. @throws StoreError */
  async remove(ids: readonly string[]): Promise<void> {
    const store = await this.#store();
    await store.remove(ids);
    await this.#read(store);
  }

  /** @throws StoreError `missing` when they are gone for good */
  async restore(ids: readonly string[]): Promise<void> {
    const store = await this.#store();
    await store.restore(ids);
    await this.#read(store);
  }

  /** Deletes for good: damaged rows, and runs that were interrupted. */
  async discard(ids: readonly string[]): Promise<void> {
    const store = await this.#store();
    await store.discard(ids);
    await this.#read(store);
  }

  async rename(id: string, title: string): Promise<void> {
    const store = await this.#store();
    await store.rename(id, title);
    await this.#read(store);
  }

  #store(): Promise<RunStore> {
    this.#opening ??= this.#parts.open().then((store) => {
      store.listen(() => this.#readSoon(store));
      return store;
    });
    return this.#opening;
  }

  #readSoon(store: RunStore): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(store), gatherMs);
  }

  async #read(store: RunStore): Promise<void> {
    const { runs, damaged } = await store.list();
    this.#runs = runs;
    this.#damaged = damaged;
    this.#persistence = store.persistence;
  }

  #tell(kept: Kept): void {
    if (kept.where === 'disk') return;
    void import('../../store/index.ts').then(({ describeStoreFault }) =>
      this.#parts.notices.add(describeStoreFault(kept.fault)),
    );
  }

  #fail(error: unknown): void {
    this.#parts.notices.add(historyNotices.notKept(error instanceof Error ? error.message : String(error)));
  }
}
