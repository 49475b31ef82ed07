import { bigintOf, concat, minimalBytes } from './bigints.ts';

/** Tags of the parts of DER that keys and certificates use. */
export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  ia5: 0x16,
  utcTime: 0x17,
  generalTime: 0x18,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** What is not DER, or not the structure that was expected. */
export class DerError extends Error {}

/** One value: its tag, its content, and both with the length between them. */
export interface DerNode {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly raw: Uint8Array;
}

function readAt(bytes: Uint8Array, at: number): DerNode {
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (tag === undefined || length === undefined) throw new DerError('not enough data');
  if ((tag & 0x1f) === 0x1f) throw new DerError('long tag');
  let start = at + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4) throw new DerError('header too long');
    length = 0;
    for (let i = 0; i < count; i++) {
      const byte = bytes[start++];
      if (byte === undefined) throw new DerError('not enough data');
      length = length * 256 + byte;
    }
  }
  if (start + length > bytes.length) throw new DerError('too long');
  return { tag, content: bytes.subarray(start, start + length), raw: bytes.subarray(at, start + length) };
}

/** The value at the start of `bytes`; what follows it is left alone. @throws DerError */
export function readDer(bytes: Uint8Array): DerNode {
  return readAt(bytes, 0);
}

/** The values inside a constructed one. @throws DerError */
export function childrenOf(node: DerNode, tag: number = Tag.sequence): DerNode[] {
  if (node.tag !== tag) throw new DerError('wrong tag');
  const nodes: DerNode[] = [];
  for (let at = 0; at < node.content.length;) {
    const child = readAt(node.content, at);
    nodes.push(child);
    at += child.raw.length;
  }
  return nodes;
}

/** The child that must be there. @throws DerError */
export function child(nodes: readonly DerNode[], index: number, tag?: number): DerNode {
  const node = nodes[index];
  if (node === undefined || (tag !== undefined && node.tag !== tag)) throw new DerError('wrong tag');
  return node;
}

export function integerOf(node: DerNode): bigint {
  if (node.tag !== Tag.integer || node.content.length === 0) throw new DerError('wrong tag');
  return bigintOf(node.content);
}

/** The bytes of a bit string, which keys fill to the last bit. */
export function bitsOf(node: DerNode): Uint8Array {
  if (node.tag !== Tag.bits || node.content[0] !== 0) throw new DerError('wrong tag');
  return node.content.subarray(1);
}

/** An object identifier in dotted form. */
export function oidOf(node: DerNode): string {
  if (node.tag !== Tag.oid) throw new DerError('wrong tag');
  const arcs: number[] = [];
  let value = 0;
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(value);
      value = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...rest].join('.');
}

export function der(tag: number, ...contents: Uint8Array[]): Uint8Array {
  const content = concat(...contents);
  const { length } = content;
  if (length < 0x80) return concat(Uint8Array.of(tag, length), content);
  const size = minimalBytes(BigInt(length));
  return concat(Uint8Array.of(tag, 0x80 | size.length), size, content);
}

export function sequence(...contents: Uint8Array[]): Uint8Array {
  return der(Tag.sequence, ...contents);
}

/** A non-negative integer. */
export function integer(value: bigint): Uint8Array {
  const bytes = minimalBytes(value);
  return (bytes[0] ?? 0) >= 0x80 ? der(Tag.integer, Uint8Array.of(0), bytes) : der(Tag.integer, bytes);
}

export function octets(...contents: Uint8Array[]): Uint8Array {
  return der(Tag.octets, ...contents);
}

export function bits(content: Uint8Array): Uint8Array {
  return der(Tag.bits, Uint8Array.of(0), content);
}

export function nul(): Uint8Array {
  return der(Tag.null);
}

/** An explicit context tag. */
export function tagged(number: number, ...contents: Uint8Array[]): Uint8Array {
  return der(0xa0 | number, ...contents);
}

export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      groups.unshift((left & 0x7f) | 0x80);
    }
    bytes.push(...groups);
  }
  return der(Tag.oid, Uint8Array.from(bytes));
}
