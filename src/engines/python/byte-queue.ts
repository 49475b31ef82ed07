/** A queue of byte chunks, read in any sizes. */
export class ByteQueue {
  #chunks: Uint8Array[] = [];
  length = 0;

  push(bytes: Uint8Array): void {
    if (bytes.byteLength === 0) return;
    this.#chunks.push(bytes);
    this.length += bytes.byteLength;
  }

  /** Up to `count` bytes from the front, which stay there when `peek` is set. */
  take(count: number, peek = false): Uint8Array {
    const size = Math.min(count, this.length);
    const first = this.#chunks[0];
    if (first !== undefined && first.byteLength === size && !peek) {
      this.#chunks.shift();
      this.length -= size;
      return first;
    }
    const out = new Uint8Array(size);
    let filled = 0;
    for (const chunk of this.#chunks) {
      if (filled === size) break;
      const part = chunk.subarray(0, size - filled);
      out.set(part, filled);
      filled += part.byteLength;
    }
    if (!peek) this.#drop(size);
    return out;
  }

  #drop(count: number): void {
    this.length -= count;
    let left = count;
    while (left > 0) {
      const first = this.#chunks[0];
      if (first === undefined) return;
      if (first.byteLength > left) {
        this.#chunks[0] = first.subarray(left);
        return;
      }
      left -= first.byteLength;
      this.#chunks.shift();
    }
  }
}
