import { openDisk, type DiskOptions } from './disk.ts';
import { faultOf, type StoreFault } from './faults.ts';
import { RunStore } from './run-store.ts';
import { Changes, WebLocks, type Liveness } from './tabs.ts';

/** The history of runs, in the browser's database. Arrows: domain only. See docs/history.md. */
export { describeStoreFault, StoreError, type StoreFault } from './faults.ts';
export type { RunDraft } from './draft.ts';
export type { Kept, Persistence, RunList, RunStore } from './run-store.ts';
export { fits, type Origin, type Outcome, type RunQuery, type RunSummary } from './summary.ts';
export {
  clearCaches,
  keepForGood,
  listCaches,
  storageUse,
  type CacheUse,
  type StorageUse,
} from './storage.ts';

export interface OpenOptions extends Omit<DiskOptions, 'onLost'> {
  liveness?: Liveness;
  now?: () => Date;
}

/**
 * Opens the history. Never rejects: where the browser has no database for it, runs are kept until the tab is closed, and
 * `persistence` says why. Runs that were deleted long enough ago are removed.
 */
export async function openRunStore(options: OpenOptions = {}): Promise<RunStore> {
  const { liveness = new WebLocks(), now, ...diskOptions } = options;
  const changes = new Changes(`${diskOptions.name ?? 'decay'}-runs`);
  const found: { store?: RunStore; lost?: StoreFault } = {};
  const onLost = (fault: StoreFault): void => {
    found.lost = fault;
    found.store?.lose(fault);
  };
  const opened = await openDisk({ ...diskOptions, onLost }).catch(faultOf);
  const where = 'code' in opened ? { fault: opened } : { disk: opened };
  const store = new RunStore({ ...where, changes, liveness, ...(now !== undefined && { now }) });
  found.store = store;
  if (found.lost !== undefined) store.lose(found.lost);
  await store.purge().catch(() => 0);
  return store;
}
