import deflate from 'pako/lib/zlib/deflate.js';
import inflate from 'pako/lib/zlib/inflate.js';
import ZStream from 'pako/lib/zlib/zstream.js';

/** Node's modes of a zlib handle. */
export const Mode = {
  deflate: 1,
  inflate: 2,
  gzip: 3,
  gunzip: 4,
  deflateRaw: 5,
  inflateRaw: 6,
  unzip: 7,
} as const;

const Z = {
  FINISH: 4,
  OK: 0,
  STREAM_END: 1,
  NEED_DICT: 2,
  DATA_ERROR: -3,
  BUF_ERROR: -5,
  DEFLATED: 8,
} as const;

const codeNames: Record<number, string> = {
  0: 'Z_OK',
  1: 'Z_STREAM_END',
  2: 'Z_NEED_DICT',
  [-1]: 'Z_ERRNO',
  [-2]: 'Z_STREAM_ERROR',
  [-3]: 'Z_DATA_ERROR',
  [-4]: 'Z_MEM_ERROR',
  [-5]: 'Z_BUF_ERROR',
  [-6]: 'Z_VERSION_ERROR',
};

const defaultLevel = 6;
const gzipMagic = [0x1f, 0x8b] as const;

/** zlib's tuning by level: good, lazy, nice and chain lengths of its match search. */
const tunings: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 0, 0],
  [4, 4, 8, 4],
  [4, 5, 16, 8],
  [4, 6, 32, 32],
  [4, 4, 16, 16],
  [8, 16, 32, 32],
  [8, 16, 128, 128],
  [8, 32, 128, 256],
  [32, 128, 258, 1024],
  [32, 258, 258, 4096],
];

/** What `onerror` of a handle is told. */
export interface ZlibFailure {
  readonly message: string;
  readonly errno: number;
  readonly code: string;
}

export interface CodecOptions {
  readonly mode: number;
  readonly windowBits: number;
  readonly level: number;
  readonly memoryLevel: number;
  readonly strategy: number;
  readonly dictionary: Uint8Array | undefined;
}

/** One stretch of work: input and output with their ranges. */
export interface Chunk {
  readonly flush: number;
  readonly input: Uint8Array | undefined;
  readonly inputAt: number;
  readonly inputLength: number;
  readonly output: Uint8Array;
  readonly outputAt: number;
  readonly outputLength: number;
}

/** A deflate or inflate stream with Node's rules: concatenated gzip members, detection of gzip, its error texts. */
export class ZlibCodec {
  readonly #options: CodecOptions;
  readonly #stream = new ZStream();
  #mode: number;
  #code: number = Z.OK;
  #flush = 0;
  #started = false;
  /** Bytes of gzip's signature seen while it is not yet clear what kind of input this is. */
  #magicSeen = 0;

  constructor(options: CodecOptions) {
    this.#options = options;
    this.#mode = options.mode;
  }

  get availableOut(): number {
    return this.#stream.avail_out;
  }

  get availableIn(): number {
    return this.#stream.avail_in;
  }

