import { host } from '../host.ts';

/** What a step of a stream gave: bytes, how many of the input it took, and how it stands. */
export interface BrotliStep {
  readonly output: Uint8Array;
  readonly taken: number;
  /** 1: the stream has ended; 2: it wants more input; 3: it has more output than there was room for. */
  readonly code: number;
}

export const StepCode = { ended: 1, wantsInput: 2, hasOutput: 3 } as const;

/** The core refused its input: a negative number of Brotli's decoder. */
export class BrotliFailure extends Error {
  constructor(readonly errno: number) {
    super('Decompression failed');
  }
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __wbindgen_malloc: (size: number) => number;
  readonly __wbindgen_free: (pointer: number, size: number) => void;
  readonly __wbindgen_add_to_stack_pointer: (by: number) => number;
  readonly compressstream_new: (hasQuality: number, quality: number) => number;
  readonly compressstream_compress: StepFunction;
  readonly __wbg_compressstream_free: (stream: number) => void;
  readonly decompressstream_new: () => number;
  readonly decompressstream_decompress: StepFunction;
  readonly __wbg_decompressstream_free: (stream: number) => void;
  readonly __wbg_get_brotlistreamresult_code: (result: number) => number;
  readonly __wbg_get_brotlistreamresult_input_offset: (result: number) => number;
  readonly __wbg_get_brotlistreamresult_buf: (target: number, result: number) => void;
  readonly __wbg_brotlistreamresult_free: (result: number) => void;
}

type StepFunction = (target: number, stream: number, input: number, length: number, room: number) => void;

/** Room on the core's stack for what a function returns. */
const returnBytes = 16;

/** The Brotli core of brotli-wasm: its streams, over the plain functions that it exports. */
export class BrotliCore {
  readonly #exports: Exports;
  /** JavaScript values that the core holds by number; errors only, here. */
  readonly #values: unknown[] = [undefined];

  constructor(module: WebAssembly.Module) {
    const text = (pointer: number, length: number): string =>
      new host.TextDecoder().decode(new Uint8Array(this.#exports.memory.buffer, pointer, length).slice());
    const keep = (value: unknown): number => this.#values.push(value) - 1;
    const known: Record<string, (a: number, b: number) => unknown> = {
      __wbindgen_string_new: (pointer, length) => keep(text(pointer, length)),
      __wbindgen_error_new: (pointer, length) => keep(new Error(text(pointer, length))),
      __wbindgen_is_undefined: (index) => (this.#values[index] === undefined ? 1 : 0),
      __wbindgen_object_drop_ref: (index) => void (this.#values[index] = undefined),
      __wbindgen_throw: (pointer, length) => {
        throw new Error(text(pointer, length));
      },
    };
    const imports: Record<string, Record<string, (a: number, b: number) => unknown>> = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      (imports[from] ??= {})[name] = known[name] ?? (() => 0);
    }
    this.#exports = new WebAssembly.Instance(module, imports as WebAssembly.Imports)
      .exports as unknown as Exports;
  }

  /** A new stream; a compressing one has a quality from 0 to 11. */
  open(quality: number | undefined): number {
    if (quality === undefined) return this.#exports.decompressstream_new();
    return this.#exports.compressstream_new(1, quality);
  }

  close(stream: number, compressing: boolean): void {
    if (compressing) this.#exports.__wbg_compressstream_free(stream);
    else this.#exports.__wbg_decompressstream_free(stream);
  }

  /** Gives a stream input, or its end when there is none, and takes at most `room` bytes. @throws BrotliFailure */
  step(stream: number, compressing: boolean, input: Uint8Array | undefined, room: number): BrotliStep {
    const core = this.#exports;
    let pointer = 0;
    if (input !== undefined) {
      pointer = core.__wbindgen_malloc(input.length);
      new Uint8Array(core.memory.buffer, pointer, input.length).set(input);
    }
    const run = compressing ? core.compressstream_compress : core.decompressstream_decompress;
    const [result = 0, error = 0, failed = 0] = this.#returned((target) =>
      run(target, stream, pointer, input?.length ?? 0, room),
    );
    if (failed !== 0) throw this.#failureOf(error);
    const [start = 0, length = 0] = this.#returned((target) =>
      core.__wbg_get_brotlistreamresult_buf(target, result),
    );
    const output = new Uint8Array(core.memory.buffer, start, length).slice();
    core.__wbindgen_free(start, length);
    const code = core.__wbg_get_brotlistreamresult_code(result);
    const taken = core.__wbg_get_brotlistreamresult_input_offset(result);
    core.__wbg_brotlistreamresult_free(result);
    return { output, taken, code };
  }

  /** Calls a function that writes three numbers to where it is told. */
  #returned(run: (target: number) => void): Int32Array {
    const core = this.#exports;
    const target = core.__wbindgen_add_to_stack_pointer(-returnBytes);
    try {
      run(target);
      return new Int32Array(core.memory.buffer, target, 3).slice();
    } finally {
      core.__wbindgen_add_to_stack_pointer(returnBytes);
    }
  }

  #failureOf(index: number): BrotliFailure {
    const value = this.#values[index];
    this.#values[index] = undefined;
    const number = /-\d+/.exec(value instanceof Error ? value.message : String(value))?.[0];
    return new BrotliFailure(Number(number ?? -1));
  }
}
