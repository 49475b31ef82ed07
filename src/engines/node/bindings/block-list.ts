import type { Binding, RealmContext } from '../context.ts';
import { host } from '../host.ts';

const AF_INET = 2;
const AF_INET6 = 10;
const FLOW = { bits: 20 } as const;

/** An address as a number of 32 or 128 bits; undefined for what is no address. */
function parse(address: string, family: number): bigint | undefined {
  if (family === AF_INET) {
    const parts = address.split('.').map(Number);
    const valid =
      parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256);
    return valid ? parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) : undefined;
  }
  try {
    return groups(new host.URL(`http://[${address}]`).hostname.slice(1, -1));
  } catch {
    return undefined;
  }
}

/** @param text Canonical: groups without an IPv4 tail, `::` at most once. */
function groups(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const words = (part: string): string[] => part.split(':').filter((word) => word !== '');
  const [before, after] = [words(head), words(tail ?? '')];
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...new Array<string>(gap).fill('0'), ...after];
  return all.reduce((value, word) => (value << 16n) | BigInt(parseInt(word, 16)), 0n);
}

interface Rule {
  readonly text: string;
  matches(value: bigint, family: number): boolean;
}

/** `::ffff:a.b.c.d` is the address `a.b.c.d`. */
function unmapped(value: bigint, family: number): [bigint, number] {
  return family === AF_INET6 && value >> 32n === 0xffffn ? [value & 0xffffffffn, AF_INET] : [value, family];
}

/** The `block_list` binding: addresses, and lists of them. */
export function createBlockListBinding(realm: RealmContext): Binding {
  const invalid = (): Error => {
    const { codes } = realm.require('internal/errors') as {
      codes: Record<'ERR_INVALID_ADDRESS', new () => Error>;
    };
    return new codes.ERR_INVALID_ADDRESS();
  };

  class SocketAddress {
    readonly value: bigint;
    readonly #detail: { address: string; port: number; family: number; flowlabel: number };

    constructor(address: string, port: number, family: number, flowlabel: number) {
      const value = parse(address, family);
      if (value === undefined) throw invalid();
      this.value = value;
      this.#detail = { address, port, family, flowlabel: flowlabel % 2 ** FLOW.bits };
    }

    get familyNumber(): number {
      return this.#detail.family;
    }

    get text(): string {
      return `${this.#detail.family === AF_INET ? 'IPv4' : 'IPv6'} ${this.#detail.address}`;
    }

    get bare(): string {
      return this.#detail.address;
    }

    detail(target: Record<string, unknown>): Record<string, unknown> {
      return Object.assign(target, this.#detail);
    }

    flowlabel(): number {
      return this.#detail.flowlabel;
    }
  }

  class BlockList {
    readonly #rules: Rule[] = [];

    #add(rule: Rule): void {
      this.#rules.unshift(rule);
    }

    addAddress(address: SocketAddress): void {
      const [wanted, of] = unmapped(address.value, address.familyNumber);
      this.#add({
        text: `Address: ${address.text}`,
        matches: (value, family) => value === wanted && family === of,
      });
    }

    addRange(start: SocketAddress, end: SocketAddress): boolean {
      if (start.value > end.value) return false;
      this.#add({
        text: `Range: ${start.text}-${end.bare}`,
        matches: (value, family) =>
          family === start.familyNumber && value >= start.value && value <= end.value,
      });
      return true;
    }

    addSubnet(network: SocketAddress, prefix: number): void {
      const rest = BigInt((network.familyNumber === AF_INET ? 32 : 128) - prefix);
      this.#add({
        text: `Subnet: ${network.text}/${prefix}`,
        matches: (value, family) =>
          family === network.familyNumber && value >> rest === network.value >> rest,
      });
    }

    check(address: SocketAddress): boolean {
      const [value, family] = unmapped(address.value, address.familyNumber);
      return this.#rules.some((rule) => rule.matches(value, family));
    }

    getRules(): string[] {
      return this.#rules.map(({ text }) => text);
    }
  }
  return { AF_INET, AF_INET6, BlockList, SocketAddress };
}
