/** How many runs a device carries at once: each is a sandbox with workers and up to a gigabyte of memory. */
export function slotsHere(
  device: { hardwareConcurrency?: number; deviceMemory?: number } = navigator,
): number {
  const { hardwareConcurrency = 2, deviceMemory = 4 } = device;
  return Math.max(1, Math.min(4, Math.max(2, hardwareConcurrency), Math.floor(deviceMemory)));
}

/** Lets so many in at once; the others wait in the order in which they came. */
export class Gate {
  readonly #slots: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(slots: number) {
    this.#slots = slots;
  }

  /** Resolves with what to call when done; undefined when the signal was aborted first. */
  async enter(signal: AbortSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) return undefined;
    if (this.#inside < this.#slots) this.#inside += 1;
    else if (!(await this.#turn(signal))) return undefined;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#leave();
    };
  }

  /** Waits until somebody leaves, whose place is taken over. @returns false when given up */
  #turn(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const go = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(true);
      };
      const giveUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        resolve(false);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(go);
    });
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#inside -= 1;
    else next();
  }
}
