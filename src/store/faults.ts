/** Why something could not be kept or found. */
export type StoreFault =
  /** The browser gives no more room. */
  | { code: 'full' }
  /** The browser gives no storage at all: a private window, blocked site data, an old browser. */
  | { code: 'denied'; detail: string }
  /** Another tab holds the database in an older version and does not let go. */
  | { code: 'blocked' }
  /** The database was made by a later version of the page. */
  | { code: 'newer' }
  /** Another tab, with a later version of the page, has taken the database over. */
  | { code: 'superseded' }
  | { code: 'missing'; id: string }
  | { code: 'damaged'; id: string; detail: string };

export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly fault: StoreFault,
    options?: ErrorOptions,
  ) {
    super(describeStoreFault(fault), options);
  }
}

/** What is wrong, and what to do. */
export function describeStoreFault(fault: StoreFault): string {
  const kept = 'Runs are kept until this tab is closed; save those that matter as files.';
  switch (fault.code) {
    case 'full':
      return `The browser has no room left for runs. Delete some, or clear the caches. ${kept}`;
    case 'denied':
      return `The browser does not let this page keep anything (${fault.detail}). Leave the private window, or allow site data. ${kept}`;
    case 'blocked':
      return `Another tab with an older version of this page holds the history. Close or reload that tab, then reload this one. ${kept}`;
    case 'newer':
      return `The history was written by a later version of this page. Reload to get that version. ${kept}`;
    case 'superseded':
      return `Another tab runs a later version of this page, which has taken over the history. Reload this tab. ${kept}`;
    case 'missing':
      return 'This run is not in the history any more. It was deleted here or in another tab.';
    case 'damaged':
      return `This run was not kept as it was and cannot be shown (${fault.detail}). Delete it.`;
  }
}

/** The fault behind an error of IndexedDB. */
export function faultOf(error: unknown): StoreFault {
  if (error instanceof StoreError) return error.fault;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return { code: 'full' };
  if (name === 'VersionError') return { code: 'newer' };
  return { code: 'denied', detail: error instanceof Error ? error.message || name : String(error) };
}
