import type { Draft } from './draft.svelte.ts';

/** The place of one draft: empty, being loaded, loaded, or failed with a message. */
export class DraftSlot {
  #draft = $state.raw<Draft | undefined>();
  #error = $state.raw<string | undefined>();
  #loading = $state(false);
  #replaced = $state.raw<Draft | undefined>();
  /** Raised with every load, so that a slow one cannot overwrite a later one. */
  #turn = 0;

  get draft(): Draft | undefined {
    return this.#draft;
  }
  get error(): string | undefined {
    return this.#error;
  }
  get loading(): boolean {
    return this.#loading;
  }
  /** The draft before this one, when it held edits: nothing that was typed is lost without a word. */
  get replaced(): Draft | undefined {
    return this.#replaced;
  }

  /** Replaces the draft by what `load` gives; its error becomes the message. */
  async load(load: () => Promise<Draft | undefined>): Promise<void> {
    const turn = this.#begin();
    this.#loading = true;
    try {
      const draft = await load();
      if (turn === this.#turn) this.#draft = draft;
    } catch (error) {
      if (turn === this.#turn) this.#error = error instanceof Error ? error.message : String(error);
    } finally {
      if (turn === this.#turn) this.#loading = false;
    }
  }

  put(draft: Draft): void {
    this.#begin();
    this.#draft = draft;
  }

  refuse(message: string): void {
    this.#begin();
    this.#error = message;
  }

  /** Ends a load; what it gives later is not taken. */
  stop(message: string): void {
    if (this.#loading) this.refuse(message);
  }

  /** Brings the replaced draft back, in the place of the one that replaced it. */
  bringBack(): void {
    const before = this.#replaced;
    if (before !== undefined) this.put(before);
  }

  #begin(): number {
    const before = this.#draft;
    if (before?.edited === true) this.#replaced = before;
    else if (before !== undefined) this.#replaced = undefined;
    this.#draft = undefined;
    this.#error = undefined;
    this.#loading = false;
    return ++this.#turn;
  }
}
