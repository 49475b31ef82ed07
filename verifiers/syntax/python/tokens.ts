import { endOfString, isStringPrefix } from './strings.ts';

/** Kinds of tokens. */
export const name = 0;
export const number = 1;
export const string = 2;
export const operator = 3;
export const newline = 4;
export const indent = 5;
export const dedent = 6;
export const end = 7;

/** Tokens of a text, as columns. */
export interface Tokens {
  kinds: number[];
  starts: number[];
  ends: number[];
  /** A name, an operator, the prefix of a string in lower case; otherwise empty. */
  texts: string[];
}

export interface Problem {
  at: number;
  message: string;
}

/** CPython's own limits. */
const mostBrackets = 200;
const mostIndentation = 100;

/** Words that cannot stand inside brackets: where a line begins with one, a bracket was left open before it. */
const endsBrackets = new Set(
  'assert break class continue def del except finally global import nonlocal pass raise return try while with'.split(
    ' ',
  ),
);
const mayFollowNumber = /^(?:and|else|for|if|in|is|not|or)\b/;
const closers = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const longOperators = [
  '**=',
  '//=',
  '<<=',
  '>>=',
  '...',
  ':=',
  '->',
  '**',
  '//',
  '<<',
  '>>',
  '<=',
  '>=',
  '==',
  '!=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '@=',
  '&=',
  '|=',
  '^=',
];
const operatorsBy = new Map<string, string[]>();
for (const each of longOperators) {
  const first = each.charAt(0);
  operatorsBy.set(first, [...(operatorsBy.get(first) ?? []), each]);
}
const singles = new Set('+-*/%@&|^~<>()[]{},:.;=');

