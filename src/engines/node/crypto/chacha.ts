import { poly1305 } from '@noble/ciphers/_poly1305.js';
import { chacha20 } from '@noble/ciphers/chacha.js';
import type { AeadStream, CipherStream } from './aes.ts';
import { equalBytes } from './bytes.ts';

const block = 64;

/** ChaCha20's key stream from a block number on. */
export class ChaChaStream implements CipherStream {
  readonly #key: Uint8Array;
  readonly #nonce: Uint8Array;
  #number: number;
  #mask: Uint8Array = new Uint8Array(0);
  #used = 0;

  constructor(key: Uint8Array, nonce: Uint8Array, number: number) {
    this.#key = key;
    this.#nonce = nonce;
    this.#number = number;
  }

  update(data: Uint8Array): Uint8Array {
    return Uint8Array.from(data, (byte) => {
      if (this.#used === this.#mask.length) {
        this.#mask = chacha20(this.#key, this.#nonce, new Uint8Array(block), undefined, this.#number++);
        this.#used = 0;
      }
      return byte ^ (this.#mask[this.#used++] ?? 0);
    });
  }

  final(): Uint8Array {
    return new Uint8Array(0);
  }
}

/** ChaCha20-Poly1305 of RFC 8439. */
export class ChaChaPolyStream implements AeadStream {
  tag: Uint8Array | undefined;
  readonly #encrypt: boolean;
  readonly #body: ChaChaStream;
  readonly #hash: ReturnType<typeof poly1305.create>;
  #aadBytes = 0;
  #textBytes = 0;

  constructor(encrypt: boolean, key: Uint8Array, nonce: Uint8Array) {
    this.#encrypt = encrypt;
    this.#hash = poly1305.create(new ChaChaStream(key, nonce, 0).update(new Uint8Array(32)));
    this.#body = new ChaChaStream(key, nonce, 1);
  }

  authenticate(data: Uint8Array): void {
    this.#aadBytes += data.length;
    this.#hash.update(new Uint8Array(data));
  }

  update(data: Uint8Array): Uint8Array {
    if (this.#textBytes === 0) this.#pad(this.#aadBytes);
    this.#textBytes += data.length;
    const out = this.#body.update(data);
    this.#hash.update(this.#encrypt ? out : new Uint8Array(data));
    return out;
  }

  final(): Uint8Array {
    if (this.#textBytes === 0) this.#pad(this.#aadBytes);
    this.#pad(this.#textBytes);
    const lengths = new DataView(new ArrayBuffer(16));
    lengths.setBigUint64(0, BigInt(this.#aadBytes), true);
    lengths.setBigUint64(8, BigInt(this.#textBytes), true);
    this.#hash.update(new Uint8Array(lengths.buffer));
    const full = this.#hash.digest();
    if (this.#encrypt) this.tag = full;
    else if (this.tag === undefined || !equalBytes(this.tag, full.subarray(0, this.tag.length)))
      throw new Error('Unsupported state or unable to authenticate data');
    return new Uint8Array(0);
  }

  #pad(length: number): void {
    this.#hash.update(new Uint8Array((16 - (length % 16)) % 16));
  }
}
