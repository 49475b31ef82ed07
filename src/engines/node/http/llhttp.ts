/**
 * llhttp, the parser inside Node, as WebAssembly (undici's build of it). One instance serves all parsers of a
 * realm. Callbacks come back by parser address; spans are given as offsets into the bytes being parsed.
 */

/** Return values of callbacks and of `execute`; llhttp_errno_t. */
export const HPE = { OK: 0, PAUSED: 21, PAUSED_UPGRADE: 22, USER: 24 } as const;

/** What a parser is told, in the order of the message. A result other than 0 stops the parser. */
export interface MessageEvents {
  onMessageBegin(): number;
  onUrl(text: string): number;
  onStatus(text: string): number;
  onHeaderField(text: string): number;
  onHeaderValue(text: string): number;
  onHeadersComplete(): number;
  onBody(start: number, length: number): number;
  onMessageComplete(): number;
}

/** Setters of llhttp's leniency by the bit that Node gives each. */
const leniencySetters = [
  'headers',
  'chunked_length',
  'keep_alive',
  'transfer_encoding',
  'version',
  'data_after_close',
  'optional_lf_after_cr',
  'optional_crlf_after_chunk',
  'optional_cr_before_lf',
  'spaces_after_chunk_size',
] as const;

type Leniency = {
  [K in `llhttp_set_lenient_${(typeof leniencySetters)[number]}`]: (parser: number, on: number) => void;
};

interface Exports extends Leniency {
  memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(bytes: number): number;
  free(pointer: number): void;
  llhttp_alloc(type: number): number;
  llhttp_free(parser: number): void;
  llhttp_execute(parser: number, data: number, length: number): number;
  llhttp_finish(parser: number): number;
  llhttp_pause(parser: number): void;
  llhttp_resume(parser: number): void;
  llhttp_resume_after_upgrade(parser: number): void;
  llhttp_should_keep_alive(parser: number): number;
  llhttp_get_http_major(parser: number): number;
  llhttp_get_http_minor(parser: number): number;
  llhttp_get_method(parser: number): number;
  llhttp_get_status_code(parser: number): number;
  llhttp_get_upgrade(parser: number): number;
  llhttp_get_error_reason(parser: number): number;
  llhttp_set_error_reason(parser: number, reason: number): void;
  llhttp_get_error_pos(parser: number): number;
  llhttp_errno_name(code: number): number;
  llhttp_method_name(method: number): number;
}

const inputBytes = 64 * 1024;

function latin1(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= 4096)
    return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
  return latin1(bytes, start, start + 4096) + latin1(bytes, start + 4096, end);
}

/** The llhttp module of a realm. */
export class Llhttp {
  readonly #wasm: Exports;
  readonly #parsers = new Map<number, { events: MessageEvents; base: number }>();
  readonly #freeInputs: number[] = [];
  readonly #reasons = new Map<string, number>();

  constructor(module: WebAssembly.Module) {
    const span =
      (event: 'onUrl' | 'onStatus' | 'onHeaderField' | 'onHeaderValue') =>
      (parser: number, at: number, length: number): number =>
        this.#eventsOf(parser)[event](latin1(this.#bytes(), at, at + length));
    const instance = new WebAssembly.Instance(module, {
      env: {
        wasm_on_message_begin: (parser: number) => this.#eventsOf(parser).onMessageBegin(),
        wasm_on_url: span('onUrl'),
        wasm_on_status: span('onStatus'),
        wasm_on_header_field: span('onHeaderField'),
        wasm_on_header_value: span('onHeaderValue'),
        // The build hands over what it knows of the message as well; the parser asks for it itself.
        wasm_on_headers_complete: (parser: number) => this.#eventsOf(parser).onHeadersComplete(),
        wasm_on_body: (parser: number, at: number, length: number) => {
          const entry = this.#parsers.get(parser);
          return entry === undefined ? HPE.USER : entry.events.onBody(at - entry.base, length);
        },
        wasm_on_message_complete: (parser: number) => this.#eventsOf(parser).onMessageComplete(),
      },
    });
    this.#wasm = instance.exports as unknown as Exports;
    this.#wasm._initialize();
  }

