import { dereference } from '../contract/index.ts';
import { isObject, type Json } from '../json.ts';
import type { Names } from './names.ts';
import type { Random } from './random.ts';
import type { Taste } from './taste.ts';
import { extraNames } from './values.ts';

/**
 * An answer written anew by its schema: of each object only what the contract names, and everything that it leaves open
 * in the manner of one server.
 */
export class Rebuilder {
  readonly #taste: Taste;
  readonly #random: Random;
  readonly #names: Names;

  constructor(taste: Taste, random: Random, names: Names) {
    this.#taste = taste;
    this.#random = random;
    this.#names = names;
  }

  answer(value: Json, schema: Json): Json {
    return this.#rebuild(value, schema, '');
  }

  /** Errors under the same names, in words of its own. */
  errors(names: readonly string[]): Json {
    const [first = 'request'] = this.#random.shuffle(names);
    const kept = this.#taste.oneErrorOnly ? [first] : this.#random.shuffle(names);
    const further = this.#taste.furtherErrors ? ['request', 'hint'] : [];
    const entries = [...kept, ...further].map((name) => [name, this.#messages()] as const);
    return this.#object({ errors: Object.fromEntries(entries) });
  }

  #messages(): Json {
    const one = () => this.#random.pick(["can't be blank", 'ist ungültig', 'x', 'Value error, <b>wrong</b>']);
    return Array.from({ length: this.#random.integer(1, 3) }, one);
  }

  #rebuild(value: Json, schema: Json | undefined, name: string): Json {
    const found = dereference(schema);
    if (!isObject(found)) return value;
    if (Array.isArray(value)) return this.#list(value, found, name);
    if (isObject(value)) {
      const marks = this.#taste.marksAreChanges ? Math.min(Number(value['favoritesCount'] ?? 0), 5) : 0;
      const properties = isObject(found['properties']) ? found['properties'] : {};
      return this.#object(
        Object.fromEntries(
          Object.entries(value)
            .filter(([key]) => Object.hasOwn(properties, key))
            .map(([key, one]) => [
              key,
              key === 'updatedAt' ? this.#time(String(one), marks) : this.#rebuild(one, properties[key], key),
            ]),
        ),
      );
    }
    if (typeof value === 'number') return name === 'id' ? this.#names.id(value) : value;
    if (typeof value !== 'string') return value;
    if (found['format'] === 'date-time') return this.#time(value);
    if (name === 'slug') return this.#names.slug(value);
    return name === 'token' ? this.#names.token(value) : value;
  }

  #list(value: readonly Json[], schema: { [key: string]: Json }, name: string): Json {
    const items = value.map((item) => this.#rebuild(item, schema['items'], ''));
    if (name === 'tags') return this.#random.shuffle(items);
    return name === 'tagList' && this.#taste.distinctTags ? [...new Set(items)] : items;
  }

  #object(fields: { [key: string]: Json }): Json {
    const entries = Object.entries(fields);
    if (this.#taste.extras) {
      entries.push([
        this.#random.pick(extraNames),
        this.#random.pick<Json>([null, 7, 'more', ['a'], { b: 1 }]),
      ]);
    }
    return Object.fromEntries(this.#taste.shuffledProperties ? this.#random.shuffle(entries) : entries);
  }

  /** The same instant, or some milliseconds later, written otherwise; further digits depend on the instant alone. */
  #time(value: string, laterMs = 0): string {
    const { offsetMinutes, fractionDigits, utc } = this.#taste;
    const ms = Date.parse(value) + laterMs;
    const local = new Date(ms + offsetMinutes * 60_000).toISOString().slice(0, -1);
    const digits = String((ms * 7) % 1_000_000)
      .padStart(6, '0')
      .slice(0, fractionDigits - 3);
    if (offsetMinutes === 0) return `${local}${digits}${utc}`;
    const two = (n: number) => String(n).padStart(2, '0');
    const minutes = Math.abs(offsetMinutes);
    const sign = offsetMinutes < 0 ? '-' : '+';
    return `${local}${digits}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  }
}
