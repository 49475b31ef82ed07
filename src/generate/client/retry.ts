import { limits } from '../../domain/limits.ts';
import type { ModelErrorKind } from './types.ts';

/** How often and after what waits a request is repeated. */
export interface RetryPolicy {
  /** Requests in all for a failure of this kind; 1 repeats nothing. */
  readonly attempts: Partial<Record<ModelErrorKind, number>>;
  /** First wait; the next are twice as long each, up to `maxMs`. Milliseconds. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** A provider that asks for a longer wait than this is not waited for. */
  readonly askedMs: number;
}

export const defaultPolicy: RetryPolicy = {
  attempts: { rate: 6, server: 5, network: 4, timeout: 2, 'bad-answer': 2, empty: 2 },
  baseMs: 1_000,
  maxMs: 30_000,
  askedMs: limits.retryAfterMs,
};

/**
 * The wait before the next attempt, or undefined when there shall be none.
 * @param made - attempts so far, at least 1
 * @param askedMs - what the provider asked for
 * @param random - 0 to 1
 */
export function waitBefore(
  policy: RetryPolicy,
  kind: ModelErrorKind,
  made: number,
  askedMs: number | undefined,
  random: number,
): number | undefined {
  if (made >= (policy.attempts[kind] ?? 1)) return undefined;
  if (askedMs !== undefined && askedMs > policy.askedMs) return undefined;
  const full = Math.min(policy.maxMs, policy.baseMs * 2 ** (made - 1));
  // Half of it is left to chance, so that many who failed together do not come back together.
  const own = full / 2 + (full / 2) * random;
  if (askedMs === undefined) return own;
  return askedMs + (own - full / 2);
}

/**
 * Milliseconds that a provider asks to be left alone: `retry-after-ms`, `Retry-After` in seconds or as a date, or, as
 * pages may seldom read these headers, what its message says.
 * @param now - milliseconds since 1970
 */
export function askedWait(headers: Headers | undefined, message: string, now: number): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const asked = headers?.get('retry-after')?.trim();
  if (asked !== undefined && asked !== '') {
    if (/^\d+(\.\d+)?$/.test(asked)) return Number(asked) * 1_000;
    const at = Date.parse(asked);
    if (!Number.isNaN(at)) return Math.max(0, at - now);
  }
  const said =
    /(?:try again|retry|retryDelay"?:?)\s*(?:in|after)?\s*"?(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|sec(?:onds?)?|m|min(?:utes?)?)\b/i.exec(
      message.slice(0, 4_000),
    );
  if (said === null) return undefined;
  const unit = (said[2] ?? 's').toLowerCase();
  const factor =
    unit.startsWith('ms') || unit.startsWith('milli') ? 1 : unit.startsWith('m') ? 60_000 : 1_000;
  return Number(said[1]) * factor;
}
