import type { FileMap } from '../../../engines/engine.ts';
import type { Replaced } from './replace.ts';
import type { Found, Query } from './search.ts';

export interface SearchQuestion {
  readonly id: number;
  readonly query: Query;
  /** Matches are to be replaced by this, instead of listed. */
  readonly replacement?: string;
  /** Only when they are other files than the last time. */
  readonly files?: readonly (readonly [string, string])[];
}

export type SearchAnswer =
  | { readonly id: number; readonly found: Found }
  | { readonly id: number; readonly replaced: Replaced }
  | { readonly id: number; readonly error: string; readonly kind: 'pattern' | 'large' };

/** Why a search gave nothing. */
export class SearchFault extends Error {
  override readonly name = 'SearchFault';
  /**
   * @param kind `slow`: it was ended; `pattern`: the expression cannot be read; `large`: a replacement makes more text than
   *   a submission may have; `broken`: the worker failed
   */
  constructor(
    readonly kind: 'slow' | 'pattern' | 'large' | 'broken',
    message: string,
  ) {
    super(message);
  }
}

/** Time for one search, after which its expression is taken for one that never ends. Milliseconds. */
const patienceMs = 3_000;

/** Searches in a worker, which is ended when an expression takes too long. A new search gives up the one before. */
export class Searcher {
  readonly #make: () => Worker;
  readonly #patienceMs: number;
  #worker: Worker | undefined;
  #sent: FileMap | undefined;
  #count = 0;
  #giveUp: (() => void) | undefined;

  constructor(make: () => Worker, timeMs = patienceMs) {
    this.#make = make;
    this.#patienceMs = timeMs;
  }

  /**
   * @returns undefined when another search came after it
   * @throws SearchFault
   */
  async search(files: FileMap, query: Query): Promise<Found | undefined> {
    const answer = await this.#ask(files, { query });
    return answer !== undefined && 'found' in answer ? answer.found : undefined;
  }

  /**
   * The files that have a match, with every match replaced as `replaceAll` does.
   * @returns undefined when another search came after it
   * @throws SearchFault
   */
  async replace(files: FileMap, query: Query, replacement: string): Promise<Replaced | undefined> {
    const answer = await this.#ask(files, { query, replacement });
    return answer !== undefined && 'replaced' in answer ? answer.replaced : undefined;
  }

  dispose(): void {
    const giveUp = this.#giveUp;
    this.#giveUp = undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#sent = undefined;
    giveUp?.();
  }

  async #ask(
    files: FileMap,
    question: Pick<SearchQuestion, 'query' | 'replacement'>,
  ): Promise<SearchAnswer | undefined> {
    // One that is still at work may be at it for long: it is ended, not waited for.
    if (this.#giveUp !== undefined) this.dispose();
    const worker = (this.#worker ??= this.#make());
    const id = ++this.#count;
    const same = this.#sent === files;
    this.#sent = files;
    try {
      return await new Promise<SearchAnswer | undefined>((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new SearchFault('slow', 'the search took too long'));
        }, this.#patienceMs);
        this.#giveUp = () => resolve(undefined);
        worker.onmessage = ({ data }: MessageEvent<SearchAnswer>) => {
          if (data.id !== id) return;
          clearTimeout(timer);
          if ('error' in data) reject(new SearchFault(data.kind, data.error));
          else resolve(data);
        };
        worker.onerror = ({ message }) => {
          clearTimeout(timer);
          reject(new SearchFault('broken', message));
        };
        worker.postMessage({
          id,
          ...question,
          ...(!same && { files: textsOf(files) }),
        } satisfies SearchQuestion);
      });
    } catch (error) {
      const ended = error instanceof SearchFault && (error.kind === 'slow' || error.kind === 'broken');
      if (id === this.#count && ended) this.dispose();
      throw error;
    } finally {
      if (id === this.#count) this.#giveUp = undefined;
    }
  }
}

function textsOf(files: FileMap): readonly (readonly [string, string])[] {
  return Object.entries(files)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