  /** Takes and gives as much as it can. @returns what went wrong, if anything. */
  work(chunk: Chunk): ZlibFailure | undefined {
    const failed = this.#start();
    if (failed !== undefined) return failed;
    const stream = this.#stream;
    stream.input = chunk.input ?? new Uint8Array(0);
    stream.next_in = chunk.inputAt;
    stream.avail_in = chunk.inputLength;
    stream.output = chunk.output;
    stream.next_out = chunk.outputAt;
    stream.avail_out = chunk.outputLength;
    this.#flush = chunk.flush;
    if (this.#deflates) this.#code = deflate.deflate(stream, this.#flush);
    else this.#inflate();
    return this.#failure();
  }

  /** Changes level and strategy of a running deflate; the library has flushed it before. */
  setParameters(level: number, strategy: number): ZlibFailure | undefined {
    const failed = this.#start();
    if (failed !== undefined || !this.#deflates) return failed;
    const { state } = this.#stream;
    const effective = level === -1 ? defaultLevel : level;
    const tuning = tunings[effective];
    if (state === null || tuning === undefined) return this.#error('Failed to set parameters');
    const [good_match, max_lazy_match, nice_match, max_chain_length] = tuning;
    Object.assign(state, {
      level: effective,
      strategy,
      good_match,
      max_lazy_match,
      nice_match,
      max_chain_length,
    });
    return undefined;
  }

  reset(): ZlibFailure | undefined {
    const failed = this.#start();
    if (failed !== undefined) return failed;
    this.#code = this.#deflates ? deflate.deflateReset(this.#stream) : inflate.inflateReset(this.#stream);
    return this.#code === Z.OK ? this.#setDictionary() : this.#error('Failed to reset stream');
  }

  end(): void {
    if (!this.#started) return;
    if (this.#deflates) deflate.deflateEnd(this.#stream);
    else inflate.inflateEnd(this.#stream);
    this.#started = false;
  }

  get #deflates(): boolean {
    return this.#mode === Mode.deflate || this.#mode === Mode.gzip || this.#mode === Mode.deflateRaw;
  }

  #start(): ZlibFailure | undefined {
    if (this.#started) return undefined;
    this.#started = true;
    const { level, memoryLevel, strategy } = this.#options;
    const bits = this.#windowBits();
    this.#code = this.#deflates
      ? deflate.deflateInit2(this.#stream, level, Z.DEFLATED, bits, memoryLevel, strategy)
      : inflate.inflateInit2(this.#stream, bits);
    return this.#code === Z.OK ? this.#setDictionary() : this.#error('Init error');
  }

  /** zlib's coding of the format in the window size. */
  #windowBits(): number {
    const { windowBits } = this.#options;
    if (this.#mode === Mode.gzip || this.#mode === Mode.gunzip) return windowBits + 16;
    if (this.#mode === Mode.unzip) return windowBits + 32;
    return this.#mode === Mode.deflateRaw || this.#mode === Mode.inflateRaw ? -windowBits : windowBits;
  }

  #setDictionary(): ZlibFailure | undefined {
    const { dictionary } = this.#options;
    if (dictionary === undefined) return undefined;
    if (this.#mode === Mode.deflate || this.#mode === Mode.deflateRaw) {
      this.#code = deflate.deflateSetDictionary(this.#stream, dictionary);
    } else if (this.#mode === Mode.inflateRaw) {
      this.#code = inflate.inflateSetDictionary(this.#stream, dictionary);
    }
    return this.#code === Z.OK ? undefined : this.#error('Failed to set dictionary');
  }

  #inflate(): void {
    const stream = this.#stream;
    if (this.#mode === Mode.unzip) this.#detect();
    this.#code = inflate.inflate(stream, this.#flush);
    const { dictionary } = this.#options;
    if (this.#mode !== Mode.inflateRaw && this.#code === Z.NEED_DICT && dictionary !== undefined) {
      this.#code = inflate.inflateSetDictionary(stream, dictionary);
      if (this.#code === Z.OK) this.#code = inflate.inflate(stream, this.#flush);
      else if (this.#code === Z.DATA_ERROR) this.#code = Z.NEED_DICT;
    }
    // Another member may follow; zero bytes are padding.
    while (
      stream.avail_in > 0 &&
      this.#mode === Mode.gunzip &&
      this.#code === Z.STREAM_END &&
      stream.input?.[stream.next_in] !== 0
    ) {
      inflate.inflateReset(stream);
      this.#code = inflate.inflate(stream, this.#flush);
    }
  }

  #detect(): void {
    const { input, next_in: at, avail_in: length } = this.#stream;
    for (let i = 0; i < length; i++) {
      if (input?.[at + i] !== gzipMagic[this.#magicSeen]) {
        this.#mode = Mode.inflate;
        return;
      }
      this.#magicSeen++;
      if (this.#magicSeen === gzipMagic.length) {
        this.#mode = Mode.gunzip;
        return;
      }
    }
  }

  #failure(): ZlibFailure | undefined {
    switch (this.#code) {
      case Z.OK:
      case Z.BUF_ERROR:
        if (this.#stream.avail_out === 0 || this.#flush !== Z.FINISH) return undefined;
        return this.#error('unexpected end of file');
      case Z.STREAM_END:
        return undefined;
      case Z.NEED_DICT:
        return this.#error(this.#options.dictionary === undefined ? 'Missing dictionary' : 'Bad dictionary');
      default:
        return this.#error('Zlib error');
    }
  }

  #error(text: string): ZlibFailure {
    // pako words some failures that zlib leaves to its caller to word.
    const own = this.#code === Z.BUF_ERROR || this.#code === Z.NEED_DICT ? '' : this.#stream.msg;
    return {
      message: own || text,
      errno: this.#code,
      code: codeNames[this.#code] ?? `ZLIB_ERROR_${this.#code}`,
    };
  }
}
