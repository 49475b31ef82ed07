import { search } from './search.ts';
import type { SearchAnswer, SearchQuestion } from './searcher.ts';

let files: readonly (readonly [string, string])[] = [];

addEventListener('message', ({ data }: MessageEvent<SearchQuestion>) => {
  if (data.files !== undefined) files = data.files;
  let answer: SearchAnswer;
  try {
    answer = { id: data.id, found: search(files, data.query) };
  } catch (error) {
    answer = { id: data.id, error: error instanceof Error ? error.message : String(error) };
  }
  postMessage(answer);
});
