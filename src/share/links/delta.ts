/**
 * A text as what it takes from another one. A list of strings and numbers: a string is text of its own; a pair of
 * numbers copies from the base: how far to go on from the end of the last copy (back when negative), how many UTF-16
 * units to take.
 */
export type Delta = readonly (string | number)[];

/** Units that have to agree for a place in the base to be looked at, and for a copy to be worth its numbers. */
const seed = 16;
const shortestCopy = 32;
/** Places of the base that are tried for one seed: text that repeats itself has many. */
const mostPlaces = 8;

/** How the text comes out of the base. Takes time in proportion to both lengths. */
export function makeDelta(base: string, text: string): Delta {
  const places = placesOf(base);
  const delta: (string | number)[] = [];
  let own = 0;
  let expected = 0;
  let at = 0;
  while (at + seed <= text.length) {
    const copy = longestCopy(base, text, at, own, places);
    if (copy === undefined) {
      at++;
      continue;
    }
    if (copy.to > own) delta.push(text.slice(own, copy.to));
    delta.push(copy.from - expected, copy.length);
    expected = copy.from + copy.length;
    own = at = copy.to + copy.length;
  }
  if (own < text.length) delta.push(text.slice(own));
  return delta;
}

/** Where each seed of the base is, the first few. Every fourth place is enough: copies are longer. */
function placesOf(base: string): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let at = 0; at + seed <= base.length; at += 4) {
    const key = base.slice(at, at + seed);
    const known = places.get(key);
    if (known === undefined) places.set(key, [at]);
    else if (known.length < mostPlaces) known.push(at);
  }
  return places;
}

interface Copy {
  from: number;
  to: number;
  length: number;
}

/** The longest copy that covers the seed at this place, reaching back as far as text is not yet covered. */
function longestCopy(
  base: string,
  text: string,
  at: number,
  own: number,
  places: ReadonlyMap<string, readonly number[]>,
): Copy | undefined {
  let best: Copy | undefined;
  for (const place of places.get(text.slice(at, at + seed)) ?? []) {
    let before = 0;
    while (at - before > own && place > before && base[place - before - 1] === text[at - before - 1])
      before++;
    let after = seed;
    while (at + after < text.length && base[place + after] === text[at + after]) after++;
    if (before + after > (best?.length ?? shortestCopy - 1)) {
      best = { from: place - before, to: at - before, length: before + after };
    }
  }
  return best && wholeCharacters(base, best);
}

/** Leaves halves of surrogate pairs out of a copy, so that text of its own is well-formed when the whole is. */
function wholeCharacters(base: string, { from, to, length }: Copy): Copy | undefined {
  const cutFirst = /[\uDC00-\uDFFF]/.test(base[from] ?? '') ? 1 : 0;
  const cutLast = /[\uD800-\uDBFF]/.test(base[from + length - 1] ?? '') ? 1 : 0;
  const rest = length - cutFirst - cutLast;
  return rest < shortestCopy ? undefined : { from: from + cutFirst, to: to + cutFirst, length: rest };
}

/** A delta that does not fit its base, or comes to more than it may. */
export class DeltaError extends Error {
  override readonly name = 'DeltaError';
}

/**
 * The text that a delta makes of a base.
 * @param most - UTF-16 units that it may have
 * @throws DeltaError when a copy lies outside of the base, or the text gets too long
 */
export function applyDelta(base: string, delta: Delta, most: number): string {
  const parts: string[] = [];
  let size = 0;
  let expected = 0;
  for (let at = 0; at < delta.length; at++) {
    let part = delta[at];
    if (typeof part === 'number') {
      const length = delta[++at];
      const from = expected + part;
      if (typeof length !== 'number' || !isPlace(from) || !isPlace(length) || from + length > base.length) {
        throw new DeltaError('a copy lies outside of its base');
      }
      expected = from + length;
      part = base.slice(from, expected);
    }
    if (part === undefined) break;
    size += part.length;
    if (size > most) throw new DeltaError('the text is too long');
    parts.push(part);
  }
  return parts.join('');
}

const isPlace = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** About how many characters of JSON a delta is. */
export function deltaCost(delta: Delta): number {
  return delta.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length + 3 : 4), 0);
}
