/** A value with its interval of confidence; without one when there is too little to say. */
export interface Estimate {
  readonly value: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** Two-sided 95 % of the normal distribution. */
const z = 1.959963984540054;
const resamples = 2_000;

/**
 * Share of successes with the 95 % interval of Wilson (1927, doi 10.1080/01621459.1927.10502953), which holds for few
 * trials and for shares of 0 and 1.
 * @returns undefined when nothing was tried
 */
export function shareOf(successes: number, trials: number): Estimate | undefined {
  if (trials === 0) return undefined;
  const share = successes / trials;
  const scale = 1 + z ** 2 / trials;
  const centre = (share + z ** 2 / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return {
    value: share,
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}

/**
 * Mean with a 95 % percentile interval of the bootstrap (2,000 resamples, always the same ones, so that a table does not
 * change by being looked at). One value has no interval.
 * @returns undefined of no values
 */
export function meanOf(values: readonly number[]): Estimate | undefined {
  const count = values.length;
  if (count === 0) return undefined;
  const value = average(values);
  if (count === 1) return { value, low: undefined, high: undefined };
  const random = mulberry(count);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += values[Math.floor(random() * count)] ?? 0;
    return sum / count;
  }).sort((a, b) => a - b);
  return { value, low: means[Math.floor(resamples * 0.025)], high: means[Math.ceil(resamples * 0.975) - 1] };
}

/**
 * Probability that at least one of `k` runs passes, when `passed` of `runs` did: 1 - C(n-c, k) / C(n, k) (arXiv 2107.03374).
 * @returns undefined for more than were run
 */
export function passAtK(runs: number, passed: number, k: number): number | undefined {
  if (k < 1 || k > runs) return undefined;
  let none = 1;
  for (let at = 0; at < k; at++) none *= Math.max(0, runs - passed - at) / (runs - at);
  return 1 - none;
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
