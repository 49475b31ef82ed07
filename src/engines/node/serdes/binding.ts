import type { Binding, RealmContext } from '../context.ts';
import { asBytes } from '../encoding.ts';
import { Reader } from './reader.ts';
import { Writer, type Brands } from './writer.ts';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** The `serdes` binding: the base classes of `v8.Serializer` and `v8.Deserializer`. */
export function createSerdesBinding(realm: RealmContext): Binding {
  const method = (self: object, name: string): Method | undefined => {
    const found: unknown = Reflect.get(self, name);
    return typeof found === 'function' ? (found as Method) : undefined;
  };
  const codes = (): Record<string, new (...args: unknown[]) => Error> =>
    (realm.require('internal/errors') as { codes: Record<string, new (...args: unknown[]) => Error> }).codes;

  const isPort = realm.binding('messaging')['checkMessagePort'] as (value: unknown) => boolean;

  class Serializer {
    readonly #writer: Writer;

    constructor() {
      this.#writer = new Writer({
        brands: realm.binding('types') as Brands,
        refuse: (message) => {
          const make = method(this, '_getDataCloneError');
          throw make === undefined ? new Error(message) : Reflect.apply(make, this, [message]);
        },
        isHostObject: (value) => isPort(value) || isHostObject(realm, value),
        writeHostObject: (value) => {
          const write = method(this, '_writeHostObject');
          const { ERR_METHOD_NOT_IMPLEMENTED } = codes();
          if (write === undefined && ERR_METHOD_NOT_IMPLEMENTED !== undefined)
            throw new ERR_METHOD_NOT_IMPLEMENTED('_writeHostObject()');
          write?.call(this, value);
        },
        sharedBufferId: (buffer) => {
          const id = method(this, '_getSharedArrayBufferId')?.call(this, buffer);
          if (typeof id === 'number') return id;
          throw new Error('#<SharedArrayBuffer> could not be cloned.');
        },
      });
    }

    writeHeader(): void {
      this.#writer.header();
    }

    writeValue(value: unknown): boolean {
      this.#writer.value(value);
      return true;
    }

    releaseBuffer(): Uint8Array {
      const { Buffer } = realm.require('buffer') as { Buffer: { from(buffer: ArrayBuffer): Uint8Array } };
      return Buffer.from(this.#writer.release().buffer);
    }

    transferArrayBuffer(id: number, buffer: ArrayBuffer): void {
      this.#writer.transfer(id, buffer);
    }

    writeUint32(value: number): void {
      this.#writer.varint(value >>> 0);
    }

    writeUint64(high: number, low: number): void {
      this.#writer.varint64((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0));
    }

    writeDouble(value: number): void {
      this.#writer.double(value);
    }

    writeRawBytes(bytes: ArrayBufferView | ArrayBuffer): void {
      const { ERR_INVALID_ARG_TYPE } = codes();
      if (!ArrayBuffer.isView(bytes) && !(bytes instanceof ArrayBuffer)) {
        if (ERR_INVALID_ARG_TYPE !== undefined)
          throw new ERR_INVALID_ARG_TYPE('source', ['TypedArray', 'DataView'], bytes);
      }
      this.#writer.raw(asBytes(bytes as ArrayBufferView));
    }

    _setTreatArrayBufferViewsAsHostObjects(treat: boolean): void {
      this.#writer.viewsAreHostObjects = treat;
    }
  }

  class Deserializer {
    readonly buffer: Uint8Array;
    readonly #reader: Reader;

    constructor(buffer: Uint8Array) {
      if (!ArrayBuffer.isView(buffer)) {
        const refused = new TypeError('buffer must be a TypedArray or a DataView');
        throw Object.assign(refused, { code: 'ERR_INVALID_ARG_TYPE' });
      }
      this.buffer = buffer;
      this.#reader = new Reader(asBytes(buffer), {
        broken: () => new Error('Unable to deserialize cloned data.'),
        sharedBuffer: () => {
          throw new Error('Unable to deserialize cloned data.');
        },
        readHostObject: () => {
          const read = method(this, '_readHostObject');
          const { ERR_METHOD_NOT_IMPLEMENTED } = codes();
          if (read === undefined && ERR_METHOD_NOT_IMPLEMENTED !== undefined)
            throw new ERR_METHOD_NOT_IMPLEMENTED('_readHostObject()');
          return read?.call(this) as object;
        },
      });
    }

    readHeader(): boolean {
      if (this.#reader.header()) return true;
      throw new Error('Unable to deserialize cloned data due to invalid or unsupported version.');
    }

    readValue(): unknown {
      return this.#reader.value();
    }

    getWireFormatVersion(): number {
      return this.#reader.version;
    }

    transferArrayBuffer(id: number, buffer: ArrayBufferLike): void {
      this.#reader.transfer(id, buffer);
    }

    readUint32(): number {
      return this.#reader.varint();
    }

    readUint64(): [number, number] {
      const value = this.#reader.varint64();
      return [Number(value >> 32n), Number(value & 0xffffffffn)];
    }

    readDouble(): number {
      return this.#reader.double();
    }

    _readRawBytes(count: number): number {
      return this.#reader.rawOffset(count);
    }
  }
  return { Serializer, Deserializer };
}

/** Objects that belong to the engine and not to the program: handles, requests, ports. */
export function isHostObject(realm: RealmContext, value: object): boolean {
  const AsyncWrap = realm.binding('async_wrap')['AsyncWrap'] as abstract new () => object;
  return value instanceof AsyncWrap || 'asyncTrigger' in value;
}
