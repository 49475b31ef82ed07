import { EventEmitter } from 'events';
import { Readable, Writable } from 'readable-stream';
import { exchange, type Incoming, NetworkError } from '../network.ts';

/**
 * Node's HTTP client, as far as postman-request uses it: what it would write to a socket goes to the host as one
 * message, and the answer comes back as one.
 */

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// As Node has it: a header's value holds tabs, printable ASCII and Latin-1.
const badValue = /[^\t\x20-\x7e\x80-\xff]/;

/** Methods for which Node says nothing of a body that is not there. */
const bodiless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/** Headers that Node joins with a comma keep their first line only when they are among these. */
const single = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
]);

function coded<T extends Error>(error: T, code: string): T {
  return Object.assign(error, { code });
}

class Socket extends EventEmitter {
  readonly connecting = false;
  /** There are no certificates: an address with `https` stands for the submission, or leads nowhere. */
  readonly authorized = true;
  setKeepAlive(): void {}
  setNoDelay(): void {}
}

class IncomingMessage extends Readable {
  readonly statusCode: number;
  statusMessage: string;
  readonly httpVersion = '1.1';
  readonly rawHeaders: string[];
  readonly headers: Record<string, string | string[]>;
  readonly socket: Socket;

  constructor(answer: Incoming, socket: Socket) {
    super({ read: () => undefined });
    this.statusCode = answer.status;
    this.statusMessage = answer.statusText;
    this.rawHeaders = answer.headers.flat();
    this.headers = joined(answer.headers);
    this.socket = socket;
    if (answer.body.length > 0) this.push(Buffer.from(answer.body));
    this.push(null);
  }
}

function joined(lines: Incoming['headers']): Record<string, string | string[]> {
  const headers = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of lines) {
    const key = name.toLowerCase();
    const known = headers[key];
    if (key === 'set-cookie') headers[key] = [...(known ?? []), value];
    else if (known === undefined) headers[key] = value;
    else if (!single.has(key)) headers[key] = `${String(known)}${key === 'cookie' ? '; ' : ', '}${value}`;
  }
  return { ...headers };
}

export interface RequestOptions {
  method?: string;
  host?: string;
  hostname?: string;
  port?: string | number | null;
  path?: string;
  headers?: Record<string, string | string[]>;
  setHost?: boolean;
}

export class ClientRequest extends Writable {
  readonly method: string;
  readonly path: string;
  readonly #origin: string;
  readonly #headers = new Map<string, [name: string, value: string | string[]]>();
  readonly #chunks: Uint8Array[] = [];
  readonly #abort = new AbortController();
  readonly #socket = new Socket();
  #timeout: { ms: number; call: () => void } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  constructor(options: RequestOptions, protocol: 'http:' | 'https:') {
    super();
    this.method = (options.method ?? 'GET').toUpperCase();
    this.path = options.path ?? '/';
    if (!token.test(this.method)) {
      const text = `Method must be a valid HTTP token ["${this.method}"]`;
      throw coded(new TypeError(text), 'ERR_INVALID_HTTP_TOKEN');
    }
    if (/[^\x21-\xff]/.test(this.path)) {
      throw coded(new TypeError('Request path contains unescaped characters'), 'ERR_UNESCAPED_CHARACTERS');
    }
    const name = options.hostname ?? options.host ?? 'localhost';
    const host = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
    const usual = protocol === 'https:' ? 443 : 80;
    const port = Number(options.port ?? usual) || usual;
    this.#origin = `${protocol}//${host}:${port}`;
    for (const [key, value] of Object.entries(options.headers ?? {})) this.setHeader(key, value);
    if (options.setHost !== false && !this.hasHeader('host')) {
      this.setHeader('Host', port === usual ? host : `${host}:${port}`);
    }
    setImmediate(() => this.emit('socket', this.#socket));
  }

  setHeader(name: string, value: string | string[]): void {
    if (!token.test(name)) {
      const text = `Header name must be a valid HTTP token ["${name}"]`;
      throw coded(new TypeError(text), 'ERR_INVALID_HTTP_TOKEN');
    }
    if ([value].flat().some((line) => badValue.test(String(line)))) {
      throw coded(new TypeError(`Invalid character in header content ["${name}"]`), 'ERR_INVALID_CHAR');
    }
    this.#headers.set(name.toLowerCase(), [name, value]);
  }

  getHeader(name: string): string | string[] | undefined {
    return this.#headers.get(name.toLowerCase())?.[1];
  }

  hasHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase());
  }

  removeHeader(name: string): void {
    this.#headers.delete(name.toLowerCase());
  }

  /** Calls back when nothing came for so long; as nothing comes in parts here, that is the whole answer. */
  setTimeout(ms: number, call: () => void): this {
    this.#timeout = { ms, call };
    return this;
  }

  abort(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  /** The head as text, which postman-request reads back once the request has ended. */
  get _header(): string {
    const lines = this.#lines().map(([name, value]) => `${name}: ${value}\r\n`);
    return `${this.method} ${this.path} HTTP/1.1\r\n${lines.join('')}\r\n`;
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  override _final(done: () => void): void {
    done();
    // The socket's listeners, which set the time-out, come first.
    setImmediate(() => void this.#send());
  }

  async #send(): Promise<void> {
    if (this.#abort.signal.aborted) return;
    const body = Uint8Array.from(Buffer.concat(this.#chunks));
    const headers = this.#lines();
    const { ms, call } = this.#timeout ?? {};
    if (ms !== undefined && ms > 0 && call !== undefined) this.#timer = setTimeout(call, ms);
    try {
      const request = { origin: this.#origin, method: this.method, target: this.path, headers };
      const answer = await exchange({ ...request, ...(body.length > 0 && { body }) }, this.#abort.signal);
      if (!this.#abort.signal.aborted) this.emit('response', new IncomingMessage(answer, this.#socket));
    } catch (error) {
      if (!this.#abort.signal.aborted) this.emit('error', this.#failure(error));
    } finally {
      clearTimeout(this.#timer);
    }
  }

  /** Header lines with the length that Node would add. */
  #lines(): [name: string, value: string][] {
    const lines = [...this.#headers.values()].flatMap(([name, value]) =>
      [value].flat().map((line): [string, string] => [name, String(line)]),
    );
    if (this.hasHeader('content-length') || this.hasHeader('transfer-encoding')) return lines;
    const length = this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    if (length === 0 && bodiless.has(this.method)) return lines;
    return [...lines, ['Content-Length', String(length)]];
  }

  #failure(error: unknown): Error {
    if (!(error instanceof NetworkError)) return error instanceof Error ? error : new Error(String(error));
    if (error.code === 'ECONNREFUSED') {
      const port = Number(new URL(this.#origin).port) || 80;
      const refused = new Error(`connect ECONNREFUSED 127.0.0.1:${port}`);
      const details = { errno: -111, code: error.code, syscall: 'connect', address: '127.0.0.1', port };
      return Object.assign(refused, details);
    }
    const text = error.code === 'ECONNRESET' ? 'socket hang up' : error.message;
    return coded(new Error(text), error.code);
  }
}

export class Agent {}

export const globalAgent = new Agent();
export const request = (options: RequestOptions) => new ClientRequest(options, 'http:');
