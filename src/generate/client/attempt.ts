import type { OpenAI } from 'openai';
import type { AnswerBuilder } from './builder.ts';
import { errorIn, saysError } from './complaint.ts';
import { received } from './events.ts';
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
  /** Whether this provider's streams are known to end without a word. */
  readonly silentEnd: boolean;
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
  const watch = (ms: number, sentences: { message: string; advice: string }): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stop(new AttemptError(ownFailure('timeout', sentences))), ms);
  };
  // An answer in one piece shows nothing until it is complete: how long it may take is for the whole to say.
  const streamed = body.json['stream'] === true;
  if (streamed) watch(patience.firstTokenMs, cases.noFirstToken(patience.firstTokenMs));
  // Whoever sends signs of life while the model thinks is waited for.
  const alive = (): void => {
    if (!streamed) return;
    if (builder.finish !== undefined) clearTimeout(timer);
    else if (builder.begun) watch(patience.idleMs, cases.silent(patience.idleMs));
    else watch(patience.firstTokenMs, cases.noFirstToken(patience.firstTokenMs));
  };
  traffic.onBytes = alive;
  const stopped = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => why !== undefined && reject(why.reason), {
      once: true,
    });
  });
  stopped.catch(() => undefined);
  try {
    const response = await Promise.race([wire.send(client, body, controller.signal), stopped]);
    await Promise.race([readBody(response, setup, alive), stopped]);
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

/** The package wraps what its `fetch` threw. */
function unwrapped(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof AttemptError ? error.cause : error;
}

function unreadable({ words }: AttemptSetup, detail: string): AttemptError {
  return new AttemptError(ownFailure('bad-answer', wordsFor('bad-answer', words), { detail }));
}

async function readBody(response: Response, setup: AttemptSetup, alive: () => void): Promise<void> {
  const { builder, patience } = setup;
  const reader = response.body?.getReader();
  // Once the model has said why it ended, only its count of tokens is still to come: that is waited for, but not for long,
  // and a connection that breaks then has broken nothing.
  const read = async (): Promise<Uint8Array | undefined> => {
    const next = reader?.read().then(({ value }) => value);
    if (builder.finish === undefined) return next;
    const lull = pause(Math.min(patience.idleMs, afterFinishMs));
    return Promise.race([next?.catch(() => undefined), lull]);
  };
  let events = 0;
  let done = false;
  try {
    for await (const one of received(read)) {
      if (one.kind === 'done') {
        done = true;
        break;
      }
      if (one.kind === 'other') throw otherThan(one.text, setup);
      if (one.kind === 'whole') return readWhole(one.data, setup);
      events++;
      if (saysError(one.data)) throw asError(one.data);
      take(one.data, setup);
      alive();
    }
  } finally {
    // Some keep the connection open behind the end.
    reader?.cancel().catch(() => undefined);
  }
  if (builder.finish !== undefined) return;
  if (events === 0 && !done) throw unreadable(setup, 'an answer without a single event');
  // Some never say why they ended, but say that they did, or count the tokens, which is done at the end.
  if (!done && !setup.silentEnd && builder.usage === undefined)
    throw new AttemptError(ownFailure('network', cases.broken(setup.words), { patience: 'silent-end' }));
  builder.finish = builder.toolCalls.length > 0 ? 'tool-calls' : 'stop';
}

/** How long a stream may go on behind the reason for its end, milliseconds. */
const afterFinishMs = 15_000;

const pause = (ms: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(() => resolve(undefined), ms));

function readWhole(data: unknown, setup: AttemptSetup): void {
  if (saysError(data)) throw asError(data);
  const { builder } = setup;
  builder.whole = true;
  take(data, setup);
  builder.finish ??= builder.toolCalls.length > 0 ? 'tool-calls' : 'stop';
}

/** Read like an error of the `openai` package. */
const asError = (data: unknown): { error: unknown } => ({ error: errorIn(data) });

function otherThan(text: string, setup: AttemptSetup): AttemptError {
  if (/^\s*</.test(text))
    return new AttemptError(ownFailure('address', wordsFor('address', setup.words), { again: false }));
  return unreadable(setup, text);
}

function take(event: unknown, setup: AttemptSetup): void {
  try {
    setup.wire.read(event, setup.builder);
  } catch (error) {
    // What the provider says of itself is thrown as it is.
    if (error instanceof Error && 'error' in error) throw error;
    throw unreadable(setup, error instanceof Error ? error.message : '');
  }
}
