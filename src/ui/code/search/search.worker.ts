import { limits } from '../../../domain/limits.ts';
import { replaceAll, TooMuchText } from './replace.ts';
import { search } from './search.ts';
import type { SearchAnswer, SearchQuestion } from './searcher.ts';

let files: readonly (readonly [string, string])[] = [];

function answerTo({ id, query, replacement }: SearchQuestion): SearchAnswer {
  try {
    if (replacement === undefined) return { id, found: search(files, query) };
    return { id, replaced: replaceAll(files, query, replacement, limits.submissionBytes) };
  } catch (error) {
    if (error instanceof TooMuchText) return { id, error: 'too much text', kind: 'large' };
    return { id, error: error instanceof Error ? error.message : String(error), kind: 'pattern' };
  }
}

addEventListener('message', ({ data }: MessageEvent<SearchQuestion>) => {
  if (data.files !== undefined) files = data.files;
  postMessage(answerTo(data));
});
