import { escapePointer, isObject, resolvePointer, showJson, type Json } from '../json.ts';
import { contract } from './document.ts';

/** Where a value departs from a schema; `path` is a JSON pointer into the value, empty for the whole. */
export interface Departure {
  path: string;
  expected: string;
  got: string;
}

/** Adds to `departures` where a value at `path` is otherwise than it should be. */
type Check = (value: Json, path: string, departures: Departure[]) => void;

type Schema = { [key: string]: Json };

const maxDepartures = 5;

const compiled = new Map<string, Check>();

/**
 * Compares a value with a schema of the contract. A schema is read once, however often it is asked for.
 * @returns the first few departures, none when it fits.
 * @throws when there is no schema, or when it says something that is not understood here.
 */
export function compareWithSchema(value: Json, pointer: string): Departure[] {
  const departures: Departure[] = [];
  compileAt(pointer)(value, '', departures);
  return departures;
}

function compileAt(pointer: string): Check {
  const known = compiled.get(pointer);
  if (known !== undefined) return known;
  const schema = resolvePointer(contract, pointer);
  if (schema === undefined) throw new Error(`the contract has no schema at ${pointer}`);
  const check = compile(schema, pointer);
  compiled.set(pointer, check);
  return check;
}

const annotations = new Set(['description', 'default', 'example', 'type', 'nullable', 'items', 'properties']);

function compile(schema: Json, pointer: string): Check {
  if (!isObject(schema)) throw new Error(`no schema at ${pointer}`);
  if (typeof schema['$ref'] === 'string') return compileAt(schema['$ref'].slice(1));
  const checks = Object.entries(schema).flatMap(([keyword, operand]): Check[] => {
    if (annotations.has(keyword)) return [];
    const build = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
    if (build === undefined) throw new Error(`${pointer} has the keyword ${keyword}, which is not compared`);
    return [build(operand, pointer)];
  });
  checks.push(...compileChildren(schema, pointer));
  const type = String(schema['type']);
  const hasType = types[type];
  if (hasType === undefined) throw new Error(`${pointer} has no type, or one that is not compared: ${type}`);
  const nullable = schema['nullable'] === true;
  const expected = nullable ? `${type} or null` : type;
  return (value, path, departures) => {
    if (departures.length >= maxDepartures || (nullable && value === null)) return;
    if (!hasType(value)) departures.push({ path, expected, got: showJson(value, 60) });
    else for (const check of checks) check(value, path, departures);
  };
}

const types: Readonly<Record<string, (value: Json) => boolean>> = {
  object: (value) => isObject(value),
  array: (value) => Array.isArray(value),
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
};

function compileChildren(schema: Schema, pointer: string): Check[] {
  const checks: Check[] = [];
  if (schema['items'] !== undefined) {
    const item = compile(schema['items'], `${pointer}/items`);
    checks.push((value, path, departures) => {
      if (!Array.isArray(value)) return;
      for (const [i, one] of value.entries()) {
        if (departures.length >= maxDepartures) return;
        item(one, `${path}/${i}`, departures);
      }
    });
  }
  if (isObject(schema['properties'])) {
    for (const [name, property] of Object.entries(schema['properties'])) {
      const place = escapePointer(name);
      const check = compile(property, `${pointer}/properties/${place}`);
      checks.push((value, path, departures) => {
        const own = ownProperty(value, name);
        if (own !== undefined) check(own, `${path}/${place}`, departures);
      });
    }
  }
  return checks;
}

/** Of each keyword, what it asks for (OpenAPI 3.0.3, section 4.7.24). */
const keywords: Readonly<Record<string, (operand: Json, pointer: string) => Check>> = {
  required: (operand) => (value, path, departures) => {
    for (const name of Array.isArray(operand) ? operand.map(String) : []) {
      if (ownProperty(value, name) === undefined) {
        departures.push({ path: `${path}/${escapePointer(name)}`, expected: 'a value', got: 'nothing' });
      }
    }
  },
  additionalProperties(operand, pointer) {
    const check = compile(operand, `${pointer}/additionalProperties`);
    if (resolvePointer(contract, `${pointer}/properties`) !== undefined) {
      throw new Error(`${pointer} has properties beside additionalProperties, which is not compared`);
    }
    return (value, path, departures) => {
      for (const [name, one] of isObject(value) ? Object.entries(value) : []) {
        check(one, `${path}/${escapePointer(name)}`, departures);
      }
    };
  },
  minProperties: (operand) => (value, path, departures) => {
    if (isObject(value) && Object.keys(value).length < Number(operand)) {
      departures.push({
        path,
        expected: `an object with at least ${String(operand)} property`,
        got: showJson(value, 60),
      });
    }
  },
  minimum: (operand) => (value, path, departures) => {
    if (typeof value === 'number' && value < Number(operand)) {
      departures.push({ path, expected: `at least ${String(operand)}`, got: String(value) });
    }
  },
  minLength: (operand) => (value, path, departures) => {
    if (typeof value === 'string' && value.length < Number(operand)) {
      departures.push({ path, expected: 'a text that is not empty', got: showJson(value) });
    }
  },
  pattern(operand) {
    const pattern = new RegExp(String(operand), 'u');
    return (value, path, departures) => {
      if (typeof value === 'string' && !pattern.test(value)) {
        departures.push({ path, expected: `a text like ${String(pattern)}`, got: showJson(value, 60) });
      }
    };
  },
  format(operand, pointer) {
    if (operand !== 'date-time') throw new Error(`${pointer} has a format that is not compared`);
    return (value, path, departures) => {
      if (typeof value === 'string' && !isDateTime(value)) {
        departures.push({
          path,
          expected: 'a time as in 2026-01-31T09:30:00.000Z',
          got: showJson(value, 60),
        });
      }
    };
  },
};

const dateTime =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** RFC 3339, section 5.6. */
function isDateTime(text: string): boolean {
  const [, year = '', month = '', day = ''] = dateTime.exec(text) ?? [];
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return month !== '' && Number(day) >= 1 && Number(day) <= lastDay;
}

function ownProperty(value: Json, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
