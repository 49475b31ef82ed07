import { limits } from '../../domain/limits.ts';
import { placeOf } from './address.ts';
import { attempt, type Patience } from './attempt.ts';
import { AnswerBuilder } from './builder.ts';
import { AttemptError, detailOf, failureOf, ownFailure, toModelError, type Failure } from './failure.ts';
import { presetOf, type Connection } from './presets.ts';
import { costOf, type Price } from './prices.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { defaultPolicy, waitBefore, type RetryPolicy } from './retry.ts';
import { diagnose, noSurroundings, type Surroundings } from './surroundings.ts';
import { createOpenAi, type Fetch, type Traffic } from './transport.ts';
import type { Adjustment, Answer, AskOptions, AskRequest, ModelClient } from './types.ts';
import { learnFrom, nothingLearnt, type Body, type Learnt, type Wire } from './wire.ts';
import { chatWire } from './wire-chat.ts';
import { responsesWire } from './wire-responses.ts';
import { adjustmentWords, cases, wordsFor, type WordContext } from './words.ts';

export interface ClientOptions {
  /** Asked for at every question; goes to the connection's address and nowhere else. */
  readonly key?: () => string | undefined;
  /** US dollars for a million tokens, for the cost of an answer. */
  readonly price?: () => Price | undefined;
  readonly policy?: RetryPolicy;
  readonly patience?: Patience & { readonly answerMs: number };
  readonly surroundings?: Surroundings;
  /** Instead of the browser's. */
  readonly fetch?: Fetch;
  /** 0 to 1. */
  readonly random?: () => number;
}

const defaultPatience = {
  firstTokenMs: limits.firstTokenMs,
  idleMs: limits.tokenIdleMs,
  answerMs: limits.answerMs,
};
/** Parameters that a provider may take otherwise, one complaint each. */
const mostAdjustments = 8;

/** A model behind an OpenAI-compatible address, asked through the `openai` package. */
export function createModelClient(connection: Connection, options: ClientOptions = {}): ModelClient {
  const preset = presetOf(connection.preset);
  const learnt = nothingLearnt(preset);
  return {
    model: { id: connection.model, provider: preset.name },
    ask: (request, askOptions = {}) => new Asking(connection, options, learnt, request, askOptions).run(),
  };
}

/** What the sentences about a connection name. */
export function wordContext(
  connection: Connection,
  hasKey: boolean,
  surroundings: Surroundings,
): WordContext {
  const { name, id } = presetOf(connection.preset);
  return {
    provider: id === 'custom' ? 'The server' : name,
    address: connection.address,
    model: connection.model,
    hasKey,
    local: placeOf(connection.address) !== 'public',
    origin: new URL(surroundings.pageAddress).origin,
  };
}

/** One question, with all its attempts. */
class Asking {
  readonly #connection: Connection;
  readonly #options: ClientOptions;
  readonly #learnt: Learnt;
  readonly #request: AskRequest;
  readonly #ask: AskOptions;
  readonly #wire: Wire;
  readonly #key: string | undefined;
  readonly #redactor;
  readonly #surroundings: Surroundings;
  readonly #words: WordContext;
  readonly #begin = performance.now();
  readonly #adjustments: Adjustment[] = [];
  readonly #broken: string[] = [];
  #cost: number | undefined;
  #attempts = 0;

  constructor(
    connection: Connection,
    options: ClientOptions,
    learnt: Learnt,
    request: AskRequest,
    ask: AskOptions,
  ) {
    this.#connection = connection;
    this.#options = options;
    this.#learnt = learnt;
    this.#request = request;
    this.#ask = ask;
    this.#wire = connection.api === 'responses' ? responsesWire : chatWire;
    const key = options.key?.()?.trim();
    this.#key = key === '' ? undefined : key;
    this.#redactor = createRedactor([this.#key]);
    this.#surroundings = options.surroundings ?? noSurroundings;
    this.#words = wordContext(connection, this.#key !== undefined, this.#surroundings);
  }

