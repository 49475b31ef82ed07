import { host } from '../host.ts';
import type { RealmServices } from '../realm-services.ts';
import { ConnectionsList } from './connections.ts';
import { Llhttp } from './llhttp.ts';
import { ParserState, slots, toBuffer, type ConsumableHandle } from './parser.ts';

export type { ConsumableHandle, StreamConsumer } from './parser.ts';

/** llhttp's methods up to SOURCE, and QUERY; the rest are those of RTSP. */
const lastHttpMethod = 33;
const queryMethod = 46;

const leniency = {
  kLenientNone: 0,
  kLenientHeaders: 1,
  kLenientChunkedLength: 2,
  kLenientKeepAlive: 4,
  kLenientTransferEncoding: 8,
  kLenientVersion: 16,
  kLenientDataAfterClose: 32,
  kLenientOptionalLFAfterCR: 64,
  kLenientOptionalCRLFAfterChunk: 128,
  kLenientOptionalCRBeforeLF: 256,
  kLenientSpacesAfterChunkSize: 512,
  kLenientAll: 1023,
} as const;

/**
 * `internalBinding('http_parser')` over llhttp itself, so that every accepted and rejected request, error code and
 * byte count is Node's. Needs the WebAssembly module `llhttp.wasm`.
 */
export function createHttpParserBinding(services: RealmServices): Record<string, unknown> {
  const llhttp = new Llhttp(services.wasm('llhttp.wasm'));

  class HTTPParser {
    static readonly REQUEST = 1;
    static readonly RESPONSE = 2;
    #state: ParserState | undefined;

    initialize(
      type: number,
      resource: object,
      maxHeaderSize = 0,
      flags = 0,
      list?: ConnectionsList | null,
    ): void {
      this.#drop();
      this.#state = new ParserState(
        llhttp,
        services,
        this,
        type,
        resource,
        maxHeaderSize,
        flags,
        list ?? undefined,
      );
    }

    execute(data: Uint8Array): unknown {
      return this.#state?.execute(data);
    }

    finish(): unknown {
      return this.#state?.finish();
    }

    pause(): void {
      this.#state?.setPaused(true);
    }

    resume(): void {
      this.#state?.setPaused(false);
    }

    consume(handle: ConsumableHandle): void {
      this.#state?.consume(handle);
    }

    unconsume(): void {
      this.#state?.unconsume();
    }

    getCurrentBuffer(): Uint8Array | null {
      const bytes = this.#state?.currentBuffer();
      return bytes === undefined ? null : toBuffer(services, bytes);
    }

    /** Milliseconds since the current message began; 0 when idle. */
    duration(): number {
      const start = this.#state?.messageStart ?? 0;
      return start === 0 ? 0 : host.now() - start;
    }

    headersCompleted(): boolean {
      return this.#state?.headersDone ?? false;
    }

    remove(): void {
      this.#state?.forget();
    }

    /** Called when the parser returns to the pool; its resources stay for the next `initialize`. */
    free(): void {
      this.#state?.forget();
    }

    close(): void {
      this.#drop();
    }

    getAsyncId(): number {
      return this.#state?.context.getAsyncId() ?? -1;
    }

    #drop(): void {
      this.#state?.release();
      this.#state = undefined;
    }
  }
  Object.assign(HTTPParser, slots, leniency);

  const allMethods: string[] = [];
  for (let method = 0; method <= queryMethod; method++) allMethods.push(llhttp.methodName(method));
  const methods = allMethods.filter((_, method) => method <= lastHttpMethod || method === queryMethod);
  return { methods, allMethods, HTTPParser, ConnectionsList };
}
