import { EngineError, type RawHeaders, type RawResponse } from '../engine.ts';

/** Status line, headers and trailers of one response may not be larger; Node's own limit. */
const maxHeaderBytes = 16 * 1024;

const CR = 13;
const LF = 10;

type State =
  | 'status'
  | 'header'
  | 'sized'
  | 'until-close'
  | 'chunk-size'
  | 'chunk-data'
  | 'chunk-end'
  | 'trailer'
  | 'done';

/**
 * Reads one HTTP/1.x response from bytes as they come. Accepts and refuses what Node 20's own client does
 * (llhttp 9 without lenient flags), with the same error codes, because that is what judges a submission
 * natively. Interim (1xx) responses are skipped.
 */
export class ResponseParser {
  readonly #method: string;
  readonly #maxBytes: number;
  #state: State = 'status';
  #line = '';
  #headerBytes = 0;
  #version = '';
  #status = 0;
  #statusText = '';
  #headers: RawHeaders = [];
  #remaining = 0;
  #body: Uint8Array = new Uint8Array(0);
  #length = 0;
  #keepAlive = false;
  /** True once a byte has arrived. */
  started = false;

  /**
   * @param method - Method of the request; a response to HEAD has no body whatever its headers say.
   * @param maxBytes - Largest body that is read.
   */
  constructor(method: string, maxBytes: number) {
    this.#method = method;
    this.#maxBytes = maxBytes;
  }

  get done(): boolean {
    return this.#state === 'done';
  }

  /** True when another request may follow on the connection. */
  get keepAlive(): boolean {
    return this.done && this.#keepAlive;
  }

  /** The response; complete once `done`. */
  get response(): RawResponse {
    return {
      status: this.#status,
      statusText: this.#statusText,
      headers: this.#headers,
      body: this.#body.slice(0, this.#length),
    };
  }

