/** One at a time, in the order in which they came. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  /**
   * Waits until it is the caller's turn.
   * @param onWait - Called when somebody else has the turn.
   * @returns ends the turn; calling it again does nothing
   * @throws the signal's reason when it is aborted first
   */
  async take(onWait: () => void, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#taken) {
      onWait();
      await this.#wait(signal);
    }
    this.#taken = true;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#next();
    };
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((go, fail) => {
      const start = () => {
        signal?.removeEventListener('abort', leave);
        go();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        fail(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(start);
    });
  }

  /** The turn stays taken when somebody waits, so that nobody slips in between. */
  #next(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken = false;
    else next();
  }
}