const numberPattern =
  /0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|(?:[0-9](?:_?[0-9])*\.?(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?[jJ]?/y;
const namePattern = /[\p{XID_Start}_][\p{XID_Continue}]*/uy;

/** A scanner over one text, or one expression inside an f-string. */
export class Scanner {
  readonly #tokens: Tokens = { kinds: [], starts: [], ends: [], texts: [] };
  readonly #brackets: string[] = [];
  readonly #indents = [0];
  /** Widths with a tab as one column: they must agree with the others, or tabs and spaces are mixed. */
  readonly #narrow = [0];
  #at: number;

  /**
   * @param inside whether the text is an expression inside an f-string: line ends mean nothing there
   * @param report takes what is not Python's; the scanner goes on
   */
  constructor(
    readonly text: string,
    from: number,
    readonly to: number,
    readonly inside: boolean,
    readonly report: (problem: Problem) => void,
  ) {
    this.#at = from;
  }

  scan(): Tokens {
    if (!this.inside) this.#readIndentation();
    while (this.#at < this.to) this.#readToken();
    const { kinds } = this.#tokens;
    const unclosed = this.#brackets.at(-1);
    if (unclosed !== undefined) this.report({ at: this.to, message: `${unclosed} was never closed` });
    if (!this.inside) {
      if (kinds.length > 0 && kinds.at(-1) !== newline) this.#add(newline, this.to, this.to);
      while (this.#indents.length > 1) {
        this.#indents.pop();
        this.#add(dedent, this.to, this.to);
      }
    }
    this.#add(end, this.to, this.to);
    return this.#tokens;
  }

  #add(kind: number, from: number, to: number, text = ''): void {
    this.#tokens.kinds.push(kind);
    this.#tokens.starts.push(from);
    this.#tokens.ends.push(to);
    this.#tokens.texts.push(text);
    this.#at = to;
  }

  #readToken(): void {
    const { text } = this;
    const at = this.#at;
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9 || code === 12) this.#at++;
    else if (isNameStart(code) || code > 127) this.#readName();
    else if (code === 10 || code === 13) this.#readLineEnd();
    else if (code === 35) this.#at = this.#endOfLine(at);
    else if (code === 34 || code === 39) this.#readString(at, '');
    else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) this.#readNumber();
    else if (code === 92) this.#readContinuation();
    else this.#readOperator();
  }

  #readName(): void {
    const { text } = this;
    const from = this.#at;
    let to = from;
    let code = text.charCodeAt(to);
    while (isNameStart(code) || isDigit(code)) code = text.charCodeAt(++to);
    let word = text.slice(from, to);
    if (code > 127) {
      namePattern.lastIndex = from;
      const match = namePattern.exec(text)?.[0];
      if (match === undefined || match.length <= word.length) {
        if (to === from || word === '') {
          this.report({ at: from, message: `${JSON.stringify(text.charAt(from))} cannot stand here` });
          this.#add(operator, from, from + 1, '\uFFFD');
          return;
        }
      } else {
        to = from + match.length;
        word = match.normalize('NFKC');
      }
    }
    if (to > this.to) to = this.to;
    if ((code === 34 || code === 39) && word.length < 3 && isStringPrefix(word)) {
      this.#readString(from, word.toLowerCase());
    } else this.#add(name, from, to, word);
  }

  #readString(from: number, prefix: string): void {
    const quotes = from + prefix.length;
    const found = endOfString(this.text, quotes, this.to, prefix.includes('f'), prefix.includes('r'));
    if (found === -1) {
      this.report({ at: from, message: 'a string is not terminated' });
      const long = this.text.startsWith(this.text.charAt(quotes).repeat(3), quotes);
      this.#add(operator, from, long ? this.to : this.#endOfLine(quotes), '\uFFFD');
    } else this.#add(string, from, found, prefix);
  }

  #readNumber(): void {
    const from = this.#at;
    numberPattern.lastIndex = from;
    const digits = numberPattern.exec(this.text)?.[0] ?? this.text.charAt(from);
    const to = Math.min(from + digits.length, this.to);
    const follows = this.text.charCodeAt(to);
    const badSuffix =
      to < this.to &&
      (isNameStart(follows) || isDigit(follows)) &&
      !mayFollowNumber.test(this.text.slice(to, to + 5));
    const leadingZero = digits.startsWith('0') && /[1-9]/.test(digits) && /^[0-9_]+$/.test(digits);
    if (badSuffix || leadingZero) {
      this.report({ at: from, message: `a number is written wrongly: ${digits.slice(0, 20)}` });
    }
    this.#add(number, from, to);
  }

  #readOperator(): void {
    const from = this.#at;
    const first = this.text.charAt(from);
    const long = operatorsBy.get(first)?.find((each) => this.text.startsWith(each, from));
    if (long !== undefined && from + long.length <= this.to) {
      this.#add(operator, from, from + long.length, long);
      return;
    }
    if (!singles.has(first)) {
      this.report({ at: from, message: `${JSON.stringify(first)} cannot stand here` });
      this.#add(operator, from, from + 1, '\uFFFD');
      return;
    }
    const closer = closers.get(first);
    if (closer !== undefined) {
      this.#brackets.push(first);
      if (this.#brackets.length === mostBrackets + 1)
        this.report({ at: from, message: 'too many nested brackets' });
    } else if (first === ')' || first === ']' || first === '}') {
      const opened = this.#brackets.pop();
      if (opened === undefined || closers.get(opened) !== first) {
        this.report({ at: from, message: `${first} closes nothing that was opened` });
      }
    }
    this.#add(operator, from, from + 1, first);
  }

  /** A backslash joins two lines. */
  #readContinuation(): void {
    const next = this.text.charAt(this.#at + 1);
    if (next === '\n' || next === '\r') {
      this.#at += this.text.startsWith('\r\n', this.#at + 1) ? 3 : 2;
      if (this.#at >= this.to) this.report({ at: this.to, message: 'the text ends after a backslash' });
      return;
    }
    this.report({ at: this.#at, message: 'a backslash must end its line' });
    this.#at++;
  }

  #readLineEnd(): void {
    const from = this.#at;
    this.#at += this.text.startsWith('\r\n', from) ? 2 : 1;
    if (this.inside) return;
    if (this.#brackets.length > 0) {
      if (!this.#statementBeginsHere()) return;
      this.report({ at: from, message: `${this.#brackets.at(-1)} was never closed` });
      this.#brackets.length = 0;
    }
    if (this.#tokens.kinds.length > 0 && this.#tokens.kinds.at(-1) !== newline) {
      const after = this.#at;
      this.#add(newline, from, after);
    }
    this.#readIndentation();
  }

  #statementBeginsHere(): boolean {
    let at = this.#at;
    while (this.text.charCodeAt(at) === 32 || this.text.charCodeAt(at) === 9) at++;
    if (!isNameStart(this.text.charCodeAt(at))) return false;
    const word = /^[a-z]{3,8}(?=[\s:])/.exec(this.text.slice(at, at + 10))?.[0];
    return word !== undefined && endsBrackets.has(word);
  }

  /** Measures the next line that holds more than a comment, and adds what its indentation means. */
  #readIndentation(): void {
    const { text } = this;
    let width = 0;
    let narrow = 0;
    let at = this.#at;
    for (; at < this.to; at++) {
      const code = text.charCodeAt(at);
      if (code === 32) {
        width++;
        narrow++;
      } else if (code === 9) {
        width = (Math.floor(width / 8) + 1) * 8;
        narrow++;
      } else if (code === 12) width = narrow = 0;
      else if (code === 10 || code === 13) width = narrow = 0;
      else if (code === 35) at = this.#endOfLine(at) - 1;
      else if (code === 92 && (text.charAt(at + 1) === '\n' || text.startsWith('\r\n', at + 1))) {
        at += text.charAt(at + 1) === '\n' ? 1 : 2;
      } else break;
    }
    this.#at = at;
    if (at < this.to) this.#indentTo(width, narrow);
  }

  #indentTo(width: number, narrow: number): void {
    const at = this.#at;
    const current = this.#indents.at(-1) ?? 0;
    if (width > current) {
      if (narrow <= (this.#narrow.at(-1) ?? 0)) this.report({ at, message: 'tabs and spaces are mixed' });
      if (this.#indents.length === mostIndentation) {
        this.report({ at, message: 'too many levels of indentation' });
        return;
      }
      this.#indents.push(width);
      this.#narrow.push(narrow);
      this.#add(indent, at, at);
      return;
    }
    while (width < (this.#indents.at(-1) ?? 0)) {
      this.#indents.pop();
      this.#narrow.pop();
      this.#add(dedent, at, at);
    }
    if (width !== this.#indents.at(-1)) {
      this.report({ at, message: 'a line is indented less than its block, and like no block around it' });
    } else if (narrow !== this.#narrow.at(-1)) this.report({ at, message: 'tabs and spaces are mixed' });
  }

  #endOfLine(at: number): number {
    let i = at;
    while (i < this.to && this.text.charCodeAt(i) !== 10 && this.text.charCodeAt(i) !== 13) i++;
    return i;
  }
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
