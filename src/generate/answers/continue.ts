import { readFence } from './block.ts';
import { isHeading, readCaption } from './path-words.ts';
import { Segmenter } from './segment.ts';
import { namesOrHolds } from './tags.ts';

/** Shorter repetitions are chance: a bracket, a blank line. */
const leastOverlap = 12;
/** Models repeat at most some lines of where they were cut off. */
const mostOverlap = 4_000;
/** An answer that begins with as many characters as the one before is written anew. */
const sameBeginning = 60;
/** Lines of words, fences and tags before the text goes on. */
const mostOpeningLines = 8;

/**
 * Joins an answer that was cut off with its continuation. The continuation often says that it is one, opens the fence or
 * the tag again, and repeats the end: what is there twice is taken once. One that starts over stands for both.
 */
export function joinContinuation(text: string, continuation: string): string {
  const beginning = text.trimStart().slice(0, sameBeginning);
  if (beginning.length === sameBeginning && continuation.trimStart().startsWith(beginning))
    return continuation.length > text.length ? continuation : text;
  const more = withoutOpening(text, continuation);
  const window = text.slice(-mostOverlap);
  const overlap = longestOverlap(window, more);
  if (overlap >= leastOverlap) return text + more.slice(overlap);
  // A whole last line that was cut off may be written again from its start.
  const lastLine = window.slice(window.lastIndexOf('\n') + 1);
  const least = more === continuation ? 2 : 1;
  if (lastLine.trim().length >= least && more.startsWith(lastLine)) return text + more.slice(lastLine.length);
  return text + more;
}

/** The continuation from where the text goes on: without the words, the fence and the tag that open it again. */
function withoutOpening(text: string, continuation: string): string {
  const inside = insideOf(text);
  if (inside !== 'fence' && inside !== 'tag' && inside !== 'json') return continuation;
  const lines = continuation.split('\n', mostOpeningLines + 1);
  let at = 0;
  let said = false;
  for (; at < mostOpeningLines && at < lines.length; at++) {
    const line = lines[at] ?? '';
    if ((inside === 'tag' && namesOrHolds(line)) || !isOpeningWords(line)) break;
    said ||= isIntroduction(line);
  }
  const fenced = opensAgain(lines[at], lines[at + 1]);
  if (fenced) at++;
  let tagged = false;
  while (inside === 'tag' && at < mostOpeningLines && namesOrHolds(lines[at] ?? '')) {
    tagged = true;
    at++;
  }
  if (!said && !fenced && !tagged) return continuation;
  const rest = continuation.slice(lines.slice(0, at).join('\n').length + (at > 0 ? 1 : 0));
  return fenced && inside !== 'fence' ? rest.replace(/\n?[ \t]*(?:```|~~~)\s*$/, '') : rest;
}

/** What a text is in the middle of. */
function insideOf(text: string): Segmenter['inside'] {
  const segments = new Segmenter(() => {});
  const lines = text.split('\n');
  lines.forEach((line, at) => segments.take(line, lines[at + 1]));
  return segments.inside;
}

const isOpeningWords = (line: string): boolean =>
  line.trim() === '' || isIntroduction(line) || isHeading(line) || readCaption(line)?.how === 'name';

const isIntroduction = (line: string): boolean =>
  line.length < 300 &&
  /^\W*(?:continu|resum|sure\b|certainly\b|of course\b|okay?\b|here(?:['’]s| is| are)\b|picking up|the rest\b|apologies|sorry\b).*[:.!…*\])]\s*$/i.test(
    line,
  );

/** Whether a line opens a fence rather than closing the one that is open: text follows right behind it. */
function opensAgain(line: string | undefined, next: string | undefined): boolean {
  const fence = line === undefined ? undefined : readFence(line);
  if (fence === undefined) return false;
  return fence.info !== '' || (next !== undefined && !isOpeningWords(next));
}

/** Length of the longest end of `a` with which `b` begins: the failure function of Knuth, Morris and Pratt, linear. */
function longestOverlap(a: string, b: string): number {
  const pattern = b.slice(0, a.length);
  const text = `${pattern}\uffff${a}`;
  const fail = new Int32Array(text.length);
  for (let at = 1; at < text.length; at++) {
    let length = fail[at - 1] ?? 0;
    while (length > 0 && text[at] !== text[length]) length = fail[length - 1] ?? 0;
    fail[at] = text[at] === text[length] ? length + 1 : 0;
  }
  return fail.at(-1) ?? 0;
}
