import { errorKinds, ErrorTag, regExpFlags, Tag, VERSION, views } from './format.ts';

/** What objects are, by their insides. The functions are those of the `types` binding. */
export type Brands = Readonly<Record<string, (value: unknown) => boolean>>;

/** What a writer asks whoever uses it. */
export interface WriterDelegate {
  readonly brands: Brands;
  /** Throws what a value that cannot be written makes. */
  refuse(message: string): never;
  /** True for objects that `writeHostObject` writes. */
  isHostObject(value: object): boolean;
  writeHostObject(value: object): void;
  /** Number under which a shared buffer is handed over beside the bytes. */
  sharedBufferId(buffer: SharedArrayBuffer): number;
}

const FIRST_BYTES = 256;
const uncloneable = [
  'isPromise',
  'isProxy',
  'isWeakMap',
  'isWeakSet',
  'isGeneratorObject',
  'isArgumentsObject',
  'isModuleNamespaceObject',
];
const errorTags = new Map([...errorKinds].map(([tag, name]) => [name, tag]));
const viewTags = new Map([...views].map(([tag, [make]]) => [make as unknown, tag]));

/** Writes values in V8's format. */
export class Writer {
  /** Views are then written by `writeHostObject`. */
  viewsAreHostObjects = false;
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #size = 0;
  readonly #ids = new Map<object, number>();
  readonly #transferred = new Map<object, number>();
  readonly #delegate: WriterDelegate;

  constructor(delegate: WriterDelegate) {
    this.#delegate = delegate;
  }

  /** What was written so far; nothing is left. */
  release(): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes.slice(0, this.#size);
    this.#size = 0;
    return bytes;
  }

  header(): void {
    this.byte(Tag.version);
    this.byte(VERSION);
  }

  transfer(id: number, buffer: object): void {
    this.#transferred.set(buffer, id);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#size++] = value;
  }

  varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  varint64(value: bigint): void {
    let rest = value;
    while (rest >= 128n) {
      this.byte(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.byte(Number(rest));
  }

  double(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#size, value, true);
    this.#size += 8;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.byteLength);
    this.#bytes.set(bytes, this.#size);
    this.#size += bytes.byteLength;
  }

  value(value: unknown): void {
    switch (typeof value) {
      case 'undefined':
        return this.byte(Tag.undefined);
      case 'boolean':
        return this.byte(value ? Tag.true : Tag.false);
      case 'number':
        return this.#number(value);
      case 'bigint':
        this.byte(Tag.bigint);
        return this.#bigint(value);
      case 'string':
        return this.string(value);
      case 'object':
        return value === null ? this.byte(Tag.null) : this.#object(value);
      default:
        return this.#delegate.refuse(`${String(value)} could not be cloned.`);
    }
  }

  string(text: string): void {
    let wide = false;
    for (let i = 0; i < text.length && !wide; i++) wide = text.charCodeAt(i) > 0xff;
    const bytes = wide ? text.length * 2 : text.length;
    if (wide && (this.#size + 1 + varintBytes(bytes)) % 2 === 1) this.byte(Tag.padding);
    this.byte(wide ? Tag.twoByteString : Tag.oneByteString);
    this.varint(bytes);
    this.#reserve(bytes);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      this.#bytes[this.#size++] = unit & 0xff;
      if (wide) this.#bytes[this.#size++] = unit >> 8;
    }
  }

  #number(value: number): void {
    if (Number.isInteger(value) && value >= -0x80000000 && value <= 0x7fffffff && !Object.is(value, -0)) {
      this.byte(Tag.int32);
      this.varint(((value << 1) ^ (value >> 31)) >>> 0);
    } else {
      this.byte(Tag.double);
      this.double(value);
    }
  }

  #bigint(value: bigint): void {
    const digits: number[] = [];
    for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 64n) {
      for (let at = 0n; at < 64n; at += 8n) digits.push(Number((rest >> at) & 255n));
    }
    this.varint(digits.length * 2 + (value < 0n ? 1 : 0));
    this.raw(Uint8Array.from(digits));
  }

  #object(value: object): void {
    const known = this.#ids.get(value);
    if (known !== undefined) {
      this.byte(Tag.reference);
      return this.varint(known);
    }
    const { brands } = this.#delegate;
    const view = ArrayBuffer.isView(value);
    if (view && !this.viewsAreHostObjects) this.#object(value.buffer);
    this.#ids.set(value, this.#ids.size);
    if (view) return this.viewsAreHostObjects ? this.#host(value) : this.#viewOf(value);
    if (brands['isProxy']?.(value) === true) return this.#refuse(value);
    if (Array.isArray(value)) return this.#array(value);
    if (isPlain(value)) return this.#plain(value);
    if (this.#delegate.isHostObject(value)) return this.#host(value);
    if (uncloneable.some((brand) => brands[brand]?.(value) === true)) return this.#refuse(value);
    if (brands['isDate']?.(value) === true) {
      this.byte(Tag.date);
      return this.double((value as Date).getTime());
    }
    if (brands['isBoxedPrimitive']?.(value) === true) return this.#boxed(value);
    if (brands['isRegExp']?.(value) === true) return this.#regExp(value as RegExp);
    if (brands['isMap']?.(value) === true) return this.#map(value as Map<unknown, unknown>);
    if (brands['isSet']?.(value) === true) return this.#set(value as Set<unknown>);
    if (brands['isAnyArrayBuffer']?.(value) === true) return this.#buffer(value as ArrayBuffer);
    if (Object.prototype.toString.call(value) === '[object Error]') return this.#error(value as Error);
    this.#plain(value);
  }

