import { openDB, type IDBPDatabase } from 'idb';
import { limits } from '../domain/limits.ts';
import type { Backend, Change } from './backend.ts';
import { faultOf, StoreError, type StoreFault } from './faults.ts';
import { migrate, migrations, storeNames, type Migration, type UpgradeTransaction } from './migrations.ts';

export interface DiskOptions {
  /** Default `decay`. */
  name?: string;
  /** The history of the database; tests give their own. */
  steps?: readonly Migration[];
  /** How long to wait for it, milliseconds. */
  openMs?: number;
  /** Called once when the database is lost: taken over by another tab, or closed by the browser. */
  onLost?: (fault: StoreFault) => void;
}

/**
 * Opens the browser's database.
 * @throws StoreError `denied`, `blocked`, `newer`, `full`
 */
export async function openDisk(options: DiskOptions = {}): Promise<Backend> {
  const { name = 'decay', steps = migrations, openMs = limits.storeOpenMs, onLost = () => {} } = options;
  if (typeof indexedDB === 'undefined')
    throw new StoreError({ code: 'denied', detail: 'it has no IndexedDB' });
  let blocked = false;
  let abandoned = false;
  let fault: unknown;
  const opening = openDB(name, steps.length, {
    upgrade: async (db, from, _, transaction) => {
      try {
        await migrate(db, from, transaction as unknown as UpgradeTransaction, steps);
      } catch (error) {
        fault = error;
        transaction.done.catch(() => undefined);
        transaction.abort();
      }
    },
    blocked: () => (blocked = true),
    // Another tab wants a later version: holding on would block it.
    blocking: (_from, _to, event) => {
      (event.target as IDBDatabase).close();
      onLost({ code: 'superseded' });
    },
    terminated: () => onLost({ code: 'denied', detail: 'the browser closed the database' }),
  });
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => {
      abandoned = true;
      const detail = 'its database does not open';
      reject(new StoreError(blocked ? { code: 'blocked' } : { code: 'denied', detail }));
    }, openMs);
    void opening.catch(() => undefined).then(() => clearTimeout(timer));
  });
  void opening.then((db) => abandoned && db.close()).catch(() => undefined);
  try {
    return new DiskBackend(await Promise.race([opening, late]));
  } catch (error) {
    throw new StoreError(faultOf(fault ?? error), { cause: error });
  }
}

class DiskBackend implements Backend {
  readonly #db: IDBPDatabase;

  constructor(db: IDBPDatabase) {
    this.#db = db;
  }

  summaries(): Promise<unknown[]> {
    return guarded(() => this.#db.getAll(storeNames.summaries));
  }
  summary(id: string): Promise<unknown> {
    return guarded(() => this.#db.get(storeNames.summaries, id));
  }
  record(id: string): Promise<unknown> {
    return guarded(() => this.#db.get(storeNames.records, id));
  }
  draft(id: string): Promise<unknown> {
    return guarded(() => this.#db.get(storeNames.drafts, id));
  }

  write({ summaries = [], record, draft, remove = [], removeDrafts = [] }: Change): Promise<void> {
    return guarded(async () => {
      const transaction = this.#db.transaction(Object.values(storeNames), 'readwrite');
      const [summaryRows, records, drafts] = [
        storeNames.summaries,
        storeNames.records,
        storeNames.drafts,
      ].map((name) => transaction.objectStore(name));
      const asked: (Promise<unknown> | undefined)[] = [];
      try {
        for (const id of remove)
          for (const rows of [summaryRows, records, drafts]) asked.push(rows?.delete(id));
        for (const id of removeDrafts) asked.push(drafts?.delete(id));
        for (const summary of summaries) asked.push(summaryRows?.put(summary));
        asked.push(record && records?.put(record), draft && drafts?.put(draft));
      } catch (error) {
        transaction.abort();
        await transaction.done.catch(() => undefined);
        throw error;
      } finally {
        // What fails aborts the transaction, whose own promise says why.
        for (const request of asked) void request?.catch(() => undefined);
      }
      await transaction.done;
    });
  }

  close(): void {
    this.#db.close();
  }
}

/** @throws StoreError in place of what the database throws */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StoreError(faultOf(error), { cause: error });
  }
}
