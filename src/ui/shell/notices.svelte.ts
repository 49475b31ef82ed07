import { shellText } from '../english/shell.ts';

/** Something that a notice offers to do, such as taking back what was just done. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void | Promise<void>;
}

export interface Notice {
  readonly id: number;
  /** `fault`: something went wrong, read out at once; `news`: something was done, read out when there is time. */
  readonly kind: 'fault' | 'news';
  readonly text: string;
  readonly action?: NoticeAction;
}

/** Milliseconds that news stay without being asked away; faults stay until they are dismissed. */
const newsMs = 12_000;

/** What the page has to say that belongs to no view: faults that nobody caught, and what was just done. */
export class Notices {
  #list = $state.raw<readonly Notice[]>([]);
  #next = 0;
  readonly #timers: Record<number, ReturnType<typeof setTimeout> | undefined> = {};

  /** The most notices shown at once; a fault that repeats must not fill the page. */
  static readonly most = 4;

  get list(): readonly Notice[] {
    return this.#list;
  }

  /** Shows a fault. */
  add(text: string): void {
    this.#push({ kind: 'fault', text });
  }

  /** Says what was done. It goes away by itself, unless it is pointed at or focused. Returns its id. */
  say(text: string, options: { action?: NoticeAction } = {}): number {
    const id = this.#push({ kind: 'news', text, ...options });
    this.resume(id);
    return id;
  }

  dismiss(id: number): void {
    this.hold(id);
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }

  /** Does what a notice offers, and takes it away, so that it cannot be done twice. */
  async act(id: number): Promise<void> {
    const action = this.#list.find((notice) => notice.id === id)?.action;
    this.dismiss(id);
    await action?.run();
  }

  /** Keeps news that are being read. */
  hold(id: number): void {
    clearTimeout(this.#timers[id]);
    this.#timers[id] = undefined;
  }

  /** Lets news go after their time, counted from now. */
  resume(id: number): void {
    if (this.#list.find((notice) => notice.id === id)?.kind !== 'news') return;
    this.hold(id);
    this.#timers[id] = setTimeout(() => this.dismiss(id), newsMs);
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

  /** The same text twice is said once: the newer takes the place of the older. */
  #push(notice: Omit<Notice, 'id'>): number {
    const same = this.#list.find(({ text }) => text === notice.text);
    if (same !== undefined && notice.kind === 'fault') return same.id;
    if (same !== undefined) this.dismiss(same.id);
    const id = this.#next++;
    const list = [...this.#list, { ...notice, id }];
    for (const old of list.slice(0, -Notices.most)) this.hold(old.id);
    this.#list = list.slice(-Notices.most);
    return id;
  }
}

function describe(fault: unknown): string {
  return shellText.notices.fault(fault instanceof Error ? fault.message : String(fault));
}
