import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { collectionResult } from '../domain/collection.ts';
import type { OutsideAnswer, OutsideRequest } from '../harness/api.ts';
import { fromBase64, toBase64 } from '../engines/net/base64.ts';
import { checkSource } from '../postman/read-collection.ts';
import type { CollectionRunOptions, RunCollection } from '../postman/types.ts';
import { openHarnessPage, type HarnessPage } from './harness-page.ts';

/** Beyond the page's own limit for a request, which is the one that counts. */
const graceMs = 5_000;

/** Runs collections for servers that are not in a page: the scripts still run in a page's sandbox, only the requests
 * come out of it. */
export interface CollectionHost {
  readonly run: RunCollection;
  close(): Promise<void>;
}

/** @throws Error when the app is not built or there is no Chromium, with what to do. */
export async function openCollectionHost(dist: string): Promise<CollectionHost> {
  const harness = await openHarnessPage(dist);
  const senders = new Map<string, (request: OutsideRequest) => Promise<OutsideAnswer>>();
  await harness.page.exposeFunction('decaySend', (job: string, request: OutsideRequest) =>
    senders.get(job)?.(request),
  );
  const run: RunCollection = async (source, options) => {
    checkSource(source);
    // Functions stay on this side: only data crosses into the page, whose exchanges then do not say when they were.
    const { send, signal, onExecution, onExchange, now: _now, ...rest } = options;
    const job = randomUUID();
    let fault: unknown;
    senders.set(
      job,
      outside({ send, signal, ...rest }, (error) => (fault = error)),
    );
    try {
      const result = await raced(harness, job, signal, () =>
        harness.page.evaluate(([name, wanted]) => window.decay?.collect(name, wanted), [
          job,
          { source, ...rest },
        ] as const),
      );
      // The page ran hostile code below itself; what it says is checked like any other input.
      const checked = v.parse(collectionResult, result);
      checked.exchanges.forEach((exchange, index) => onExchange?.(index, exchange));
      checked.executions.forEach((execution) => onExecution?.(execution));
      return checked;
    } catch (error) {
      signal.throwIfAborted();
      throw fault ?? error;
    } finally {
      senders.delete(job);
    }
  };
  return { run, close: () => harness.close() };
}

/** Answers the page's requests; what is no failed connection is kept as the run's fault. */
function outside(
  { send, signal, requestMs }: CollectionRunOptions,
  onFault: (error: unknown) => void,
): (request: OutsideRequest) => Promise<OutsideAnswer> {
  return async ({ method, target, headers, body }) => {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(requestMs + graceMs)]);
    try {
      const request = { method, target, headers, ...(body !== undefined && { body: fromBase64(body) }) };
      const response = await send(request, deadline);
      return { ...response, body: toBase64(response.body) };
    } catch (error) {
      if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
        return { code: error.code, message: error.message };
      }
      if (!deadline.aborted) onFault(error);
      return 'impossible';
    }
  };
}

async function raced<T>(
  harness: HarnessPage,
  job: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  let cancel = () => {};
  const cancelled = new Promise<never>((_, fail) => {
    cancel = () => void harness.cancel(job).finally(() => fail(signal.reason));
    signal.addEventListener('abort', cancel, { once: true });
  });
  cancelled.catch(() => undefined);
  try {
    return await Promise.race([work(), harness.lost, cancelled]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
