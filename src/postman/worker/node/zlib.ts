import { Inflate } from 'pako';
import { Transform } from 'readable-stream';

/** Node's `zlib`, as far as answers need it: what a server compressed is opened as it comes in. */

class Decompressor extends Transform {
  readonly #inflate: Inflate;

  constructor(windowBits: number) {
    super();
    this.#inflate = new Inflate({ windowBits });
    this.#inflate.onData = (chunk) => void this.push(Buffer.from(chunk));
  }

  override _transform(chunk: Uint8Array, _encoding: string, done: (error?: Error) => void): void {
    // A second member, or what follows the end, is ignored as curl does.
    if (!this.#inflate.ended) this.#inflate.push(chunk, false);
    done(this.#inflate.err === 0 ? undefined : new Error(this.#inflate.msg));
  }
}

export const createGunzip = () => new Decompressor(31);
export const createInflate = () => new Decompressor(15);
export const createInflateRaw = () => new Decompressor(-15);
export const Z_SYNC_FLUSH = 2;