  /**
   * Takes bytes from the server.
   * @returns how many were used: fewer than given only when the response is complete.
   * @throws EngineError HPE_* for what is no HTTP, EMSGSIZE for a body beyond the limit.
   */
  push(bytes: Uint8Array): number {
    if (bytes.length > 0) this.started = true;
    let at = 0;
    while (at < bytes.length && this.#state !== 'done') at = this.#step(bytes, at);
    return at;
  }

  /**
   * The server has closed its side.
   * @throws EngineError ECONNRESET when the response is not complete.
   */
  end(): void {
    if (this.#state === 'done') return;
    if (this.#state !== 'until-close') {
      const what = this.started ? 'before the response was complete' : 'without a response';
      throw new EngineError('ECONNRESET', `the server closed the connection ${what}`);
    }
    this.#state = 'done';
  }

  #step(bytes: Uint8Array, at: number): number {
    switch (this.#state) {
      case 'until-close':
        this.#append(bytes, at, bytes.length);
        return bytes.length;
      case 'sized':
      case 'chunk-data': {
        const end = Math.min(bytes.length, at + this.#remaining);
        this.#append(bytes, at, end);
        this.#remaining -= end - at;
        if (this.#remaining === 0) this.#state = this.#state === 'sized' ? 'done' : 'chunk-end';
        return end;
      }
      case 'chunk-end':
        return this.#chunkEnd(bytes, at);
      default:
        return this.#readLine(bytes, at);
    }
  }

  #append(bytes: Uint8Array, from: number, to: number): void {
    const length = this.#length + to - from;
    this.#checkSize(length);
    if (length > this.#body.length) {
      // Grows with what really arrives, never with what the server announces.
      const grown = new Uint8Array(Math.min(this.#maxBytes, Math.max(length, this.#body.length * 2)));
      grown.set(this.#body.subarray(0, this.#length));
      this.#body = grown;
    }
    this.#body.set(bytes.subarray(from, to), this.#length);
    this.#length = length;
  }

  #checkSize(length: number): void {
    if (length > this.#maxBytes) {
      throw new EngineError(
        'EMSGSIZE',
        `the response body is larger than the limit of ${this.#maxBytes} bytes`,
      );
    }
  }

  /** The CR LF after the data of a chunk. */
  #chunkEnd(bytes: Uint8Array, at: number): number {
    const expected = this.#line === '' ? CR : LF;
    if (bytes[at] !== expected) invalid('HPE_STRICT', 'expected CR LF after chunk data');
    if (expected === CR) {
      this.#line = '\r';
    } else {
      this.#line = '';
      this.#headerBytes = 0;
      this.#state = 'chunk-size';
    }
    return at + 1;
  }

  #readLine(bytes: Uint8Array, at: number): number {
    const newline = bytes.indexOf(LF, at);
    const end = newline === -1 ? bytes.length : newline;
    this.#headerBytes += end - at + 1;
    if (this.#headerBytes > maxHeaderBytes) {
      invalid('HPE_HEADER_OVERFLOW', `the header is larger than ${maxHeaderBytes} bytes`);
    }
    for (let index = at; index < end; index++) this.#line += String.fromCharCode(bytes[index] ?? 0);
    if (newline === -1) {
      this.#checkStart();
      return end;
    }
    if (!this.#line.endsWith('\r'))
      invalid('HPE_CR_EXPECTED', `missing CR at the end of ${quote(this.#line)}`);
    const line = this.#line.slice(0, -1);
    this.#line = '';
    this.#take(line);
    return newline + 1;
  }

  /** Refuses what cannot become a status line without waiting for its end, which may never come. */
  #checkStart(): void {
    if (this.#state !== 'status') return;
    const start = this.#line.replace(/^[\r\n]+/, '').slice(0, 5);
    if (!'HTTP/'.startsWith(start))
      invalid('HPE_INVALID_CONSTANT', `expected HTTP/, got ${quote(this.#line)}`);
  }

  #take(line: string): void {
    if (this.#state === 'status') this.#takeStatus(line);
    else if (this.#state === 'chunk-size') this.#takeChunkSize(line);
    else if (line !== '') this.#takeHeader(line);
    else if (this.#state === 'trailer') this.#state = 'done';
    else this.#endOfHeaders();
  }

  #takeStatus(line: string): void {
    if (line === '') return;
    if (!line.startsWith('HTTP/')) invalid('HPE_INVALID_CONSTANT', `expected HTTP/, got ${quote(line)}`);
    const match = /^HTTP\/(\d\.\d) (\d{3})(?: (.*))?$/s.exec(line);
    if (match === null) invalid('HPE_INVALID_STATUS', `not a status line: ${quote(line)}`);
    const [, version = '', status = '', statusText = ''] = match;
    if (!['1.1', '1.0', '0.9', '2.0'].includes(version))
      invalid('HPE_INVALID_VERSION', `HTTP version ${version}`);
    if (statusText.includes('\r')) invalid('HPE_LF_EXPECTED', `CR within ${quote(line)}`);
    this.#version = version;
    this.#status = Number(status);
    this.#statusText = statusText;
    this.#state = 'header';
  }

  #takeHeader(line: string): void {
    const match = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):/.exec(line);
    if (match === null) invalid('HPE_INVALID_HEADER_TOKEN', `not a header: ${quote(line)}`);
    const [start, name = ''] = match;
    const value = withoutBlanks(line.slice(start.length));
    if (value.includes('\r')) invalid('HPE_LF_EXPECTED', `CR within header ${name}`);
    if (!isHeaderValue(value)) invalid('HPE_INVALID_HEADER_TOKEN', `control character in header ${name}`);
    if (this.#state === 'header') this.#headers.push([name, value]);
  }

  #takeChunkSize(line: string): void {
    const match = /^([0-9a-fA-F]+)(?:;.*)?$/s.exec(line);
    const digits = match?.[1];
    if (digits === undefined || digits.length > 13)
      invalid('HPE_INVALID_CHUNK_SIZE', `not a chunk size: ${quote(line)}`);
    this.#remaining = Number.parseInt(digits, 16);
    this.#checkSize(this.#length + this.#remaining);
    this.#state = this.#remaining === 0 ? 'trailer' : 'chunk-data';
  }

  #values(name: string): string[] {
    return this.#headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
  }

  #endOfHeaders(): void {
    const length = this.#contentLength();
    const codings = this.#values('transfer-encoding');
    if (length !== undefined && codings.length > 0) {
      invalid('HPE_INVALID_TRANSFER_ENCODING', 'both Content-Length and Transfer-Encoding are present');
    }
    if (this.#status >= 100 && this.#status < 200 && this.#status !== 101) return this.#restart();

    const chunked = /(?:^|,)[ \t]*chunked$/i.test(codings.at(-1) ?? '');
    const connection = this.#values('connection').join(',').toLowerCase().split(',');
    const wants = (token: string) => connection.some((part) => part.trim() === token);
    const bodiless = this.#method === 'HEAD' || [101, 204, 304].includes(this.#status);
    const untilClose = !bodiless && !chunked && length === undefined;
    this.#keepAlive =
      this.#status !== 101 &&
      !untilClose &&
      (this.#version === '1.1' ? !wants('close') : wants('keep-alive'));
    this.#headerBytes = 0;
    if (bodiless || length === 0) this.#state = 'done';
    else if (chunked) this.#state = 'chunk-size';
    else if (untilClose) this.#state = 'until-close';
    else {
      this.#remaining = length ?? 0;
      this.#checkSize(this.#remaining);
      this.#state = 'sized';
    }
  }

  #contentLength(): number | undefined {
    const values = this.#values('content-length');
    const [value] = values;
    if (value === undefined) return undefined;
    if (values.length > 1) invalid('HPE_UNEXPECTED_CONTENT_LENGTH', 'more than one Content-Length');
    if (!/^\d{1,15}$/.test(value))
      invalid('HPE_INVALID_CONTENT_LENGTH', `not a Content-Length: ${quote(value)}`);
    return Number(value);
  }

  /** Forgets an interim response; what follows still counts against the limit of the header. */
  #restart(): void {
    this.#state = 'status';
    this.#headers = [];
  }
}

/** Without the spaces and tabs around it; a pattern would take the square of their number. */
function withoutBlanks(text: string): string {
  const isBlank = (at: number) => text[at] === ' ' || text[at] === '\t';
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(from)) from++;
  while (to > from && isBlank(to - 1)) to--;
  return text.slice(from, to);
}

function isHeaderValue(value: string): boolean {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if ((code < 32 && code !== 9) || code === 127) return false;
  }
  return true;
}

/** Hostile text, made short and visible for a message. */
function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function invalid(code: string, what: string): never {
  throw new EngineError(code, `the server's answer is not HTTP: ${what}`);
}
