/** The beginning and the end of a text that is too long; the end says more, so it gets more. */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.floor(most / 3);
  return joined(text.slice(0, head), text.length - most, text.slice(text.length - (most - head)));
}

const joined = (head: string, left: number, tail: string): string =>
  `${head}\n[${left.toLocaleString('en')} characters left out]\n${tail}`;

/** Output of any length, of which beginning and end are kept, as `cutMiddle` would cut it. */
export class CutOutput {
  readonly #most: number;
  readonly #decoder = new TextDecoder();
  #head = '';
  #tail = '';
  #length = 0;
  #bytes = 0;

  /** @param most - characters of the whole text */
  constructor(most: number) {
    this.#most = most;
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  add(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    const text = this.#decoder.decode(bytes, { stream: true });
    this.#length += text.length;
    const room = this.#most - this.#head.length;
    this.#head += text.slice(0, Math.max(0, room));
    this.#tail += text.slice(Math.max(0, room));
    // Cut now and then, so that ten megabytes in small pieces are not copied for each of them.
    if (this.#tail.length > 4 * this.#most) this.#tail = this.#tail.slice(-this.#most);
  }

  text(): string {
    if (this.#length <= this.#most) return this.#head + this.#tail;
    const head = Math.floor(this.#most / 3);
    const room = this.#most - head;
    const tail = (this.#head + this.#tail).slice(-room);
    return joined(this.#head.slice(0, head), this.#length - this.#most, tail);
  }
}
