import { limits } from '../../domain/limits.ts';
import { complaintOf, type Complaint } from './complaint.ts';
import type { Redactor } from './redact.ts';
import { askedWait, type OwnPatience } from './retry.ts';
import { ModelError, type Answer, type ModelErrorFacts, type ModelErrorKind } from './types.ts';
import { cases, wordsFor, type ErrorWords, type WordContext } from './words.ts';

/** A request that failed, with what decides on the next one. */
export interface Failure {
  readonly facts: ModelErrorFacts;
  /** What the provider asked to wait, milliseconds. */
  readonly waitMs?: number;
  /** False when a repetition cannot help, whatever the kind. */
  readonly again: boolean;
  /** Another patience than that for its kind. */
  readonly patience?: OwnPatience;
  /** Name of the parameter that the provider complained about, when it gave one. */
  readonly parameter?: string;
  /** What had come, when something had. */
  readonly partial?: Answer;
}

const saysQuota =
  /insufficient[ _-]?(quota|balance|credit|funds)|billing|payment|credit balance|out of credits|exceeded your current quota/i;
/** Of a limit that ends by itself, whatever is written about plans and billing behind it. */
const saysRate = /rate[ _-]?limit|too many requests|tokens per (min|day)|requests per (min|day)/i;
const saysModel =
  /model[^.]{0,120}(not found|not exist|does(n't| not) exist|not available|unknown|invalid|not supported|no access|not have access|not a valid)|(unknown|invalid|no such|unsupported|not found:?|not a valid) model|no endpoints found|no models? loaded|model_not_found/i;
const saysLength =
  /context[ _-]?(length|window|size)|maximum context|too many tokens|prompt is too long|input is too long|exceeds? the (limit|available context)|reduce the length|request too large/i;
const saysFilter = /content[ _-]?(filter|policy)|safety|flagged|moderation/i;
const saysKey = /api[ _-]?key|unauthori[sz]ed|authentication/i;
const saysTools =
  /(does not|doesn't|do not) support (tools|function|tool[ _](use|calling))|support tool use|tool[ _-]?(choice|use|calling)[^.]{0,60}(requires|not supported|unsupported)|tools? (is|are) not supported/i;
const saysServer = /server|overloaded|unavailable|internal|capacity|timed? ?out|resource/i;
/** A server that reads its model into memory answers like one that failed. */
const saysLoading = /loading (the )?model|model (is )?(still |currently )?(being loaded|loading)/i;
/** What a repetition does not help. */
const saysMemory = /system memory|out of memory|(failed|unable) to load/i;

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
    case 413:
      return 'request';
    case 429:
      if (/insufficient_quota/i.test(`${code} ${type}`)) return 'quota';
      if (/request too large/i.test(text)) return 'request';
      // Some say "quota" of a limit that ends by itself: those name a wait.
      return saysQuota.test(all) && !saysRate.test(all) && askedWait(headers, text, now) === undefined
        ? 'quota'
        : 'rate';
    case 408:
    case 409:
    case 425:
      return 'server';
    case undefined:
      return kindOfWords(all, `${code} ${type}`);
  }
  if (saysLength.test(all)) return 'request';
  if (status >= 500) return saysMemory.test(text) ? 'request' : 'server';
  if (/content_?filter|content_?policy/i.test(all)) return 'refused';
  if (saysTools.test(all)) return 'request';
  if (saysModel.test(all)) return 'model';
  if (saysQuota.test(all)) return 'quota';
  // Google answers a wrong key with 400.
  return saysKey.test(all) ? 'key' : 'request';
}

/** An error that came with status 200, alone or within a stream. */
function kindOfWords(all: string, name: string): ModelErrorKind {
  if (saysRate.test(name)) return 'rate';
  if (saysQuota.test(name)) return 'quota';
  // LM Studio says 200 to every address.
  if (/unexpected endpoint|unknown (endpoint|path|url)/i.test(all)) return 'address';
  if (saysLength.test(all)) return 'request';
  if (saysServer.test(all)) return 'server';
  if (saysRate.test(all)) return 'rate';
  if (saysModel.test(all)) return 'model';
  if (saysQuota.test(all)) return 'quota';
  return saysKey.test(all) ? 'key' : 'server';
}

/** The sentences that fit best: many a status stands for more than one cause. */
function sentencesFor(
  kind: ModelErrorKind,
  { status, text, type, code }: Complaint,
  waitMs: number | undefined,
  context: WordContext,
): ErrorWords {
  const all = `${code} ${type} ${text}`;
  if (kind === 'rate' && waitMs !== undefined && waitMs > limits.retryAfterMs)
    return cases.waitTooLong(context.provider, waitMs);
  if (kind === 'request' && (saysLength.test(all) || status === 413))
    return cases.promptTooLong(context.model);
  if (saysTools.test(all) && (kind === 'request' || kind === 'model')) return cases.noTools(context.model);
  if (kind === 'key' && status === 403 && !saysKey.test(all) && text !== '') return cases.forbidden(context);
  if (kind === 'server' && saysLoading.test(text)) return cases.loading(context);
  return wordsFor(kind, context);
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
  const loading = kind === 'server' && saysLoading.test(text);
  return {
    facts: {
      kind,
      ...sentencesFor(kind, complaint, waitMs, context),
      ...(status !== undefined && { status }),
      ...detailOf(text, redactor),
    },
    ...(loading && { patience: 'loading' }),
    again: headers?.get('x-should-retry') !== 'false',
    ...(waitMs !== undefined && { waitMs }),
    ...(parameter !== undefined && { parameter }),
  };
}

/** A failure that the page itself found. */
export function ownFailure(
  kind: ModelErrorKind,
  sentences: ErrorWords,
  more: { again?: boolean; detail?: string; partial?: Answer; patience?: OwnPatience } = {},
): Failure {
  const { again = true, detail, partial, patience } = more;
  return {
    facts: { kind, ...sentences, ...(detail !== undefined && detail !== '' && { detail }) },
    again,
    ...(patience !== undefined && { patience }),
    ...(partial !== undefined && { partial }),
  };
}

/** The provider's own words: without keys, not longer than a screen takes. */
export function detailOf(text: string, redactor: Redactor): { detail?: string } {
  const clean = redactor.quoted(text.slice(0, limits.providerTextLength * 8)).trim();
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
