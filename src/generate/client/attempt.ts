import type { OpenAI } from 'openai';
import type { AnswerBuilder } from './builder.ts';
import { AttemptError, ownFailure } from './failure.ts';
import type { Traffic } from './transport.ts';
import type { Body, Wire } from './wire.ts';
import { cases, wordsFor, type WordContext } from './words.ts';

/** Milliseconds after which a request is given up. */
export interface Patience {
  readonly firstTokenMs: number;
  readonly idleMs: number;
}

export interface AttemptSetup {
  readonly client: OpenAI;
  readonly traffic: Traffic;
  readonly wire: Wire;
  readonly body: Body;
  readonly builder: AnswerBuilder;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly words: WordContext;
}

/**
 * One request, read to its end into the builder. Resolves with the provider's id of it.
 * @throws AttemptError for what the page itself finds, else whatever the `openai` package throws; the signal's reason
 * when it was cancelled
 */
export async function attempt(setup: AttemptSetup): Promise<string | undefined> {
  const { client, wire, body, builder, patience, signal, traffic } = setup;
  const controller = new AbortController();
  // The package aborts the same controller for reasons of its own.
  let why: { reason: unknown } | undefined;
  const stop = (reason: unknown): void => {
    why ??= { reason };
    controller.abort(reason);
  };
  const cancel = (): void => stop(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', cancel, { once: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tail = '';
  const watch = (ms: number, sentences: { message: string; advice: string }): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stop(new AttemptError(ownFailure('timeout', sentences))), ms);
  };
  watch(patience.firstTokenMs, cases.noFirstToken(patience.firstTokenMs));
  traffic.onBytes = (piece) => {
    tail = (tail + String.fromCharCode(...piece.subarray(-16))).slice(-32);
    onEvent();
  };
  const onEvent = (): void => {
    if (builder.begun) watch(patience.idleMs, cases.silent(patience.idleMs));
  };
  const stopped = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => why !== undefined && reject(why.reason), {
      once: true,
    });
  });
  stopped.catch(() => undefined);
  try {
    const response = await Promise.race([wire.send(client, body, controller.signal), stopped]);
    if (isJson(response) || body.json['stream'] !== true)
      await Promise.race([readWhole(response, setup), stopped]);
    else await Promise.race([readStream(response, controller, setup, () => tail, onEvent), stopped]);
    builder.end();
    return response.headers.get('x-request-id') ?? response.headers.get('request-id') ?? undefined;
  } catch (error) {
    builder.end();
    // What an abort makes of the request matters less than why there was one.
    throw why === undefined ? unwrapped(error) : why.reason;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    stop(new AttemptError(ownFailure('cancelled', wordsFor('cancelled', setup.words))));
  }
}

const isJson = (response: Response): boolean =>
  /[/+]json\b/i.test(response.headers.get('content-type') ?? '') &&
  !/ndjson|jsonl/i.test(response.headers.get('content-type') ?? '');

/** The package wraps what its `fetch` threw. */
function unwrapped(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof AttemptError ? error.cause : error;
}

function unreadable({ words }: AttemptSetup, detail: string): AttemptError {
  return new AttemptError(ownFailure('bad-answer', wordsFor('bad-answer', words), { detail }));
}

async function readWhole(response: Response, setup: AttemptSetup): Promise<void> {
  const text = await response.text();
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    if (/^\s*</.test(text))
      throw new AttemptError(ownFailure('address', wordsFor('address', setup.words), { again: false }));
    throw unreadable(setup, text.slice(0, 200));
  }
  if (hasError(data)) throw data;
  read(data, setup);
  setup.builder.finish ??= 'stop';
}

async function readStream(
  response: Response,
  controller: AbortController,
  setup: AttemptSetup,
  tail: () => string,
  onEvent: () => void,
): Promise<void> {
  if (/text\/html/i.test(response.headers.get('content-type') ?? ''))
    throw new AttemptError(ownFailure('address', wordsFor('address', setup.words), { again: false }));
  const { Stream } = await import('openai/streaming');
  const stream = Stream.fromSSEResponse<unknown>(response, controller, setup.client);
  let events = 0;
  for await (const event of stream) {
    events++;
    read(event, setup);
    onEvent();
  }
  const { builder } = setup;
  if (builder.finish !== undefined) return;
  if (events === 0 && !tail().includes('[DONE]')) throw unreadable(setup, 'an answer without a single event');
  // Some never say why they ended, but say that they did.
  if (!tail().includes('[DONE]')) throw new AttemptError(ownFailure('network', cases.broken(setup.words)));
  builder.finish = builder.toolCalls.length > 0 ? 'tool-calls' : 'stop';
}

function read(event: unknown, setup: AttemptSetup): void {
  try {
    setup.wire.read(event, setup.builder);
  } catch (error) {
    if (hasError(error)) throw error;
    throw unreadable(setup, error instanceof Error ? error.message : '');
  }
}

const hasError = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  'error' in data &&
  data.error !== null &&
  data.error !== undefined;
