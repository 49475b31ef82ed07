import type { Draft } from './draft.svelte.ts';

/** The place of one draft: empty, being loaded, loaded, or failed with a message. */
export class DraftSlot {
  #draft = $state.raw<Draft | undefined>();
  #error = $state.raw<string | undefined>();
  #loading = $state(false);
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

  /** Replaces the draft by what `load` gives; its error becomes the message. */
  async load(load: () => Promise<Draft | undefined>): Promise<void> {
    const turn = ++this.#turn;
    this.#loading = true;
    this.#error = undefined;
    this.#draft = undefined;
    try {
      const draft = await load();
      if (turn === this.#turn) this.#draft = draft;
    } catch (error) {
      if (turn === this.#turn) this.#error = error instanceof Error ? error.message : String(error);
    } finally {
      if (turn === this.#turn) this.#loading = false;
    }
  }

  refuse(message: string): void {
    this.#turn++;
    this.#loading = false;
    this.#draft = undefined;
    this.#error = message;
  }
}
