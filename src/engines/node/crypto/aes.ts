import { ghash } from '@noble/ciphers/_polyval.js';
import { unsafe } from '@noble/ciphers/aes.js';
import { badDecrypt, wrongFinalBlockLength } from './errors.ts';
import { equalBytes } from './bytes.ts';

const block = 16;

/** A cipher under way; `final` may be called once. */
export interface CipherStream {
  update(data: Uint8Array): Uint8Array;
  /** @throws OpenSSL's errors for bad padding or a partial block. */
  final(): Uint8Array;
}

/** A cipher that authenticates what it encrypts. */
export interface AeadStream extends CipherStream {
  /** Of the message: known after `final` when encrypting, to be set before it when decrypting. */
  tag: Uint8Array | undefined;
  /** Additional data; all of it before the first `update`. */
  authenticate(data: Uint8Array): void;
}

/** Concatenates. */
function join(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** ECB and CBC: whole blocks, with PKCS#7 padding unless switched off. `iv` is undefined for ECB. */
export class BlockStream implements CipherStream {
  padding = true;
  readonly #encrypt: boolean;
  readonly #schedule: Uint32Array;
  #chain: Uint8Array | undefined;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(encrypt: boolean, key: Uint8Array, iv: Uint8Array | undefined) {
    this.#encrypt = encrypt;
    this.#schedule = encrypt ? unsafe.expandKeyLE(key) : unsafe.expandKeyDecLE(key);
    this.#chain = iv === undefined ? undefined : new Uint8Array(iv);
  }

  update(data: Uint8Array): Uint8Array {
    const all = join(this.#rest, data);
    let whole = all.length - (all.length % block);
    // The last block may hold the padding: it waits for `final`.
    if (!this.#encrypt && this.padding && whole === all.length && whole > 0) whole -= block;
    this.#rest = all.slice(whole);
    return this.#blocks(all.slice(0, whole));
  }

  final(): Uint8Array {
    if (!this.padding) {
      if (this.#rest.length > 0) throw wrongFinalBlockLength();
      return new Uint8Array(0);
    }
    if (this.#encrypt) {
      const missing = block - this.#rest.length;
      return this.#blocks(join(this.#rest, new Uint8Array(missing).fill(missing)));
    }
    if (this.#rest.length !== block) throw wrongFinalBlockLength();
    const last = this.#blocks(this.#rest);
    const padded = last[block - 1] ?? 0;
    if (padded === 0 || padded > block || last.subarray(block - padded).some((byte) => byte !== padded)) {
      throw badDecrypt();
    }
    return last.slice(0, block - padded);
  }

  /** Works on whole blocks, in place. */
  #blocks(data: Uint8Array): Uint8Array {
    for (let at = 0; at < data.length; at += block) {
      const current = data.slice(at, at + block);
      if (this.#encrypt) {
        if (this.#chain !== undefined) xor(current, this.#chain);
        unsafe.encryptBlock(this.#schedule, current);
        data.set(current, at);
        if (this.#chain !== undefined) this.#chain = current;
      } else {
        const encrypted = data.slice(at, at + block);
        unsafe.decryptBlock(this.#schedule, current);
        if (this.#chain !== undefined) {
          xor(current, this.#chain);
          this.#chain = encrypted;
        }
        data.set(current, at);
      }
    }
    return data;
  }
}

/** CTR: a key stream from a 16-byte counter, of which the last `counterBytes` count. */
export class CounterStream implements CipherStream {
  readonly #schedule: Uint32Array;
  readonly #counter: Uint8Array;
  readonly #counterBytes: number;
  #stream: Uint8Array = new Uint8Array(0);
  #used = 0;

  constructor(key: Uint8Array, counter: Uint8Array, counterBytes = block) {
    this.#schedule = unsafe.expandKeyLE(key);
    this.#counter = new Uint8Array(counter);
    this.#counterBytes = counterBytes;
  }

  update(data: Uint8Array): Uint8Array {
    const out = new Uint8Array(data.length);
    for (let i = 0; i < data.length; i++) {
      if (this.#used === this.#stream.length) this.#next();
      out[i] = (data[i] ?? 0) ^ (this.#stream[this.#used++] ?? 0);
    }
    return out;
  }

  final(): Uint8Array {
    return new Uint8Array(0);
  }

  #next(): void {
    this.#stream = unsafe.encryptBlock(this.#schedule, new Uint8Array(this.#counter));
    this.#used = 0;
    for (let i = block - 1; i >= block - this.#counterBytes; i--) {
      const next = ((this.#counter[i] ?? 0) + 1) & 255;
      this.#counter[i] = next;
      if (next !== 0) break;
    }
  }
}

/** GCM: counter mode with a tag over the additional data and the ciphertext. */
export class GcmStream implements AeadStream {
  readonly #encrypt: boolean;
  readonly #body: CounterStream;
  readonly #mask: Uint8Array;
  readonly #hash: ReturnType<typeof ghash.create>;
  #pending: Uint8Array = new Uint8Array(0);
  #aadBytes = 0;
  #textBytes = 0;
  /** Of the message: known after `final` when encrypting, to be set before it when decrypting. */
  tag: Uint8Array | undefined;

  constructor(encrypt: boolean, key: Uint8Array, iv: Uint8Array) {
    this.#encrypt = encrypt;
    const hashKey = unsafe.encryptBlock(unsafe.expandKeyLE(key), new Uint8Array(block));
    this.#hash = ghash.create(hashKey);
    const first =
      iv.length === 12
        ? join(iv, Uint8Array.of(0, 0, 0, 1))
        : ghash(join(padded(iv), lengths(0, iv.length)), hashKey);
    this.#mask = new CounterStream(key, first, 4).update(new Uint8Array(block));
    this.#body = new CounterStream(key, first, 4);
    this.#body.update(new Uint8Array(block));
  }

  /** Additional data; all of it before the first `update`. */
  authenticate(data: Uint8Array): void {
    this.#aadBytes += data.length;
    this.#absorb(data);
  }

  update(data: Uint8Array): Uint8Array {
    if (this.#textBytes === 0) this.#flush();
    this.#textBytes += data.length;
    const out = this.#body.update(data);
    this.#absorb(this.#encrypt ? out : data);
    return out;
  }

  /** @throws when the tag does not fit the message. */
  final(): Uint8Array {
    this.#flush();
    this.#hash.update(lengths(this.#aadBytes, this.#textBytes));
    const full = this.#hash.digest();
    xor(full, this.#mask);
    if (this.#encrypt) {
      this.tag = full;
    } else if (this.tag === undefined || !equalBytes(this.tag, full.subarray(0, this.tag.length))) {
      throw new Error('Unsupported state or unable to authenticate data');
    }
    return new Uint8Array(0);
  }

  #absorb(data: Uint8Array): void {
    const all = join(this.#pending, data);
    const whole = all.length - (all.length % block);
    if (whole > 0) this.#hash.update(all.slice(0, whole));
    this.#pending = all.slice(whole);
  }

  #flush(): void {
    if (this.#pending.length > 0) this.#hash.update(padded(this.#pending));
    this.#pending = new Uint8Array(0);
  }
}

function xor(target: Uint8Array, other: Uint8Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) ^ (other[i] ?? 0);
}

function padded(data: Uint8Array): Uint8Array {
  return join(data, new Uint8Array((block - (data.length % block)) % block));
}

/** The block of lengths, in bits, that ends a GHASH. */
function lengths(aadBytes: number, textBytes: number): Uint8Array {
  const out = new DataView(new ArrayBuffer(block));
  out.setBigUint64(0, BigInt(aadBytes) * 8n);
  out.setBigUint64(8, BigInt(textBytes) * 8n);
  return new Uint8Array(out.buffer);
}
