/** A fault of the page that nobody caught. */
export interface PageError {
  /** ISO 8601. */
  readonly at: string;
  readonly message: string;
  readonly stack?: string;
}

/** The most that are kept: the first say what began it, the last what it came to. */
const most = 20;
const longest = 4_000;

/** Remembers faults of the page for a report, until it is closed. */
export class PageErrors {
  readonly #list: PageError[] = [];

  constructor(target: Window) {
    target.addEventListener('error', ({ error, message }: ErrorEvent) => this.add(error ?? message));
    target.addEventListener('unhandledrejection', ({ reason }) => this.add(reason));
  }

  get list(): readonly PageError[] {
    return this.#list;
  }

  add(fault: unknown): void {
    const stack = fault instanceof Error ? fault.stack?.slice(0, longest) : undefined;
    const text = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
    if (this.#list.length >= most) this.#list.splice(most / 2, 1);
    this.#list.push({
      at: new Date().toISOString(),
      message: text.slice(0, longest),
      ...(stack !== undefined && { stack }),
    });
  }
}
