import { host } from '../host.ts';
import type { RealmServices } from '../realm-services.ts';
import { ConnectionsList, type TrackedParser } from './connections.ts';
import { HPE, type Llhttp, type MessageEvents } from './llhttp.ts';

/** Who gets the bytes of a stream in place of its `onread`. The end and errors still go to `onread`. */
export interface StreamConsumer {
  onBytes(bytes: Uint8Array): void;
}

/** A stream handle whose reading a parser may take over. */
export interface ConsumableHandle {
  consumer?: StreamConsumer | undefined;
}

/** Slots of a parser object in which the library keeps its callbacks. */
export const slots = {
  kOnMessageBegin: 0,
  kOnHeaders: 1,
  kOnHeadersComplete: 2,
  kOnBody: 3,
  kOnMessageComplete: 4,
  kOnExecute: 5,
  kOnTimeout: 6,
} as const;

const requestType = 1;
const maxPairs = 32;
const defaultMaxHeaderBytes = 16 * 1024;

type Callback = (this: unknown, ...args: unknown[]) => unknown;

/** A parse error as the library reads it: `code` HPE_*, `reason`, `bytesParsed`. */
interface ParseError extends Error {
  bytesParsed: number;
  code: string;
  reason: string;
}

/**
 * The state behind one `HTTPParser`: collects what llhttp reports into the callbacks that Node's library expects.
 * The order of things, the flushing of headers in groups and the texts are those of Node 20's parser.
 */
export class ParserState implements MessageEvents, TrackedParser {
  messageStart = 0;
  headersDone = false;
  /** Its async context. */
  readonly context: { getAsyncId(): number };
  readonly #address: number;
  readonly #isRequest: boolean;
  #list: ConnectionsList | undefined;
  #handle: ConsumableHandle | undefined;
  #fields: string[] = [];
  #values: string[] = [];
  #url = '';
  #status = '';
  #flushed = false;
  #headerBytes = 0;
  #running = false;
  #pauseLater: boolean | undefined;
  /** Let go of by one of its own callbacks. */
  #released = false;
  #failure: { error: unknown } | undefined;
  #input: Uint8Array | undefined;

  constructor(
    readonly llhttp: Llhttp,
    readonly services: RealmServices,
    readonly parser: object,
    type: number,
    resource: object,
    readonly maxHeaderBytes: number,
    leniency: number,
    list: ConnectionsList | undefined,
  ) {
    this.#isRequest = type === requestType;
    this.#address = llhttp.create(type, leniency, this);
    const provider = this.#isRequest ? 'HTTPINCOMINGMESSAGE' : 'HTTPCLIENTREQUEST';
    this.context = services.asyncResource(provider, resource);
    this.#list = list;
    if (list !== undefined) {
      // A client that connects and sends nothing must run into the timeouts as well.
      this.messageStart = host.now();
      ConnectionsList.track(list, this, true);
    }
  }

  /** Parses bytes. @returns how many were taken, or a parse error. @throws what a callback threw. */
  execute(data: Uint8Array): number | ParseError {
    return this.#run(data) ?? data.byteLength;
  }

  /** The input ended. @returns a parse error when it must not end here. @throws what a callback threw. */
  finish(): ParseError | undefined {
    const result = this.#run(undefined);
    return typeof result === 'number' ? undefined : result;
  }

  /** Bytes of the read under way, for the library's error objects and upgrade heads. */
  currentBuffer(): Uint8Array | undefined {
    return this.#input;
  }

