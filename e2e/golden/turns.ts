/** Lets so many pieces of work run at once and no more, and some of them alone. */
export class Turns {
  readonly #most: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #waitingAlone: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Runs work beside other work. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#most || this.#waitingAlone.length > 0) {
      await new Promise<void>((go) => this.#waiting.push(go));
    } else this.#running += 1;
    return this.#run(work, 1);
  }

  /** Runs work once what runs has ended; nothing else begins before it has ended. */
  async takeAlone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running > 0) await new Promise<void>((go) => this.#waitingAlone.push(go));
    else this.#running = this.#most;
    return this.#run(work, this.#most);
  }

  async #run<T>(work: () => Promise<T>, places: number): Promise<T> {
    try {
      return await work();
    } finally {
      this.#running -= places;
      this.#next();
    }
  }

  #next(): void {
    const alone = this.#waitingAlone.length > 0;
    if (alone && this.#running > 0) return;
    if (alone) this.#begin(this.#waitingAlone, this.#most);
    while (this.#running < this.#most && this.#begin(this.#waiting, 1));
  }

  #begin(waiting: (() => void)[], places: number): boolean {
    const go = waiting.shift();
    if (go === undefined) return false;
    this.#running += places;
    go();
    return true;
  }
}
