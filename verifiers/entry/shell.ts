/** A simple command of a shell script. */
export interface ShellCommand {
  /** `A=b` before the words, with variables replaced. */
  readonly assignments: readonly (readonly [name: string, value: string])[];
  /** The name of the program and its arguments; empty for a line of assignments alone. */
  readonly words: readonly string[];
  /** The text of a heredoc or a here-string. */
  readonly input?: string;
  /** Offset into the script. */
  readonly at: number;
}

/** Substitutions inside substitutions that are followed. */
const mostDepth = 8;

/** Words that only stand before a command. */
const openers = new Set(['if', 'then', 'elif', 'else', 'while', 'until', 'do', '!', '{', 'time']);
const closers = new Set(['fi', 'done', 'esac', '}']);

/**
 * Reads a shell script into the commands that it may run, in their order: of all branches and functions, and of
 * command substitutions. Knows comments, quotes, continued lines, heredocs, parameters with defaults. Never throws.
 * @param variables what is set before the script runs; assignments and exports of the script are added as they come
 */
export function readShell(text: string, variables = new Map<string, string>()): ShellCommand[] {
  return new Reader(text, variables, 0).read();
}

/** A word as far as it has been read; `bare` when no part of it was quoted. */
interface Word {
  text: string;
  bare: boolean;
  at: number;
}

interface Heredoc {
  end: string;
  strip: boolean;
  command: { input?: string };
}

class Reader {
  readonly #text: string;
  readonly #variables: Map<string, string>;
  readonly #depth: number;
  #at = 0;
  readonly #commands: ShellCommand[] = [];
  #words: Word[] = [];
  #current: { input?: string } = {};
  #heredocs: Heredoc[] = [];

  constructor(text: string, variables: Map<string, string>, depth: number) {
    this.#text = text;
    this.#variables = variables;
    this.#depth = depth;
  }

  read(): ShellCommand[] {
    while (this.#at < this.#text.length) this.#step();
    this.#finish();
    return this.#commands;
  }

  #step(): void {
    const character = this.#text[this.#at] ?? '';
    if (character === '\n') {
      this.#finish();
      this.#at++;
      this.#readHeredocs();
    } else if (character === '\\' && /\r?\n/y.test(this.#text.slice(this.#at + 1, this.#at + 3))) {
      this.#at += this.#text[this.#at + 1] === '\r' ? 3 : 2;
    } else if (/\s/.test(character)) {
      this.#at++;
    } else if (character === '#') {
      this.#skipTo('\n');
    } else if (';&|()'.includes(character) && !this.#text.startsWith('&>', this.#at)) {
      this.#finish();
      this.#at++;
    } else if (character === '<' || character === '>' || this.#text.startsWith('&>', this.#at)) {
      this.#redirect();
    } else {
      this.#words.push(this.#readWord());
    }
  }

  #skipTo(end: string): void {
    const next = this.#text.indexOf(end, this.#at);
    this.#at = next === -1 ? this.#text.length : next;
  }

