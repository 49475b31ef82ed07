import * as v from 'valibot';
import type {
  CollectionExecution,
  CollectionResult,
  CollectionSource,
  CollectionVariables,
} from '../domain/collection.ts';
import { limits } from '../domain/limits.ts';
import type { Exchange } from '../domain/verdict.ts';
import type { RawRequest } from '../engines/engine.ts';
import { recordExchange } from '../../tasks/suite/exchange.ts';
import { findAddresses, type Addresses } from './addresses.ts';
import { workerMessage, type HostMessage, type WorkerMessage } from './messages.ts';
import { listItems, own, type ListedItem } from './items.ts';
import { checkSource, parseFile } from './read-collection.ts';
import { CollectionError, type CollectionRunOptions } from './types.ts';

type Told<T extends WorkerMessage['type']> = Extract<WorkerMessage, { type: T }>;

/** The end of a port to the worker that runs the collection. */
export interface WorkerPort {
  postMessage(message: HostMessage, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
}

/** The variables that every collection finds; facts of the benchmark's evaluation. */
function globalsOf({ variables }: CollectionSource, port: number): Record<string, string> {
  return {
    APIURL: `http://localhost:${port}/api`,
    USERNAME: 'user',
    EMAIL: 'user@mail.com',
    PASSWORD: 'password',
    ...variables,
  };
}

/** One collection on its way, seen from the page: sends its requests, and gathers what its worker tells. */
export class Session {
  readonly #port: WorkerPort;
  readonly #source: CollectionSource;
  readonly #options: CollectionRunOptions;
  readonly #addresses: Addresses;
  readonly #name: string;
  readonly #items: ListedItem[];
  readonly #executions: CollectionExecution[] = [];
  readonly #exchanges: Exchange[] = [];
  readonly #indexes = new Map<number, number>();
  readonly #underWay = new Map<number, AbortController>();
  readonly #console: CollectionResult['console'] = [];
  readonly #began = performance.now();
  readonly #startedAt = new Date().toISOString();
  #variables: CollectionVariables | undefined;
  #settle: { done: (stopped?: string) => void; fail: (error: unknown) => void } | undefined;

  /** @throws CollectionError when the files are none that can be run. */
  constructor(port: WorkerPort, source: CollectionSource, options: CollectionRunOptions) {
    this.#name = checkSource(source).name;
    const parsed = parseFile(source.collection, 'collection');
    this.#items = (typeof parsed === 'string' ? undefined : listItems(parsed)) ?? [];
    this.#addresses = findAddresses(source, options.port);
    this.#port = port;
    this.#source = source;
    this.#options = options;
  }

  /** @throws as `RunCollection`. */
  async finish(): Promise<CollectionResult> {
    const { signal, collectionMs, requestMs, scriptMs } = this.#options;
    const { collection, environment } = this.#source;
    const cancel = () => this.fail(signal.reason);
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const stopped = await new Promise<string | undefined>((done, fail) => {
        this.#settle = {
          done: (why) => {
            // What is said after the end is not part of the run.
            this.#port.onmessage = null;
            done(why);
          },
          fail,
        };
        signal.addEventListener('abort', cancel, { once: true });
        if (signal.aborted) cancel();
        timer = setTimeout(
          () => this.#settle?.done(`its time of ${collectionMs / 1_000} s was over`),
          collectionMs,
        );
        this.#port.onmessage = ({ data }) => this.#receive(data);
        const globals = globalsOf(this.#source, this.#options.port);
        const files = { collection, ...(environment !== undefined && { environment }) };
        this.#port.postMessage({ type: 'run', ...files, globals, requestMs, scriptMs });
      });
      return await this.#result(stopped);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      this.#port.onmessage = null;
      for (const request of this.#underWay.values()) request.abort();
    }
  }

  /** Ends the run with an error from outside. */
  fail(error: unknown): void {
    this.#settle?.fail(error);
  }

