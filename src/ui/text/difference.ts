/** Two texts, parted where they differ. */
export interface Difference {
  /** What both begin with, and what both end with. */
  readonly before: string;
  readonly after: string;
  /** What lies between, of each. */
  readonly one: string;
  readonly other: string;
}

/** Longest text that is compared; beyond it all counts as different. */
const longest = 100_000;

/** The part in which two texts differ; characters are never cut in two. */
export function difference(one: string, other: string): Difference {
  const most = Math.min(one.length, other.length);
  if (most > longest) return { before: '', after: '', one, other };
  let from = 0;
  while (from < most && one[from] === other[from]) from++;
  if (from > 0 && isHighSurrogate(one.charCodeAt(from - 1))) from--;
  let back = 0;
  while (back < most - from && one.at(-1 - back) === other.at(-1 - back)) back++;
  if (back > 0 && isLowSurrogate(one.charCodeAt(one.length - back))) back--;
  return {
    before: one.slice(0, from),
    after: one.slice(one.length - back),
    one: one.slice(from, one.length - back),
    other: other.slice(from, other.length - back),
  };
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