  #plain(value: object): void {
    this.byte(Tag.beginObject);
    const keys = Object.keys(value);
    this.#properties(value, keys);
    this.byte(Tag.endObject);
    this.varint(keys.length);
  }

  #host(value: object): void {
    this.byte(Tag.hostObject);
    this.#delegate.writeHostObject(value);
  }

  #refuse(value: object): never {
    const { brands } = this.#delegate;
    if (brands['isGeneratorObject']?.(value) === true)
      return this.#delegate.refuse('[object Generator] could not be cloned.');
    const plain = brands['isProxy']?.(value) === true || brands['isArgumentsObject']?.(value) === true;
    const maker: unknown = plain ? undefined : value.constructor;
    const name = typeof maker === 'function' && maker.name !== '' ? maker.name : 'Object';
    return this.#delegate.refuse(`#<${name}> could not be cloned.`);
  }

  #properties(value: object, keys: readonly string[]): void {
    for (const key of keys) {
      const index = Number(key);
      if (Number.isInteger(index) && index >= 0 && index < 0xffffffff && String(index) === key)
        this.#number(index);
      else this.string(key);
      this.value(Reflect.get(value, key));
    }
  }

  #array(array: unknown[]): void {
    const { length } = array;
    let dense = true;
    for (let i = 0; i < length && dense; i++) dense = Object.hasOwn(array, i);
    this.byte(dense ? Tag.beginDenseArray : Tag.beginSparseArray);
    this.varint(length);
    if (dense) for (let i = 0; i < length; i++) this.value(array[i]);
    const keys = Object.keys(array).slice(dense ? length : 0);
    this.#properties(array, keys);
    this.byte(dense ? Tag.endDenseArray : Tag.endSparseArray);
    this.varint(keys.length);
    this.varint(length);
  }

  #boxed(value: object): void {
    const inner: unknown = value.valueOf();
    if (typeof inner === 'boolean') return this.byte(inner ? Tag.trueObject : Tag.falseObject);
    if (typeof inner === 'number') {
      this.byte(Tag.numberObject);
      return this.double(inner);
    }
    if (typeof inner === 'bigint') {
      this.byte(Tag.bigintObject);
      return this.#bigint(inner);
    }
    if (typeof inner !== 'string') return this.#delegate.refuse('Object could not be cloned.');
    this.byte(Tag.stringObject);
    this.string(inner);
  }

  #regExp({ source, flags }: RegExp): void {
    this.byte(Tag.regExp);
    this.string(source);
    this.varint([...flags].reduce((bits, flag) => bits | (1 << regExpFlags.indexOf(flag)), 0));
  }

  #map(map: Map<unknown, unknown>): void {
    this.byte(Tag.beginMap);
    const entries = [...Map.prototype.entries.call(map)].flat(1);
    for (const part of entries) this.value(part);
    this.byte(Tag.endMap);
    this.varint(entries.length);
  }

  #set(set: Set<unknown>): void {
    this.byte(Tag.beginSet);
    const members = [...Set.prototype.values.call(set)];
    for (const member of members) this.value(member);
    this.byte(Tag.endSet);
    this.varint(members.length);
  }

  #buffer(buffer: ArrayBufferLike): void {
    if (buffer instanceof SharedArrayBuffer) {
      this.byte(Tag.sharedArrayBuffer);
      return this.varint(this.#delegate.sharedBufferId(buffer));
    }
    const transferred = this.#transferred.get(buffer);
    if (transferred !== undefined) {
      this.byte(Tag.arrayBufferTransfer);
      return this.varint(transferred);
    }
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(buffer);
    } catch {
      return this.#delegate.refuse('An ArrayBuffer is detached and could not be cloned.');
    }
    this.byte(Tag.arrayBuffer);
    this.varint(bytes.byteLength);
    this.raw(bytes);
  }

  #viewOf(value: ArrayBufferView): void {
    const made = [...views].find(([, [make]]) => value instanceof make);
    const tag = made === undefined ? undefined : viewTags.get(made[1][0]);
    if (tag === undefined) return this.#refuse(value);
    this.byte(Tag.view);
    this.byte(tag);
    this.varint(value.byteOffset);
    this.varint(value.byteLength);
    this.varint(0);
  }

  #error(error: Error): void {
    const own = (name: string): unknown => Object.getOwnPropertyDescriptor(error, name)?.value;
    this.byte(Tag.error);
    const tag = errorTags.get(String(error.name));
    if (tag !== undefined) this.byte(tag);
    const message = own('message');
    if (message !== undefined) {
      this.byte(ErrorTag.message);
      this.string(String(message));
    }
    if (Object.hasOwn(error, 'cause')) {
      this.byte(ErrorTag.cause);
      this.value(own('cause'));
    }
    const { stack } = error;
    if (typeof stack === 'string') {
      this.byte(ErrorTag.stack);
      this.string(stack);
    }
    this.byte(ErrorTag.end);
  }

  #reserve(bytes: number): void {
    if (this.#size + bytes <= this.#bytes.byteLength) return;
    const grown = new Uint8Array(Math.max(this.#bytes.byteLength * 2, this.#size + bytes));
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

/** Quick answer for what most objects are; objects of other kinds may still be written like these. */
function isPlain(value: object): boolean {
  const prototype = Reflect.getPrototypeOf(value);
  const usual = prototype === null || prototype === Object.prototype;
  return usual && Object.prototype.toString.call(value) === '[object Object]';
}
