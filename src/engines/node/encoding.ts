import { utf8, utf8Encoder } from './host.ts';

/** Text encodings as Node's bindings number them (enum encoding in node.h). */
export const encodingNames = [
  'ascii',
  'utf8',
  'base64',
  'utf16le',
  'latin1',
  'hex',
  'buffer',
  'base64url',
] as const;
export type EncodingName = (typeof encodingNames)[number];

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const urlAlphabet = `${alphabet.slice(0, 62)}-_`;
const base64Values = new Uint8Array(256).fill(255);
for (let i = 0; i < 64; i++) {
  base64Values[alphabet.charCodeAt(i)] = i;
  base64Values[urlAlphabet.charCodeAt(i)] = i;
}
const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const fromCharCode = String.fromCharCode;

/** Any view or buffer as bytes, without a copy. */
export function asBytes(value: ArrayBufferView | ArrayBufferLike): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return new Uint8Array(value);
}

/** A copy in ordinary memory that shares nothing with the argument. */
export function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.byteLength);
  out.set(bytes);
  return out;
}

function encodeBase64(bytes: Uint8Array, url: boolean): string {
  const digits = url ? urlAlphabet : alphabet;
  let out = '';
  let i = 0;
  for (; i + 2 < bytes.length; i += 3) {
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out +=
      digits.charAt(bits >> 18) +
      digits.charAt((bits >> 12) & 63) +
      digits.charAt((bits >> 6) & 63) +
      digits.charAt(bits & 63);
  }
  const left = bytes.length - i;
  if (left === 0) return out;
  const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8);
  out += digits.charAt(bits >> 18) + digits.charAt((bits >> 12) & 63);
  if (left === 2) out += digits.charAt((bits >> 6) & 63);
  return url ? out : out + '='.repeat(3 - left);
}

/** Lenient, as Node: both alphabets, characters of neither skipped, an end at the first `=`. */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 61) break;
    const value = code < 256 ? (base64Values[code] ?? 255) : 255;
    if (value === 255) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out[length++] = (bits >> count) & 255;
    }
  }
  return out.slice(0, length);
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(text.length >> 1);
  for (let i = 0; i < out.length; i++) {
    const high = hexDigit(text.charCodeAt(i * 2));
    const low = hexDigit(text.charCodeAt(i * 2 + 1));
    if (high < 0 || low < 0) return out.slice(0, i);
    out[i] = (high << 4) | low;
  }
  return out;
}

function decodeLatin1(text: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

function decodeUtf16(text: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    out[i * 2] = code & 255;
    out[i * 2 + 1] = code >> 8;
  }
  return out;
}

export function latin1Text(bytes: Uint8Array): string {
  if (bytes.length <= 8192) return Reflect.apply(fromCharCode, null, bytes) as string;
  let out = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    out += Reflect.apply(fromCharCode, null, bytes.subarray(i, i + 8192)) as string;
  }
  return out;
}

export function utf8Text(bytes: Uint8Array): string {
  return utf8.decode(bytes.buffer instanceof ArrayBuffer ? bytes : copyBytes(bytes));
}

function utf16Text(bytes: Uint8Array): string {
  const out: string[] = [];
  for (let start = 0; start + 1 < bytes.length; start += 8192) {
    const end = Math.min(bytes.length - 1, start + 8192);
    const codes: number[] = [];
    for (let i = start; i < end; i += 2) codes.push((bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8));
    out.push(Reflect.apply(fromCharCode, null, codes) as string);
  }
  return out.join('');
}

/** The encoding of a name or number that Node's library passes; utf8 for anything unknown. */
export function encodingOf(value: unknown): EncodingName {
  if (typeof value === 'number') return encodingNames[value] ?? 'utf8';
  switch (String(value).toLowerCase()) {
    case 'ascii':
      return 'ascii';
    case 'latin1':
    case 'binary':
      return 'latin1';
    case 'base64':
      return 'base64';
    case 'base64url':
      return 'base64url';
    case 'hex':
      return 'hex';
    case 'ucs2':
    case 'ucs-2':
    case 'utf16le':
    case 'utf-16le':
      return 'utf16le';
    case 'buffer':
      return 'buffer';
    default:
      return 'utf8';
  }
}

export function encodeText(text: string, encoding: EncodingName): Uint8Array<ArrayBuffer> {
  switch (encoding) {
    case 'ascii':
    case 'latin1':
      return decodeLatin1(text);
    case 'base64':
    case 'base64url':
      return decodeBase64(text);
    case 'hex':
      return decodeHex(text);
    case 'utf16le':
      return decodeUtf16(text);
    default:
      return utf8Encoder.encode(text);
  }
}

export function decodeText(bytes: Uint8Array, encoding: EncodingName): string {
  switch (encoding) {
    case 'ascii':
      return latin1Text(bytes.map((byte) => byte & 127));
    case 'latin1':
      return latin1Text(bytes);
    case 'base64':
      return encodeBase64(bytes, false);
    case 'base64url':
      return encodeBase64(bytes, true);
    case 'hex': {
      let out = '';
      for (const byte of bytes) out += hexPairs[byte] ?? '';
      return out;
    }
    case 'utf16le':
      return utf16Text(bytes);
    default:
      return utf8Text(bytes);
  }
}
