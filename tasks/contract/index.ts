import { escapePointer, isObject, resolvePointer, showJson, type Json } from '../json.ts';
import document from './openapi.json';

/** The contract of every task: OpenAPI 3.0, paths below `basePath`. */
export const contract: Json = document;

export const basePath = '/api';

/** An operation of the contract, e.g. `POST /articles/{slug}/comments`. */
export type Endpoint = `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`;

/** All operations in the order of the contract. */
export const endpoints: readonly Endpoint[] = listEndpoints();

/** Pointer to an operation, or to one of its answers. */
export function endpointPointer(endpoint: Endpoint, status?: number): string {
  const [method = '', path = ''] = endpoint.split(' ');
  const operation = `/paths/${escapePointer(path)}/${method.toLowerCase()}`;
  return status === undefined ? operation : `${operation}/responses/${status}`;
}

export function schemaPointer(name: string): string {
  return `/components/schemas/${escapePointer(name)}`;
}

/** Where a value departs from a schema; `path` is a JSON pointer into the value, empty for the whole. */
export interface Departure {
  path: string;
  expected: string;
  got: string;
}

const maxDepartures = 5;

/**
 * Compares a value with a schema of the contract (the keywords that the contract uses: type, nullable, required,
 * properties, additionalProperties, items, minLength, minProperties, minimum, format date-time, $ref).
 * @returns the first few departures, none when it fits.
 */
export function compareWithSchema(value: Json, pointer: string): Departure[] {
  const departures: Departure[] = [];
  compare(value, resolvePointer(contract, pointer), '', departures);
  return departures;
}

const typeTests: Record<string, (value: Json) => boolean> = {
  object: (value) => isObject(value),
  array: (value) => Array.isArray(value),
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
};

function compare(value: Json, schema: Json | undefined, path: string, departures: Departure[]): void {
  if (departures.length >= maxDepartures || !isObject(schema)) return;
  if (typeof schema['$ref'] === 'string') {
    compare(value, resolvePointer(contract, schema['$ref'].slice(1)), path, departures);
    return;
  }
  if (value === null && schema['nullable'] === true) return;
  const type = schema['type'];
  if (typeof type === 'string' && typeTests[type]?.(value) === false) {
    const expected = schema['nullable'] === true ? `${type} or null` : type;
    departures.push({ path, expected, got: showJson(value, 60) });
    return;
  }
  if (isObject(value)) compareObject(value, schema, path, departures);
  if (Array.isArray(value))
    value.forEach((item, i) => compare(item, schema['items'], `${path}/${i}`, departures));
  if (typeof value === 'string') compareString(value, schema, path, departures);
  if (typeof value === 'number' && typeof schema['minimum'] === 'number' && value < schema['minimum']) {
    departures.push({ path, expected: `at least ${schema['minimum']}`, got: String(value) });
  }
}

function compareObject(
  value: { [key: string]: Json },
  schema: { [key: string]: Json },
  path: string,
  departures: Departure[],
): void {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  for (const name of required) {
    if (typeof name === 'string' && !Object.hasOwn(value, name)) {
      departures.push({ path: `${path}/${escapePointer(name)}`, expected: 'a value', got: 'nothing' });
    }
  }
  for (const [name, item] of Object.entries(value)) {
    const itemSchema = Object.hasOwn(properties, name) ? properties[name] : schema['additionalProperties'];
    compare(item, itemSchema, `${path}/${escapePointer(name)}`, departures);
  }
  const least = schema['minProperties'];
  if (typeof least === 'number' && Object.keys(value).length < least) {
    departures.push({ path, expected: `at least ${least} properties`, got: showJson(value, 60) });
  }
}

/** RFC 3339, section 5.6. */
const dateTime =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

function compareString(
  value: string,
  schema: { [key: string]: Json },
  path: string,
  departures: Departure[],
): void {
  if (typeof schema['minLength'] === 'number' && value.length < schema['minLength']) {
    departures.push({ path, expected: 'a text that is not empty', got: showJson(value) });
  }
  if (schema['format'] === 'date-time' && !dateTime.test(value)) {
    departures.push({ path, expected: 'a time as in 2026-01-31T09:30:00.000Z', got: showJson(value, 60) });
  }
}

function listEndpoints(): Endpoint[] {
  const paths = resolvePointer(contract, '/paths');
  if (!isObject(paths)) return [];
  return Object.entries(paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'delete'] as const)
      .filter((method) => isObject(item) && Object.hasOwn(item, method))
      .map((method): Endpoint => `${method.toUpperCase() as 'GET'} /${path.slice(1)}`),
  );
}
