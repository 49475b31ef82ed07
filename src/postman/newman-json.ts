import type {
  CollectionAssertion,
  CollectionExecution,
  CollectionResult,
  CollectionSource,
} from '../domain/collection.ts';
import type { Exchange } from '../domain/verdict.ts';
import { listItems, own, type Fields, type ListedItem } from './items.ts';
import { newmanStats } from './newman-stats.ts';
import { parseFile } from './read-collection.ts';

/**
 * A result in the layout of Newman's JSON reporter. What a run record does not hold is empty or missing: cookies,
 * times of the connection, checksums and traces of errors; long bodies are cut as in the record.
 */
export function newmanJson(source: CollectionSource, result: CollectionResult): object {
  const parsed = parseFile(source.collection, 'collection');
  const collection = typeof parsed === 'string' ? {} : parsed;
  const items = listItems(collection) ?? [];
  const report = new Report(result, items);
  const started = Date.parse(result.startedAt);
  return {
    collection,
    environment: scope(fileOf(source.environment), result.variables?.environment),
    globals: scope({}, result.variables?.globals),
    run: {
      stats: newmanStats(result),
      timings: { ...report.timings(), started, completed: started + result.ms },
      // Newman lists an execution once for each request that it made, those of its scripts included.
      executions: result.executions.flatMap((execution, index) =>
        Array.from({ length: execution.sent.total }, () => report.execution(execution, index)),
      ),
      transfers: { responseTotal: report.received() },
      failures: result.executions.flatMap((execution, index) => report.failures(execution, index)),
      error: result.stopped === undefined ? null : { message: result.stopped },
    },
  };
}

function fileOf(environment: string | undefined): Fields {
  const parsed = environment === undefined ? {} : parseFile(environment, 'environment');
  return typeof parsed === 'string' ? {} : parsed;
}

/** Variables at the end of the run, or as their file has them when the run did not get there. */
function scope(
  file: Fields,
  values: { key: string; value: unknown; type?: string | undefined }[] | undefined,
): object {
  const { id, name } = { id: own(file, 'id'), name: own(file, 'name') };
  return {
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    values: values?.map((variable) => ({ type: 'any', ...variable })) ?? own(file, 'values') ?? [],
  };
}

class Report {
  readonly #result: CollectionResult;
  readonly #items: readonly ListedItem[];

  constructor(result: CollectionResult, items: readonly ListedItem[]) {
    this.#result = result;
    this.#items = items;
  }

  execution(execution: CollectionExecution, index: number): object {
    const exchange = this.#exchangeOf(execution);
    const { assertions, scriptErrors, error } = execution;
    const errorsOf = (script: 'prerequest' | 'test') =>
      scriptErrors
        .filter((thrown) => thrown.script === script)
        .map(({ name, message }) => ({ error: { type: 'Error', name, message } }));
    const [prerequestScript, testScript] = [errorsOf('prerequest'), errorsOf('test')];
    return {
      cursor: this.#cursor(execution, index),
      item: this.#items[execution.position]?.item ?? { name: execution.name },
      ...(prerequestScript.length > 0 && { prerequestScript }),
      ...(testScript.length > 0 && { testScript }),
      request: requestOf(execution, exchange),
      ...(exchange?.response !== undefined && { response: responseOf(exchange, index) }),
      id: execution.itemId,
      ...(error !== undefined && { requestError: { message: error } }),
      ...(assertions.length > 0 && {
        assertions: assertions.map((assertion) => ({
          assertion: assertion.name,
          skipped: assertion.status === 'skipped',
          ...(assertion.status === 'failed' && { error: assertionError(assertion) }),
        })),
      }),
    };
  }

