import { limits } from '../../domain/limits.ts';
import { EngineError, type Duplex, type RawRequest, type RawResponse } from '../engine.ts';
import { ResponseParser } from './http1-parser.ts';
import { serializeRequest } from './http1-request.ts';

/** Opens a byte connection to the server. */
export type Connect = (signal?: AbortSignal) => Promise<Duplex>;

export interface ExchangeOptions {
  /** Aborting resets the connection and rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Largest response body; default `limits.responseBytes`. */
  maxBytes?: number;
  /** Host header when the caller gave none; default `localhost`. */
  host?: string;
}

/** Idle connections kept for reuse; what is beyond is closed. */
const maxIdle = 16;

/**
 * After a failed write, how long the answer that explains it (413 and the like) may take to arrive; after our end
 * of the connection, how long the server's may take.
 */
const graceMs = 1_000;

interface Pending {
  parser: ResponseParser;
  resolve: (response: RawResponse) => void;
  reject: (reason: unknown) => void;
}

/** One connection, used for one exchange at a time. It always reads, so that a close is seen while idle. */
class Connection {
  readonly #duplex: Duplex;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #ended: Promise<void>;
  #pending: Pending | undefined;
  #sent: Promise<void> | undefined;
  #closing = false;
  #usable = true;
  /** True when the last exchange ended before the server sent a byte. */
  silent = true;

  constructor(duplex: Duplex) {
    this.#duplex = duplex;
    this.#writer = duplex.writable.getWriter();
    this.#writer.closed.catch(() => undefined);
    this.#ended = this.#read(duplex.readable.getReader());
  }

  /** True when an exchange may be started. */
  get usable(): boolean {
    return this.#usable && this.#pending === undefined && this.#sent === undefined;
  }

