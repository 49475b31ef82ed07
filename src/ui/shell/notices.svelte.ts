/** Faults of the page itself, shown instead of being lost in a console nobody reads. */
export class Notices {
  #list = $state.raw<readonly { id: number; text: string }[]>([]);
  #next = 0;

  /** The most notices shown at once; a fault that repeats must not fill the page. */
  static readonly most = 4;

  get list(): readonly { id: number; text: string }[] {
    return this.#list;
  }

  add(text: string): void {
    if (this.#list.some((notice) => notice.text === text)) return;
    this.#list = [...this.#list, { id: this.#next++, text }].slice(-Notices.most);
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }

  /** Shows what nobody caught. Returns the undo. */
  listen(target: Window): () => void {
    const onError = (event: ErrorEvent): void => this.add(describe(event.error ?? event.message));
    const onRejection = (event: PromiseRejectionEvent): void => this.add(describe(event.reason));
    target.addEventListener('error', onError);
    target.addEventListener('unhandledrejection', onRejection);
    return () => {
      target.removeEventListener('error', onError);
      target.removeEventListener('unhandledrejection', onRejection);
    };
  }
}

function describe(fault: unknown): string {
  return `Something in this page went wrong: ${fault instanceof Error ? fault.message : String(fault)}`;
}
