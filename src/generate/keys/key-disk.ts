import { openDB } from 'idb';
import type { KeyDisk } from './key-ring.ts';

const store = 'sealed';
const only = 'keys';

/** A database of its own: whoever exports or clears the history does not touch keys, and the other way round. */
export function browserKeyDisk(name = 'decay-keys'): KeyDisk {
  const withDb = async <T>(work: (db: Awaited<ReturnType<typeof openDB>>) => Promise<T>): Promise<T> => {
    const db = await openDB(name, 1, { upgrade: (fresh) => void fresh.createObjectStore(store) });
    try {
      return await work(db);
    } finally {
      db.close();
    }
  };
  return {
    read: () => withDb((db) => db.get(store, only) as Promise<unknown>),
    write: (sealed) => withDb(async (db) => void (await db.put(store, sealed, only))),
    remove: () => withDb((db) => db.delete(store, only)),
  };
}
