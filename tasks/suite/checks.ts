import { compareWithSchema, endpointPointer, schemaPointer, type Endpoint } from '../contract/index.ts';
import { isObject, showJson, type Json } from '../json.ts';
import { Failure, type Kept, type Reply } from './reply.ts';
import type { Ask, Check, Person, Step } from './types.ts';

/** A step whose first check is always its status. */
export function step(
  id: string,
  endpoint: Endpoint,
  status: number,
  ask: () => Ask,
  checks: readonly Check[] = [],
  keep?: (reply: Reply) => void,
): Step {
  const all = [statusCheck(endpoint, status), ...checks];
  return { id, endpoint, status, ask, checks: all, ...(keep && { keep }) };
}

/** A step that only prepares what others need: asserts nothing, and is missed by name when it fails. */
export function prepare(
  id: string,
  endpoint: Endpoint,
  status: number,
  ask: () => Ask,
  keep?: (reply: Reply) => void,
): Step {
  return { id, endpoint, status, ask, checks: [], ...(keep && { keep }) };
}

/** Registers a person and keeps the token. */
export function prepareUser(id: string, person: Person, token: Kept<string>): Step {
  return prepare(
    id,
    'POST /users',
    201,
    () => ({ path: '/users', body: { user: { ...person } } }),
    (reply) => token.set(reply.text('/user/token')),
  );
}

function statusCheck(endpoint: Endpoint, status: number): Check {
  return {
    id: 'status',
    sentence: `The status is ${status}.`,
    pointer: endpointPointer(endpoint, status),
    test(reply) {
      if (reply.status !== status) {
        throw new Failure(`the status is not ${status}`, String(status), String(reply.status));
      }
    },
  };
}

/** The body fits a schema of the contract. */
export function fits(schema: string): Check {
  return {
    id: 'schema',
    sentence: `The body fits the schema ${schema}.`,
    pointer: schemaPointer(schema),
    test(reply) {
      const [departure] = compareWithSchema(reply.json(), schemaPointer(schema));
      if (departure === undefined) return;
      const where = departure.path === '' ? 'the body' : departure.path;
      throw new Failure(`${where} does not fit ${schema}`, departure.expected, departure.got);
    },
  };
}

/** The value under a JSON pointer into the body is this one. */
export function equals(
  id: string,
  sentence: string,
  pointer: string,
  path: string,
  wanted: Json | (() => Json),
): Check {
  return {
    id,
    sentence,
    pointer,
    test(reply) {
      const expected = typeof wanted === 'function' ? wanted() : wanted;
      const got = reply.at(path);
      if (JSON.stringify(got) !== JSON.stringify(expected)) {
        throw new Failure(`${path} is not what it should be`, showJson(expected), showJson(got));
      }
    },
  };
}

/** A check of its own kind. */
export function check(id: string, sentence: string, pointer: string, test: (reply: Reply) => void): Check {
  return { id, sentence, pointer, test };
}

/** The body is an error body. */
export const errorBody: Check = fits('ErrorResponse');

/** The errors have messages under this name. */
export function errorNames(field: string): Check {
  return {
    id: 'field',
    sentence: `The errors have messages for ${field}.`,
    pointer: '/components/responses/Invalid',
    test(reply) {
      const errors = reply.at('/errors');
      const messages = isObject(errors) && Object.hasOwn(errors, field) ? errors[field] : undefined;
      if (!Array.isArray(messages) || messages.length === 0) {
        throw new Failure(`the errors have no messages for ${field}`, `errors.${field}`, showJson(errors));
      }
    },
  };
}

/** Fails a check unless the condition holds. */
export function requireThat(condition: boolean, message: string, expected: string, got: Json): void {
  if (!condition) throw new Failure(message, expected, showJson(got));
}
