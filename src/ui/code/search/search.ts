/** Looking for a text in all files of a submission. */

export interface Query {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly regularExpression: boolean;
}

/** A match on one line; matches over several lines are not looked for. */
export interface Match {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** UTF-16 units. */
  readonly length: number;
  /** The line around it, cut to what can be shown, and where in that the match begins. */
  readonly excerpt: string;
  readonly at: number;
}

export interface FileMatches {
  readonly path: string;
  readonly matches: readonly Match[];
}

export interface Found {
  readonly files: readonly FileMatches[];
  readonly count: number;
  /** There are more than are listed. */
  readonly cut: boolean;
}

/** Matches that are listed, in all. */
export const mostMatches = 2_000;
const around = 60;
const longestExcerpt = 220;

/**
 * What a query looks for, as a pattern to be used line by line.
 * @throws SyntaxError for what is no regular expression
 */
export function patternOf({ text, matchCase, wholeWord, regularExpression }: Query): RegExp {
  const source = regularExpression ? text : text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  // Letters of all scripts make a word; `\b` knows only those of ASCII.
  const whole = wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source;
  return new RegExp(whole, `gu${matchCase ? '' : 'i'}`);
}

/**
 * All matches, by file in the order of the files. An expression made to take long does: call it where it can be ended.
 * @throws SyntaxError as `patternOf`
 */
export function search(files: readonly (readonly [path: string, text: string])[], query: Query): Found {
  const found: FileMatches[] = [];
  let count = 0;
  if (query.text === '') return { files: found, count, cut: false };
  const pattern = patternOf(query);
  for (const [path, text] of files) {
    const matches = matchesIn(text, pattern, mostMatches - count);
    if (matches.length === 0) continue;
    count += matches.length;
    found.push({ path, matches });
    if (count >= mostMatches) return { files: found, count, cut: true };
  }
  return { files: found, count, cut: false };
}

function matchesIn(text: string, pattern: RegExp, most: number): readonly Match[] {
  const matches: Match[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  for (const [index, line] of lines.entries()) {
    for (const match of line.matchAll(pattern)) {
      const { length } = match[0];
      // An empty match is everywhere and says nothing.
      if (length === 0) continue;
      const from = Math.max(0, match.index - around);
      matches.push({
        line: index + 1,
        column: match.index + 1,
        length,
        excerpt: line.slice(from, from + longestExcerpt),
        at: match.index - from,
      });
      if (matches.length >= most) return matches;
    }
  }
  return matches;
}
