import { FeedbackStream, OutputFeedbackStream } from '../../node/crypto/aes-modes.ts';
import {
  BlockStream,
  CounterStream,
  GcmStream,
  type AeadStream,
  type CipherStream,
} from '../../node/crypto/aes.ts';
import { ChaChaPolyStream, ChaChaStream } from '../../node/crypto/chacha.ts';

/** Modes of AES without authentication; `iv` is not read for ECB. Padding is the business of the caller. */
export function aesStream(mode: string, encrypt: boolean, key: Uint8Array, iv: Uint8Array): CipherStream {
  if (mode === 'ctr') return new CounterStream(key, iv);
  if (mode === 'cfb') return new FeedbackStream(encrypt, key, iv, 16);
  if (mode === 'cfb8') return new FeedbackStream(encrypt, key, iv, 1);
  if (mode === 'ofb') return new OutputFeedbackStream(key, iv);
  if (mode !== 'cbc' && mode !== 'ecb') throw new RangeError(`no mode ${mode}`);
  const stream = new BlockStream(encrypt, key, mode === 'cbc' ? iv : undefined);
  stream.padding = false;
  return stream;
}

/** ChaCha20 with OpenSSL's nonce: a counter of four bytes, least first, and twelve of nonce. */
export function chachaStream(key: Uint8Array, nonce: Uint8Array): CipherStream {
  const counter = new DataView(nonce.buffer, nonce.byteOffset).getUint32(0, true);
  return new ChaChaStream(key, nonce.slice(4), counter);
}

/** AES-GCM, or ChaCha20-Poly1305 of RFC 8439. */
export function aeadStream(
  name: 'gcm' | 'chacha',
  encrypt: boolean,
  key: Uint8Array,
  nonce: Uint8Array,
): AeadStream {
  return name === 'gcm' ? new GcmStream(encrypt, key, nonce) : new ChaChaPolyStream(encrypt, key, nonce);
}

/** Ends a decryption; whether its tag was right. */
export function verified(stream: AeadStream): boolean {
  try {
    stream.final();
    return true;
  } catch {
    return false;
  }
}
