import { readSubmission, type Submission } from '../data/submission.ts';
import { isTest } from '../entry/kinds.ts';
import type { Source } from '../sources.ts';
import type { Module, Project } from '../syntax/types.ts';

/** What stands at a place of a submission. */
export type Place = 'comment' | 'string' | 'code';

/** A submission with what the profiles saw in it. */
export class Scene {
  readonly submission: Submission;
  readonly #sources: ReadonlyMap<string, Source>;

  constructor(readonly project: Project) {
    this.submission = readSubmission(project);
    this.#sources = new Map(project.sources.map((source) => [source.path, source]));
  }

  module(file: string): Module | undefined {
    return this.project.modules.get(file);
  }

  runs(file: string): boolean {
    return this.submission.running.files.has(file);
  }

  /** Offset of a place, both from 1, into a file's text; 0 when there is no such file. */
  offset(file: string, line: number, column: number): number {
    const text = this.text(file);
    let start = 0;
    for (let left = line - 1; left > 0; left--) {
      const end = text.indexOf('\n', start);
      if (end === -1) break;
      start = end + 1;
    }
    return start + column - 1;
  }

  text(file: string): string {
    return this.#sources.get(file)?.text ?? '';
  }

  place(file: string, offset: number): Place {
    return placeAt(this.text(file), file.endsWith('.py'), offset);
  }

  /** What a file is when it is not running code; undefined when it is. */
  standing(file: string): string | undefined {
    const name = file.slice(file.lastIndexOf('/') + 1);
    if (/^(?:package\.json|requirements[\w.-]*\.txt|pyproject\.toml|Pipfile|setup\.(?:py|cfg))$/.test(name))
      return 'a declared dependency';
    if (isTest(file)) return 'a test';
    if (/\.(?:md|rst|txt|adoc)$|^LICENSE|^README/i.test(name)) return 'a document';
    if (/^(?:Dockerfile|docker-compose|compose)\b/i.test(name)) return 'a file for containers';
    if (/^\.env\.(?:example|sample|template|dist)$/.test(name)) return 'an example of settings';
    if (this.module(file) === undefined) return this.runs(file) ? undefined : 'a file that is no code';
    return this.runs(file) ? undefined : 'a file that does not run';
  }
}

/** Tells comments and strings from code. Takes linear time; templates count as strings with all that is in them. */
export function placeAt(text: string, isPython: boolean, offset: number): Place {
  let at = 0;
  while (at < text.length && at <= offset) {
    const end = isPython ? endOfPython(text, at) : endOfScript(text, at);
    if (end.at > offset) return end.place;
    at = end.at;
  }
  return 'code';
}

interface End {
  place: Place;
  at: number;
}

function endOfPython(text: string, at: number): End {
  const char = text.charAt(at);
  if (char === '#') return { place: 'comment', at: lineEnd(text, at) };
  const triple = text.slice(at, at + 3);
  if (triple === '"""' || triple === "'''") return { place: 'string', at: after(text, triple, at + 3) };
  if (char === '"' || char === "'") return { place: 'string', at: quoteEnd(text, at, char, true) };
  return { place: 'code', at: at + 1 };
}

function endOfScript(text: string, at: number): End {
  const char = text.charAt(at);
  if (char === '/' && text[at + 1] === '/') return { place: 'comment', at: lineEnd(text, at) };
  if (char === '/' && text[at + 1] === '*') return { place: 'comment', at: after(text, '*/', at + 2) };
  if (char === '`') return { place: 'string', at: quoteEnd(text, at, char, false) };
  if (char === '"' || char === "'") return { place: 'string', at: quoteEnd(text, at, char, true) };
  return { place: 'code', at: at + 1 };
}

function lineEnd(text: string, at: number): number {
  return after(text, '\n', at);
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}

function quoteEnd(text: string, from: number, quote: string, inLine: boolean): number {
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === quote || (inLine && char === '\n')) return at + 1;
  }
  return text.length;
}