  /** In the order in which they come about: scripts before the request, the request, scripts after it. */
  failures(execution: CollectionExecution, index: number): object[] {
    const { item, parent } = this.#items[execution.position] ?? {};
    const failure = (at: string, error: object) => ({
      error,
      at,
      ...(item !== undefined && { source: item, parent }),
      cursor: this.#cursor(execution, index),
    });
    const ofScript = (script: 'prerequest' | 'test') => [
      ...execution.assertions
        .filter((assertion) => assertion.script === script && assertion.status === 'failed')
        .map((assertion) =>
          failure(`assertion:${assertion.index} in test-script`, assertionError(assertion)),
        ),
      ...execution.scriptErrors
        .filter((thrown) => thrown.script === script)
        .map(({ at, name, message }) => failure(at, { type: 'Error', name, message })),
    ];
    const message = execution.error ?? 'a request of pm.sendRequest brought no answer';
    const requests = Array.from({ length: execution.sent.failed }, () =>
      failure('request', { name: 'Error', message }),
    );
    return [...ofScript('prerequest'), ...requests, ...ofScript('test')];
  }

  timings(): object {
    const times = this.#result.executions.flatMap((execution) => {
      const exchange = this.#exchangeOf(execution);
      return exchange?.response === undefined ? [] : [Math.ceil(exchange.ms)];
    });
    const mean = times.length === 0 ? 0 : times.reduce((sum, time) => sum + time, 0) / times.length;
    const variance = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / Math.max(1, times.length);
    return {
      responseAverage: mean,
      responseMin: times.length === 0 ? 0 : Math.min(...times),
      responseMax: Math.max(0, ...times),
      responseSd: Math.sqrt(variance),
      dnsAverage: 0,
      dnsMin: 0,
      dnsMax: 0,
      dnsSd: 0,
      firstByteAverage: 0,
      firstByteMin: 0,
      firstByteMax: 0,
      firstByteSd: 0,
    };
  }

  /** Bytes of all bodies. */
  received(): number {
    return this.#result.executions.reduce((sum, execution) => {
      const exchange = this.#exchangeOf(execution);
      return sum + (exchange === undefined ? 0 : sizeOf(exchange));
    }, 0);
  }

  #exchangeOf({ exchange }: CollectionExecution): Exchange | undefined {
    return exchange === undefined ? undefined : this.#result.exchanges[exchange];
  }

  #cursor({ position }: CollectionExecution, index: number): object {
    const length = this.#items.length;
    return {
      position,
      iteration: 0,
      length,
      cycles: 1,
      empty: false,
      eof: position === length - 1,
      bof: position === 0,
      cr: false,
      ref: `${this.#result.sha256.slice(0, 12)}-${index}`,
    };
  }
}

function assertionError({ name, index, error }: CollectionAssertion): object {
  const { name: kind, message } = error ?? { name: 'AssertionError', message: name };
  const stack = `${kind}: ${message}`;
  return { name: kind, index, test: name, message, stack };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const headersOf = (headers: [string, string][]) => headers.map(([key, value]) => ({ key, value }));

function requestOf({ method, url }: CollectionExecution, exchange: Exchange | undefined): object {
  return {
    url: urlOf(url),
    header: headersOf(exchange?.request.headers ?? []),
    method,
    ...(exchange?.request.body !== undefined && { body: { mode: 'raw', raw: exchange.request.body } }),
  };
}

function responseOf(exchange: Exchange, index: number): object | undefined {
  const { response } = exchange;
  if (response === undefined) return undefined;
  return {
    id: String(index),
    status: response.statusText,
    code: response.status,
    header: headersOf(response.headers),
    stream: { type: 'Buffer', data: Array.from(bytesOf(response.body)) },
    cookie: [],
    responseTime: Math.ceil(exchange.ms),
    responseSize: sizeOf(exchange),
  };
}

/** Of the body; when the record has only its beginning, what its length was said to be. */
function sizeOf({ response }: Exchange): number {
  if (response === undefined) return 0;
  const kept = bytesOf(response.body).byteLength;
  const said = response.headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  return response.truncated && said !== undefined ? Math.max(kept, Number(said) || 0) : kept;
}

function urlOf(text: string): object {
  try {
    const url = new URL(text);
    return {
      protocol: url.protocol.slice(0, -1),
      ...(url.port !== '' && { port: url.port }),
      path: url.pathname.slice(1).split('/'),
      host: url.hostname.split('.'),
      query: [...url.searchParams].map(([key, value]) => ({ key, value })),
      variable: [],
    };
  } catch {
    return { path: [text], host: [], query: [], variable: [] };
  }
}
