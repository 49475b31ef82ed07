import type { RealmContext } from '../context.ts';
import { host } from '../host.ts';
import type { Enclosure, Message, PortData } from './port-data.ts';
import { isHostObject } from '../serdes/binding.ts';
import { Reader } from '../serdes/reader.ts';
import { Writer, type Brands } from '../serdes/writer.ts';

/** Errors of the caller's world that a message may make. */
export interface MessageErrors {
  clone(message: string): Error;
  typeError(code: string, message: string): Error;
}

/** Ports of this thread, and what they are made of. */
export interface PortTable {
  isPort(value: unknown): boolean;
  /** Takes a port out of use. @throws a DataCloneError when it was already. */
  detach(port: object): PortData;
  attach(data: PortData): object;
}

/** Kinds of objects of the engine in a message. */
const Host = { enclosure: 0, library: 1 } as const;

interface Transferable {
  data: unknown;
  deserializeInfo: string;
}

/** Writes and reads messages between ports, and what `structuredClone` makes of a value. */
export class MessageCodec {
  readonly #realm: RealmContext;
  readonly #errors: MessageErrors;
  readonly #isLibraryObject: (value: object) => boolean;
  readonly #ports: PortTable;
  #make: ((info: string) => object) | undefined;

  constructor(
    realm: RealmContext,
    errors: MessageErrors,
    ports: PortTable,
    isLibraryObject: (value: object) => boolean,
  ) {
    this.#realm = realm;
    this.#errors = errors;
    this.#ports = ports;
    this.#isLibraryObject = isLibraryObject;
  }

  /** @param make Makes an empty object of the library by the text that its clone method gave. */
  onCreate(make: (info: string) => object): void {
    this.#make = make;
  }

