import type { IDBPDatabase, IDBPTransaction } from 'idb';

export type UpgradeTransaction = IDBPTransaction<unknown, string[], 'versionchange'>;

/** Brings the database from the version before to its own. May wait for the database only. */
export type Migration = (db: IDBPDatabase, transaction: UpgradeTransaction) => void | Promise<void>;

/** Stores of version 1. Rows have their key in `id`. */
export const storeNames = { summaries: 'summaries', records: 'records', drafts: 'drafts' } as const;

/**
 * The history of the database: the entry at place n makes version n + 1. Entries are never changed once they were
 * released; each has a dump of its time in `testing/`, which the tests bring up to today.
 */
export const migrations: readonly Migration[] = [
  (db) => {
    for (const name of Object.values(storeNames)) db.createObjectStore(name, { keyPath: 'id' });
  },
];

/** Runs what is missing, one after the other; a failure leaves the database as it was. */
export async function migrate(
  db: IDBPDatabase,
  from: number,
  transaction: UpgradeTransaction,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  for (const step of steps.slice(from)) await step(db, transaction);
}
