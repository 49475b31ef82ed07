import { host } from '../node/host.ts';
import { createRunner, type WasmCall } from './wasm-call.ts';

/** What a helper is sent; it answers with `{ id, results }` or `{ id, error }`. */
interface Order {
  readonly id: number;
  readonly calls: readonly WasmCall[];
}

interface Answer {
  readonly id: number;
  readonly results?: Uint8Array<ArrayBuffer>[];
  readonly error?: string;
}

type Done = (results: Uint8Array<ArrayBuffer>[] | undefined, error: Error | undefined) => void;

/** Natively four threads share such work. */
const mostHelpers = 3;

const script = `const run = (${createRunner.toString()})();
onmessage = ({ data: { id, calls } }) => {
  try {
    postMessage({ id, results: run(calls) });
  } catch (error) {
    postMessage({ id, error: String(error.message) });
  }
};`;

/**
 * Workers beside the process's own that run hashing cores, so that its event loop stays free and several hashes run at
 * once. They start with the first work and end with the process.
 */
export class HashHelpers {
  readonly #workers: { worker: Worker; waiting: number }[] = [];
  readonly #pending = new Map<number, { done: Done; ended: () => void }>();
  #url: string | undefined;
  #ids = 0;
  #broken = false;

  /** False where no workers can be started: the work is then done here. */
  get available(): boolean {
    return host.Worker !== undefined && !this.#broken;
  }

  run(calls: readonly WasmCall[], done: Done): void {
    const helper = this.#leastBusy();
    const order: Order = { id: this.#ids++, calls };
    helper.waiting++;
    this.#pending.set(order.id, { done, ended: () => void helper.waiting-- });
    helper.worker.postMessage(order);
  }

  #leastBusy(): { worker: Worker; waiting: number } {
    const free = this.#workers.find(({ waiting }) => waiting === 0);
    if (free !== undefined) return free;
    if (this.#workers.length < Math.min(mostHelpers, host.processors)) {
      const made = { worker: this.#start(), waiting: 0 };
      this.#workers.push(made);
      return made;
    }
    return this.#workers.reduce((least, each) => (each.waiting < least.waiting ? each : least));
  }

  #start(): Worker {
    this.#url ??= host.createObjectURL(new host.Blob([script], { type: 'text/javascript' }));
    const worker = new host.Worker(this.#url, { name: 'hashing' });
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      const pending = this.#pending.get(data.id);
      this.#pending.delete(data.id);
      pending?.ended();
      pending?.done(data.results, data.results === undefined ? new Error(data.error) : undefined);
    };
    worker.onerror = (event) => this.#fail(event.message);
    return worker;
  }

  /** No helper works here: what waits is told so, and nothing more is sent. */
  #fail(reason: string): void {
    this.#broken = true;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { done } of waiting) done(undefined, new Error(`A hashing worker failed: ${reason}`));
  }
}
