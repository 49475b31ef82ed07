import { codeText } from '../../english/code.ts';
import type { CodeView } from '../code-view.svelte.ts';
import type { Notices } from '../../shell/notices.svelte.ts';
import type { Found, Query } from './search.ts';
import { SearchFault, type Searcher } from './searcher.ts';

/** What is looked for in all files, and what was found. It stays while the side is closed. */
export class SearchView {
  readonly #code: CodeView;
  readonly #searcher: Searcher;
  /** A worker of its own: a search that begins while it is at work must not end it. */
  readonly #replacer: Searcher;
  readonly #notices: Notices;
  text = $state('');
  matchCase = $state(false);
  wholeWord = $state(false);
  regularExpression = $state(false);
  #found = $state.raw<Found | undefined>();
  #error = $state('');
  #searching = $state(false);

  /** What comes in the place of matches. */
  replacement = $state('');

  constructor(code: CodeView, searcher: Searcher, replacer: Searcher, notices: Notices) {
    this.#code = code;
    this.#searcher = searcher;
    this.#replacer = replacer;
    this.#notices = notices;
  }

  get found(): Found | undefined {
    return this.#found;
  }
  /** Why nothing could be looked for, in words. */
  get error(): string {
    return this.#error;
  }
  get searching(): boolean {
    return this.#searching;
  }

  async search(): Promise<void> {
    if (this.text === '') {
      this.#found = undefined;
      this.#error = '';
      return;
    }
    this.#searching = true;
    try {
      const found = await this.#searcher.search(this.#code.files, this.#query);
      if (found === undefined) return;
      this.#found = found;
      this.#error = '';
      this.#searching = false;
    } catch (error) {
      this.#searching = false;
      this.#found = undefined;
      this.#error = wordsOf(error);
    }
  }

  /** Replaces every match in all files of the draft, not only those that are listed; it can be undone. */
  async replaceAll(): Promise<void> {
    const { source } = this.#code;
    if (source?.kind !== 'draft' || this.text === '') return;
    const { draft } = source;
    const { files } = draft;
    try {
      const replaced = await this.#replacer.replace(files, this.#query, this.replacement);
      if (replaced === undefined) return;
      // Somebody typed meanwhile: what was worked out is out of date.
      if (draft.files !== files) return await this.replaceAll();
      const before = Object.fromEntries(replaced.files.map(([path]) => [path, files[path]]));
      draft.change(Object.fromEntries(replaced.files));
      this.#notices.say(codeText.replaced(replaced.count, replaced.files.length), {
        ...(replaced.count > 0 && { action: { label: codeText.undo, run: () => draft.change(before) } }),
      });
    } catch (error) {
      this.#error = wordsOf(error);
    }
  }

  get #query(): Query {
    const { text, matchCase, wholeWord, regularExpression } = this;
    return { text, matchCase, wholeWord, regularExpression };
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof SearchFault)) return String(error);
  if (error.kind === 'slow') return codeText.searchSlow;
  if (error.kind === 'large') return codeText.replacedTooMuch;
  return error.kind === 'pattern' ? codeText.searchPattern(error.message) : codeText.notLoaded(error.message);
}
