import { closesBehind, dedent, readFence, type Fence } from './block.ts';
import { opensInMarkdown } from './captions.ts';

/** What a line is to the fence that it stands in. */
export type InFence =
  | { readonly is: 'text'; readonly text: string }
  /** The fence ends, with the last text when it stands before the end on the same line. */
  | { readonly is: 'end'; readonly text?: string }
  /** A fence with words behind it: of the text, or the next block when this one was not closed. */
  | { readonly is: 'fence'; readonly fence: Fence; readonly text: string }
  /** The line is behind the fence, which had no end. */
  | { readonly is: 'after' };

/** Reads the lines behind the opening of a fence, and counts the fences that open and close within it. */
export class OpenFence {
  readonly #fence: Fence;
  readonly #markdown: boolean;
  readonly #quoted: boolean;
  #depth = 0;

  /**
   * @param markdown - the text is Markdown: fences in it are of it
   * @param quoted - every line stands behind `>`
   */
  constructor(fence: Fence, markdown: boolean, quoted: boolean) {
    this.#fence = fence;
    this.#markdown = markdown;
    this.#quoted = quoted;
  }

  /** The last fence that was read is of the text. */
  nest(): void {
    this.#depth++;
  }

  /**
   * @param before - the line above
   * @param lastText - the last line above that is not blank
   */
  read(written: string, next: string | undefined, before: string, lastText: string): InFence {
    const fence = this.#fence;
    const line = this.#quoted ? written.replace(/^\s{0,3}> ?/, '') : written;
    if (this.#quoted && line === written) return { is: 'after' };
    const text = dedent(line, fence.indent);
    const found = readFence(line);
    const deeper = found !== undefined && found.indent > fence.indent + 3;
    if (found === undefined || deeper || found.mark !== fence.mark || found.length < fence.length) {
      const behind = !this.#markdown && this.#depth === 0 && closesBehind(line, next, fence);
      return behind ? { is: 'end', text: text.slice(0, -fence.length) } : { is: 'text', text };
    }
    if (found.info !== '') {
      if (!this.#markdown && this.#depth === 0) return { is: 'fence', fence: found, text };
      this.#depth++;
    } else if (this.#depth > 0) this.#depth--;
    else if (this.#markdown && opensInMarkdown(before, lastText, next)) this.#depth++;
    else return { is: 'end' };
    return { is: 'text', text };
  }
}
