import * as v from 'valibot';
import { limits } from '../../domain/limits.ts';
import { createModelClient, wordContext, type ClientOptions } from './client.ts';
import { AttemptError, failureOf, ownFailure, toModelError } from './failure.ts';
import { presetOf, type Connection } from './presets.ts';
import type { Price } from './prices.ts';
import { createRedactor } from './redact.ts';
import { diagnose, noSurroundings } from './surroundings.ts';
import { createOpenAi } from './transport.ts';
import { ModelError, type Answer } from './types.ts';
import { wordsFor } from './words.ts';

/** A model that a provider offers. */
export interface ModelInfo {
  readonly id: string;
  /** Most tokens of prompt and answer together, where the provider says it. */
  readonly contextTokens?: number;
  /** Where the provider says it. */
  readonly price?: Price;
}

const amount = v.nullish(v.union([v.string(), v.number()]));
const oneModel = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  context_length: v.nullish(v.number()),
  context_window: v.nullish(v.number()),
  max_model_len: v.nullish(v.number()),
  max_context_length: v.nullish(v.number()),
  /** US dollars for one token. */
  pricing: v.nullish(v.object({ prompt: amount, completion: amount, input_cache_read: amount })),
});
/** Most name it `data`; some give a bare list. */
const modelList = v.union([v.object({ data: v.array(v.unknown()) }), v.array(v.unknown())]);
const mostModels = 5_000;

/**
 * What the provider offers, by name. Entries that are none are left out.
 * @throws ModelError
 */
export async function listModels(
  connection: Connection,
  options: ClientOptions = {},
  signal?: AbortSignal,
): Promise<ModelInfo[]> {
  const { surroundings = noSurroundings, fetch: ask = fetch } = options;
  const key = options.key?.()?.trim() || undefined;
  const redactor = createRedactor([key]);
  const words = wordContext(connection, key !== undefined, surroundings);
  const late = AbortSignal.timeout(limits.modelListMs);
  const both = signal === undefined ? late : AbortSignal.any([signal, late]);
  try {
    const preset = presetOf(connection.preset);
    const traffic = { onBytes: () => undefined };
    const client = await createOpenAi(connection.address, preset, key, traffic, (input, init) =>
      ask(input, init),
    );
    const response = await client.models.list({ signal: both }).asResponse();
    const parsed = v.safeParse(modelList, await readJson(response));
    if (!parsed.success) throw new AttemptError(ownFailure('address', wordsFor('address', words)));
    const list = Array.isArray(parsed.output) ? parsed.output : parsed.output.data;
    return list
      .slice(0, mostModels)
      .flatMap((one) => infoOf(one))
      .map((one) => ({ ...one, id: redactor.text(one.id) }))
      .sort((a, b) => a.id.localeCompare(b.id));
  } catch (error) {
    if (signal?.aborted === true) throw toModelError(ownFailure('cancelled', wordsFor('cancelled', words)));
    if (late.aborted) throw toModelError(ownFailure('timeout', wordsFor('timeout', words)));
    const cause = error instanceof Error && error.cause instanceof AttemptError ? error.cause : error;
    if (cause instanceof AttemptError) throw toModelError(cause.failure);
    if (typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number')
      throw toModelError(failureOf(error, words, redactor, Date.now()));
    throw toModelError(await diagnose(connection.address, words, surroundings, ''));
  }
}

/** Undefined for what is no JSON. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function infoOf(one: unknown): ModelInfo[] {
  const parsed = v.safeParse(oneModel, one);
  if (!parsed.success) return [];
  const { id, context_length, context_window, max_model_len, max_context_length, pricing } = parsed.output;
  const contextTokens = context_length ?? context_window ?? max_model_len ?? max_context_length;
  const price = priceOf(pricing);
  return [
    {
      // Google names them with their folder, and takes them without.
      id: id.replace(/^models\//, ''),
      ...(typeof contextTokens === 'number' && { contextTokens }),
      ...(price !== undefined && { price }),
    },
  ];
}

function priceOf(pricing: v.InferOutput<typeof oneModel>['pricing']): Price | undefined {
  const perMillion = (value: string | number | null | undefined): number | undefined => {
    const dollars = Number(value ?? Number.NaN);
    return Number.isFinite(dollars) && dollars >= 0 ? Number((dollars * 1e6).toPrecision(6)) : undefined;
  };
  const input = perMillion(pricing?.prompt);
  const output = perMillion(pricing?.completion);
  const cached = perMillion(pricing?.input_cache_read);
  if (input === undefined || output === undefined) return undefined;
  return { input, output, ...(cached !== undefined && { cached }) };
}

/** What a test of a connection found. */
export type ConnectionTest =
  | { readonly ok: true; readonly answer: Answer; readonly models: readonly ModelInfo[] | undefined }
  | { readonly ok: false; readonly error: ModelError; readonly models: readonly ModelInfo[] | undefined };

/**
 * Asks the model for one word, through the same client that asks for submissions, and for the list of models.
 * Nothing is repeated: whoever waits for a test wants to know.
 */
export async function testConnection(
  connection: Connection,
  options: ClientOptions = {},
  signal?: AbortSignal,
): Promise<ConnectionTest> {
  const listing = listModels(connection, options, signal).catch((error: unknown) => error);
  const client = createModelClient(connection, {
    ...options,
    policy: { attempts: {}, baseMs: 0, maxMs: 0, askedMs: 0 },
    patience: { firstTokenMs: limits.modelTestMs, idleMs: limits.modelTestMs, answerMs: limits.modelTestMs },
  });
  const models = await listing;
  const found = Array.isArray(models) ? (models as ModelInfo[]) : undefined;
  // Without a model, what the list says is all that can be told.
  if (connection.model === '' && models instanceof ModelError)
    return { ok: false, error: models, models: undefined };
  try {
    const answer = await client.ask(
      { messages: [{ role: 'user', text: 'Answer with the word ready.' }] },
      signal === undefined ? {} : { signal },
    );
    return { ok: true, answer, models: found };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    // Thinking without an answer, a refusal or silence come from a model that was reached.
    if (error.partial !== undefined && (error.kind === 'empty' || error.kind === 'refused'))
      return { ok: true, answer: error.partial, models: found };
    return { ok: false, error, models: found };
  }
}
