import { codeText } from '../../english/code.ts';
import type { CodeView } from '../code-view.svelte.ts';
import type { Found } from './search.ts';
import { SearchFault, type Searcher } from './searcher.ts';

/** What is looked for in all files, and what was found. It stays while the side is closed. */
export class SearchView {
  readonly #code: CodeView;
  readonly #searcher: Searcher;
  text = $state('');
  matchCase = $state(false);
  wholeWord = $state(false);
  regularExpression = $state(false);
  #found = $state.raw<Found | undefined>();
  #error = $state('');
  #searching = $state(false);

  constructor(code: CodeView, searcher: Searcher) {
    this.#code = code;
    this.#searcher = searcher;
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
    const { text, matchCase, wholeWord, regularExpression } = this;
    if (text === '') {
      this.#found = undefined;
      this.#error = '';
      return;
    }
    this.#searching = true;
    try {
      const query = { text, matchCase, wholeWord, regularExpression };
      const found = await this.#searcher.search(this.#code.files, query);
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
}

function wordsOf(error: unknown): string {
  if (!(error instanceof SearchFault)) return String(error);
  if (error.kind === 'slow') return codeText.searchSlow;
  return error.kind === 'pattern' ? codeText.searchPattern(error.message) : codeText.notLoaded(error.message);
}
