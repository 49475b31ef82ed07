/** What goes to and fro between postman-sandbox and the place where scripts run, written as uvm does. */
type Listener = (event: MessageEvent<unknown>) => void;

/**
 * The worker in which a collection's scripts run, seen as uvm wants to see one (`_sandbox`). Unlike uvm's own, it can
 * be ended in the middle of a script and begun anew: scripts are hostile, and nothing else stops a loop.
 */
export class ScriptWorker {
  #worker: Worker | undefined;
  #firmware = '';
  /** The first message to the firmware, which makes it ready for scripts; sent again after a restart. */
  #initialize: unknown;
  /** Messages that wait for a restarted worker to be up. */
  #waiting: unknown[] | undefined;
  readonly #listeners = new Map<string, Set<Listener>>();

  addEventListener(type: string, listener: Listener): void {
    const all = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, all.add(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#listeners.get(type)?.delete(listener);
  }

  postMessage(message: unknown): void {
    if (this.#worker === undefined) {
      this.#firmware = firmwareOf(message);
      this.#start();
    } else if (this.#waiting !== undefined) {
      this.#waiting.push(message);
    } else {
      this.#initialize ??= message;
      this.#worker.postMessage(message);
    }
  }

  /** Ends whatever script runs; those that come find a fresh worker. */
  restart(): void {
    this.#worker?.terminate();
    this.#waiting = [this.#initialize];
    this.#start();
  }

  terminate(): void {
    this.#worker?.terminate();
    this.#listeners.clear();
  }

  #start(): void {
    const url = URL.createObjectURL(new Blob([this.#firmware], { type: 'text/javascript' }));
    const worker = new Worker(url, { name: 'scripts' });
    this.#worker = worker;
    for (const type of ['message', 'error']) {
      worker.addEventListener(type, (event) => {
        if (worker === this.#worker && event instanceof Event) this.#receive(type, event);
      });
    }
  }

  #receive(type: string, event: Event): void {
    // The first word of a worker says that its firmware is up.
    const waiting = type === 'message' ? this.#waiting : undefined;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      for (const message of waiting) this.#worker?.postMessage(message);
      return;
    }
    if (event instanceof ErrorEvent) event.preventDefault();
    for (const listener of this.#listeners.get(type) ?? []) listener(event as MessageEvent<unknown>);
  }
}

/** @throws Error when uvm does not begin with its firmware: another version than the one this was written for. */
function firmwareOf(message: unknown): string {
  if (typeof message === 'object' && message !== null && '__init_uvm' in message) {
    const { __init_uvm: firmware } = message;
    if (typeof firmware === 'string') return firmware;
  }
  throw new Error('the scripts of the collection cannot be run: uvm sent no firmware');
}
