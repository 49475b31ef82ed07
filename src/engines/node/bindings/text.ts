import type { Binding, RealmContext } from '../context.ts';
import { asBytes, copyBytes, decodeText, encodeText, encodingOf, latin1Text } from '../encoding.ts';
import { host, utf8Encoder } from '../host.ts';

type View = ArrayBufferView | ArrayBufferLike;

function codedError(Constructor: typeof TypeError, code: string, message: string): Error {
  const error = new Constructor(message);
  Object.defineProperty(error, 'name', {
    value: `${Constructor.name} [${code}]`,
    configurable: true,
    writable: true,
  });
  void error.stack;
  Object.defineProperty(error, 'name', { value: Constructor.name, configurable: true, writable: true });
  return Object.assign(error, { code });
}

/** The `encoding_binding`: TextEncoder and TextDecoder for UTF-8. */
export function createEncodingBinding(): Binding {
  const encodeIntoResults = new Uint32Array(2);
  const hostname = (domain: string): string => {
    try {
      return new host.URL(`ws://${domain}`).hostname;
    } catch {
      return '';
    }
  };
  return {
    encodeIntoResults,
    encodeInto(text: string, target: Uint8Array) {
      const { read, written } = utf8Encoder.encodeInto(text, target);
      encodeIntoResults[0] = read;
      encodeIntoResults[1] = written;
    },
    encodeUtf8String: (text: string) => utf8Encoder.encode(text),
    decodeUTF8(view: View, ignoreBOM: boolean, fatal: boolean): string {
      try {
        return new host.TextDecoder('utf-8', { ignoreBOM, fatal }).decode(ordinary(asBytes(view)));
      } catch {
        const message = 'The encoded data was not valid for encoding utf-8';
        throw codedError(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', message);
      }
    },
    decodeLatin1: (view: View) => latin1Text(asBytes(view)),
    toASCII: hostname,
    toUnicode: hostname,
  };
}

function ordinary(bytes: Uint8Array): Uint8Array {
  return bytes.buffer instanceof ArrayBuffer ? bytes : copyBytes(bytes);
}

const converterFlags = { flush: 1, fatal: 2, ignoreBom: 4 } as const;

/** Wide in a terminal: CJK, Hangul, fullwidth forms, emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;

/** What an encoding of one byte a character cannot hold becomes a question mark. */
function encodable(text: string, encoding: string): string {
  const last = { latin1: 0xff, ascii: 0x7f }[encoding];
  if (last === undefined) return text;
  return Array.from(text, (character) => ((character.codePointAt(0) ?? 0) > last ? '?' : character)).join('');
}

/** The `icu` binding: other encodings, and the width of text in a terminal. */
export function createIcuBinding(realm: RealmContext): Binding {
  return {
    getStringWidth(text: string): number {
      let width = 0;
      for (const character of text) width += zeroWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
      return width;
    },
    icuErrName: (code: number) => `ICU error ${code}`,
    transcode(source: View, from: string, to: string): Uint8Array {
      const target = encodingOf(to);
      const bytes = encodeText(encodable(decodeText(asBytes(source), encodingOf(from)), target), target);
      const { Buffer } = realm.require('buffer') as { Buffer: { from(bytes: ArrayBuffer): Uint8Array } };
      return Buffer.from(bytes.buffer);
    },
    hasConverter(name: string): boolean {
      try {
        return new host.TextDecoder(name).encoding !== '';
      } catch {
        return false;
      }
    },
    getConverter: (name: string, flags: number) =>
      new host.TextDecoder(name, {
        fatal: (flags & converterFlags.fatal) !== 0,
        ignoreBOM: (flags & converterFlags.ignoreBom) !== 0,
      }),
    decode(converter: TextDecoder, input: View, flags: number, name: string): string {
      try {
        return converter.decode(ordinary(asBytes(input)), { stream: (flags & converterFlags.flush) === 0 });
      } catch {
        const message = `The encoded data was not valid for encoding ${name}`;
        throw codedError(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', message);
      }
    },
  };
}

/** Fields of a decoder's state, which Node's library reads too. */
const field = { missing: 4, buffered: 5, encoding: 6 } as const;

/** Bytes at the end of `bytes` that begin a character which does not end there, and how many it still needs. */
function incompleteTail(bytes: Uint8Array, encoding: string): { keep: number; missing: number } {
  const length = bytes.length;
  if (encoding === 'utf8') {
    for (let back = 1; back <= Math.min(3, length); back++) {
      const byte = bytes[length - back] ?? 0;
      if ((byte & 0xc0) === 0x80) continue;
      const needed = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
      return byte < 0xf5 && needed > back ? { keep: back, missing: needed - back } : { keep: 0, missing: 0 };
    }
    return { keep: 0, missing: 0 };
  }
  if (encoding === 'utf16le') {
    const odd = length % 2;
    const high = bytes[length - odd - 1] ?? 0;
    if (length - odd >= 2 && high >= 0xd8 && high <= 0xdb) return { keep: 2 + odd, missing: 2 - odd };
    return { keep: odd, missing: odd };
  }
  if (encoding === 'base64' || encoding === 'base64url') {
    const keep = length % 3;
    return { keep, missing: keep === 0 ? 0 : 3 - keep };
  }
  return { keep: 0, missing: 0 };
}

/** The `string_decoder` binding: characters split over chunks. */
export function createStringDecoderBinding(realm: RealmContext): Binding {
  return {
    ...realm.constantsOf('string_decoder'),
    decode(state: Uint8Array, chunk: View): string {
      const encoding = encodingOf(state[field.encoding] ?? 1);
      const buffered = state[field.buffered] ?? 0;
      let bytes = asBytes(chunk);
      if (buffered > 0) {
        const joined = new Uint8Array(buffered + bytes.length);
        joined.set(state.subarray(0, buffered));
        joined.set(bytes, buffered);
        bytes = joined;
      }
      const { keep, missing } = incompleteTail(bytes, encoding);
      const end = bytes.length - keep;
      state.set(bytes.subarray(end), 0);
      state[field.buffered] = keep;
      state[field.missing] = missing;
      return end === 0 ? '' : decodeText(bytes.subarray(0, end), encoding);
    },
    flush(state: Uint8Array): string {
      const encoding = encodingOf(state[field.encoding] ?? 1);
      let buffered = state[field.buffered] ?? 0;
      if (encoding === 'utf16le') buffered &= ~1;
      const text = buffered === 0 ? '' : decodeText(state.slice(0, buffered), encoding);
      state[field.buffered] = 0;
      state[field.missing] = 0;
      return text;
    },
  };
}
