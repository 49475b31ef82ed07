import { patternOf, type Query } from './search.ts';

/** Files as they are after a replacement; those without a match are not among them. */
export interface Replaced {
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly count: number;
}

/** A replacement that would make more text than a submission may have. */
export class TooMuchText extends Error {
  override readonly name = 'TooMuchText';
}

/**
 * Puts another text in the place of every match, line by line as `search` finds them; line ends stay as they are. For an
 * expression, `$&`, `$1` and `$<name>` in the replacement are what was matched, and `$$` is a dollar.
 * @param most - characters that all changed files together may have
 * @throws SyntaxError as `patternOf`; TooMuchText
 */
export function replaceAll(
  files: readonly (readonly [path: string, text: string])[],
  query: Query,
  by: string,
  most: number,
): Replaced {
  const changed: [string, string][] = [];
  let count = 0;
  let room = most;
  if (query.text === '') return { files: changed, count };
  const pattern = patternOf(query);
  for (const [path, text] of files) {
    const before = count;
    // Every second piece is a line end.
    const pieces = text.split(/(\r\n|\r|\n)/).map((piece, at) => {
      if (at % 2 === 1) return piece;
      const line = replaceIn(piece, pattern, (match) => {
        count++;
        const made = query.regularExpression ? expand(by, match) : by;
        room -= made.length;
        if (room < 0) throw new TooMuchText();
        return made;
      });
      return line;
    });
    if (count > before) changed.push([path, pieces.join('')]);
  }
  return { files: changed, count };
}

function replaceIn(line: string, pattern: RegExp, by: (match: RegExpExecArray) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (const match of line.matchAll(pattern)) {
    // As in a search: an empty match is everywhere and means nothing.
    if (match[0] === '') continue;
    parts.push(line.slice(at, match.index), by(match));
    at = match.index + match[0].length;
  }
  return parts.length === 0 ? line : parts.join('') + line.slice(at);
}

/** What is written after a dollar that names no group stays as it is. */
function expand(by: string, match: RegExpExecArray): string {
  return by.replace(/\$(?:([$&])|(\d{1,2})|<([^>]*)>)/g, (whole, sign, number, name) => {
    if (sign === '$') return '$';
    if (sign === '&') return match[0];
    if (number !== undefined) return Number(number) < match.length ? (match[Number(number)] ?? '') : whole;
    return match.groups !== undefined && Object.hasOwn(match.groups, name)
      ? (match.groups[name] ?? '')
      : whole;
  });
}
