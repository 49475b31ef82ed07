import type { Block } from './block.ts';
import type { NameAbove } from './captions.ts';
import { readFirstLines } from './first-lines.ts';
import type { JsonFiles } from './json-files.ts';
import { readComment } from './path-words.ts';
import type { AnswerEvent } from './types.ts';

/** What is known of a block when it begins. */
export interface Beginning {
  readonly path?: string | undefined;
  readonly language?: string;
  readonly kind?: Block['kind'];
  readonly to?: string | undefined;
  readonly list?: JsonFiles;
  /** What words above it say, when they name it. */
  readonly above?: NameAbove;
  readonly append?: boolean;
  readonly excerpt?: boolean;
  readonly after?: string | undefined;
}

const sameEnding = (one: string | undefined, other: string | undefined): boolean =>
  one?.slice(one.lastIndexOf('.')) === other?.slice(other.lastIndexOf('.'));

/** Gathers the blocks of an answer, one after another, and shows their text as it comes. */
export class BlockWriter {
  readonly blocks: Block[] = [];
  /** 1-based line of the answer that is read now. */
  line = 0;
  readonly #emit: (event: AnswerEvent) => void;
  #block: Block | undefined;
  #open = false;
  /** The first lines of a block whose name may stand in them. */
  #waiting: string[] | undefined;
  /** How comments name the files of a block: said to be names, or a path alone. */
  #marked: 'named' | 'alone' | undefined;

  constructor(emit: (event: AnswerEvent) => void) {
    this.#emit = emit;
  }

  /** The block that has begun and not ended. */
  get block(): Block | undefined {
    return this.#block;
  }

  begin({
    path,
    language = '',
    kind = 'code',
    to,
    list,
    above,
    append = false,
    excerpt = false,
    after,
  }: Beginning): Block {
    const block: Block = {
      kind,
      line: this.line,
      language,
      path,
      to,
      mention: above?.mention,
      sentence: above?.sentence,
      above: above !== undefined,
      append,
      excerpt,
      after,
      lines: [],
      closed: false,
      ...(list !== undefined && { list }),
    };
    this.#block = block;
    this.#waiting = undefined;
    this.#marked = undefined;
    this.#open = false;
    return block;
  }

  /** A comment in the first line may name the block: it is read before anything is shown. */
  wait(): void {
    this.#waiting = [];
  }

  content(text: string): void {
    const block = this.#block;
    if (block === undefined) return;
    if (this.#waiting !== undefined) {
      this.#waiting.push(text);
      this.settle(false);
      return;
    }
    const how = this.#marked;
    const marker = how === undefined ? undefined : readComment(text);
    const names = how === 'named' ? marker?.marked : block.lines.at(-1)?.trim() === '' && /^\S/.test(text);
    const fits = how === 'named' || sameEnding(marker?.path, block.path);
    if (marker === undefined || names !== true || marker.path === block.path || !fits) {
      block.lines.push(text);
      this.#show(text);
      return;
    }
    // Several files in one block, each under a comment with its name.
    const { language } = block;
    this.close(true);
    this.begin({ path: marker.path, language });
    this.#marked = how;
    if (how === 'alone') this.content(text);
  }

  /** Decides what the first lines say about the name. @param ended - no more lines come */
  settle(ended: boolean): void {
    const block = this.#block;
    const read = this.#waiting === undefined ? undefined : readFirstLines(this.#waiting, ended);
    if (block === undefined || read === undefined) return;
    this.#waiting = undefined;
    const { named } = read;
    if (named !== undefined && block.kind !== 'diff') {
      block.path = named.path;
      block.mention = undefined;
      block.above = false;
      this.#marked = named.marked ? 'named' : 'alone';
    }
    for (const line of read.lines) {
      block.lines.push(line);
      this.#show(line);
    }
  }

  /** Takes away the blank lines at the end of the block. */
  trim(): void {
    const { lines } = this.#block ?? {};
    if (lines !== undefined) lines.length = lines.findLastIndex((line) => line.trim() !== '') + 1;
  }

  /** @param closed - false when the answer ended in its middle */
  close(closed: boolean): Block | undefined {
    this.settle(true);
    const block = this.#block;
    if (block === undefined) return undefined;
    block.closed = closed;
    if (block.path !== undefined && this.#open) this.#emit({ type: 'close', path: block.path });
    this.blocks.push(block);
    this.#block = undefined;
    this.#open = false;
    return block;
  }

  /** Drops the block that has begun. */
  drop(): void {
    this.#block = undefined;
    this.#waiting = undefined;
  }

  #show(line: string): void {
    const { path, kind, mention } = this.#block ?? {};
    if (path === undefined || kind !== 'code' || mention !== undefined) return;
    if (!this.#open) this.#emit({ type: 'open', path });
    this.#open = true;
    this.#emit({ type: 'append', path, text: `${line}\n` });
  }
}
