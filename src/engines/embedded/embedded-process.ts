import { limits } from '../../domain/limits.ts';
import type { OutputChunk, Process } from '../engine.ts';

/** What a process needs of its sandbox. */
export interface ProcessControls {
  input(bytes: Uint8Array<ArrayBuffer> | null): void;
  kill(signal: number): void;
}

const signals = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 } as const;

/** The page's handle of a process inside a sandbox. */
export class EmbeddedProcess implements Process {
  readonly output: ReadableStream<OutputChunk>;
  readonly input: WritableStream<Uint8Array>;
  readonly exit: Promise<number>;
  readonly #controls: ProcessControls;
  #controller: ReadableStreamDefaultController<OutputChunk> | undefined;
  #resolveExit: (code: number) => void = () => undefined;
  #received = 0;

  constructor(
    readonly pid: number,
    controls: ProcessControls,
  ) {
    this.#controls = controls;
    this.exit = new Promise((resolve) => (this.#resolveExit = resolve));
    this.output = new ReadableStream<OutputChunk>({
      start: (controller) => void (this.#controller = controller),
      cancel: () => void (this.#controller = undefined),
    });
    this.input = new WritableStream<Uint8Array>({
      write: (bytes) => controls.input(Uint8Array.from(bytes)),
      close: () => controls.input(null),
    });
  }

  kill(signal: keyof typeof signals = 'SIGTERM'): void {
    this.#controls.kill(signals[signal]);
  }

  /** The kernel caps output; a kernel that does not is not believed. @returns false when there was too much. */
  receive(chunk: OutputChunk): boolean {
    this.#received += chunk.bytes.byteLength;
    if (this.#received > limits.outputBytes * 2) return false;
    this.#controller?.enqueue(chunk);
    return true;
  }

  finish(code: number): void {
    this.#controller?.close();
    this.#controller = undefined;
    this.#resolveExit(code);
  }
}
