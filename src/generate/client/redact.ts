/** Keys have no place in anything that is shown, kept or sent on: everything that a provider says goes through here. */

/** What stands where a key was. */
export const redacted = '[key removed]';

/** Tokens that look like keys of known providers, whosever they are. */
const keyLike =
  /\b(?:sk-(?:ant-|or-|proj-|svcacct-)?[A-Za-z0-9_-]{16,}|gsk_[A-Za-z0-9]{16,}|tgp_v1_[A-Za-z0-9_-]{16,}|AIza[A-Za-z0-9_-]{20,}|hf_[A-Za-z0-9]{16,})/g;
const bearer = /\b(Bearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi;

/** A key of which a provider shows both ends, or the last: `sk-ab****wxyz`. */
const masked = /[A-Za-z0-9_-]{0,16}\*{4,}[A-Za-z0-9_-]{2,16}/g;

export interface Redactor {
  /** A text without the keys, in whatever way they are written there. */
  text(text: string): string;
  /** An error text: without the parts of keys as well that providers quote in those. */
  quoted(text: string): string;
  /** The same for a text that comes in pieces: each gives what is safe to pass on. */
  stream(): RedactedStream;
}

export interface RedactedStream {
  push(piece: string): string;
  /** What is left at the end. */
  flush(): string;
}

/** @param keys - empty ones are left out */
export function createRedactor(keys: readonly (string | undefined)[]): Redactor {
  const needles = [...new Set(keys.flatMap((key) => (key === undefined ? [] : spellings(key))))].sort(
    (a, b) => b.length - a.length,
  );
  const known = (text: string): string =>
    needles.reduce((rest, needle) => rest.replaceAll(needle, redacted), text);
  const whole = (text: string): string =>
    known(text).replace(bearer, `$1${redacted}`).replace(keyLike, redacted);
  return {
    text: whole,
    quoted: (text) => withoutParts(whole(text), keys).replace(masked, redacted),
    stream: () => {
      let held = '';
      return {
        push(piece) {
          const text = known(held + piece);
          const keep = tail(text, needles);
          held = text.slice(text.length - keep);
          return text.slice(0, text.length - keep);
        },
        flush() {
          const rest = held;
          held = '';
          return rest;
        },
      };
    },
  };
}

/** Characters of a key that make a piece of it: fewer are found in other words. */
const pieceLength = 10;

/** Pieces of keys, as a provider quotes them in an error. */
function withoutParts(text: string, keys: readonly (string | undefined)[]): string {
  const pieces = new Set<string>();
  for (const key of keys)
    for (let at = 0; at + pieceLength <= (key?.length ?? 0); at++)
      pieces.add(key?.slice(at, at + pieceLength) ?? '');
  if (pieces.size === 0) return text;
  let out = '';
  let from = 0;
  for (let at = 0; at + pieceLength <= text.length; at++) {
    if (!pieces.has(text.slice(at, at + pieceLength))) continue;
    let end = at + pieceLength;
    while (end < text.length && pieces.has(text.slice(end - pieceLength + 1, end + 1))) end++;
    out += text.slice(from, at) + redacted;
    from = end;
    at = end - 1;
  }
  return out + text.slice(from);
}

/** Ways in which a key may be written back. Short ones, such as `ollama`, are words and no secrets. */
function spellings(key: string): string[] {
  const trimmed = key.trim();
  if (trimmed.length < 8) return [];
  const bytes = new TextEncoder().encode(trimmed);
  const base64 = btoa(String.fromCharCode(...bytes));
  return [trimmed, encodeURIComponent(trimmed), JSON.stringify(trimmed).slice(1, -1), base64];
}

/** Characters at the end of `text` that may be the beginning of a needle. */
function tail(text: string, needles: readonly string[]): number {
  let longest = 0;
  for (const needle of needles)
    for (let length = Math.min(needle.length - 1, text.length); length > longest; length--)
      if (text.endsWith(needle.slice(0, length))) {
        longest = length;
        break;
      }
  return longest;
}