  consume(handle: ConsumableHandle): void {
    this.#handle = handle;
    handle.consumer = {
      onBytes: (bytes) => void this.services.callback(() => this.#read(bytes), this.context),
    };
  }

  unconsume(): void {
    if (this.#handle !== undefined) this.#handle.consumer = undefined;
    this.#handle = undefined;
  }

  setPaused(paused: boolean): void {
    if (this.#running) this.#pauseLater = paused;
    else if (paused) this.llhttp.pause(this.#address);
    else this.llhttp.resume(this.#address);
  }

  forget(): void {
    if (this.#list !== undefined) ConnectionsList.forget(this.#list, this);
  }

  release(): void {
    this.forget();
    this.unconsume();
    if (this.#running) this.#released = true;
    else this.llhttp.free(this.#address);
  }

  onMessageBegin(): number {
    this.#fields = [];
    this.#values = [];
    this.headersDone = false;
    this.messageStart = host.now();
    this.#url = '';
    this.#status = '';
    if (this.#list !== undefined) ConnectionsList.track(this.#list, this, true);
    return this.#notify(slots.kOnMessageBegin);
  }

  onUrl(text: string): number {
    this.#url += text;
    return this.#countHeader(text.length);
  }

  onStatus(text: string): number {
    this.#status += text;
    return this.#countHeader(text.length);
  }

  onHeaderField(text: string): number {
    const rejected = this.#countHeader(text.length);
    if (rejected !== 0) return rejected;
    if (this.#fields.length === this.#values.length) {
      if (this.#fields.length === maxPairs - 1) {
        this.#flush();
        this.#fields = [];
        this.#values = [];
      }
      this.#fields.push(text);
    } else {
      this.#fields[this.#fields.length - 1] += text;
    }
    return 0;
  }

  onHeaderValue(text: string): number {
    const rejected = this.#countHeader(text.length);
    if (rejected !== 0) return rejected;
    if (this.#values.length === this.#fields.length) this.#values[this.#values.length - 1] += text;
    else this.#values.push(text);
    return 0;
  }

  onHeadersComplete(): number {
    this.headersDone = true;
    this.#headerBytes = 0;
    const callback = this.#slot(slots.kOnHeadersComplete);
    if (callback === undefined) return 0;
    let headers: string[] | undefined;
    let url: string | undefined;
    if (this.#flushed) {
      this.#flush();
    } else {
      headers = this.#pairs();
      if (this.#isRequest) url = this.#url;
    }
    this.#fields = [];
    this.#values = [];
    const { major, minor, method, status, upgrade, keepAlive } = this.llhttp.message(this.#address);
    const result = this.#guard(() =>
      callback.call(
        this.parser,
        major,
        minor,
        headers,
        this.#isRequest ? method : undefined,
        url,
        this.#isRequest ? undefined : status,
        this.#isRequest ? undefined : this.#status,
        upgrade,
        keepAlive,
      ),
    );
    return this.#failure === undefined ? Number(result) | 0 : -1;
  }

  onBody(start: number, length: number): number {
    if (length === 0 || this.#input === undefined) return 0;
    const callback = this.#slot(slots.kOnBody);
    if (callback === undefined) return 0;
    const bytes = toBuffer(this.services, this.#input.subarray(start, start + length));
    this.#guard(() => callback.call(this.parser, bytes));
    // Node calls into JavaScript once for each part of a body, and once more for its end; ticks run in between.
    if (this.#handle !== undefined && this.#failure === undefined) this.services.drainTicks();
    return this.#stopAfterFailure();
  }

  onMessageComplete(): number {
    this.messageStart = 0;
    if (this.#list !== undefined) ConnectionsList.track(this.#list, this, false);
    if (this.#fields.length > 0) this.#flush();
    this.#fields = [];
    this.#values = [];
    return this.#notify(slots.kOnMessageComplete) === 0 ? 0 : -1;
  }

  #read(bytes: Uint8Array): void {
    const result = this.execute(bytes);
    const callback = this.#slot(slots.kOnExecute);
    if (callback === undefined) return;
    this.#input = bytes;
    try {
      callback.call(this.parser, result);
    } finally {
      this.#input = undefined;
    }
  }

  #run(data: Uint8Array | undefined): number | ParseError | undefined {
    if (this.#running) throw new Error('HTTPParser: execute was called from within one of its callbacks');
    this.#failure = undefined;
    this.#running = true;
    this.#input = data;
    let code: number;
    let taken = 0;
    try {
      if (data === undefined) code = this.llhttp.finish(this.#address);
      else ({ code, taken } = this.llhttp.execute(this.#address, data));
    } finally {
      this.#running = false;
      this.#input = undefined;
    }
    if (this.#released) {
      this.llhttp.free(this.#address);
      return taken;
    }
    if (code === HPE.PAUSED_UPGRADE) {
      code = HPE.OK;
      this.llhttp.resumeAfterUpgrade(this.#address);
    }
    if (this.#pauseLater !== undefined) {
      const paused = this.#pauseLater;
      this.#pauseLater = undefined;
      if (paused) this.llhttp.pause(this.#address);
    }
    this.#throwFailure();
    if (code === HPE.OK || this.llhttp.upgrade(this.#address)) return data === undefined ? undefined : taken;
    return this.#parseError(code, taken);
  }

  #parseError(code: number, bytesParsed: number): ParseError {
    const reason = this.llhttp.reason(this.#address);
    const colon = reason.indexOf(':');
    const named = code === HPE.USER && colon >= 0;
    return Object.assign(new Error('Parse Error'), {
      bytesParsed,
      code: named ? reason.slice(0, colon) : this.llhttp.errorName(code),
      reason: named ? reason.slice(colon + 1) : reason,
    });
  }

  #countHeader(bytes: number): number {
    this.#headerBytes += bytes;
    if (this.#headerBytes < (this.maxHeaderBytes || defaultMaxHeaderBytes)) return 0;
    this.llhttp.setReason(this.#address, 'HPE_HEADER_OVERFLOW:Header overflow');
    return HPE.USER;
  }

  #pairs(): string[] {
    const pairs: string[] = [];
    for (const [i, field] of this.#fields.entries()) {
      const value = this.#values[i];
      if (value !== undefined) pairs.push(field, value.replace(/[ \t]+$/, ''));
    }
    return pairs;
  }

  #flush(): void {
    const callback = this.#slot(slots.kOnHeaders);
    if (callback !== undefined) {
      const pairs = this.#pairs();
      const url = this.#url;
      this.#guard(() => callback.call(this.parser, pairs, url));
    }
    this.#url = '';
    this.#flushed = true;
  }

  #notify(slot: number): number {
    const callback = this.#slot(slot);
    if (callback === undefined) return 0;
    this.#guard(() => callback.call(this.parser));
    return this.#stopAfterFailure();
  }

  /** An exception must not unwind through WebAssembly: it is kept, the parser stopped, and thrown again outside. */
  #guard(call: () => unknown): unknown {
    try {
      return call();
    } catch (error) {
      this.#failure = { error };
      return undefined;
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #stopAfterFailure(): number {
    if (this.#failure === undefined) return 0;
    this.llhttp.setReason(this.#address, 'HPE_JS_EXCEPTION:JS Exception');
    return HPE.USER;
  }

  #slot(index: number): Callback | undefined {
    const value = (this.parser as Record<number, unknown>)[index];
    return typeof value === 'function' ? (value as Callback) : undefined;
  }
}

/** A copy as a Buffer of the realm. */
export function toBuffer(services: RealmServices, bytes: Uint8Array): Uint8Array {
  const { Buffer } = services.require('buffer') as { Buffer: { from(data: ArrayBuffer): Uint8Array } };
  return Buffer.from(new Uint8Array(bytes).buffer);
}
