import type { RawHeaders, RawRequest, RawResponse } from '../../src/engines/engine.ts';
import {
  basePath,
  compareWithSchema,
  endpointPointer,
  endpoints,
  lookUp,
  type Endpoint,
} from '../contract/index.ts';
import { escapePointer, isObject, resolvePointer, type Json } from '../json.ts';
import type { Random } from './random.ts';
import { inventValue } from './values.ts';

/** What the contract says of a request before anything is known about users and articles. */
export type Judgement =
  | { verdict: 'allowed' }
  /** No operation has this method and path. */
  | { verdict: 'no-operation' }
  /** The operation requires a token, and there is none. */
  | { verdict: 'unauthorized' }
  /** The body does not fit the schema, at this place. */
  | { verdict: 'invalid'; departure: string };

const routes = endpoints.map((endpoint) => {
  const [method = '', path = ''] = endpoint.split(' ');
  return { endpoint, method, parts: path.split('/') };
});

/** The operation for a method and a target below the base path; the more literal path wins, as OpenAPI has it. */
export function findOperation(method: string, target: string): Endpoint | undefined {
  const [path = ''] = target.slice(basePath.length).split('?');
  const parts = path.split('/');
  const fits = routes.filter(
    (route) =>
      route.method === method &&
      route.parts.length === parts.length &&
      route.parts.every((part, i) => (part.startsWith('{') ? parts[i] !== '' : part === parts[i])),
  );
  const literal = (one: (typeof routes)[number]) => one.parts.filter((part) => !part.startsWith('{')).length;
  return fits.sort((a, b) => literal(b) - literal(a))[0]?.endpoint;
}

/** Judges a request by paths, `security`, parameters and request schemas alone. */
export function judgeRequest(request: RawRequest): Judgement {
  const endpoint = findOperation(request.method, request.target);
  if (endpoint === undefined) return { verdict: 'no-operation' };
  const operation = endpointPointer(endpoint);
  const required = JSON.stringify(lookUp(`${operation}/security`)) === '[{"token":[]}]';
  if (required && !/^Token [!-~]+$/.test(authorization(request.headers))) return { verdict: 'unauthorized' };
  const schema = resolvePointer(lookUp(`${operation}/requestBody`) ?? null, `/content/${json}/schema/$ref`);
  if (typeof schema !== 'string') return { verdict: 'allowed' };
  const [departure] = compareWithSchema(readJson(request.body), schema.slice(1));
  return departure === undefined ? { verdict: 'allowed' } : { verdict: 'invalid', departure: departure.path };
}

/**
 * An answer of this operation, made from nothing but the contract: its media type, and a body that its schema allows, now
 * and then one of its examples.
 * @throws when the operation has no answer of this status
 */
export function inventAnswer(endpoint: Endpoint, status: number, random: Random): RawResponse {
  const response = lookUp(endpointPointer(endpoint, status));
  if (response === undefined) throw new Error(`${endpoint} has no answer of ${status} in the contract`);
  const media = resolvePointer(response, `/content/${json}`);
  if (!isObject(media)) return { status, statusText: '', headers: [], body: new Uint8Array() };
  const [first, ...others] = examplesOf(media);
  const value =
    first !== undefined && random.chance(0.1)
      ? random.pick([first, ...others])
      : inventValue(media['schema'], random);
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { status, statusText: '', headers: [['content-type', 'application/json']], body };
}

const json = escapePointer('application/json');

function examplesOf(media: { [key: string]: Json }): Json[] {
  const named = isObject(media['examples']) ? Object.values(media['examples']) : [];
  const values = [media['example'], ...named.map((one) => resolvePointer(one, '/value'))];
  return values.filter((value) => value !== undefined);
}

function authorization(headers: RawHeaders): string {
  return headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
}

/** The body as JSON; null, which fits no schema of a request, when it is none. */
function readJson(body: Uint8Array | undefined): Json {
  try {
    const value: Json = JSON.parse(new TextDecoder().decode(body));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
