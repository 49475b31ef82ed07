/** Shorter repetitions are chance: a bracket, a blank line. */
const leastOverlap = 12;
/** Models repeat at most some lines of where they were cut off. */
const mostOverlap = 4_000;

/**
 * Joins an answer that was cut off with its continuation. The continuation often repeats the end, or opens the fence
 * again: what is there twice is taken once.
 */
export function joinContinuation(text: string, continuation: string): string {
  const more = withoutOpening(text, continuation);
  const window = text.slice(-mostOverlap);
  const overlap = longestOverlap(window, more);
  if (overlap >= leastOverlap) return text + more.slice(overlap);
  // A whole last line that was cut off may be written again from its start.
  const lastLine = window.slice(window.lastIndexOf('\n') + 1);
  if (lastLine.trim().length >= 4 && more.startsWith(lastLine)) return text + more.slice(lastLine.length);
  return text + more;
}

/** A fence that opens again in the middle of one, with the words before it. */
function withoutOpening(text: string, continuation: string): string {
  if (!insideFence(text)) return continuation;
  const [opening = ''] = /^(?:[^\n]{0,200}\n){0,3}?[ \t]*(?:```|~~~)[^\n`]*\n/.exec(continuation) ?? [];
  return continuation.slice(opening.length);
}

function insideFence(text: string): boolean {
  let inside = false;
  for (const line of text.split('\n')) if (/^\s{0,16}(```|~~~)/.test(line)) inside = !inside;
  return inside;
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
