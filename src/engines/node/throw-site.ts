import { host } from './host.ts';

/** Where an exception was thrown, by the name of the file as stacks show it; both numbers from 1. */
export interface ThrowSite {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Thrown {
  readonly error: unknown;
  /** Undefined where the browser does not tell. */
  readonly site: ThrowSite | undefined;
}

const eventName = 'call';

/**
 * Calls functions so that the place of a `throw` is known. JavaScript that catches an exception does not learn where it
 * was thrown, only where an error was made; what leaves the listener of an event is reported with its place.
 */
export class Caller {
  /** Taken now: the realm's boot takes the methods of event targets away. */
  readonly #dispatch: (event: Event) => boolean;
  #task: (() => void) | undefined;
  #thrown: Thrown | undefined;
  #calls = 0;

  constructor() {
    const target = new host.EventTarget();
    this.#dispatch = target.dispatchEvent.bind(target);
    target.addEventListener(eventName, () => {
      const task = this.#task;
      this.#task = undefined;
      task?.();
    });
    host.addEventListener('error', (event) => {
      if (this.#calls === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#thrown = thrownBy(event as ErrorEvent);
    });
  }

  /** Runs the task; returns what it threw. */
  call(task: () => void): Thrown | undefined {
    this.#task = task;
    this.#thrown = undefined;
    this.#calls++;
    try {
      this.#dispatch(new host.Event(eventName));
    } finally {
      this.#calls--;
    }
    const thrown = this.#thrown;
    this.#thrown = undefined;
    return thrown;
  }
}

function thrownBy({ error, filename, lineno, colno }: ErrorEvent): Thrown {
  const site = filename === '' || lineno === 0 ? undefined : { file: filename, line: lineno, column: colno };
  return { error: error as unknown, site };
}
