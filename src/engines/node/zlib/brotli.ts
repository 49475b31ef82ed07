import { BrotliFailure, StepCode, type BrotliCore } from './brotli-core.ts';
import type { Chunk, ZlibFailure } from './codec.ts';

/** Operations of Brotli's encoder, as the library passes them for `flush`. */
const Operation = { process: 0, flush: 1, finish: 2 } as const;

const qualityParameter = 1;
const bestQuality = 11;

/** Brotli's names of its decoder's errors, from -1 on; Node makes its codes of them. */
const failures = [
  'FORMAT_EXUBERANT_NIBBLE',
  'FORMAT_RESERVED',
  'FORMAT_EXUBERANT_META_NIBBLE',
  'FORMAT_SIMPLE_HUFFMAN_ALPHABET',
  'FORMAT_SIMPLE_HUFFMAN_SAME',
  'FORMAT_CL_SPACE',
  'FORMAT_HUFFMAN_SPACE',
  'FORMAT_CONTEXT_MAP_REPEAT',
  'FORMAT_BLOCK_LENGTH_1',
  'FORMAT_BLOCK_LENGTH_2',
  'FORMAT_TRANSFORM',
  'FORMAT_DICTIONARY',
  'FORMAT_WINDOW_BITS',
  'FORMAT_PADDING_1',
  'FORMAT_PADDING_2',
  'FORMAT_DISTANCE',
] as const;

const bufferError = -5;
const unset = 0xffffffff;

/** A Brotli stream with Node's rules. */
export class BrotliCodec {
  availableOut = 0;
  availableIn = 0;
  readonly #core: BrotliCore;
  readonly #quality: number | undefined;
  readonly #refuse: (what: string) => never;
  #stream: number | undefined;
  #ended = false;

  /** `parameters` are the library's, undefined when it decompresses; `refuse` names what is not offered. */
  constructor(core: BrotliCore, parameters: Uint32Array | undefined, refuse: (what: string) => never) {
    this.#core = core;
    const quality = parameters?.[qualityParameter] ?? unset;
    this.#quality =
      parameters === undefined ? undefined : quality === unset ? bestQuality : Math.min(quality, bestQuality);
    this.#refuse = refuse;
  }

  /** Takes and gives as much as it can. @returns what went wrong, if anything. */
  work(chunk: Chunk): ZlibFailure | undefined {
    const compressing = this.#quality !== undefined;
    if (compressing && chunk.flush !== Operation.process && chunk.flush !== Operation.finish)
      this.#refuse('zlib: flushing a Brotli stream');
    this.#stream ??= this.#core.open(this.#quality);
    this.availableOut = chunk.outputLength;
    this.availableIn = chunk.inputLength;
    try {
      const wants = this.#feed(chunk, compressing);
      if (compressing || chunk.flush !== Operation.finish || !wants || this.availableOut === 0)
        return undefined;
      return { message: 'unexpected end of file', errno: bufferError, code: 'Z_BUF_ERROR' };
    } catch (error) {
      if (!(error instanceof BrotliFailure)) throw error;
      const name = failures[-error.errno - 1];
      const code = name === undefined ? `ERR_${error.errno}` : `ERR__ERROR_${name}`;
      return { message: error.message, errno: error.errno, code };
    }
  }

  /** True when the stream wants more input than there is. */
  #feed(chunk: Chunk, compressing: boolean): boolean {
    const finishing = compressing && chunk.flush === Operation.finish;
    while (!this.#ended && this.availableOut > 0) {
      const start = chunk.inputAt + chunk.inputLength - this.availableIn;
      const input = chunk.input?.subarray(start, start + this.availableIn);
      const given = finishing && this.availableIn === 0 ? undefined : (input ?? new Uint8Array(0));
      if (compressing && given?.length === 0) return true;
      const { output, taken, code } = this.#core.step(
        this.#stream ?? 0,
        compressing,
        given,
        this.availableOut,
      );
      chunk.output.set(output, chunk.outputAt + chunk.outputLength - this.availableOut);
      this.availableOut -= output.length;
      this.availableIn -= taken;
      this.#ended = code === StepCode.ended && (!compressing || given === undefined);
      if (code === StepCode.wantsInput && this.availableIn === 0 && !finishing) return true;
    }
    return false;
  }

  /** Brotli has no parameters that change under way. */
  setParameters(): undefined {
    return undefined;
  }

  reset(): undefined {
    this.end();
    return undefined;
  }

  end(): void {
    if (this.#stream !== undefined) this.#core.close(this.#stream, this.#quality !== undefined);
    this.#stream = undefined;
    this.#ended = false;
  }
}
