/**
 * Parts thinking from text for models that write it in front of their answer as `<think>…</think>`. Tags further on
 * belong to the answer.
 */
export class ThinkSplitter {
  #state: 'start' | 'thinking' | 'gap' | 'text' = 'start';
  #held = '';

  /** More of what came. */
  push(piece: string): { text: string; reasoning: string } {
    if (this.#state === 'text') return { text: piece, reasoning: '' };
    this.#held += piece;
    if (this.#state === 'gap') return { text: this.#afterGap(), reasoning: '' };
    if (this.#state === 'start') {
      const begun = this.#held.trimStart();
      if (begun.startsWith(open)) {
        this.#state = 'thinking';
        this.#held = begun.slice(open.length);
      } else if (open.startsWith(begun)) {
        return { text: '', reasoning: '' };
      } else {
        this.#state = 'text';
        return { text: this.#take(), reasoning: '' };
      }
    }
    const end = this.#held.indexOf(close);
    if (end >= 0) {
      const reasoning = this.#held.slice(0, end);
      this.#held = this.#held.slice(end + close.length);
      this.#state = 'gap';
      return { text: this.#afterGap(), reasoning };
    }
    const keep = this.#partialClose();
    const reasoning = this.#held.slice(0, this.#held.length - keep);
    this.#held = this.#held.slice(this.#held.length - keep);
    return { text: '', reasoning };
  }

  /** What was held back when nothing more comes. */
  flush(): { text: string; reasoning: string } {
    const rest = this.#take();
    return this.#state === 'thinking' ? { text: '', reasoning: rest } : { text: rest, reasoning: '' };
  }

  /** The empty lines between the two belong to neither. */
  #afterGap(): string {
    this.#held = this.#held.trimStart();
    if (this.#held !== '') this.#state = 'text';
    return this.#take();
  }

  #take(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }

  #partialClose(): number {
    for (let length = Math.min(close.length - 1, this.#held.length); length > 0; length--)
      if (this.#held.endsWith(close.slice(0, length))) return length;
    return 0;
  }
}

const open = '<think>';
const close = '</think>';
