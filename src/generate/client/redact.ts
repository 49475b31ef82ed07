/** Keys have no place in anything that is shown, kept or sent on: everything that a provider says goes through here. */

/** What stands where a key was. */
export const redacted = '[key removed]';

/** Tokens that look like keys of known providers, whosever they are. */
const keyLike =
  /\b(?:sk-(?:ant-|or-|proj-|svcacct-)?[A-Za-z0-9_-]{16,}|gsk_[A-Za-z0-9]{16,}|tgp_v1_[A-Za-z0-9_-]{16,}|AIza[A-Za-z0-9_-]{20,}|hf_[A-Za-z0-9]{16,})/g;
const bearer = /\b(Bearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi;

export interface Redactor {
  /** A text without the keys, in whatever way they are written there. */
  text(text: string): string;
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
  return {
    text: (text) => known(text).replace(bearer, `$1${redacted}`).replace(keyLike, redacted),
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
