import * as v from 'valibot';
import { limits } from '../domain/limits.ts';
import { runRecord, type RunRecord } from '../domain/run.ts';
import { MemoryBackend, type Backend, type Change } from './backend.ts';
import { runDraft, type RunDraft } from './draft.ts';
import { faultOf, StoreError, type StoreFault } from './faults.ts';
import {
  fits,
  present,
  runSummary,
  summarise,
  type Origin,
  type RunQuery,
  type RunSummary,
  type StoredSummary,
} from './summary.ts';
import type { Changes, Liveness } from './tabs.ts';

/** Where runs are kept: in the browser's database, or until the tab is closed, and then why. */
export type Persistence = { kind: 'disk' } | { kind: 'memory'; fault: StoreFault };

/** Where one run went. A full disk does not lose it: it is kept until the tab is closed. */
export type Kept = { where: 'disk' } | { where: 'memory'; fault: StoreFault };

export interface RunList {
  /** Newest first. */
  readonly runs: readonly RunSummary[];
  /** How many fitted before `limit` was applied. */
  readonly found: number;
  /** Ids of rows that are not what this page wrote; `discard` removes them. */
  readonly damaged: readonly string[];
}

export interface RunStoreParts {
  /** Where to write; missing when there is none, and then `fault` says why. */
  disk?: Backend | undefined;
  fault?: StoreFault | undefined;
  changes: Changes;
  liveness: Liveness;
  now?: () => Date;
}

/** The history of runs. What it gives out was parsed; what it takes in is kept or refused with a `StoreError`. */
export class RunStore {
  /** What the disk did not take, and all else when there is none. */
  readonly #memory = new MemoryBackend();
  readonly #changes: Changes;
  readonly #liveness: Liveness;
  readonly #now: () => Date;
  readonly #held = new Map<string, () => void>();
  #turn: Promise<unknown> = Promise.resolve();
  #disk: Backend | undefined;
  #fault: StoreFault | undefined;

  constructor({ disk, fault, changes, liveness, now = () => new Date() }: RunStoreParts) {
    this.#disk = disk;
    this.#fault = fault;
    this.#changes = changes;
    this.#liveness = liveness;
    this.#now = now;
  }

