import { hex } from './hex.ts';

/**
 * Keeps a snapshot of the booted interpreter between visits, in the browser's Cache storage. It is only ever made where
 * no submission runs; see `makeSnapshot` in embedded-engine.ts.
 */

/** The part of the browser's `Cache` that is used. */
export interface SnapshotCache {
  match(request: string): Promise<Response | undefined>;
  put(request: string, response: Response): Promise<void>;
  delete(request: string): Promise<boolean>;
  keys(): Promise<readonly { readonly url: string }[]>;
}

const CACHE_NAME = 'python-snapshot';
const HASH_HEADER = 'x-sha256';
/** Stands for the place of the entries; never asked of a network. */
const BASE = 'https://snapshot.invalid/';

export class Snapshots {
  readonly #open: () => Promise<SnapshotCache>;

  constructor(open: () => Promise<SnapshotCache> = () => caches.open(CACHE_NAME)) {
    this.#open = open;
  }

  /** The snapshot that was saved under the key; one whose bytes are not those that were saved is dropped. */
  async load(key: string): Promise<Blob | undefined> {
    const cache = await this.#open().catch(() => undefined);
    const response = await cache?.match(BASE + key);
    if (cache === undefined || response === undefined) return undefined;
    const snapshot = await response.blob();
    if ((await sha256(snapshot)) === response.headers.get(HASH_HEADER)) return snapshot;
    await cache.delete(BASE + key);
    return undefined;
  }

  /** Saves a snapshot; those under other keys were made of something that is no more. */
  async save(key: string, snapshot: Blob): Promise<void> {
    const cache = await this.#open();
    for (const { url } of await cache.keys()) if (url !== BASE + key) await cache.delete(url);
    await cache.put(
      BASE + key,
      new Response(snapshot, { headers: { [HASH_HEADER]: await sha256(snapshot) } }),
    );
  }
}

/** A key for what a snapshot is made of: it changes when one of the parts does. */
export async function snapshotKey(parts: readonly string[]): Promise<string> {
  return sha256(new Blob([JSON.stringify(parts)]));
}

async function sha256(content: Blob): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer())));
}