  #receive(data: unknown): void {
    const parsed = v.safeParse(workerMessage, data);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      this.#settle?.done(`the worker of the collection sent something it must not: ${issue.message}`);
      return;
    }
    const message = parsed.output;
    switch (message.type) {
      case 'request':
        void this.#exchange(message);
        break;
      case 'cancel':
        this.#underWay.get(message.id)?.abort();
        break;
      case 'execution':
        this.#execution(message.execution);
        break;
      case 'console':
        if (this.#console.length < limits.collectionConsoleLines) {
          const { level, execution, text } = message;
          this.#console.push({ level, execution, text });
        }
        break;
      case 'done':
        this.#variables = message.variables;
        this.#settle?.done(message.error);
        break;
      case 'failed':
        this.#settle?.fail(new CollectionError(`The collection cannot be run: ${message.message}`));
        break;
      case 'ready':
    }
  }

  #execution({ exchange, ...rest }: CollectionExecution): void {
    const index = exchange === undefined ? undefined : this.#indexes.get(exchange);
    const item = this.#items[rest.position]?.item;
    const id = item === undefined ? undefined : (own(item, 'id') ?? own(item, '_postman_id'));
    // The runtime makes ids up where the collection has none.
    const itemId = typeof id === 'string' ? id.slice(0, limits.collectionTextLength) : '';
    const execution = { ...rest, itemId, ...(index !== undefined && { exchange: index }) };
    this.#executions.push(execution);
    this.#options.onExecution?.(execution);
    if (this.#executions.length >= limits.collectionRequests) {
      this.#settle?.done(`it made ${limits.collectionRequests} requests, as many as are allowed`);
    }
  }

  async #exchange(told: Told<'request'>): Promise<void> {
    if (this.#exchanges.length >= limits.collectionRequests) {
      this.#settle?.done(`it made ${limits.collectionRequests} requests, as many as are allowed`);
      return;
    }
    const { send, recordedBodyBytes, onExchange, now } = this.#options;
    const at = now?.();
    const request = this.#rawRequest(told);
    const record = (answer: Parameters<typeof recordExchange>[2], ms: number) =>
      recordExchange(told.name, request, answer, { at, ms }, recordedBodyBytes);
    const index = this.#exchanges.push(record({ error: 'cut short by the end of the run' }, 0)) - 1;
    this.#indexes.set(told.id, index);
    const abort = new AbortController();
    this.#underWay.set(told.id, abort);
    const began = performance.now();
    const keep = (answer: Parameters<typeof recordExchange>[2]) => {
      const exchange = record(answer, performance.now() - began);
      this.#exchanges[index] = exchange;
      onExchange?.(index, exchange);
    };
    try {
      if (this.#addresses.lead(told.origin) === 'nowhere') throw new Refusal(told.origin, this.#options.port);
      const response = await send(request, AbortSignal.any([abort.signal, this.#options.signal]));
      keep({ response });
      const { status, statusText, headers } = response;
      const body = Uint8Array.from(response.body);
      this.#port.postMessage({ type: 'response', id: told.id, status, statusText, headers, body }, [
        body.buffer,
      ]);
    } catch (error) {
      if (abort.signal.aborted) {
        keep({ error: `no answer within ${Math.round(performance.now() - began)} ms` });
      } else if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
        keep({ error: error.message });
        this.#port.postMessage({ type: 'failure', id: told.id, code: error.code, message: error.message });
      } else this.fail(error);
    } finally {
      this.#underWay.delete(told.id);
    }
  }

  /** What goes out: a stand-in's name in `Host` would be unknown to the submission. */
  #rawRequest({ origin, method, target, headers, body }: Told<'request'>): RawRequest {
    const own = `localhost:${this.#options.port}`;
    const lines =
      this.#addresses.lead(origin) === 'stand-in'
        ? headers.map(([name, value]): [string, string] => [name, /^host$/i.test(name) ? own : value])
        : headers;
    return { method, target, headers: lines, ...(body !== undefined && { body }) };
  }

  async #result(stopped: string | undefined): Promise<CollectionResult> {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(this.#source.collection));
    return {
      name: this.#name,
      sha256: Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''),
      executions: this.#executions,
      exchanges: this.#exchanges,
      console: this.#console,
      startedAt: this.#startedAt,
      ms: Math.round(performance.now() - this.#began),
      standIns: this.#addresses.standIns,
      ...(this.#variables !== undefined && { variables: this.#variables }),
      ...(stopped !== undefined && { stopped }),
    };
  }
}

/** A request to somewhere else. */
class Refusal extends Error {
  readonly code = 'ENETUNREACH';

  constructor(origin: string, port: number) {
    super(`${origin} is not reached from here: requests go to the submission only, http://localhost:${port}`);
  }
}