  /** Lets a write finish whose answer was faster; a server that never reads the rest is not waited for. */
  async settle(): Promise<void> {
    if (this.#sent === undefined || !this.#usable) return;
    await Promise.race([this.#sent, new Promise((done) => setTimeout(done, 0))]);
  }

  exchange(request: RawRequest, bytes: Uint8Array, options: ExchangeOptions): Promise<RawResponse> {
    const { signal, maxBytes = limits.responseBytes } = options;
    const parser = new ResponseParser(request.method, maxBytes);
    this.#closing = asksToClose(request);
    this.silent = true;
    const answer = new Promise<RawResponse>((resolve, reject) => {
      this.#pending = { parser, resolve, reject };
    });
    if (!this.#usable) this.#fail(new EngineError('ECONNRESET', 'the connection is closed'));
    else this.#write(bytes);
    if (signal === undefined) return answer;
    const abort = () => this.#fail(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    return answer.finally(() => signal.removeEventListener('abort', abort));
  }

  /** Resets the connection; an exchange under way fails. */
  close(): void {
    this.#fail(new EngineError('ECONNRESET', 'the connection was closed'));
  }

  /** Ends the connection in good order, as the server may take notice of a reset. */
  retire(): void {
    if (!this.#usable) return;
    this.#usable = false;
    const timer = setTimeout(() => this.#duplex.close(), graceMs);
    void Promise.allSettled([this.#writer.close(), this.#ended]).then(() => clearTimeout(timer));
  }

  #write(bytes: Uint8Array): void {
    const pending = this.#pending;
    this.#sent = this.#writer.write(bytes).then(
      () => (this.#sent = undefined),
      (cause: unknown) => {
        const error = new EngineError(
          'ECONNRESET',
          'the server closed the connection while the request was sent',
          {
            cause,
          },
        );
        setTimeout(() => this.#pending === pending && this.#fail(error), graceMs);
      },
    );
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        this.#take(value);
      }
      this.#pending?.parser.end();
      this.#finish();
      this.retire();
    } catch (cause) {
      const known =
        cause instanceof EngineError && (cause.code.startsWith('HPE_') || cause.code === 'EMSGSIZE');
      const reset =
        cause instanceof EngineError && cause.code === 'ECONNRESET'
          ? cause
          : new EngineError('ECONNRESET', 'the server reset the connection', { cause });
      this.#fail(known ? cause : reset);
    }
  }

  #take(bytes: Uint8Array): void {
    const parser = this.#pending?.parser;
    if (bytes.length === 0 || !this.#usable) return;
    if (parser === undefined) {
      // Nobody asked: whatever this is, the next response could not be told from it.
      this.#fail(undefined);
      return;
    }
    this.silent = false;
    const used = parser.push(bytes);
    if (!parser.done) return;
    this.#finish();
    if (used < bytes.length) this.#fail(undefined);
    else if (!parser.keepAlive || this.#closing) this.retire();
  }

  #finish(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.resolve(pending.parser.response);
  }

  #fail(reason: unknown): void {
    const pending = this.#pending;
    this.#pending = undefined;
    this.#usable = false;
    this.#duplex.close();
    pending?.reject(reason);
  }
}

function asksToClose(request: RawRequest): boolean {
  return request.headers.some(
    ([name, value]) => name.toLowerCase() === 'connection' && /\bclose\b/i.test(value),
  );
}

async function open(connect: Connect, signal: AbortSignal | undefined): Promise<Connection> {
  signal?.throwIfAborted();
  const opening = connect(signal);
  if (signal === undefined) return new Connection(await opening);
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return new Connection(await Promise.race([opening, aborted]));
  } catch (error) {
    // A connection that opens after all is nobody's.
    opening.then(
      (duplex) => duplex.close(),
      () => undefined,
    );
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * One HTTP/1.1 exchange over a connection of its own. Raw: headers in wire order with duplicates, nothing
 * followed, nothing decoded but the transfer coding.
 * @throws EngineError ECONNREFUSED and the like from `connect`; ECONNRESET when the server closes too early;
 *   HPE_* when its answer is not HTTP; EMSGSIZE beyond `maxBytes`; EINVAL for an impossible request.
 */
export async function exchange(
  connect: Connect,
  request: RawRequest,
  options: ExchangeOptions = {},
): Promise<RawResponse> {
  const bytes = serializeRequest(request, options.host ?? 'localhost');
  const connection = await open(connect, options.signal);
  try {
    return await connection.exchange(request, bytes, options);
  } finally {
    connection.retire();
  }
}

/**
 * Exchanges with one server, over connections that are kept alive and reused. As browsers do, a request on a
 * reused connection that the server closed without sending a byte is tried once more on a fresh one.
 */
export class HttpClient {
  readonly #connect: Connect;
  readonly #host: string;
  readonly #connections = new Set<Connection>();
  readonly #idle: Connection[] = [];
  #closed = false;

  /** @param host - Value of the Host header when a request has none, e.g. `localhost:3000`. */
  constructor(connect: Connect, host: string) {
    this.#connect = connect;
    this.#host = host;
  }

  /** As `exchange`. */
  async request(request: RawRequest, options: ExchangeOptions = {}): Promise<RawResponse> {
    options.signal?.throwIfAborted();
    const bytes = serializeRequest(request, options.host ?? this.#host);
    const reused = this.#takeIdle();
    if (reused === undefined) return this.#run(await this.#open(options.signal), request, bytes, options);
    try {
      return await this.#run(reused, request, bytes, options);
    } catch (error) {
      const stale =
        error instanceof EngineError && error.code === 'ECONNRESET' && reused.silent && !this.#closed;
      if (!stale || options.signal?.aborted === true) throw error;
      const fresh = await this.#open(options.signal).catch(() => {
        throw error;
      });
      return this.#run(fresh, request, bytes, options);
    }
  }

  /** Resets all connections; exchanges under way fail with ECONNRESET. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#connections) connection.close();
    this.#connections.clear();
    this.#idle.length = 0;
  }

  #takeIdle(): Connection | undefined {
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      if (last.usable) return last;
      this.#connections.delete(last);
    }
    return undefined;
  }

  async #open(signal: AbortSignal | undefined): Promise<Connection> {
    const connection = await open(this.#connect, signal);
    this.#connections.add(connection);
    if (this.#closed) this.close();
    return connection;
  }

  async #run(
    connection: Connection,
    request: RawRequest,
    bytes: Uint8Array,
    options: ExchangeOptions,
  ): Promise<RawResponse> {
    try {
      const response = await connection.exchange(request, bytes, options);
      await connection.settle();
      return response;
    } finally {
      if (connection.usable && this.#idle.length < maxIdle && !this.#closed) this.#idle.push(connection);
      else {
        this.#connections.delete(connection);
        connection.retire();
      }
    }
  }
}
