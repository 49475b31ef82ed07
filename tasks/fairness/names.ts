import type { Random } from './random.ts';
import type { Taste } from './taste.ts';

/**
 * Names that a server gives to its things, in its own form, for the plain names of the server behind it: slugs, tokens
 * and ids of comments. The same thing keeps its name; a name that was never given leads nowhere.
 */
export class Names {
  readonly #taste: Taste;
  readonly #random: Random;
  readonly #outer = new Map<string, string>();
  readonly #inner = new Map<string, string>();
  readonly #tokens = new Map<string, string>();

  constructor(taste: Taste, random: Random) {
    this.#taste = taste;
    this.#random = random;
  }

  slug(inner: string): string {
    return this.#name(`slug ${inner}`, inner, () => this.#inventSlug(inner));
  }

  /** The plain slug; the text itself when it is no slug of this server. */
  innerSlug(outer: string): string {
    return this.#inner.get(`slug ${outer}`) ?? `no-such-${outer}`;
  }

  id(inner: number): number {
    return Number(this.#name(`id ${inner}`, String(inner), () => String(this.#inventId(inner))));
  }

  innerId(outer: string): string {
    return this.#inner.get(`id ${outer}`) ?? '999999999';
  }

  /** A token for the one of the server behind; a new one where the taste is so. */
  token(inner: string): string {
    if (!this.#taste.freshTokens) {
      const known = [...this.#tokens].find(([, one]) => one === inner)?.[0];
      if (known !== undefined) return known;
    }
    const outer = this.#inventToken();
    this.#tokens.set(outer, inner);
    return outer;
  }

  /** Undefined when this server has not given this token, or has ended it. */
  innerToken(outer: string): string | undefined {
    return this.#tokens.get(outer);
  }

  endTokens(inner: string): void {
    for (const [outer, one] of this.#tokens) if (one === inner) this.#tokens.delete(outer);
  }

  #name(key: string, inner: string, invent: () => string): string {
    const known = this.#outer.get(key);
    if (known !== undefined) return known;
    const outer = invent();
    this.#outer.set(key, outer);
    this.#inner.set(`${key.split(' ')[0]} ${outer}`, inner);
    return outer;
  }

  #inventSlug(inner: string): string {
    switch (this.#taste.slugs) {
      case 'plain':
        return inner;
      case 'suffix':
        return `${inner.slice(0, 60)}_${this.#random.text(10)}`;
      case 'prefix':
        return `Ä${this.#random.text(8)}~${inner}`;
      case 'spaced':
        return `${inner.replaceAll('-', ' ')} #${this.#random.text(8)}?`;
    }
  }

  #inventId(inner: number): number {
    switch (this.#taste.ids) {
      case 'next':
        return inner;
      case 'high':
        return 2 ** 45 + inner;
      case 'negative':
        return -inner;
      case 'scattered':
        return ((inner * 7_919) % 10_007) * 1_000 + (inner % 1_000);
    }
  }

  #inventToken(): string {
    if (this.#taste.tokens === 'opaque') return this.#random.text(40, '0123456789abcdef');
    const part = (length: number) =>
      this.#random.text(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl0123456789-_');
    return `${part(36)}.${part(74)}.${part(43)}`;
  }
}