  /** `> file`, `2>&1`, `<<EOF`, `<<< "text"`. */
  #redirect(): void {
    const last = this.#words.at(-1);
    if (last !== undefined && last.bare && /^\d$/.test(last.text) && last.at === this.#at - 1)
      this.#words.pop();
    const operator = /&>>?|<<<|<<-?|[<>]{1,2}[&|]?/y;
    operator.lastIndex = this.#at;
    const found = operator.exec(this.#text)?.[0] ?? '<';
    this.#at += found.length;
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++;
    if (this.#at >= this.#text.length || /[\n;&|()]/.test(this.#text[this.#at] ?? '')) return;
    const target = this.#readWord();
    if (found === '<<<') this.#current.input = target.text;
    if (found === '<<' || found === '<<-') {
      this.#heredocs.push({ end: target.text, strip: found === '<<-', command: this.#current });
    }
  }

  #readHeredocs(): void {
    for (const { end, strip, command } of this.#heredocs) {
      const from = this.#at;
      let to: number;
      for (;;) {
        to = this.#at;
        if (this.#at >= this.#text.length) break;
        this.#skipTo('\n');
        const line = this.#text.slice(to, this.#at);
        this.#at++;
        if ((strip ? line.trimStart() : line).trimEnd() === end) break;
      }
      command.input = this.#text.slice(from, to);
    }
    this.#heredocs = [];
  }

  #readWord(): Word {
    const word: Word = { text: '', bare: true, at: this.#at };
    const parts: string[] = [];
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      if (/[\s;&|()<>]/.test(character)) break;
      if (character === "'") {
        const end = this.#text.indexOf("'", this.#at + 1);
        const to = end === -1 ? this.#text.length : end;
        parts.push(this.#text.slice(this.#at + 1, to));
        this.#at = to + 1;
        word.bare = false;
      } else if (character === '"') {
        parts.push(this.#readQuoted());
        word.bare = false;
      } else if (character === '\\') {
        const escaped = this.#text[this.#at + 1] ?? '';
        if (escaped !== '\n') parts.push(escaped);
        this.#at += 2;
      } else if (character === '$' || character === '`') {
        parts.push(this.#readExpansion());
      } else {
        parts.push(character);
        this.#at++;
      }
    }
    word.text = parts.join('');
    return word;
  }

  #readQuoted(): string {
    const parts: string[] = [];
    this.#at++;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      if (character === '"') break;
      if (character === '\\') {
        const escaped = this.#text[this.#at + 1] ?? '';
        if (escaped !== '\n') parts.push('"\\$`'.includes(escaped) ? escaped : `\\${escaped}`);
        this.#at += 2;
      } else if (character === '$' || character === '`') {
        parts.push(this.#readExpansion());
      } else {
        parts.push(character);
        this.#at++;
      }
    }
    this.#at++;
    return parts.join('');
  }

  /** What stands at `$` or a backtick. */
  #readExpansion(): string {
    if (this.#text[this.#at] === '`') {
      const end = this.#text.indexOf('`', this.#at + 1);
      const to = end === -1 ? this.#text.length : end;
      return this.#substitute(this.#text.slice(this.#at + 1, to), to + 1);
    }
    if (this.#text.startsWith('$((', this.#at)) {
      const end = this.#text.indexOf('))', this.#at);
      this.#at = end === -1 ? this.#text.length : end + 2;
      return '';
    }
    if (this.#text[this.#at + 1] === '(') {
      const end = this.#closing(this.#at + 1, '(', ')');
      return this.#substitute(this.#text.slice(this.#at + 2, end), end + 1);
    }
    if (this.#text[this.#at + 1] === '{') {
      const end = this.#closing(this.#at + 1, '{', '}');
      const inside = this.#text.slice(this.#at + 2, end);
      this.#at = end + 1;
      return this.#parameter(inside);
    }
    const name = /[A-Za-z_]\w*|[0-9@*#?$!-]/y;
    name.lastIndex = this.#at + 1;
    const found = name.exec(this.#text)?.[0];
    this.#at += 1 + (found?.length ?? 0);
    return found === undefined ? '$' : this.#value(found);
  }

  #value(name: string): string {
    if (name === 'PWD') return '.';
    return this.#variables.get(name) ?? '';
  }

  /** `NAME`, `NAME:-default`, `NAME:+other` and the like; what it begins with decides, suffixes and slices do not. */
  #parameter(inside: string): string {
    const match = /^([A-Za-z_]\w*)(:?[-=+?])?/.exec(inside);
    if (match === null) return '';
    const [whole, name = '', operator] = match;
    const value = this.#value(name);
    if (operator === undefined || operator.endsWith('?')) return value;
    const word = inside.slice(whole.length);
    const isSet = operator.startsWith(':') ? value !== '' : this.#variables.has(name);
    if (operator.endsWith('+')) return isSet ? this.#nested(word) : '';
    if (isSet) return value;
    const replacement = this.#nested(word);
    if (operator.endsWith('=')) this.#variables.set(name, replacement);
    return replacement;
  }

  /** The words of a default: they may hold quotes and further parameters. */
  #nested(word: string): string {
    if (this.#depth >= mostDepth) return '';
    return new Reader(`"${word.replaceAll('"', '')}"`, this.#variables, this.#depth + 1).#readWord().text;
  }

  /** Runs what stands in `$(…)`; of its value only the script's own folder is known. */
  #substitute(inside: string, end: number): string {
    this.#at = end;
    if (this.#depth < mostDepth) {
      this.#commands.push(...new Reader(inside, new Map(this.#variables), this.#depth + 1).read());
    }
    return /\b(?:dirname|pwd)\b/.test(inside) ? '.' : '';
  }

  /** The offset of the bracket that closes the one at `open`; quotes are skipped. */
  #closing(open: number, opener: string, closer: string): number {
    let depth = 0;
    for (let at = open; at < this.#text.length; at++) {
      const character = this.#text[at];
      if (character === '\\') at++;
      else if (character === "'" && opener === '(') {
        const end = this.#text.indexOf("'", at + 1);
        at = end === -1 ? this.#text.length : end;
      } else if (character === opener) depth++;
      else if (character === closer && --depth === 0) return at;
    }
    return this.#text.length;
  }

  #finish(): void {
    const words = this.#words;
    const held = this.#current;
    this.#words = [];
    this.#current = {};
    while (words[0]?.bare === true && openers.has(words[0].text)) words.shift();
    if (words[0] === undefined || (words[0].bare && (closers.has(words[0].text) || words[0].text === 'for')))
      return;
    const at = words[0].at;
    const assignments: [string, string][] = [];
    let first = words[0];
    while (isAssignment(first.text)) {
      assignments.push(split(first.text));
      words.shift();
      const next = words[0];
      if (next === undefined) break;
      first = next;
    }
    const texts = words.map((word) => word.text);
    if (texts.length === 0) for (const [name, value] of assignments) this.#variables.set(name, value);
    if (['export', 'declare', 'readonly', 'local', 'typeset'].includes(texts[0] ?? '')) {
      for (const text of texts.slice(1).filter(isAssignment)) this.#variables.set(...split(text));
    }
    // A heredoc's text is read after its command has ended, into this very object.
    this.#commands.push(Object.assign(held, { assignments, words: texts, at }));
  }
}

function isAssignment(text: string): boolean {
  return /^[A-Za-z_]\w*\+?=/.test(text);
}

function split(text: string): [name: string, value: string] {
  const equals = text.indexOf('=');
  return [text.slice(0, equals).replace('+', ''), text.slice(equals + 1)];
}
