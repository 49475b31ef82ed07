import { unsafe } from '@noble/ciphers/aes.js';
import type { AeadStream, CipherStream } from './aes.ts';
import { concat } from './bigints.ts';
import { equalBytes } from './bytes.ts';
import { opensslError } from './errors.ts';

const block = 16;

/** CFB with segments of a block or of a byte. */
export class FeedbackStream implements CipherStream {
  readonly #encrypt: boolean;
  readonly #schedule: Uint32Array;
  readonly #segment: number;
  readonly #register: Uint8Array;
  #mask: Uint8Array = new Uint8Array(0);
  #used = 0;

  constructor(encrypt: boolean, key: Uint8Array, iv: Uint8Array, segment: 1 | 16) {
    this.#encrypt = encrypt;
    this.#schedule = unsafe.expandKeyLE(key);
    this.#segment = segment;
    this.#register = new Uint8Array(iv);
  }

  update(data: Uint8Array): Uint8Array {
    const out = new Uint8Array(data.length);
    for (let i = 0; i < data.length; i++) {
      if (this.#used === this.#mask.length) this.#next();
      const given = data[i] ?? 0;
      const result = given ^ (this.#mask[this.#used++] ?? 0);
      out[i] = result;
      this.#register.copyWithin(0, 1);
      this.#register[block - 1] = this.#encrypt ? result : given;
    }
    return out;
  }

  final(): Uint8Array {
    return new Uint8Array(0);
  }

  #next(): void {
    const mask = unsafe.encryptBlock(this.#schedule, new Uint8Array(this.#register));
    this.#mask = mask.subarray(0, this.#segment);
    this.#used = 0;
  }
}

/** OFB: the key stream feeds itself. */
export class OutputFeedbackStream implements CipherStream {
  readonly #schedule: Uint32Array;
  #mask: Uint8Array;
  #used = block;

  constructor(key: Uint8Array, iv: Uint8Array) {
    this.#schedule = unsafe.expandKeyLE(key);
    this.#mask = new Uint8Array(iv);
  }

  update(data: Uint8Array): Uint8Array {
    return Uint8Array.from(data, (byte) => {
      if (this.#used === block) {
        this.#mask = unsafe.encryptBlock(this.#schedule, this.#mask);
        this.#used = 0;
      }
      return byte ^ (this.#mask[this.#used++] ?? 0);
    });
  }

  final(): Uint8Array {
    return new Uint8Array(0);
  }
}

/** CCM of RFC 3610: the whole message in one update. */
export class CcmStream implements AeadStream {
  tag: Uint8Array | undefined;
  readonly #encrypt: boolean;
  readonly #schedule: Uint32Array;
  readonly #nonce: Uint8Array;
  readonly #tagLength: number;
  #additional: Uint8Array = new Uint8Array(0);
  #failed = false;
  #done = false;

  constructor(encrypt: boolean, key: Uint8Array, nonce: Uint8Array, tagLength: number) {
    this.#encrypt = encrypt;
    this.#schedule = unsafe.expandKeyLE(key);
    this.#nonce = nonce;
    this.#tagLength = tagLength;
  }

  /** The longest message that the length of the nonce leaves room for, in bytes. */
  get longest(): number {
    const bytes = block - 1 - this.#nonce.length;
    return bytes >= 4 ? 2 ** 31 - 1 : 2 ** (8 * bytes) - 1;
  }

  authenticate(data: Uint8Array): void {
    this.#additional = concat(this.#additional, data);
  }

  update(data: Uint8Array): Uint8Array {
    if (this.#done) throw new Error('Trying to add data in unsupported state');
    this.#done = true;
    if (this.#encrypt) {
      this.tag = this.#authenticate(data);
      return this.#counted(data);
    }
    const plain = this.#counted(data);
    this.#failed = this.tag === undefined || !equalBytes(this.tag, this.#authenticate(plain));
    return this.#failed ? new Uint8Array(0) : plain;
  }

  final(): Uint8Array {
    if (!this.#done && this.#encrypt) this.tag = this.#authenticate(new Uint8Array(0));
    if (this.#failed || (!this.#encrypt && !this.#done))
      throw new Error('Unsupported state or unable to authenticate data');
    return new Uint8Array(0);
  }

  #counter(index: number): Uint8Array {
    const counter = new Uint8Array(block);
    counter[0] = block - 2 - this.#nonce.length;
    counter.set(this.#nonce, 1);
    for (let at = block - 1, left = index; left > 0; at--, left = Math.floor(left / 256))
      counter[at] = left % 256;
    return unsafe.encryptBlock(this.#schedule, counter);
  }

  #counted(data: Uint8Array): Uint8Array {
    const out = new Uint8Array(data.length);
    for (let at = 0; at < data.length; at += block) {
      const mask = this.#counter(at / block + 1);
      for (let i = at; i < Math.min(at + block, data.length); i++)
        out[i] = (data[i] ?? 0) ^ (mask[i - at] ?? 0);
    }
    return out;
  }

  #authenticate(plain: Uint8Array): Uint8Array {
    const { length } = this.#additional;
    const first = new Uint8Array(block);
    const lengthBytes = block - 1 - this.#nonce.length;
    first[0] = (length > 0 ? 64 : 0) + ((this.#tagLength - 2) / 2) * 8 + lengthBytes - 1;
    first.set(this.#nonce, 1);
    for (let at = block - 1, left = plain.length; left > 0; at--, left = Math.floor(left / 256))
      first[at] = left % 256;
    const head =
      length === 0
        ? []
        : length < 0xff00
          ? [length >> 8, length & 255]
          : [255, 254, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];
    const sealed = concat(first, padded(concat(Uint8Array.from(head), this.#additional)), padded(plain));
    let chain: Uint8Array = new Uint8Array(block);
    for (let at = 0; at < sealed.length; at += block) {
      chain = unsafe.encryptBlock(
        this.#schedule,
        chain.map((byte, i) => byte ^ (sealed[at + i] ?? 0)),
      );
    }
    const mask = this.#counter(0);
    return chain.map((byte, i) => byte ^ (mask[i] ?? 0)).slice(0, this.#tagLength);
  }
}

function padded(data: Uint8Array): Uint8Array {
  return concat(data, new Uint8Array((block - (data.length % block)) % block));
}

/** RFC 3394's wrapping of keys; a whole key in one update. */
export class WrapStream implements CipherStream {
  readonly #encrypt: boolean;
  readonly #schedule: Uint32Array;
  readonly #iv: Uint8Array;

  constructor(encrypt: boolean, key: Uint8Array, iv: Uint8Array) {
    this.#encrypt = encrypt;
    this.#schedule = encrypt ? unsafe.expandKeyLE(key) : unsafe.expandKeyDecLE(key);
    this.#iv = iv;
  }

  update(data: Uint8Array): Uint8Array {
    const least = this.#encrypt ? 16 : 24;
    if (data.length % 8 !== 0 || data.length < least)
      throw new Error('Trying to add data in unsupported state');
    return this.#encrypt ? this.#wrap(data) : this.#unwrap(data);
  }

  final(): Uint8Array {
    return new Uint8Array(0);
  }

  #wrap(data: Uint8Array): Uint8Array {
    const out = concat(this.#iv, data);
    const count = data.length / 8;
    for (let step = 1; step <= 6 * count; step++) {
      const at = 8 * (((step - 1) % count) + 1);
      const mixed = unsafe.encryptBlock(this.#schedule, concat(out.subarray(0, 8), out.subarray(at, at + 8)));
      countIn(mixed, step);
      out.set(mixed.subarray(0, 8));
      out.set(mixed.subarray(8), at);
    }
    return out;
  }

  #unwrap(data: Uint8Array): Uint8Array {
    const out = new Uint8Array(data);
    const count = data.length / 8 - 1;
    for (let step = 6 * count; step > 0; step--) {
      const at = 8 * (((step - 1) % count) + 1);
      const sealed = concat(out.subarray(0, 8), out.subarray(at, at + 8));
      countIn(sealed, step);
      const mixed = unsafe.decryptBlock(this.#schedule, sealed);
      out.set(mixed.subarray(0, 8));
      out.set(mixed.subarray(8), at);
    }
    if (!equalBytes(out.subarray(0, 8), this.#iv)) throw opensslError('1C800066', 'cipher operation failed');
    return out.slice(8);
  }
}

function countIn(words: Uint8Array, step: number): void {
  for (let at = 7, left = step; left > 0; at--, left = Math.floor(left / 256)) {
    words[at] = (words[at] ?? 0) ^ (left % 256);
  }
}
