import { BlockStream, CounterStream, GcmStream, type AeadStream, type CipherStream } from './aes.ts';
import { CcmStream, FeedbackStream, OutputFeedbackStream, WrapStream } from './aes-modes.ts';
import { ChaChaPolyStream, ChaChaStream } from './chacha.ts';
import type { CipherInfo } from './ciphers.ts';

export function isAead(stream: CipherStream | undefined): stream is AeadStream {
  return stream !== undefined && 'authenticate' in stream;
}

/** Begins a cipher; undefined for one that is not offered here. Lengths have been checked. */
export function startCipher(
  cipher: CipherInfo,
  encrypt: boolean,
  key: Uint8Array,
  iv: Uint8Array,
  tagLength = 16,
): CipherStream | undefined {
  if (cipher.name === 'chacha20-poly1305') return new ChaChaPolyStream(encrypt, key, iv);
  if (cipher.name === 'chacha20') {
    const number = new DataView(iv.buffer, iv.byteOffset).getUint32(0, true);
    return new ChaChaStream(key, iv.slice(4), number);
  }
  if (!/^(id-)?aes-?\d+-/.test(cipher.name)) return undefined;
  switch (/-([a-z]+[0-9]?(?:-.*)?)$/.exec(cipher.name)?.[1]) {
    case 'ecb':
      return new BlockStream(encrypt, key, undefined);
    case 'cbc':
      return new BlockStream(encrypt, key, iv);
    case 'ctr':
      return new CounterStream(key, iv);
    case 'gcm':
      return new GcmStream(encrypt, key, iv);
    case 'ccm':
      return new CcmStream(encrypt, key, iv, tagLength);
    case 'cfb':
      return new FeedbackStream(encrypt, key, iv, 16);
    case 'cfb8':
      return new FeedbackStream(encrypt, key, iv, 1);
    case 'ofb':
      return new OutputFeedbackStream(key, iv);
    case 'wrap':
      return new WrapStream(encrypt, key, iv);
    default:
      return undefined;
  }
}