  /** @throws ModelError */
  async run(): Promise<Answer> {
    const { answerMs } = this.#options.patience ?? defaultPatience;
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new AttemptError(ownFailure('timeout', cases.tooLong(answerMs), { again: false }))),
      answerMs,
    );
    const { signal: own } = this.#ask;
    const signal = own === undefined ? late.signal : AbortSignal.any([own, late.signal]);
    try {
      if (this.#connection.model === '')
        throw toModelError(ownFailure('model', wordsFor('model', this.#words)));
      if (this.#connection.api === 'responses' && this.#request.parameters?.seed !== undefined)
        this.#adjusted({ parameter: 'seed', done: 'dropped', why: adjustmentWords.noSeed });
      return await this.#loop(signal);
    } finally {
      clearTimeout(timer);
    }
  }

  async #loop(signal: AbortSignal): Promise<Answer> {
    const traffic: Traffic = { onBytes: () => undefined };
    const { fetch: ask = fetch, patience = defaultPatience } = this.#options;
    const { address, preset } = this.#connection;
    const client = await createOpenAi(address, presetOf(preset), this.#key, traffic, (input, init) =>
      ask(input, init),
    );
    const made: Partial<Record<string, number>> = {};
    for (;;) {
      const begin = performance.now();
      let firstTokenMs: number | undefined;
      const builder = new AnswerBuilder(this.#redactor, this.#guarded(signal), () => {
        firstTokenMs = performance.now() - begin;
      });
      const body = this.#body();
      this.#attempts++;
      let failure: Failure;
      try {
        const wire = this.#wire;
        const words = this.#words;
        const { silentEnd } = this.#learnt;
        const id = await attempt({
          client,
          traffic,
          wire,
          body,
          builder,
          patience,
          signal,
          words,
          silentEnd,
        });
        const answer = this.#answer(builder, body, begin, firstTokenMs, id);
        const fault = this.#faultOf(answer, builder);
        if (fault === undefined) return answer;
        failure = fault;
      } catch (error) {
        failure = await this.#failure(error, signal);
        const adjustment = this.#learn(failure, body);
        if (adjustment !== undefined) {
          this.#adjusted(adjustment);
          continue;
        }
        if (builder.begun)
          failure = { ...failure, partial: this.#answer(builder, body, begin, firstTokenMs, undefined) };
      }
      const why = failure.patience ?? failure.facts.kind;
      const times = (made[why] ?? 0) + 1;
      made[why] = times;
      const waitMs = failure.again ? this.#wait(failure, times) : undefined;
      if (waitMs === undefined && failure.patience === 'silent-end' && failure.partial !== undefined)
        return this.#taken(failure.partial);
      if (waitMs === undefined || signal.aborted) throw toModelError(failure);
      if (builder.begun) {
        this.#broken.push(builder.text);
        this.#ask.onEvent?.({ type: 'restart' });
      }
      this.#ask.onEvent?.({ type: 'retry', attempt: this.#attempts + 1, waitMs, error: failure.facts });
      await this.#sleep(waitMs, signal);
    }
  }

  /** It ended without a word every time: that is how this server ends its streams, and each is paid for. */
  #taken(answer: Answer): Answer {
    this.#learnt.silentEnd = true;
    this.#adjusted({ parameter: 'stream', done: 'changed', why: adjustmentWords.silentEnd });
    return { ...answer, adjustments: [...this.#adjustments] };
  }

  #body(): Body {
    const { streamUsage } = presetOf(this.#connection.preset);
    return this.#wire.body(this.#request, this.#connection.model, this.#learnt, streamUsage);
  }

  /** After a cancel, nothing more is told. */
  #guarded(signal: AbortSignal): Pick<AskOptions, 'onText' | 'onReasoning' | 'onToolCall'> {
    const { onText, onReasoning, onToolCall } = this.#ask;
    return {
      onText: (text) => signal.aborted || onText?.(text),
      onReasoning: (text) => signal.aborted || onReasoning?.(text),
      onToolCall: (call) => signal.aborted || onToolCall?.(call),
    };
  }

  #answer(
    builder: AnswerBuilder,
    body: Body,
    begin: number,
    firstTokenMs: number | undefined,
    requestId: string | undefined,
  ): Answer {
    const now = performance.now();
    const { usage } = builder;
    const price = this.#options.price?.();
    if (usage !== undefined && price !== undefined) this.#cost = (this.#cost ?? 0) + costOf(usage, price);
    const id = requestId ?? builder.id;
    return {
      text: builder.text,
      reasoning: builder.reasoning,
      toolCalls: builder.toolCalls,
      // Some say "stop" though they ask for tools.
      finish:
        builder.finish === 'stop' && builder.toolCalls.length > 0 ? 'tool-calls' : (builder.finish ?? 'stop'),
      ...(usage !== undefined && { usage }),
      timings: {
        ...(firstTokenMs !== undefined && !builder.whole && { firstTokenMs }),
        ms: now - this.#begin,
        answerMs: now - begin,
      },
      ...(this.#cost !== undefined && { cost: this.#cost }),
      ...(id !== undefined && { requestId: this.#redactor.text(id).slice(0, 200) }),
      model: this.#redactor.text(builder.model ?? this.#connection.model).slice(0, 200),
      sent: body.sent,
      adjustments: [...this.#adjustments],
      attempts: this.#attempts,
      broken: [...this.#broken],
    };
  }

  /** Answers that are none. */
  #faultOf(answer: Answer, { refusal }: AnswerBuilder): Failure | undefined {
    const partial = answer;
    if (refusal !== '' && answer.text === '') {
      const detail = refusal.slice(0, limits.providerTextLength);
      return ownFailure('refused', wordsFor('refused', this.#words), { again: false, detail, partial });
    }
    if (answer.text.trim() !== '' || answer.toolCalls.length > 0) return undefined;
    if (answer.finish === 'refusal')
      return ownFailure('refused', wordsFor('refused', this.#words), { again: false, partial });
    if (answer.finish === 'content-filter')
      return ownFailure('refused', cases.filtered(this.#words), { again: false, partial });
    if (answer.finish === 'length')
      return ownFailure('empty', cases.onlyThinking(this.#words.model), { again: false, partial });
    return ownFailure('empty', wordsFor('empty', this.#words), { partial });
  }

  async #failure(error: unknown, signal: AbortSignal): Promise<Failure> {
    if (this.#ask.signal?.aborted === true)
      return ownFailure('cancelled', wordsFor('cancelled', this.#words), { again: false });
    if (error instanceof AttemptError) return withoutKeys(error.failure, this.#redactor);
    if (signal.aborted && signal.reason instanceof AttemptError) return signal.reason.failure;
    if (saysSomething(error)) return failureOf(error, this.#words, this.#redactor, Date.now());
    const text = this.#redactor.quoted(reasonOf(error)).slice(0, limits.providerTextLength);
    if (error instanceof SyntaxError)
      return ownFailure('bad-answer', wordsFor('bad-answer', this.#words), { detail: text });
    // A response had begun: a connection that never was is an error of the package.
    if (error instanceof TypeError) return ownFailure('network', cases.broken(this.#words), { detail: text });
    return diagnose(this.#connection.address, this.#words, this.#surroundings, text);
  }

  #learn({ facts, parameter }: Failure, body: Body): Adjustment | undefined {
    if (this.#adjustments.length >= mostAdjustments) return undefined;
    return learnFrom({ status: facts.status, text: facts.detail ?? '', parameter }, body, this.#learnt);
  }

  #adjusted(adjustment: Adjustment): void {
    this.#adjustments.push(adjustment);
    this.#ask.onEvent?.({ type: 'adjusted', adjustment });
  }

  #wait({ facts, waitMs, patience }: Failure, made: number): number | undefined {
    const { policy = defaultPolicy, random = Math.random } = this.#options;
    return waitBefore(policy, patience ?? facts.kind, made, waitMs, random());
  }

  /** @throws ModelError when the wait is cut short */
  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end, { once: true });
    });
    if (signal.aborted) throw toModelError(await this.#failure(signal.reason, signal));
  }
}

/** What the page found itself quotes what came. */
function withoutKeys(failure: Failure, redactor: Redactor): Failure {
  const { detail = '', ...facts } = failure.facts;
  return { ...failure, facts: { ...facts, ...detailOf(detail, redactor) } };
}

/** True for what came from the provider: a status, or an error within a stream. */
function saysSomething(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('status' in error && typeof error.status === 'number') return true;
  return 'error' in error && error.error !== undefined && error.error !== null;
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};
