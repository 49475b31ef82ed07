import { utf8 } from '../host.ts';
import { errorKinds, ErrorTag, regExpFlags, Tag, VERSION, views } from './format.ts';

/** What a reader asks whoever uses it. */
export interface ReaderDelegate {
  readHostObject(): object;
  sharedBuffer(id: number): SharedArrayBuffer;
  /** The error for bytes that hold no value. */
  broken(): Error;
}

/** Reads values in V8's format. What it reads may be anything: every length is checked against the bytes there are. */
export class Reader {
  /** Of the header, once it was read. */
  version = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #delegate: ReaderDelegate;
  readonly #objects: unknown[] = [];
  readonly #transferred = new Map<number, ArrayBufferLike>();
  #at = 0;

  constructor(bytes: Uint8Array, delegate: ReaderDelegate) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#delegate = delegate;
  }

  get position(): number {
    return this.#at;
  }

  transfer(id: number, buffer: ArrayBufferLike): void {
    this.#transferred.set(id, buffer);
  }

  header(): boolean {
    if (this.#bytes[this.#at] !== Tag.version) return false;
    this.#at++;
    this.version = this.varint();
    return this.version <= VERSION;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw this.#delegate.broken();
    this.#at++;
    return value;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  varint64(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
  }

  double(): number {
    return this.#view.getFloat64(this.#skip(8), true);
  }

  /** @returns where `count` raw bytes begin, which are now behind. */
  rawOffset(count: number): number {
    return this.#skip(count);
  }

  value(): unknown {
    const tag = this.#tag();
    switch (tag) {
      case Tag.undefined:
      case Tag.hole:
        return undefined;
      case Tag.null:
        return null;
      case Tag.true:
        return true;
      case Tag.false:
        return false;
      case Tag.int32: {
        const bits = this.varint() >>> 0;
        return (bits >>> 1) ^ -(bits & 1);
      }
      case Tag.uint32:
        return this.varint();
      case Tag.double:
        return this.double();
      case Tag.bigint:
        return this.#bigint();
      case Tag.utf8String:
      case Tag.oneByteString:
      case Tag.twoByteString:
        return this.#string(tag);
      case Tag.reference: {
        const id = this.varint();
        if (id >= this.#objects.length) throw this.#delegate.broken();
        return this.#view0(this.#objects[id]);
      }
      default:
        return this.#object(tag);
    }
  }

  #object(tag: number): unknown {
    const id = this.#objects.length;
    const keep = <T>(value: T): T => {
      this.#objects[id] = value;
      return value;
    };
    keep(undefined);
    switch (tag) {
      case Tag.beginObject:
        return this.#members(keep({}), Tag.endObject, 1);
      case Tag.beginDenseArray: {
        const length = this.#length();
        const array = keep<unknown[]>([]);
        for (let i = 0; i < length; i++) {
          if (this.#bytes[this.#at] === Tag.hole) {
            this.#at++;
            array.length = i + 1;
          } else array[i] = this.value();
        }
        return this.#members(array, Tag.endDenseArray, 2);
      }
      case Tag.beginSparseArray: {
        const array = keep<unknown[]>([]);
        array.length = this.varint();
        return this.#members(array, Tag.endSparseArray, 2);
      }
      case Tag.date:
        return keep(new Date(this.double()));
      case Tag.trueObject:
      case Tag.falseObject:
        return keep(Object(tag === Tag.trueObject) as object);
      case Tag.numberObject:
        return keep(Object(this.double()) as object);
      case Tag.bigintObject:
        return keep(Object(this.#bigint()) as object);
      case Tag.stringObject:
        return keep(Object(this.#string(this.#tag())) as object);
      case Tag.regExp: {
        const source = this.#string(this.#tag());
        const bits = this.varint();
        return keep(new RegExp(source, [...regExpFlags].filter((_flag, at) => bits & (1 << at)).join('')));
      }
      case Tag.beginMap:
        return this.#map(keep(new Map()));
      case Tag.beginSet:
        return this.#set(keep(new Set()));
      case Tag.arrayBuffer: {
        const count = this.varint();
        const start = this.#skip(count);
        return this.#view0(keep(Uint8Array.from(this.#bytes.subarray(start, start + count)).buffer));
      }
      case Tag.arrayBufferTransfer: {
        const buffer = this.#transferred.get(this.varint());
        if (buffer === undefined) throw this.#delegate.broken();
        return this.#view0(keep(buffer));
      }
      case Tag.sharedArrayBuffer:
        return this.#view0(keep(this.#delegate.sharedBuffer(this.varint())));
      case Tag.error:
        return this.#error(keep);
      case Tag.hostObject:
        return keep(this.#delegate.readHostObject());
      default:
        throw this.#delegate.broken();
    }
  }

  /** A view follows the buffer that it is of. */
  #view0(value: unknown): unknown {
    const isBuffer = value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
    if (!isBuffer || this.#bytes[this.#at] !== Tag.view) return value;
    this.#at++;
    const id = this.#objects.length;
    const found = views.get(this.byte());
    const offset = this.varint();
    const bytes = this.varint();
    if (this.version >= 14) this.varint();
    if (found === undefined || offset + bytes > value.byteLength) throw this.#delegate.broken();
    const [make, elementBytes] = found;
    if (offset % elementBytes !== 0 || bytes % elementBytes !== 0) throw this.#delegate.broken();
    const view = new make(value, offset, bytes / elementBytes);
    this.#objects[id] = view;
    return view;
  }

  #members<T extends object>(object: T, end: number, counts: number): T {
    while (this.#peek() !== end) {
      const key = this.value();
      if (typeof key !== 'string' && typeof key !== 'number') throw this.#delegate.broken();
      Object.defineProperty(object, key, {
        value: this.value(),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    this.#tag();
    for (let i = 0; i < counts; i++) this.varint();
    return object;
  }

  #map(map: Map<unknown, unknown>): Map<unknown, unknown> {
    while (this.#peek() !== Tag.endMap) {
      const key = this.value();
      map.set(key, this.value());
    }
    this.#tag();
    this.varint();
    return map;
  }

  #set(set: Set<unknown>): Set<unknown> {
    while (this.#peek() !== Tag.endSet) set.add(this.value());
    this.#tag();
    this.varint();
    return set;
  }

  #error(keep: <T>(value: T) => T): Error {
    let tag = this.#tag();
    const name = errorKinds.get(tag);
    const made: unknown = name === undefined ? Error : Reflect.get(globalThis, name);
    if (name !== undefined) tag = this.#tag();
    const error = keep(Reflect.construct(typeof made === 'function' ? made : Error, []) as Error);
    const set = (key: string, value: unknown): void => {
      Object.defineProperty(error, key, { value, writable: true, enumerable: false, configurable: true });
    };
    let stack: string | undefined;
    for (; tag !== ErrorTag.end; tag = this.#tag()) {
      if (tag === ErrorTag.message) set('message', this.#string(this.#tag()));
      else if (tag === ErrorTag.cause) set('cause', this.value());
      else if (tag === ErrorTag.stack) stack = this.#string(this.#tag());
      else throw this.#delegate.broken();
    }
    set('stack', stack);
    return error;
  }

  #bigint(): bigint {
    const bits = this.varint();
    const count = Math.floor(bits / 2);
    const start = this.#skip(count);
    let value = 0n;
    for (let i = count - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.#bytes[start + i] ?? 0);
    return bits % 2 === 1 ? -value : value;
  }

  #string(tag: number): string {
    const count = this.varint();
    const start = this.#skip(count);
    const part = this.#bytes.subarray(start, start + count);
    if (tag === Tag.utf8String) return utf8.decode(part);
    let text = '';
    const step = tag === Tag.twoByteString ? 2 : 1;
    if (step === 2 && count % 2 === 1) throw this.#delegate.broken();
    if (tag !== Tag.oneByteString && tag !== Tag.twoByteString) throw this.#delegate.broken();
    for (let from = 0; from < count; from += 8_192) {
      const units: number[] = [];
      for (let i = from; i < Math.min(count, from + 8_192); i += step) {
        units.push((part[i] ?? 0) | (step === 2 ? (part[i + 1] ?? 0) << 8 : 0));
      }
      text += String.fromCharCode(...units);
    }
    return text;
  }

  #length(): number {
    const length = this.varint();
    if (length > this.#bytes.byteLength - this.#at) throw this.#delegate.broken();
    return length;
  }

  #tag(): number {
    let tag = this.byte();
    while (tag === Tag.padding) tag = this.byte();
    return tag;
  }

  #peek(): number {
    while (this.#bytes[this.#at] === Tag.padding) this.#at++;
    const tag = this.#bytes[this.#at];
    if (tag === undefined) throw this.#delegate.broken();
    return tag;
  }

  #skip(count: number): number {
    const start = this.#at;
    if (count > this.#bytes.byteLength - start) throw this.#delegate.broken();
    this.#at = start + count;
    return start;
  }
}
