/** Where a literal ends, and where the expressions in an f-string lie. Offsets are into the whole text. */

const backslash = 92;
const braceOpen = 123;
const braceClose = 125;
const lineFeed = 10;
const carriageReturn = 13;

/** CPython refuses f-strings that are nested more deeply. */
const deepestNesting = 150;

/** One `{…}` of an f-string. */
export interface Replacement {
  from: number;
  /** The end of the expression: before `=`, `!r`, `:` or `}`. */
  to: number;
  /** `r`, `s` or `a` after `!`; empty without it. */
  conversion: string;
  /** `{name=}`: its own text comes before its value. */
  selfDocumenting: boolean;
  /** Replacements inside the format specification. */
  nested: Replacement[];
  hasSpecification: boolean;
  /** The offset after the closing brace. */
  end: number;
}

/** The quotes that open a string at an offset: one, or three of them. */
export function quotesAt(text: string, at: number): string {
  const quote = text.charAt(at);
  return text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
}

/**
 * The offset after the closing quotes of a string, or -1 when it is not terminated.
 * @param at of the opening quotes
 * @param format whether the prefix makes it an f-string
 */
export function endOfString(
  text: string,
  at: number,
  to: number,
  format: boolean,
  raw: boolean,
  level = 0,
): number {
  const quotes = quotesAt(text, at);
  const quote = quotes.charCodeAt(0);
  const long = quotes.length === 3;
  let i = at + quotes.length;
  while (i < to) {
    const code = text.charCodeAt(i);
    if (code === backslash) i = afterBackslash(text, i, format, raw);
    else if (code === quote && (!long || text.startsWith(quotes, i))) {
      const end = i + quotes.length;
      return end <= to ? end : -1;
    } else if ((code === lineFeed || code === carriageReturn) && !long) return -1;
    else if (format && code === braceOpen) {
      if (text.charCodeAt(i + 1) === braceOpen) i += 2;
      else {
        const replacement = readReplacement(text, i + 1, to, quotes, level + 1);
        if (replacement === undefined) return -1;
        i = replacement.end;
      }
    } else i++;
  }
  return -1;
}

/** The offset after an escape. In an f-string a brace begins a replacement even after a backslash, except in `\N{…}`. */
export function afterBackslash(text: string, at: number, format: boolean, raw: boolean): number {
  const next = text.charCodeAt(at + 1);
  if (format && (next === braceOpen || next === braceClose)) return at + 1;
  if (format && !raw && text.startsWith('N{', at + 1)) {
    const end = text.indexOf('}', at);
    return end === -1 || end - at > 100 ? at + 2 : end + 1;
  }
  return next === carriageReturn && text.charCodeAt(at + 2) === lineFeed ? at + 3 : at + 2;
}

/**
 * Reads one replacement field, from after its brace; undefined when it has no end.
 * @param quotes of the string around it
 */
export function readReplacement(
  text: string,
  from: number,
  to: number,
  quotes: string,
  level = 1,
): Replacement | undefined {
  if (level > deepestNesting) return undefined;
  const field: Replacement = {
    from,
    to: -1,
    conversion: '',
    selfDocumenting: false,
    nested: [],
    hasSpecification: false,
    end: -1,
  };
  let depth = 0;
  let i = from;
  while (i < to) {
    const character = text.charAt(i);
    if (character === "'" || character === '"') {
      const prefix = prefixBefore(text, i, from);
      const end = endOfString(text, i, to, /f/i.test(prefix), /r/i.test(prefix), level);
      if (end === -1) return undefined;
      i = end;
      continue;
    }
    if (character === '#') {
      i = endOfComment(text, i, to);
      continue;
    }
    if (depth > 0) {
      if (character === '(' || character === '[' || character === '{') depth++;
      else if (character === ')' || character === ']' || character === '}') depth--;
    } else if (character === '(' || character === '[' || character === '{') depth++;
    else if (character === '}') {
      if (field.to === -1) field.to = i;
      field.end = i + 1;
      return field;
    } else if (character === '!' && text.charAt(i + 1) !== '=') {
      if (field.to === -1) field.to = i;
      field.conversion = text.charAt(i + 1);
      i++;
    } else if (character === '=' && isSelfDocumenting(text, i, to)) {
      if (field.to === -1) field.to = i;
      field.selfDocumenting = true;
    } else if (character === ':') {
      if (field.to === -1) field.to = i;
      return readSpecification(text, i + 1, to, quotes, level, field);
    }
    i++;
  }
  return undefined;
}

function readSpecification(
  text: string,
  from: number,
  to: number,
  quotes: string,
  level: number,
  field: Replacement,
): Replacement | undefined {
  field.hasSpecification = true;
  let i = from;
  while (i < to) {
    const code = text.charCodeAt(i);
    if (code === braceClose) {
      field.end = i + 1;
      return field;
    }
    if (code === braceOpen) {
      const nested = readReplacement(text, i + 1, to, quotes, level + 1);
      if (nested === undefined) return undefined;
      field.nested.push(nested);
      i = nested.end;
    } else if (text.startsWith(quotes, i)) return undefined;
    else i++;
  }
  return undefined;
}

/** Whether the `=` at an offset is the one of `{name=}`, not part of an operator. */
function isSelfDocumenting(text: string, at: number, to: number): boolean {
  if ('=!<>'.includes(text.charAt(at - 1)) || text.charAt(at + 1) === '=') return false;
  let next = at + 1;
  for (; next < to && ' \t\r\n#'.includes(text.charAt(next)); next++) {
    if (text.charAt(next) === '#') next = endOfComment(text, next, to) - 1;
  }
  return '}!:'.includes(text.charAt(next));
}

function endOfComment(text: string, at: number, to: number): number {
  const lineEnd = text.indexOf('\n', at);
  return lineEnd === -1 ? to : Math.min(lineEnd, to);
}

function prefixBefore(text: string, at: number, from: number): string {
  let start = at;
  while (start > from && at - start < 3 && /\w/.test(text.charAt(start - 1))) start--;
  const prefix = text.slice(start, at);
  return isStringPrefix(prefix) ? prefix : '';
}

/** Whether a name directly before a quote belongs to the string. */
export function isStringPrefix(name: string): boolean {
  return /^(?:[rubf]|br|rb|fr|rf)$/i.test(name);
}

const simpleEscapes = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\n', ''],
]);

const escape =
  /\\(?:(\r\n|[\\'"abfnrtv\n\r])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{[^{}\n]{1,100}\}|([xuUN]))/g;

/**
 * The value of the text between a literal's quotes. A character that is given by its name becomes U+FFFD.
 * @returns undefined when an escape is cut short
 */
export function decodeLiteral(text: string, bytes: boolean): string | undefined {
  if (!text.includes('\\')) return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  let truncated = false;
  const value = text
    .replaceAll(/\r\n?/g, '\n')
    .replace(
      escape,
      (
        match: string,
        simple?: string,
        octal?: string,
        hex?: string,
        short?: string,
        long?: string,
        cut?: string,
      ) => {
        if (simple !== undefined) return simpleEscapes.get(simple) ?? '';
        if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
        if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
        if (bytes) {
          if (cut === 'x') truncated = true;
          return match;
        }
        if (cut !== undefined) truncated = true;
        const code = short ?? long;
        if (code === undefined) return '\uFFFD';
        const point = Number.parseInt(code, 16);
        if (point > 0x10ffff) truncated = true;
        return point > 0x10ffff ? '' : String.fromCodePoint(point);
      },
    );
  return truncated ? undefined : value;
}
