import * as v from 'valibot';
import { limits } from '../../domain/limits.ts';
import { createModelClient, wordContext, type ClientOptions } from './client.ts';
import { AttemptError, failureOf, ownFailure, toModelError, type Failure } from './failure.ts';
import { count, fields } from './fields.ts';
import { presetOf, type Connection } from './presets.ts';
import type { Price } from './prices.ts';
import { createRedactor } from './redact.ts';
import { diagnose, noSurroundings } from './surroundings.ts';
import { createOpenAi } from './transport.ts';
import { ModelError, type Answer } from './types.ts';
import { cases, wordsFor, type WordContext } from './words.ts';

/** A model that a provider offers. */
export interface ModelInfo {
  readonly id: string;
  /** Most tokens of prompt and answer together, where the provider says it. */
  readonly contextTokens?: number;
  /** Where the provider says it. */
  readonly price?: Price;
}

const amount = v.nullish(v.union([v.string(), v.number()]));
const modelName = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
/** US dollars for one token. */
const pricing = v.object({ prompt: amount, completion: amount, input_cache_read: amount });
/** Names under which providers say how much a model reads. */
const contextNames = ['context_length', 'context_window', 'max_model_len', 'max_context_length'] as const;
/** Most name it `data`; Together gives a bare list, Ollama's own interface and old servers say `models`. */
const modelList = v.union([
  v.array(v.unknown()),
  v.pipe(
    v.object({ data: v.array(v.unknown()) }),
    v.transform(({ data }) => data),
  ),
  v.pipe(
    v.object({ models: v.array(v.unknown()) }),
    v.transform(({ models }) => models),
  ),
]);
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
    if (!parsed.success) throw new AttemptError(ownFailure('address', cases.noList(words)));
    return parsed.output
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
      throw toModelError(listFailure(failureOf(error, words, redactor, Date.now()), words));
    throw toModelError(await diagnose(connection.address, words, surroundings, ''));
  }
}

/** That there is no list says nothing of the models: many a server has none. */
function listFailure(failure: Failure, words: WordContext): Failure {
  const { kind } = failure.facts;
  if (kind !== 'address' && kind !== 'model') return failure;
  return { ...failure, facts: { ...failure.facts, kind: 'address', ...cases.noList(words) } };
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
  const entry = typeof one === 'string' ? { id: one } : fields(one);
  const id = [entry['id'], entry['name'], entry['model']].find((name) => v.is(modelName, name));
  if (id === undefined) return [];
  const contextTokens = contextNames.map((name) => count(entry[name])).find((tokens) => tokens !== undefined);
  const price = priceOf(entry['pricing']);
  return [
    {
      // Google names them with their folder, and takes them without.
      id: id.replace(/^models\//, ''),
      ...(contextTokens !== undefined && { contextTokens }),
      ...(price !== undefined && { price }),
    },
  ];
}

function priceOf(told: unknown): Price | undefined {
  const parsed = v.safeParse(pricing, told);
  if (!parsed.success) return undefined;
  const perMillion = (value: string | number | null | undefined): number | undefined => {
    const dollars = Number(value ?? Number.NaN);
    return Number.isFinite(dollars) && dollars >= 0 ? Number((dollars * 1e6).toPrecision(6)) : undefined;
  };
  const input = perMillion(parsed.output.prompt);
  const output = perMillion(parsed.output.completion);
  const cached = perMillion(parsed.output.input_cache_read);
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
    return { ok: false, error: await nearby(connection, options, signal, error), models: found };
  }
}

/** Whether the API is one step further, at `/v1`: it is asked without a key, which belongs to the address as it stands. */
async function nearby(
  connection: Connection,
  { key: _, ...options }: ClientOptions,
  signal: AbortSignal | undefined,
  error: ModelError,
): Promise<ModelError> {
  const { address } = connection;
  if (error.kind !== 'address' || /\/v\d[^/]*$/.test(address)) return error;
  const further = await listModels({ ...connection, address: `${address}/v1` }, options, signal).catch(
    (fault: unknown) => fault,
  );
  if (!Array.isArray(further) && !(further instanceof ModelError && further.kind === 'key')) return error;
  const words = wordContext(connection, false, options.surroundings ?? noSurroundings);
  return toModelError(ownFailure('address', cases.withVersion(words)));
}