  get persistence(): Persistence {
    if (this.#disk !== undefined) return { kind: 'disk' };
    return { kind: 'memory', fault: this.#fault ?? { code: 'denied', detail: 'there is no database' } };
  }

  /** Calls back when runs changed, here or in another tab, and when the disk was lost (then without ids). */
  listen(listener: (ids: readonly string[]) => void): () => void {
    return this.#changes.listen(listener);
  }

  /** The disk is gone: what follows is kept in memory. */
  lose(fault: StoreFault): void {
    this.#disk = undefined;
    this.#fault = fault;
    this.#changes.announce([]);
  }

  async list(query: RunQuery = {}): Promise<RunList> {
    const [rows, alive] = await Promise.all([this.#rows(), this.#liveness.held()]);
    const damaged: string[] = [];
    const runs: RunSummary[] = [];
    for (const [id, row] of rows) {
      const parsed = v.safeParse(runSummary, row);
      if (!parsed.success) damaged.push(id);
      else runs.push(present(parsed.output, alive));
    }
    const found = runs.filter((run) => fits(run, query));
    found.sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || (a.id < b.id ? 1 : -1));
    return { runs: found.slice(0, query.limit), found: found.length, damaged };
  }

  /** Every row by its id; those in memory are newer than those on disk. */
  async #rows(): Promise<Map<string, unknown>> {
    const all = [await this.#disk?.summaries(), await this.#memory.summaries()];
    return new Map(
      all.flatMap((rows = []) =>
        rows.flatMap((row): [string, unknown][] => (hasId(row) ? [[row.id, row]] : [])),
      ),
    );
  }

  /** The whole record of a run. @throws StoreError `missing`, `damaged`, or as the disk does */
  async open(id: string): Promise<RunRecord> {
    return this.#parsed(runRecord, id, await this.#read('record', id));
  }

  /** What a run that is under way or was interrupted began with. @throws StoreError as `open` */
  async draft(id: string): Promise<RunDraft> {
    return this.#parsed(runDraft, id, await this.#read('draft', id));
  }

  async #read(what: 'summary' | 'record' | 'draft', id: string): Promise<unknown> {
    return (await this.#memory[what](id)) ?? (await this.#disk?.[what](id));
  }

  #parsed<S extends v.GenericSchema>(schema: S, id: string, row: unknown): v.InferOutput<S> {
    if (row === undefined) throw new StoreError({ code: 'missing', id });
    const parsed = v.safeParse(schema, row);
    if (parsed.success) return parsed.output;
    const place = v.getDotPath(parsed.issues[0]) ?? 'its form';
    throw new StoreError({ code: 'damaged', id, detail: `${place} is not what it should be` });
  }

  /** Notes that a run has begun, so that a reload in the middle finds it. This tab is taken to carry it out. */
  begin(draft: RunDraft): Promise<Kept> {
    this.#held.set(draft.id, this.#liveness.hold(draft.id));
    return this.#inTurn(() => this.#write({ draft, summaries: [summaryOf(draft)] }, [draft.id]));
  }

  /** Notes how far a run has come. Does nothing for one that was not begun here or is over. */
  checkpoint(id: string, progress: Pick<RunDraft, 'stage' | 'passed' | 'failed'>): Promise<void> {
    return this.#inTurn(async () => {
      const row = this.#held.has(id) ? await this.#read('draft', id) : undefined;
      if (row === undefined) return;
      const draft = { ...this.#parsed(runDraft, id, row), ...progress };
      await this.#write({ draft, summaries: [summaryOf(draft)] }, [id]);
    });
  }

  /**
   * Keeps a finished run.
   * @param begun - id of the draft that it began as
   * @param origin - where the record came from, when it was not made here
   */
  put(record: RunRecord, { begun, origin }: { begun?: string; origin?: Origin } = {}): Promise<Kept> {
    return this.#inTurn(async () => {
      const ended = begun === undefined || begun === record.id ? [] : [begun];
      const removeDrafts = begun === record.id ? [begun] : [];
      const change = { summaries: [summarise(record, origin)], record, remove: ended, removeDrafts };
      const kept = await this.#write(change, [record.id, ...ended]);
      this.#letGo(begun);
      return kept;
    });
  }

  /** Forgets a run that was cancelled or never gave a record. */
  abandon(id: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#letGo(id);
      await this.discard([id]);
    });
  }

  /** One after the other: a late checkpoint must not bring back a run that is over. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #letGo(id: string | undefined): void {
    if (id === undefined) return;
    this.#held.get(id)?.();
    this.#held.delete(id);
  }

  /** Deletes runs; `restore` brings them back within `limits.undoMs`. @throws StoreError `missing` when none is there */
  remove(ids: readonly string[]): Promise<void> {
    const deletedAt = this.#now().toISOString();
    return this.#change(ids, ({ deletedAt: _, ...summary }) => ({ ...summary, deletedAt }));
  }

  /** @throws StoreError `missing` when all are gone for good */
  restore(ids: readonly string[]): Promise<void> {
    return this.#change(ids, ({ deletedAt: _, ...summary }) => summary);
  }

  /** Gives a run a name of the person's own; an empty one takes it away. @throws StoreError `missing` */
  rename(id: string, title: string): Promise<void> {
    const name = title.trim().slice(0, limits.runTitleLength);
    return this.#change([id], ({ title: _, ...summary }) => ({
      ...summary,
      ...(name !== '' && { title: name }),
    }));
  }

  /** Writes the rows of these runs anew, all in one step; those that are gone are passed over. */
  async #change(ids: readonly string[], change: (row: StoredSummary) => StoredSummary): Promise<void> {
    const rows = await Promise.all(ids.map((id) => this.#read('summary', id)));
    const found = rows.flatMap((row) => {
      const parsed = v.safeParse(runSummary, row);
      return parsed.success ? [parsed.output] : [];
    });
    const [first = ''] = ids;
    if (found.length === 0) throw new StoreError({ code: 'missing', id: first });
    await this.#write(
      { summaries: found.map(change) },
      found.map(({ id }) => id),
    );
  }

  /** Deletes for good those whose time to be restored is over. @returns how many */
  async purge(): Promise<number> {
    const before = this.#now().getTime() - limits.undoMs;
    const { runs } = await this.list({ deleted: true });
    const over = runs.filter(({ deletedAt = '' }) => Date.parse(deletedAt) <= before).map(({ id }) => id);
    if (over.length > 0) await this.discard(over);
    return over.length;
  }

  /** Deletes for good. */
  async discard(ids: readonly string[]): Promise<void> {
    await this.#memory.write({ remove: ids });
    await this.#disk?.write({ remove: ids });
    this.#changes.announce(ids);
  }

  close(): void {
    for (const release of this.#held.values()) release();
    this.#held.clear();
    this.#changes.close();
    this.#disk?.close();
    this.#memory.close();
  }

  /** To the disk, or to memory when the disk does not take it. */
  async #write(change: Change, ids: readonly string[]): Promise<Kept> {
    let kept: Kept = { where: 'disk' };
    try {
      if (this.#disk === undefined) kept = { where: 'memory', fault: this.#lostFault() };
      else await this.#disk.write(change);
    } catch (error) {
      kept = { where: 'memory', fault: faultOf(error) };
    }
    // What is newer in memory would hide what was written to the disk now.
    const inMemory = kept.where === 'memory' || (await this.#isInMemory(ids));
    if (inMemory) await this.#memory.write(change);
    this.#changes.announce(ids);
    return kept;
  }

  #lostFault(): StoreFault {
    const { persistence } = this;
    return persistence.kind === 'memory'
      ? persistence.fault
      : { code: 'denied', detail: 'there is no database' };
  }

  async #isInMemory(ids: readonly string[]): Promise<boolean> {
    const rows = await Promise.all(ids.map((id) => this.#memory.summary(id)));
    return rows.some((row) => row !== undefined);
  }
}

const hasId = (row: unknown): row is { id: string } =>
  typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string';

function summaryOf(draft: RunDraft): StoredSummary {
  const { id, createdAt, task, source, generation, engine, profile, stage } = draft;
  return {
    id,
    createdAt,
    state: 'running',
    task,
    source,
    ...(generation !== undefined && { model: generation.model.id }),
    engine,
    profile,
    ...(stage !== undefined && { stage }),
    size: JSON.stringify(draft).length,
  };
}
