/** Comparisons that all changes of one answer may take: hostile texts are made to match nearly everywhere. */
export const mostComparisons = 20_000_000;

/** Looks for lines in a text, within a number of comparisons. */
export class LineMatcher {
  comparisons = 0;

  /** Whether there is no more room; nothing is found from then on. */
  get spent(): boolean {
    return this.comparisons > mostComparisons;
  }

  /**
   * Where `wanted` stands in `lines`: exactly, or else but for spaces at the ends of lines, or else but for all
   * indentation. Of several places, the one nearest to `near`.
   * @returns the index; `several` without `near`, when it is not clear which; undefined when it is nowhere
   */
  find(lines: readonly string[], wanted: readonly string[], near?: number): number | 'several' | undefined {
    if (wanted.length === 0) return near === undefined ? undefined : Math.min(near, lines.length);
    for (const fold of [same, (line: string) => line.trimEnd(), (line: string) => line.trim()]) {
      const places = this.#places(lines, wanted, fold);
      if (places.length === 0) continue;
      if (places.length > 1 && near === undefined) return 'several';
      const target = near ?? 0;
      return places.reduce((best, place) =>
        Math.abs(place - target) < Math.abs(best - target) ? place : best,
      );
    }
    return undefined;
  }

  #places(lines: readonly string[], wanted: readonly string[], fold: (line: string) => string): number[] {
    this.comparisons += lines.length + wanted.length;
    if (this.spent) return [];
    const text = lines.map(fold);
    const pattern = wanted.map(fold);
    const places: number[] = [];
    for (let at = 0; at + pattern.length <= text.length; at++) {
      let same = 0;
      while (same < pattern.length && text[at + same] === pattern[same]) same++;
      this.comparisons += same + 1;
      if (this.spent) return [];
      if (same === pattern.length) places.push(at);
    }
    return places;
  }
}

const same = (line: string): string => line;

/** A text's lines, without the empty one behind its last line break. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The inverse of `linesOf`. */
export const textOf = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${lines.join('\n')}\n`;
