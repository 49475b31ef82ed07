import { limits } from '../../domain/limits.ts';
import type { Redactor } from './redact.ts';
import { askedWait } from './retry.ts';
import { ModelError, type Answer, type ModelErrorFacts, type ModelErrorKind } from './types.ts';
import { cases, wordsFor, type ErrorWords, type WordContext } from './words.ts';

/** A request that failed, with what decides on the next one. */
export interface Failure {
  readonly facts: ModelErrorFacts;
  /** What the provider asked to wait, milliseconds. */
  readonly waitMs?: number;
  /** False when a repetition cannot help, whatever the kind. */
  readonly again: boolean;
  /** Name of the parameter that the provider complained about, when it gave one. */
  readonly parameter?: string;
  /** What had come, when something had. */
  readonly partial?: Answer;
}

/** What a failed request says, as far as it can be seen. */
interface Complaint {
  status: number | undefined;
  headers: Headers | undefined;
  code: string;
  type: string;
  parameter: string | undefined;
  text: string;
}

const shape = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const words = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** @param error - an APIError of the `openai` package, or what else a request threw */
function complaintOf(error: unknown): Complaint {
  const { status, headers, error: body } = shape(error);
  const inner = shape(body);
  const message =
    words(inner['message']) || words(body) || (error instanceof Error ? error.message : String(error));
  const metadata = words(shape(inner['metadata'])['raw']);
  const details = inner['details'] === undefined ? '' : JSON.stringify(inner['details']);
  const code = words(inner['code']);
  // Within a stream, the status comes as the error's code.
  const inStream = /^[45]\d\d$/.test(code) ? Number(code) : undefined;
  return {
    status: typeof status === 'number' ? status : inStream,
    headers: headers instanceof Headers ? headers : undefined,
    code,
    type: words(inner['type']) || words(inner['status']),
    parameter: words(inner['param']) || undefined,
    text: [message, metadata, details].filter((part) => part !== '').join(' '),
  };
}

const saysQuota =
  /insufficient[ _-]?(quota|balance|credit|funds)|billing|payment|credit balance|out of credits|exceeded your current quota/i;
const saysModel =
  /model[^.]{0,120}(not found|not exist|does(n't| not) exist|not available|unknown|invalid|not supported|no access|not have access|not a valid)|(unknown|invalid|no such|unsupported|not found:?|not a valid) model|no endpoints found|model_not_found/i;
const saysLength =
  /context[ _-]?(length|window|size)|maximum context|too many tokens|prompt is too long|input is too long|exceeds? the (limit|available context)|reduce the length/i;
const saysFilter = /content[ _-]?(filter|policy)|safety|flagged|moderation/i;
const saysKey = /api[ _-]?key|unauthori[sz]ed|authentication/i;

function kindOf({ status, code, type, text, headers }: Complaint, now: number): ModelErrorKind {
  const all = `${code} ${type} ${text}`;
  if (/\bCORS\b/.test(text)) return 'cors';
  switch (status) {
    case 401:
      return 'key';
    case 402:
      return 'quota';
    case 403:
      if (saysFilter.test(all)) return 'refused';
      return saysModel.test(all) ? 'model' : saysQuota.test(all) ? 'quota' : 'key';
    case 404:
      return /model/i.test(all) || saysModel.test(all) ? 'model' : 'address';
    case 405:
      return 'address';
    case 429:
      // Some say "quota" of a limit that ends by itself: those name a wait.
      return saysQuota.test(all) && askedWait(headers, text, now) === undefined ? 'quota' : 'rate';
    case 408:
    case 409:
    case 425:
      return 'server';
    case undefined:
      if (/rate.?limit/i.test(`${code} ${type}`)) return 'rate';
      if (saysQuota.test(`${code} ${type}`)) return 'quota';
      return /server|overloaded|unavailable|internal/i.test(all) ? 'server' : 'bad-answer';
  }
  if (status >= 500) return 'server';
  if (saysLength.test(all)) return 'request';
  if (/content_?filter|content_?policy/i.test(all)) return 'refused';
  if (saysModel.test(all)) return 'model';
  if (saysQuota.test(all)) return 'quota';
  // Google answers a wrong key with 400.
  return saysKey.test(all) ? 'key' : 'request';
}

/**
 * What a status or an error in a stream means.
 * @param error - an APIError of the `openai` package
 * @param now - milliseconds since 1970
 */
export function failureOf(error: unknown, context: WordContext, redactor: Redactor, now: number): Failure {
  const complaint = complaintOf(error);
  const { status, headers, text, parameter } = complaint;
  const kind = kindOf(complaint, now);
  const waitMs = askedWait(headers, text, now);
  const long = kind === 'rate' && waitMs !== undefined && waitMs > limits.retryAfterMs;
  const sentences = long
    ? cases.waitTooLong(context.provider, waitMs)
    : kind === 'request' && saysLength.test(text)
      ? cases.promptTooLong(context.model)
      : wordsFor(kind, context);
  return {
    facts: {
      kind,
      ...sentences,
      ...(status !== undefined && { status }),
      ...detailOf(text, redactor),
    },
    again: headers?.get('x-should-retry') !== 'false',
    ...(waitMs !== undefined && { waitMs }),
    ...(parameter !== undefined && { parameter }),
  };
}

/** A failure that the page itself found. */
export function ownFailure(
  kind: ModelErrorKind,
  sentences: ErrorWords,
  more: { again?: boolean; detail?: string; partial?: Answer } = {},
): Failure {
  const { again = true, detail, partial } = more;
  return {
    facts: { kind, ...sentences, ...(detail !== undefined && detail !== '' && { detail }) },
    again,
    ...(partial !== undefined && { partial }),
  };
}

/** The provider's own words: without keys, not longer than a screen takes. */
export function detailOf(text: string, redactor: Redactor): { detail?: string } {
  const clean = redactor.text(text.slice(0, limits.providerTextLength * 8)).trim();
  if (clean === '') return {};
  const { providerTextLength: most } = limits;
  return { detail: clean.length > most ? `${clean.slice(0, most)}…` : clean };
}

/** Thrown inside an attempt; never leaves the client. */
export class AttemptError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.facts.message);
  }
}

export const toModelError = ({ facts, partial }: Failure): ModelError => new ModelError(facts, partial);