  /**
   * Makes a parser. `type` is 1 for requests, 2 for responses; `leniency` holds Node's `kLenient*` bits.
   * @returns its address, to be given back with `free`.
   */
  create(type: number, leniency: number, events: MessageEvents): number {
    const parser = this.#wasm.llhttp_alloc(type);
    leniencySetters.forEach((name, bit) => {
      if (leniency & (1 << bit)) this.#wasm[`llhttp_set_lenient_${name}`](parser, 1);
    });
    this.#parsers.set(parser, { events, base: 0 });
    return parser;
  }

  free(parser: number): void {
    if (this.#parsers.delete(parser)) this.#wasm.llhttp_free(parser);
  }

  /**
   * Parses `data`; callbacks come during the call and may parse with other parsers.
   * @returns llhttp's error number and how many bytes it took before it.
   */
  execute(parser: number, data: Uint8Array): { code: number; taken: number } {
    const entry = this.#parsers.get(parser);
    if (entry === undefined) throw new Error('llhttp: execute on a freed parser');
    const large = data.byteLength > inputBytes;
    const input = large
      ? this.#wasm.malloc(data.byteLength)
      : (this.#freeInputs.pop() ?? this.#wasm.malloc(inputBytes));
    try {
      this.#bytes().set(data, input);
      entry.base = input;
      const code = this.#wasm.llhttp_execute(parser, input, data.byteLength);
      // A paused parser takes nothing and its error position is that of an earlier read.
      const position = Math.max(0, this.#wasm.llhttp_get_error_pos(parser) - input);
      const taken = code === HPE.OK ? data.byteLength : position;
      return { code, taken };
    } finally {
      if (large) this.#wasm.free(input);
      else this.#freeInputs.push(input);
    }
  }

  /** Tells the parser that no more bytes follow. @returns llhttp's error number. */
  finish(parser: number): number {
    return this.#wasm.llhttp_finish(parser);
  }

  pause(parser: number): void {
    this.#wasm.llhttp_pause(parser);
  }

  resume(parser: number): void {
    this.#wasm.llhttp_resume(parser);
  }

  resumeAfterUpgrade(parser: number): void {
    this.#wasm.llhttp_resume_after_upgrade(parser);
  }

  /** What is known of the current message. */
  message(parser: number): {
    major: number;
    minor: number;
    method: number;
    status: number;
    upgrade: boolean;
    keepAlive: boolean;
  } {
    return {
      major: this.#wasm.llhttp_get_http_major(parser),
      minor: this.#wasm.llhttp_get_http_minor(parser),
      method: this.#wasm.llhttp_get_method(parser),
      status: this.#wasm.llhttp_get_status_code(parser),
      upgrade: this.#wasm.llhttp_get_upgrade(parser) !== 0,
      keepAlive: this.#wasm.llhttp_should_keep_alive(parser) !== 0,
    };
  }

  upgrade(parser: number): boolean {
    return this.#wasm.llhttp_get_upgrade(parser) !== 0;
  }

  /** Sets the reason of the error that a callback is about to return. */
  setReason(parser: number, reason: string): void {
    let pointer = this.#reasons.get(reason);
    if (pointer === undefined) {
      pointer = this.#wasm.malloc(reason.length + 1);
      const bytes = this.#bytes();
      for (let i = 0; i < reason.length; i++) bytes[pointer + i] = reason.charCodeAt(i);
      bytes[pointer + reason.length] = 0;
      this.#reasons.set(reason, pointer);
    }
    this.#wasm.llhttp_set_error_reason(parser, pointer);
  }

  reason(parser: number): string {
    return this.#text(this.#wasm.llhttp_get_error_reason(parser));
  }

  errorName(code: number): string {
    return this.#text(this.#wasm.llhttp_errno_name(code));
  }

  /** Name of a method by llhttp's number. */
  methodName(method: number): string {
    return this.#text(this.#wasm.llhttp_method_name(method));
  }

  #eventsOf(parser: number): MessageEvents {
    const entry = this.#parsers.get(parser);
    if (entry === undefined) throw new Error('llhttp: callback for a freed parser');
    return entry.events;
  }

  #bytes(): Uint8Array {
    return new Uint8Array(this.#wasm.memory.buffer);
  }

  #text(pointer: number): string {
    if (pointer === 0) return '';
    const bytes = this.#bytes();
    return latin1(bytes, pointer, bytes.indexOf(0, pointer));
  }
}
