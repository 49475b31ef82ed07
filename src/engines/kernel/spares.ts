/** Time after which a used spare is replaced: its program starts meanwhile, and should not have to share the processor. */
const REPLACE_MS = 1_000;

/** What of a worker matters here. */
export interface SpareWorker {
  onerror: ((event: ErrorEvent) => unknown) | null;
  terminate(): void;
}

/**
 * Workers that stand by, each for one process: it is handed out once and never comes back. One that fails before that
 * is dropped, and its process starts without.
 */
export class Spares<T extends SpareWorker> {
  readonly #waiting = new Set<T>();
  readonly #make: () => Promise<T>;

  /**
   * @param count - how many stand by; the first ones are made at once.
   * @param make - starts one; a rejection means that there is none.
   */
  constructor(count: number, make: () => Promise<T>) {
    this.#make = make;
    for (let index = 0; index < count; index++) void this.#add();
  }

  /** A worker that nobody has used, if one stands by. Another takes its place later. */
  take(): T | undefined {
    const [spare] = this.#waiting;
    if (spare === undefined) return undefined;
    this.#waiting.delete(spare);
    setTimeout(() => void this.#add(), REPLACE_MS);
    return spare;
  }

  async #add(): Promise<void> {
    try {
      const spare = await this.#make();
      this.#waiting.add(spare);
      spare.onerror = () => {
        if (this.#waiting.delete(spare)) spare.terminate();
      };
    } catch {
      // The process that would have taken it fails in the same way, and says why.
    }
  }
}