  /** @param source The port that the message goes out by. */
  write(value: unknown, transfer: readonly unknown[] = [], source?: object): Message {
    const { transferred, listed } = this.#transferList(transfer, source);
    const ids = new Map<object, number>();
    const enclose = (object: object): number => {
      const id = ids.get(object) ?? ids.size;
      ids.set(object, id);
      return id;
    };
    let inLibrary = false;
    const writer = new Writer({
      brands: this.#realm.binding('types') as Brands,
      refuse: (message) => {
        throw this.#errors.clone(message);
      },
      isHostObject: (object) =>
        this.#ports.isPort(object) ||
        this.#isLibraryObject(object) ||
        // Handles of the engine are in what objects of the library say of themselves, and nowhere else.
        (inLibrary && Object.prototype.toString.call(object) === '[object Object]') ||
        isHostObject(this.#realm, object),
      sharedBufferId: enclose,
      writeHostObject: (object) => {
        if (this.#ports.isPort(object)) {
          if (!listed.has(object)) throw this.#unlisted();
          writer.varint(Host.enclosure);
          return writer.varint(enclose(object));
        }
        if (!this.#isLibraryObject(object)) {
          if (!inLibrary) throw this.#errors.clone('Cannot clone object of unsupported type.');
          writer.varint(Host.enclosure);
          return writer.varint(enclose(object));
        }
        const { data, deserializeInfo } = this.#describe(object, listed.has(object));
        writer.varint(Host.library);
        writer.string(deserializeInfo);
        const outer = inLibrary;
        inLibrary = true;
        writer.value(data);
        inLibrary = outer;
      },
    });
    transferred.forEach((buffer, id) => writer.transfer(id, buffer));
    writer.header();
    writer.value(value);
    for (const item of transfer) {
      if (typeof item === 'object' && item !== null && this.#ports.isPort(item)) enclose(item);
    }
    // Only now that all is written: a value that cannot be sent takes nothing away from the sender.
    const enclosures = [...ids.keys()].map((object) => this.#enclosure(object));
    for (const buffer of transferred) {
      enclosures.push({ kind: 'buffer', buffer: host.structuredClone(buffer, { transfer: [buffer] }) });
    }
    return { bytes: writer.release(), enclosures };
  }

  #enclosure(object: object): Enclosure {
    if (this.#ports.isPort(object)) return { kind: 'port', data: this.#ports.detach(object) };
    return object instanceof SharedArrayBuffer
      ? { kind: 'shared', buffer: object }
      : { kind: 'native', object };
  }

  /** @returns the value, and the ports that came with it. */
  read({ bytes, enclosures }: Message): { value: unknown; ports: object[] } {
    const objects = enclosures.map((enclosure): object => {
      if (enclosure.kind === 'port') return this.#ports.attach(enclosure.data);
      return enclosure.kind === 'native' ? enclosure.object : enclosure.buffer;
    });
    const broken = (): Error => this.#errors.clone('Unable to deserialize cloned data.');
    const reader: Reader = new Reader(bytes, {
      broken,
      sharedBuffer(id) {
        const found = objects[id];
        if (found instanceof SharedArrayBuffer) return found;
        throw broken();
      },
      readHostObject: () => {
        if (reader.varint() === Host.library) return this.#readLibraryObject(reader);
        const found = objects[reader.varint()];
        if (found === undefined) throw broken();
        return found;
      },
    });
    enclosures
      .filter((enclosure) => enclosure.kind === 'buffer')
      .forEach(({ buffer }, id) => reader.transfer(id, buffer));
    reader.header();
    return { value: reader.value(), ports: objects.filter((object) => this.#ports.isPort(object)) };
  }

  #readLibraryObject(reader: Reader): object {
    const info = String(reader.value());
    const made = this.#make?.(info);
    if (made === undefined) throw this.#errors.clone('Unable to deserialize cloned data.');
    const data = reader.value();
    const deserialize: unknown = Reflect.get(made, this.#symbol('messaging_deserialize_symbol'));
    if (typeof deserialize === 'function') Reflect.apply(deserialize, made, [data]);
    return made;
  }

  /** What an object of the library says of itself. */
  #describe(object: object, transfer: boolean): Transferable {
    const clone: unknown = Reflect.get(object, this.#symbol('messaging_clone_symbol'));
    const move: unknown = transfer
      ? Reflect.get(object, this.#symbol('messaging_transfer_symbol'))
      : undefined;
    const method = move ?? clone;
    if (typeof method !== 'function') throw this.#unlisted();
    return Reflect.apply(method as () => Transferable, object, []);
  }

  #transferList(
    transfer: readonly unknown[],
    source: object | undefined,
  ): { transferred: ArrayBuffer[]; listed: Set<unknown> } {
    const transferred: ArrayBuffer[] = [];
    const listed = new Set<unknown>();
    const untransferable = this.#realm.privateSymbols['untransferable_object_private_symbol'] ?? '';
    for (const item of transfer) {
      if (item instanceof ArrayBuffer) {
        if (Reflect.get(item, untransferable) === true) continue;
        if (listed.has(item)) throw this.#errors.clone('Transfer list contains duplicate ArrayBuffer');
        transferred.push(item);
      } else if (this.#ports.isPort(item)) {
        if (item === source) throw this.#errors.clone('Transfer list contains source port');
        if (listed.has(item)) throw this.#errors.clone('Transfer list contains duplicate MessagePort');
      } else if (typeof item !== 'object' || item === null || !this.#isLibraryObject(item)) {
        throw this.#errors.typeError('ERR_INVALID_TRANSFER_OBJECT', 'Found invalid object in transferList');
      }
      listed.add(item);
      if (typeof item === 'object' && item !== null && !(item instanceof ArrayBuffer))
        this.#listNested(item, listed);
    }
    return { transferred, listed };
  }

  #listNested(item: object, listed: Set<unknown>): void {
    if (!this.#isLibraryObject(item)) return;
    const list: unknown = Reflect.get(item, this.#symbol('messaging_transfer_list_symbol'));
    if (typeof list !== 'function') return;
    for (const nested of Reflect.apply(list as () => unknown[], item, [])) listed.add(nested);
  }

  #unlisted(): Error {
    return this.#errors.typeError(
      'ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST',
      'Object that needs transfer was found in message but not listed in transferList',
    );
  }

  #symbol(name: string): symbol {
    return this.#realm.symbols[name] ?? Symbol(name);
  }
}
