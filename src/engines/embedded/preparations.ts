import type { Snapshots } from './snapshots.ts';

/** What an engine gets ready before a run asks for it: a snapshot of its interpreter, and a sandbox. */

/** What of a sandbox matters here. */
interface Spare {
  /** It failed while it stood by. */
  readonly disposed: boolean;
}

export interface PreparationParts<S extends Spare> {
  readonly snapshots: Pick<Snapshots, 'load' | 'save'>;
  /** Names what a snapshot would be made of now. */
  key(): Promise<string>;
  /** Makes a snapshot where no submission runs. */
  make(signal: AbortSignal): Promise<Blob>;
  /** Boots a sandbox that nobody has used. */
  open(snapshot: Blob | undefined): Promise<S>;
}

export interface Ahead<S> {
  sandbox: S | undefined;
  snapshot: Blob | undefined;
}

export class Preparations<S extends Spare> {
  readonly #parts: PreparationParts<S>;
  #stored: Promise<Blob | undefined> | undefined;
  #making: AbortController | undefined;
  #spare: Promise<S | undefined> | undefined;
  #preparing: Promise<void> | undefined;

  constructor(parts: PreparationParts<S>) {
    this.#parts = parts;
  }

  /** Gets ready what is not ready yet: for a page that has nothing else to do. Never rejects. */
  prepare(): Promise<void> {
    this.#preparing ??= this.#prepare()
      .catch(() => undefined)
      .finally(() => (this.#preparing = undefined));
    return this.#preparing;
  }

  async #prepare(): Promise<void> {
    if ((await this.#load()) === undefined) await this.#make();
    this.#spare ??= this.#parts.open(await this.#load()).catch(() => undefined);
    await this.#spare;
  }

  /**
   * What is ready for a run; what is being made is given up, as the run needs the processor.
   * @param usual - the run can take the sandbox that stands by, which has no environment of its own.
   */
  async use(usual: boolean): Promise<Ahead<S>> {
    this.#making?.abort();
    const spare = this.#spare;
    if (usual) this.#spare = undefined;
    const [snapshot, sandbox] = await Promise.all([this.#load(), usual ? spare : undefined]);
    return { sandbox: sandbox?.disposed === true ? undefined : sandbox, snapshot };
  }

  /** The stored snapshot; asked of the browser's storage once. */
  #load(): Promise<Blob | undefined> {
    this.#stored ??= this.#parts
      .key()
      .then((key) => this.#parts.snapshots.load(key))
      .catch(() => undefined);
    return this.#stored;
  }

  async #make(): Promise<void> {
    const making = (this.#making = new AbortController());
    try {
      const snapshot = await this.#parts.make(making.signal);
      this.#stored = Promise.resolve(snapshot);
      await this.#parts.snapshots.save(await this.#parts.key(), snapshot);
    } finally {
      this.#making = undefined;
    }
  }
}
