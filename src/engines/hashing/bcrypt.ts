import { concat } from '../node/crypto/bigints.ts';
import type { CoreSource, HeavyWork } from './heavy-work.ts';

const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** bcrypt's base64: another alphabet, no padding. */
export function encodeRadix64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const digits = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
    const count = Math.min(4, bytes.length - at + 1);
    for (const digit of digits.slice(0, count)) text += alphabet[digit];
  }
  return text;
}

/** The bytes of a text in bcrypt's alphabet; digits that make no full byte are left out. */
export function decodeRadix64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const char of text) {
    bits = (bits << 6) | alphabet.indexOf(char);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = (bits >> count) & 255;
  }
  return bytes;
}

const keyBytes = 72;
const digestBytes = 23;
/** Of a run with cost 0, in milliseconds. */
const unitCost = 0.06;

/** A salt as bcrypt writes it: version, cost, and the sixteen bytes. */
export interface BcryptSalt {
  /** '' for `$2$`. */
  readonly minor: string;
  readonly cost: number;
  readonly salt: Uint8Array;
}

/**
 * The 72 bytes that key Blowfish: password and a NUL byte, again and again. Version 2a counts the length in one byte,
 * and 2 takes no NUL, as in OpenBSD.
 */
function keyOf(password: Uint8Array, minor: string): Uint8Array {
  const terminated = concat(password, new Uint8Array(1));
  const length = minor === 'b' ? terminated.length : (password.length + (minor === 'a' ? 1 : 0)) % 256;
  return Uint8Array.from({ length: keyBytes }, (_, i) => terminated[i % Math.max(1, length)] ?? 0);
}

/** bcrypt; the result is the whole hash, `$2b$10$...`. */
export function bcryptWork(cores: CoreSource, password: Uint8Array, given: BcryptSalt): HeavyWork<string> {
  const { minor, cost, salt } = given;
  const call = {
    module: cores.wasm('bcrypt.wasm'),
    memory: 0,
    writes: [
      [0, salt],
      [salt.length, keyOf(password, minor)],
    ] as const,
    run: ['bcrypt', keyBytes, cost, 0] as const,
    read: [0, digestBytes] as const,
  };
  const head = `$2${minor}$${String(cost).padStart(2, '0')}$${encodeRadix64(salt)}`;
  return {
    calls: [call],
    cost: unitCost * 2 ** cost,
    finish: ([digest = new Uint8Array(0)]) => head + encodeRadix64(digest),
  };
}
