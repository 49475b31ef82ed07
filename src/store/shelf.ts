import { openDB, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { limits } from '../domain/limits.ts';
import { faultOf, StoreError, type StoreFault } from './faults.ts';

/** What is kept beside the history of runs. */
export const shelfNames = {
  prompts: 'prompts',
  batches: 'batches',
  answers: 'answers',
  generations: 'generations',
} as const;
export type ShelfName = keyof typeof shelfNames;

/** One kind of things that the browser keeps, each under its id. What it gives out was parsed. */
export interface Shelf<T extends { readonly id: string }> {
  /** Why things are kept until the page is closed; undefined when they are kept for good. */
  readonly fault: StoreFault | undefined;
  /** All that can be read, in no order; what cannot is left out. */
  list(): Promise<T[]>;
  /** Undefined when there is none, or none that can be read. */
  get(id: string): Promise<T | undefined>;
  /** @throws StoreError; the thing is kept until the page is closed all the same */
  put(value: T): Promise<void>;
  remove(id: string): Promise<void>;
  /** Removes all whose ids begin so. */
  removeAll(prefix: string): Promise<void>;
}

/** 2 added `generations`. */
const version = 2;
const databases = new Map<string, Promise<IDBPDatabase | StoreFault>>();

/** One connection for all shelves of a database; a fault in place of one that does not open. */
function connect(name: string): Promise<IDBPDatabase | StoreFault> {
  const known = databases.get(name);
  if (known !== undefined) return known;
  const opening = open(name).catch(faultOf);
  databases.set(name, opening);
  return opening;
}

async function open(name: string): Promise<IDBPDatabase> {
  if (typeof indexedDB === 'undefined')
    throw new StoreError({ code: 'denied', detail: 'it has no IndexedDB' });
  let blocked = false;
  const opening = openDB(name, version, {
    upgrade: (db) => {
      for (const shelf of Object.values(shelfNames))
        if (!db.objectStoreNames.contains(shelf)) db.createObjectStore(shelf, { keyPath: 'id' });
    },
    blocked: () => (blocked = true),
    blocking: (_from, _to, event) => {
      (event.target as IDBDatabase).close();
      databases.delete(name);
    },
    terminated: () => databases.delete(name),
  });
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          new StoreError(
            blocked ? { code: 'blocked' } : { code: 'denied', detail: 'its database does not open' },
          ),
        ),
      limits.storeOpenMs,
    );
    void opening.catch(() => undefined).then(() => clearTimeout(timer));
  });
  return Promise.race([opening, late]);
}

/**
 * Opens a shelf. Never rejects: where the browser has no database for it, things are kept until the page is closed.
 * @param name - of the database; tests have their own
 */
export async function openShelf<S extends v.GenericSchema<unknown, { readonly id: string }>>(
  shelf: ShelfName,
  schema: S,
  name = 'decay-models',
): Promise<Shelf<v.InferOutput<S>>> {
  const opened = await connect(name);
  return new BrowserShelf<v.InferOutput<S>>(shelf, schema, name, 'code' in opened ? opened : undefined);
}

class BrowserShelf<T extends { readonly id: string }> implements Shelf<T> {
  /** What the disk did not take. */
  readonly #memory = new Map<string, T>();
  readonly #shelf: ShelfName;
  readonly #schema: v.GenericSchema<unknown, T>;
  readonly #name: string;
  #fault: StoreFault | undefined;

  constructor(
    shelf: ShelfName,
    schema: v.GenericSchema<unknown, T>,
    name: string,
    fault: StoreFault | undefined,
  ) {
    this.#shelf = shelf;
    this.#schema = schema;
    this.#name = name;
    this.#fault = fault;
  }

  get fault(): StoreFault | undefined {
    return this.#fault;
  }

  async list(): Promise<T[]> {
    const rows = (await this.#disk((db) => db.getAll(this.#shelf)).catch(() => [])) ?? [];
    const all = new Map<string, T>();
    for (const row of rows) {
      const parsed = v.safeParse(this.#schema, row);
      if (parsed.success) all.set(parsed.output.id, parsed.output);
    }
    for (const [id, value] of this.#memory) all.set(id, value);
    return [...all.values()];
  }

  async get(id: string): Promise<T | undefined> {
    const kept = this.#memory.get(id);
    if (kept !== undefined) return structuredClone(kept);
    const parsed = v.safeParse(
      this.#schema,
      await this.#disk((db) => db.get(this.#shelf, id)).catch(() => undefined),
    );
    return parsed.success ? parsed.output : undefined;
  }

  async put(value: T): Promise<void> {
    this.#memory.set(value.id, structuredClone(value));
    if ((await this.#disk((db) => db.put(this.#shelf, value))) !== undefined) this.#memory.delete(value.id);
  }

  async remove(id: string): Promise<void> {
    this.#memory.delete(id);
    await this.#disk((db) => db.delete(this.#shelf, id));
  }

  async removeAll(prefix: string): Promise<void> {
    for (const id of this.#memory.keys()) if (id.startsWith(prefix)) this.#memory.delete(id);
    await this.#disk((db) => db.delete(this.#shelf, IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
  }

  /** @returns undefined when there is no database @throws StoreError in place of what the database throws */
  async #disk<R>(work: (db: IDBPDatabase) => Promise<R>): Promise<R | undefined> {
    const db = await connect(this.#name);
    if ('code' in db) {
      this.#fault = db;
      return undefined;
    }
    try {
      return await work(db);
    } catch (error) {
      throw new StoreError(faultOf(error), { cause: error });
    }
  }
}
