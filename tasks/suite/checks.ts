import {
  compareWithSchema,
  endpointPointer,
  rulePointer,
  schemaPointer,
  type Endpoint,
} from '../contract/index.ts';
import { isObject, showJson, type Json } from '../json.ts';
import { Failure, type Reply } from './reply.ts';
import type { Check, Step } from './types.ts';

/** A check of its own kind. */
export function check(id: string, sentence: string, pointer: string, test: (reply: Reply) => void): Check {
  return { id, sentence, pointer, test };
}

/** Fails a check unless the condition holds. */
export function requireThat(condition: boolean, message: string, expected: string, got: Json): void {
  if (!condition) throw new Failure(message, expected, showJson(got));
}

export function statusCheck(endpoint: Endpoint, status: number): Check {
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

/** The same step, whose status says something that a rule of the contract says. */
export function because(rule: string, sentence: string, step: Step): Step {
  const pointer = rulePointer(rule);
  const checks = step.checks.map((one) => (one.id === 'status' ? { ...one, sentence, pointer } : one));
  return { ...step, checks };
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

/** The body is an error body. */
export const errorBody: Check = fits('ErrorResponse');

/** The answer says that it is JSON. */
export const media: Check = {
  id: 'media',
  sentence: 'The media type is application/json.',
  pointer: rulePointer('json'),
  test(reply) {
    const got = reply.header('content-type') ?? null;
    const [type = ''] = (got ?? '').split(';');
    const right = type.trim().toLowerCase() === 'application/json';
    requireThat(right, 'the media type is not application/json', 'application/json', got);
  },
};

/** The answer has no body. */
export const empty: Check = {
  id: 'empty',
  sentence: 'The answer has no body.',
  pointer: rulePointer('json'),
  test(reply) {
    requireThat(reply.length === 0, 'the answer has a body', '0 bytes', reply.length);
  },
};

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

/** The same for what a rule of the contract says: `says('count', '…', 'articles-count', '/articlesCount', 3)`. */
export function says(
  id: string,
  sentence: string,
  rule: string,
  path: string,
  wanted: Json | (() => Json),
): Check {
  return equals(id, sentence, rulePointer(rule), path, wanted);
}

/** The errors have messages under this name. */
export function errorNames(field: string, rule: string): Check {
  return {
    id: 'field',
    sentence: `The errors have messages for ${field}.`,
    pointer: rulePointer(rule),
    test(reply) {
      const errors = reply.at('/errors');
      const messages = isObject(errors) && Object.hasOwn(errors, field) ? errors[field] : undefined;
      if (!Array.isArray(messages) || messages.length === 0) {
        throw new Failure(`the errors have no messages for ${field}`, `errors.${field}`, showJson(errors));
      }
    },
  };
}

/** No property of the answer holds a password, or is named after one. */
export function noSecrets(password: string): Check {
  return {
    id: 'secrets',
    sentence: 'The answer has no password, and nothing made from one.',
    pointer: rulePointer('secrets'),
    test(reply) {
      const leak = namedLike(reply.json(), /password|hash/i);
      requireThat(leak === undefined, 'the answer has a secret', 'no such property', leak ?? null);
      const text = showJson(reply.json(), Number.POSITIVE_INFINITY);
      requireThat(!text.includes(password), 'the answer has the password', 'no password', password);
    },
  };
}

/** What everybody sees of a person has neither an address nor a token. */
export function isPublic(path: string): Check {
  return {
    id: 'public',
    sentence: 'What others see of a user has neither an address nor a token.',
    pointer: rulePointer('people-private'),
    test(reply) {
      const got = reply.at(path);
      const leak = isObject(got) ? ['email', 'token'].find((name) => Object.hasOwn(got, name)) : undefined;
      requireThat(
        leak === undefined,
        `${path} has more than others may see`,
        'no email, no token',
        leak ?? null,
      );
    },
  };
}

/** Name of the first property that is called like this, at any depth. */
function namedLike(value: Json, pattern: RegExp): string | undefined {
  const open: Json[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const found = Array.isArray(next) ? undefined : Object.keys(next).find((name) => pattern.test(name));
    if (found !== undefined) return found;
    open.push(...Object.values(next));
  }
  return undefined;
}
