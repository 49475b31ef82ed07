import type { RealmServices } from '../realm-services.ts';

/** What bindings are given as bytes. */
export type BytesLike = ArrayBufferLike | ArrayBufferView;

export function isBytesLike(value: unknown): value is BytesLike {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer || isShared(value);
}

function isShared(value: unknown): boolean {
  return typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer;
}

/** A view of the same memory as plain bytes. */
export function viewOf(value: BytesLike): Uint8Array {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return new Uint8Array(value);
}

/** The part of the realm's Buffer that bindings use. */
export interface BufferClass {
  from(
    data: ArrayBufferLike | string,
    encoding?: string,
  ): Uint8Array & { toString(encoding?: string): string };
  isEncoding(encoding: string): boolean;
}

export function bufferClass(services: RealmServices): BufferClass {
  return (services.require('buffer') as { Buffer: BufferClass }).Buffer;
}

/** Bytes of a string or of anything that holds bytes; unknown encodings are UTF-8, as in Node's C++. */
export function decode(services: RealmServices, data: unknown, encoding?: unknown): Uint8Array {
  if (typeof data !== 'string') {
    if (isBytesLike(data)) return viewOf(data);
    throw new TypeError('The "data" argument must be a string or hold bytes.');
  }
  const Buffer = bufferClass(services);
  const known = typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8';
  return viewOf(Buffer.from(data, known));
}

/** Bytes as a Buffer of the realm, or as text when an encoding is named. */
export function encode(services: RealmServices, bytes: Uint8Array, encoding?: unknown): unknown {
  const Buffer = bufferClass(services);
  const buffer = Buffer.from(exact(bytes));
  return typeof encoding === 'string' && Buffer.isEncoding(encoding) ? buffer.toString(encoding) : buffer;
}

/** The bytes as an ArrayBuffer of their own. */
export function exact(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** Compares without ending early. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}
