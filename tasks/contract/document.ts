import { escapePointer, isObject, resolvePointer, type Json } from '../json.ts';
import document from './openapi.json';

/** The contract of every task: OpenAPI 3.0, paths below `basePath`. */
export const contract: Json = document;

/** Changes with what the contract asks for. */
export const contractVersion = document.info.version;

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

export function rulePointer(id: string): string {
  return `/x-rules/${escapePointer(id)}`;
}

/** Every statement of behaviour, by its id; the value is its sentence. */
export const rules: ReadonlyMap<string, string> = new Map(
  Object.entries(document['x-rules']).map(([id, { text }]) => [id, text]),
);

/** Ids of the rules that hold for every operation. */
export const generalRules: readonly string[] = document.info['x-rules'];

/** Ids of the rules that an operation names; the general ones are not repeated. */
export function rulesOf(endpoint: Endpoint): string[] {
  const named = resolvePointer(contract, `${endpointPointer(endpoint)}/x-rules`);
  return Array.isArray(named) ? named.map(String) : [];
}

/** The value under a pointer into the contract; references on the way, and at its end, are followed. */
export function lookUp(pointer: string): Json | undefined {
  let value: Json | undefined = contract;
  for (const part of pointer.split('/').slice(1)) {
    value = dereference(resolvePointer(dereference(value) ?? null, `/${part}`));
  }
  return dereference(value);
}

/** What a reference leads to; any other value as it is. The contract's references are no circles (tested). */
export function dereference(value: Json | undefined): Json | undefined {
  let found = value;
  while (isObject(found) && typeof found['$ref'] === 'string') {
    found = resolvePointer(contract, found['$ref'].slice(1));
  }
  return found;
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
