import crc32 from 'pako/lib/zlib/crc32.js';
import { decode } from '../crypto/bytes.ts';
import type { RealmServices } from '../realm-services.ts';
import { BrotliCodec } from './brotli.ts';
import { BrotliCore } from './brotli-core.ts';
import { ZlibCodec, type Chunk, type ZlibFailure } from './codec.ts';

/** Node's number of the mode. */
const brotliEncode = 9;

type WriteArguments = [
  flush: number,
  input: Uint8Array | null,
  inputAt: number,
  inputLength: number,
  output: Uint8Array,
  outputAt: number,
  outputLength: number,
];

function chunkOf(
  ...[flush, input, inputAt, inputLength, output, outputAt, outputLength]: WriteArguments
): Chunk {
  const plain = input === null ? undefined : new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  return {
    flush,
    input: plain,
    inputAt: plain === undefined ? 0 : inputAt,
    inputLength: plain === undefined ? 0 : inputLength,
    output: new Uint8Array(output.buffer, output.byteOffset, output.byteLength),
    outputAt,
    outputLength,
  };
}

/** `internalBinding('zlib')`: deflate, inflate and gzip by pako's port of zlib, Brotli by a WebAssembly core. */
export function createZlibBinding(services: RealmServices): Record<string, unknown> {
  /** What the handles of all formats share. */
  class Handle {
    /** Set by Node's library. */
    onerror: ((message: string, errno: number, code: string) => void) | undefined;
    protected readonly mode: number;
    readonly #resource = services.asyncResource('ZLIB');
    #codec: ZlibCodec | BrotliCodec | undefined;
    #state = new Uint32Array(2);
    #processed: ((this: unknown) => void) | undefined;
    #writing = false;
    #closeLater = false;

    constructor(mode: number) {
      this.mode = mode;
    }

    protected begin(
      codec: ZlibCodec | BrotliCodec,
      writeState: Uint32Array,
      processed: (this: unknown) => void,
    ): void {
      this.#state = writeState as Uint32Array<ArrayBuffer>;
      this.#processed = processed;
      this.#codec = codec;
    }

    /** Works in a later turn, then calls the library back. */
    write(...args: WriteArguments): void {
      const chunk = chunkOf(...args);
      this.#writing = true;
      services.complete(() => {
        const failure = this.#codec?.work(chunk);
        this.#writing = false;
        if (failure === undefined) {
          this.#publish();
          this.#processed?.call(this);
        } else {
          this.#tell(failure);
        }
        if (this.#closeLater) this.close();
      }, this.#resource);
    }

    writeSync(...args: WriteArguments): void {
      const failure = this.#codec?.work(chunkOf(...args));
      if (failure === undefined) this.#publish();
      else this.#tell(failure);
    }

    params(level: number, strategy: number): void {
      const failure = this.#codec?.setParameters(level, strategy);
      if (failure !== undefined) this.#tell(failure);
    }

    reset(): void {
      const failure = this.#codec?.reset();
      if (failure !== undefined) this.#tell(failure);
    }

    close(): void {
      this.#closeLater = this.#writing;
      if (this.#writing) return;
      this.#codec?.end();
      this.#codec = undefined;
    }

    getAsyncId(): number {
      return this.#resource.getAsyncId();
    }

    #publish(): void {
      this.#state[0] = this.#codec?.availableOut ?? 0;
      this.#state[1] = this.#codec?.availableIn ?? 0;
    }

    #tell({ message, errno, code }: ZlibFailure): void {
      this.onerror?.(message, errno, code);
    }
  }

  class Zlib extends Handle {
    init(
      windowBits: number,
      level: number,
      memoryLevel: number,
      strategy: number,
      writeState: Uint32Array,
      processed: (this: unknown) => void,
      dictionary: Uint8Array | undefined,
    ): void {
      const codec = new ZlibCodec({
        mode: this.mode,
        windowBits,
        level,
        memoryLevel,
        strategy,
        dictionary: dictionary === undefined ? undefined : new Uint8Array(decode(services, dictionary)),
      });
      this.begin(codec, writeState, processed);
    }
  }

  let core: BrotliCore | undefined;
  const refuse = (what: string): never => services.missing(what);

  class BrotliHandle extends Handle {
    init(parameters: Uint32Array, writeState: Uint32Array, processed: (this: unknown) => void): void {
      core ??= new BrotliCore(services.wasm('brotli.wasm'));
      const codec = new BrotliCodec(
        core,
        this.mode === brotliEncode ? parameters.slice() : undefined,
        refuse,
      );
      this.begin(codec, writeState, processed);
    }
  }

  return {
    Zlib,
    BrotliEncoder: class BrotliEncoder extends BrotliHandle {},
    BrotliDecoder: class BrotliDecoder extends BrotliHandle {},
    crc32: (data: unknown, value: number) => {
      const bytes = decode(services, data);
      return crc32(value, bytes, bytes.length, 0) >>> 0;
    },
    ZLIB_VERSION: '1.3.1',
  };
}
