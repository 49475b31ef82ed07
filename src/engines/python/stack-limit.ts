import type { EmscriptenModule } from './emscripten.ts';

/**
 * How deep Python may recurse through C code. The interpreter measures its stack in linear memory, but what runs out
 * first is the browser's own stack for WebAssembly, about 1 MB, of which no program can see how much is left; then the
 * whole interpreter is lost. So each thread is given a part of linear memory that is used up before.
 */

/** Bytes of linear memory for a thread: calls of Python through C code, which take the more of it. */
const USUAL = 224 * 1024;
/** Bytes for parsers, which take 16 bytes a level here and hundreds of the browser's stack: some 1,500 levels, as natively. */
const PARSERS = 40 * 1024;

interface PythonApi extends EmscriptenModule {
  _emscripten_stack_get_current(): number;
  _PyThreadState_Get(): number;
  _PyUnstable_ThreadState_SetStackProtection(thread: number, start: number, bytes: number): number;
}

export class StackLimit {
  readonly #python: PythonApi;
  /** Where the part of a thread begins, by its state. */
  readonly #starts = new Map<number, number>();

  constructor(module: EmscriptenModule) {
    this.#python = module as PythonApi;
  }

  /** Gives the running thread its part, from here on. */
  begin(): void {
    const start = this.#python._emscripten_stack_get_current() - USUAL;
    this.#starts.set(this.#python._PyThreadState_Get(), start);
    this.#set(start, USUAL);
  }

  /** Until `widen`, the running thread has the part of a parser. */
  narrow(): void {
    this.#set(this.#python._emscripten_stack_get_current() - PARSERS, PARSERS);
  }

  widen(): void {
    const start = this.#starts.get(this.#python._PyThreadState_Get());
    if (start !== undefined) this.#set(start, USUAL);
  }

  #set(start: number, bytes: number): void {
    this.#python._PyUnstable_ThreadState_SetStackProtection(this.#python._PyThreadState_Get(), start, bytes);
  }
}
