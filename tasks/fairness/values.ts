import { dereference } from '../contract/index.ts';
import { isObject, type Json } from '../json.ts';
import type { Random } from './random.ts';

/** Properties that a server may have of its own; no rule speaks of them. */
export const extraNames: readonly [string, ...string[]] = [
  '_id',
  'version',
  'links',
  'readingTime',
  'x-trace',
];

/**
 * A value that fits a schema of the contract and is otherwise as free as the schema leaves it: any text, any number, null
 * where it may be, properties in any order and further ones.
 * @throws when the schema has a pattern for which nothing can be made
 */
export function inventValue(schema: Json | undefined, random: Random): Json {
  const found = dereference(schema);
  if (!isObject(found)) throw new Error(`no schema to invent a value by: ${JSON.stringify(schema)}`);
  if (found['nullable'] === true && random.chance(0.4)) return null;
  switch (found['type']) {
    case 'object':
      return inventObject(found, random);
    case 'array':
      return Array.from({ length: random.integer(0, 4) }, () => inventValue(found['items'], random));
    case 'string':
      return inventString(found, random);
    case 'integer':
      return inventInteger(found, random);
    case 'boolean':
      return random.chance(0.5);
    default:
      throw new Error(`no value can be invented by ${JSON.stringify(schema)}`);
  }
}

function inventObject(schema: { [key: string]: Json }, random: Random): Json {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const entries: [string, Json][] = Object.entries(properties)
    .filter(([name]) => required.includes(name) || random.chance(0.5))
    .map(([name, property]) => [name, inventValue(property, random)]);
  const further = schema['additionalProperties'];
  const least = Number(schema['minProperties'] ?? 0);
  if (further !== undefined) {
    const names = Array.from({ length: least + random.integer(0, 2) }, () => random.text(6));
    entries.push(...names.map((name): [string, Json] => [name, inventValue(further, random)]));
  } else if (random.chance(0.5)) {
    entries.push([random.pick(extraNames), random.pick<Json>([null, 7, 'more', ['a'], { b: false }])]);
  }
  return Object.fromEntries(random.shuffle(entries));
}

/** Of each pattern of the contract, texts that fit it. */
const inventions: Readonly<Record<string, (random: Random) => string>> = {
  '^[!-~]+$': (random) => random.text(random.integer(1, 60), 'ABCabc019._~+/=-!{}"'),
  '^[^/]+$': (random) => random.pick(['a', 'Ä b?', '100%', '#', '…', 'a'.repeat(200)]) + random.text(8),
  '\\S': (random) => ` ${random.text(9)}\n`,
};

function inventString(schema: { [key: string]: Json }, random: Random): string {
  if (schema['format'] === 'date-time') return inventTime(random);
  const pattern = schema['pattern'];
  if (typeof pattern === 'string') {
    const invention = Object.hasOwn(inventions, pattern) ? inventions[pattern] : undefined;
    if (invention === undefined) throw new Error(`nothing can be invented for the pattern ${pattern}`);
    return invention(random);
  }
  const any = random.pick([
    '',
    ' ',
    '<b>&amp;',
    'naïve 🐉',
    '\r\n\t',
    '__proto__',
    'null',
    '0',
    'x'.repeat(500),
  ]);
  return typeof schema['minLength'] === 'number' ? `${random.text(schema['minLength'])}${any}` : any;
}

function inventTime(random: Random): string {
  const two = (least: number, most: number) => String(random.integer(least, most)).padStart(2, '0');
  const date = `${random.integer(1970, 2199)}-${two(1, 12)}-${two(1, 28)}`;
  const digits = random.integer(0, 9);
  const fraction = digits === 0 ? '' : `.${random.text(digits, '0123456789')}`;
  const offset = random.pick(['Z', 'z', '+00:00', `+${two(0, 13)}:30`, `-${two(0, 11)}:00`]);
  return `${date}${random.pick(['T', 't'])}${two(0, 23)}:${two(0, 59)}:${two(0, 59)}${fraction}${offset}`;
}

function inventInteger(schema: { [key: string]: Json }, random: Random): number {
  const least = typeof schema['minimum'] === 'number' ? schema['minimum'] : -(2 ** 31);
  return random.pick([least, least + random.integer(0, 9), random.integer(least, 2 ** 31), 2 ** 50]);
}
