import { limits } from '../../domain/limits.ts';
import type { ModelErrorKind } from './types.ts';

/**
 * Failures that are borne longer or shorter than their kind: a server that loads its model, and a stream that ends without
 * saying so, which may be all that it will ever say.
 */
export type OwnPatience = 'loading' | 'silent-end';

/** How often and after what waits a request is repeated. */
export interface RetryPolicy {
  /** Requests in all for a failure of this kind; 1 repeats nothing. */
  readonly attempts: Partial<Record<ModelErrorKind | OwnPatience, number>>;
  /** First wait; the next are twice as long each, up to `maxMs`. Milliseconds. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** A provider that asks for a longer wait than this is not waited for. */
  readonly askedMs: number;
}

export const defaultPolicy: RetryPolicy = {
  // A large model takes minutes to load: its 13 waits are about four.
  attempts: {
    loading: 14,
    'silent-end': 2,
    rate: 6,
    server: 5,
    network: 4,
    timeout: 2,
    'bad-answer': 2,
    empty: 2,
  },
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
  kind: ModelErrorKind | OwnPatience,
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
 * Milliseconds that a provider asks to be left alone: `retry-after-ms`, `Retry-After` in seconds or as a date, the end of
 * a limit that is used up, or, as pages may seldom read these headers, what its message says.
 * @param now - milliseconds since 1970
 */
export function askedWait(headers: Headers | undefined, message: string, now: number): number | undefined {
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const asked = headers?.get('retry-after')?.trim();
  if (asked !== undefined && asked !== '') {
    if (/^\d+(\.\d+)?$/.test(asked)) return Number(asked) * 1_000;
    const at = Date.parse(asked);
    if (!Number.isNaN(at)) return Math.max(0, at - now);
  }
  const said =
    /(?:try again|retry|retryDelay"?:?|wait)\s*(?:in|after|for)?\s*"?((?:\d+(?:\.\d+)?\s?[a-z]+[\s,]{0,2}){1,6})/i.exec(
      message.slice(0, 4_000),
    );
  return duration(said?.[1] ?? '') ?? resetOf(headers, now);
}

/** When a limit of which nothing remains begins anew: a duration, seconds, or a time since 1970. */
function resetOf(headers: Headers | undefined, now: number): number | undefined {
  const waits = ['', '-requests', '-tokens'].flatMap((what) => {
    if (headers?.get(`x-ratelimit-remaining${what}`)?.trim() !== '0') return [];
    const text = headers.get(`x-ratelimit-reset${what}`)?.trim() ?? '';
    if (!/^\d+(\.\d+)?$/.test(text)) return duration(text) ?? [];
    const value = Number(text);
    return value > 1e11 ? value - now : value > 1e9 ? value * 1_000 - now : value * 1_000;
  });
  return waits.length === 0 ? undefined : Math.max(0, ...waits);
}

const units: readonly (readonly [RegExp, number])[] = [
  [/^(ms|milliseconds?)$/i, 1],
  [/^(s|secs?|seconds?)$/i, 1_000],
  [/^(m|mins?|minutes?)$/i, 60_000],
  [/^(h|hrs?|hours?)$/i, 3_600_000],
  [/^(d|days?)$/i, 86_400_000],
];

/** Milliseconds of `1m30.5s`, `2 minutes`, `20ms`; undefined for what begins otherwise. */
function duration(text: string): number | undefined {
  let ms: number | undefined;
  for (const [, amount, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)\s?([a-z]+)/gi)) {
    const factor = units.find(([name]) => name.test(unit))?.[1];
    if (factor === undefined) break;
    ms = (ms ?? 0) + Number(amount) * factor;
  }
  return ms;
}
