import type { Source } from '../../sources.ts';
import type { Import } from '../types.ts';
import { name, newline, operator, Scanner, type Problem, type Tokens } from './tokens.ts';

/** Problems that are kept of a file; a file with one does not run, so what follows the last is not read. */
const mostProblems = 50;
/** Levels of an expression that is nested without brackets, and of the tree that comes out of it. */
const deepest = 500;

const keywords = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

export function isKeyword(word: string): boolean {
  return keywords.has(word);
}

/** The statement that is being read does not follow the grammar. */
export class Fault extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/** There are too many problems to go on. */
export class GiveUp extends Error {}

/** What is gathered from a file beside its tree. */
export class Gathered {
  readonly problems: Problem[] = [];
  readonly imports: Import[] = [];
  readonly unknownImports: { at: number; start?: string }[] = [];
  /** Functions around the place that is being read. */
  functions = 0;
  /** Branches around it that only a type checker takes. */
  typeOnly = 0;

  constructor(readonly source: Source) {}

  readonly report = (problem: Problem): void => {
    this.problems.push(problem);
    if (this.problems.length >= mostProblems) throw new GiveUp('too many problems');
  };
}

/** A place in a file's tokens, with the questions that a grammar asks. */
export class Cursor {
  readonly #tokens: Tokens;
  #index = 0;
  /** Levels of nesting around the place. */
  depth = 0;
  /** Levels of the tree of the expression that was read last. */
  height = 0;

  private constructor(
    readonly gathered: Gathered,
    tokens: Tokens,
  ) {
    this.#tokens = tokens;
  }

  /** @param inside whether the text between the offsets is an expression of an f-string */
  static over(gathered: Gathered, from: number, to: number, inside: boolean): Cursor {
    const scanner = new Scanner(gathered.source.text, from, to, inside, gathered.report);
    return new Cursor(gathered, scanner.scan());
  }

  get index(): number {
    return this.#index;
  }

  set index(value: number) {
    this.#index = value;
  }

  get kind(): number {
    return this.kindAt(this.#index);
  }

  get at(): number {
    return this.#tokens.starts[this.#index] ?? this.gathered.source.text.length;
  }

  get until(): number {
    return this.#tokens.ends[this.#index] ?? this.gathered.source.text.length;
  }

  /** The end of the token before. */
  get passed(): number {
    return this.#tokens.ends[this.#index - 1] ?? 0;
  }

  /** The name, operator or prefix. */
  get text(): string {
    return this.#tokens.texts[this.#index] ?? '';
  }

  kindAt(index: number): number {
    return this.#tokens.kinds[index] ?? newline;
  }

  textAt(index: number): string {
    return this.#tokens.texts[index] ?? '';
  }

  /** The text that is written between two offsets. */
  written(from: number, to: number): string {
    return this.gathered.source.text.slice(from, to);
  }

  advance(): void {
    this.#index++;
  }

  isOperator(text: string): boolean {
    return this.text === text && this.kind === operator;
  }

  /** Whether the place is at a keyword, soft ones included. */
  isWord(text: string): boolean {
    return this.text === text && this.kind === name;
  }

  takeKind(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.#index++;
    return true;
  }

  takeOperator(text: string): boolean {
    if (!this.isOperator(text)) return false;
    this.#index++;
    return true;
  }

  takeWord(text: string): boolean {
    if (!this.isWord(text)) return false;
    this.#index++;
    return true;
  }

  expectOperator(text: string): void {
    if (!this.takeOperator(text)) this.fail(`expected ${text}`);
  }

  expectWord(text: string): void {
    if (!this.takeWord(text)) this.fail(`expected ${text}`);
  }

  /** Reads a name that is no keyword. */
  expectName(): string {
    const word = this.text;
    if (this.kind !== name || isKeyword(word)) this.fail('expected a name');
    this.#index++;
    return word;
  }

  fail(message: string): never {
    throw new Fault(message, this.at);
  }

  /** Goes one level deeper into an expression; `leave` goes back. */
  enter(): void {
    if (++this.depth > deepest) this.fail('an expression is nested too deeply');
  }

  leave(): void {
    this.depth--;
  }

  /** Says that the tree of the last expression grew by a level, and how high its other parts are. */
  grow(...others: number[]): void {
    this.height = Math.max(this.height, ...others) + 1;
    if (this.height > deepest) this.fail('an expression is nested too deeply');
  }
}
