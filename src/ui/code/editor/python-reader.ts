import PythonWorker from './python.worker.ts?worker';
import type { PythonAnswer, PythonQuestion } from './python-messages.ts';

/** A text made to take long must not keep the reader from the next one. Milliseconds. */
const patienceMs = 4_000;

interface Waiting {
  readonly id: number;
  readonly settle: (answer: PythonAnswer | undefined) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Reads Python in a worker, one question after another. */
export class PythonReader {
  #worker: Worker | undefined;
  #waiting: readonly Waiting[] = [];
  #count = 0;

  /** Resolves with undefined when it took too long or the worker failed. */
  read(path: string, text: string, paths: readonly string[]): Promise<PythonAnswer | undefined> {
    return new Promise((settle) => {
      const question: PythonQuestion = { id: ++this.#count, path, text, paths };
      const timer = setTimeout(() => this.#giveUp(), patienceMs);
      this.#waiting = [...this.#waiting, { id: question.id, settle, timer }];
      this.#start().postMessage(question);
    });
  }

  dispose(): void {
    this.#giveUp();
  }

  #start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new PythonWorker();
    worker.onmessage = ({ data }: MessageEvent<PythonAnswer>) => this.#settle(data.id, data);
    worker.onerror = () => this.#giveUp();
    this.#worker = worker;
    return worker;
  }

  #settle(id: number, answer: PythonAnswer | undefined): void {
    const waiting = this.#waiting.find((one) => one.id === id);
    this.#waiting = this.#waiting.filter((one) => one.id !== id);
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    waiting.settle(answer);
  }

  /** Ends the worker; the next question starts another. */
  #giveUp(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { id } of this.#waiting) this.#settle(id, undefined);
  }
}
