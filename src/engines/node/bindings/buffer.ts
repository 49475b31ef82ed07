import type { Binding, RealmContext } from '../context.ts';
import { asBytes, decodeText, encodeText, encodingOf, type EncodingName } from '../encoding.ts';
import { host, utf8Encoder } from '../host.ts';

type View = ArrayBufferView | ArrayBufferLike;

function slicer(encoding: EncodingName) {
  return function (this: Uint8Array, start = 0, end = this.length): string {
    const from = Math.max(0, Math.trunc(start) || 0);
    const to = Math.min(this.length, end);
    return to <= from ? '' : decodeText(this.subarray(from, to), encoding);
  };
}

function writer(encoding: EncodingName) {
  return function (this: Uint8Array, text: string, offset = 0, length = this.length - offset): number {
    const room = Math.min(length, this.length - offset);
    if (encoding === 'utf8')
      return utf8Encoder.encodeInto(text, this.subarray(offset, offset + room)).written;
    const bytes = encodeText(text, encoding);
    let count = Math.min(bytes.length, room);
    if (encoding === 'utf16le') count &= ~1;
    this.set(bytes.subarray(0, count), offset);
    return count;
  };
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}

function matchesAt(haystack: Uint8Array, needle: Uint8Array, at: number): boolean {
  for (let j = 0; j < needle.length; j++) if (haystack[at + j] !== needle[j]) return false;
  return true;
}

/** Offset of `needle`, or -1. A negative offset counts from the end, as in Buffer#indexOf. */
function search(
  haystack: Uint8Array,
  needle: Uint8Array,
  offset: number,
  forward: boolean,
  step = 1,
): number {
  const length = haystack.length;
  let from = offset < 0 ? offset + length : offset;
  if (from < 0) {
    if (!forward) return -1;
    from = 0;
  }
  if (from > length) {
    if (forward) return -1;
    from = length;
  }
  if (needle.length === 0) return Math.min(from, length);
  const last = length - needle.length;
  if (forward) {
    for (let i = from; i <= last; i += step) if (matchesAt(haystack, needle, i)) return i;
  } else {
    for (let i = Math.min(from, last); i >= 0; i -= step) if (matchesAt(haystack, needle, i)) return i;
  }
  return -1;
}

function swapper(width: number) {
  return (buffer: Uint8Array): Uint8Array => {
    for (let i = 0; i + width <= buffer.length; i += width) buffer.subarray(i, i + width).reverse();
    return buffer;
  };
}

/** Length in UTF-8 without encoding it. */
function byteLengthUtf8(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) length++;
    else if (code < 0x800) length += 2;
    else if (code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length += 4;
      i++;
    } else length += 3;
  }
  return length;
}

/** -1 when nothing can be filled with, -2 when out of range: Buffer.fill turns these into its errors. */
function fill(
  buffer: View,
  value: unknown,
  start: number,
  end: number,
  encoding?: unknown,
): number | undefined {
  const target = asBytes(buffer);
  if (start < 0 || end > target.length) return -2;
  if (start >= end) return undefined;
  if (typeof value === 'number' || typeof value === 'boolean') {
    target.fill(Number(value) & 255, start, end);
    return undefined;
  }
  const pattern =
    typeof value === 'string' ? encodeText(value, encodingOf(encoding)) : asBytes(value as View);
  if (pattern.length === 0) return -1;
  for (let i = start, j = 0; i < end; i++, j = (j + 1) % pattern.length) target[i] = pattern[j] ?? 0;
  return undefined;
}

/** The `buffer` binding: what Buffer does outside JavaScript. */
export function createBufferBinding(realm: RealmContext): Binding {
  const constants = realm.constantsOf('buffer');
  const strict = new host.TextDecoder('utf-8', { fatal: true });
  return {
    kMaxLength: constants['kMaxLength'],
    kStringMaxLength: constants['kStringMaxLength'],
    setBufferPrototype() {},
    atob: (text: string) => decodeAtob(text),
    btoa(text: string): string | number {
      try {
        return host.btoa(text);
      } catch {
        return -1;
      }
    },
    byteLengthUtf8,
    copy(source: View, target: View, targetStart: number, sourceStart: number, count: number): number {
      asBytes(target).set(asBytes(source).subarray(sourceStart, sourceStart + count), targetStart);
      return count;
    },
    compare: (a: View, b: View) => compareBytes(asBytes(a), asBytes(b)),
    compareOffset(
      source: View,
      target: View,
      targetStart: number,
      sourceStart: number,
      targetLength: number,
      sourceLength: number,
    ): number {
      return compareBytes(
        asBytes(source).subarray(sourceStart, sourceStart + sourceLength),
        asBytes(target).subarray(targetStart, targetStart + targetLength),
      );
    },
    fill,
    indexOfBuffer: (haystack: View, needle: View, offset: number, encoding: number, forward: boolean) =>
      search(asBytes(haystack), asBytes(needle), offset, forward, encodingOf(encoding) === 'utf16le' ? 2 : 1),
    indexOfNumber: (haystack: View, needle: number, offset: number, forward: boolean) =>
      search(asBytes(haystack), Uint8Array.of(needle & 255), offset, forward),
    indexOfString(
      haystack: View,
      needle: string,
      offset: number,
      encoding: number,
      forward: boolean,
    ): number {
      const name = encodingOf(encoding);
      return search(asBytes(haystack), encodeText(needle, name), offset, forward, name === 'utf16le' ? 2 : 1);
    },
    detachArrayBuffer: (buffer: ArrayBuffer) => host.structuredClone(buffer, { transfer: [buffer] }),
    copyArrayBuffer(to: ArrayBuffer, toOffset: number, from: ArrayBuffer, fromOffset: number, count: number) {
      new Uint8Array(to, toOffset, count).set(new Uint8Array(from, fromOffset, count));
    },
    createUnsafeArrayBuffer: (size: number) => new ArrayBuffer(size),
    swap16: swapper(2),
    swap32: swapper(4),
    swap64: swapper(8),
    isUtf8(value: View): boolean {
      try {
        strict.decode(asBytes(value));
        return true;
      } catch {
        return false;
      }
    },
    isAscii: (value: View) => asBytes(value).every((byte) => byte < 128),
    asciiSlice: slicer('ascii'),
    base64Slice: slicer('base64'),
    base64urlSlice: slicer('base64url'),
    latin1Slice: slicer('latin1'),
    hexSlice: slicer('hex'),
    ucs2Slice: slicer('utf16le'),
    utf8Slice: slicer('utf8'),
    asciiWrite: writer('latin1'),
    base64Write: writer('base64'),
    base64urlWrite: writer('base64url'),
    latin1Write: writer('latin1'),
    hexWrite: writer('hex'),
    ucs2Write: writer('utf16le'),
    utf8Write: writer('utf8'),
  };
}

/** -2: a character that is not in the alphabet; -1: a length that cannot be; see `atob` in lib/buffer.js. */
function decodeAtob(text: string): string | number {
  try {
    return host.atob(text);
  } catch {
    return /[^A-Za-z0-9+/=\t\n\f\r ]/.test(text) ? -2 : -1;
  }
}
