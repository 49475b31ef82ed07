/** Lets so many bytes of a process's output pass, then one line that says so, then nothing. */
export class OutputGate {
  #left: number;
  #closed = false;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
    this.#left = limit;
  }

  /** @returns the copies to pass on. */
  take(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
    if (this.#closed) return [];
    if (bytes.byteLength <= this.#left) {
      this.#left -= bytes.byteLength;
      return [Uint8Array.from(bytes)];
    }
    this.#closed = true;
    const note = `\n[output beyond ${this.#limit} bytes was dropped]\n`;
    return [Uint8Array.from(bytes.subarray(0, this.#left)), new TextEncoder().encode(note)];
  }
}
