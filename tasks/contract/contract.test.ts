import { describe, expect, it } from 'vitest';
import { isObject, resolvePointer, type Json } from '../json.ts';
import { compareWithSchema, contract, endpointPointer, endpoints, schemaPointer } from './index.ts';

/** Every value of a JSON document with its key. */
function* walk(value: Json, key = ''): Generator<[string, Json]> {
  yield [key, value];
  if (Array.isArray(value)) for (const item of value) yield* walk(item);
  else if (isObject(value)) for (const [name, item] of Object.entries(value)) yield* walk(item, name);
}

describe('the contract', () => {
  it('has the 19 endpoints of Conduit below /api', () => {
    expect(endpoints).toHaveLength(19);
    expect(resolvePointer(contract, '/servers')).toEqual([{ url: '/api' }]);
    expect(resolvePointer(contract, '/openapi')).toBe('3.0.3');
  });

  it('has no reference that leads nowhere, and no schema that nobody refers to', () => {
    const references = [...walk(contract)].flatMap(([key, value]) => (key === '$ref' ? [String(value)] : []));
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter((ref) => resolvePointer(contract, ref.slice(1)) === undefined)).toEqual([]);
    const schemas = resolvePointer(contract, '/components/schemas');
    const names = isObject(schemas ?? null) ? Object.keys(schemas ?? {}) : [];
    expect(names.filter((name) => !references.includes(`#/components/schemas/${name}`))).toEqual([]);
  });

  it('requires only what a schema has', () => {
    const lost = [...walk(contract)].flatMap(([, value]) => {
      if (!isObject(value) || value['type'] !== 'object' || !Array.isArray(value['required'])) return [];
      const properties = value['properties'] ?? null;
      return value['required'].filter(
        (name) => !isObject(properties) || properties[String(name)] === undefined,
      );
    });
    expect(lost).toEqual([]);
  });

  it.each(endpoints)('says for %s what is answered and who may ask', (endpoint) => {
    const operation = resolvePointer(contract, endpointPointer(endpoint));
    if (!isObject(operation)) throw new Error(endpoint);
    const statuses = Object.keys(isObject(operation['responses']) ? operation['responses'] : {});
    expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1);
    const needsToken = JSON.stringify(operation['security']) === '[{"token":[]}]';
    expect(statuses.includes('401')).toBe(needsToken || endpoint === 'POST /users/login');
    const parameters = [...endpoint.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const path = resolvePointer(contract, endpointPointer(endpoint).replace(/\/\w+$/, '/parameters'));
    expect(Array.isArray(path) ? path.length : 0).toBe(parameters.length);
  });

  it('does not contradict itself about the body of list items', () => {
    const item = schemaPointer('ArticleListItem');
    expect(resolvePointer(contract, `${item}/properties/body`)).toBeUndefined();
    expect(resolvePointer(contract, `${item}/required`)).not.toContain('body');
    expect(resolvePointer(contract, `${schemaPointer('Article')}/required`)).toContain('body');
  });
});

describe('compareWithSchema', () => {
  const user = { username: 'a', email: 'b', token: 'c', bio: null, image: 'd' };
  const compare = (value: Json, schema = 'UserResponse') => compareWithSchema(value, schemaPointer(schema));

  it('takes what fits, nulls where they may be and properties beyond', () => {
    expect(compare({ user: { ...user, id: 7 } })).toEqual([]);
    expect(compare({ errors: { any: ['text'] } }, 'ErrorResponse')).toEqual([]);
  });

  it.each<[string, Json, string, Record<string, string>]>([
    ['another type', [], 'UserResponse', { path: '', expected: 'object', got: '[]' }],
    ['nothing', {}, 'UserResponse', { path: '/user', expected: 'a value', got: 'nothing' }],
    [
      'null where none may be',
      { user: { ...user, email: null } },
      'UserResponse',
      { path: '/user/email', got: 'null' },
    ],
    [
      'a wrong nullable',
      { user: { ...user, bio: 3 } },
      'UserResponse',
      { expected: 'string or null', got: '3' },
    ],
    ['an empty token', { user: { ...user, token: '' } }, 'UserResponse', { path: '/user/token' }],
    [
      'a wrong item',
      { tags: ['a', 1] },
      'TagListResponse',
      { path: '/tags/1', expected: 'string', got: '1' },
    ],
    [
      'no errors at all',
      { errors: {} },
      'ErrorResponse',
      { path: '/errors', expected: 'at least 1 properties' },
    ],
    [
      'a text for a list',
      { errors: { 'a/b': 'x' } },
      'ErrorResponse',
      { path: '/errors/a~1b', expected: 'array' },
    ],
    [
      'a negative count',
      { articles: [], articlesCount: -1 },
      'ArticleListResponse',
      { expected: 'at least 0' },
    ],
    ['a broken number', { articles: [], articlesCount: 1.5 }, 'ArticleListResponse', { expected: 'integer' }],
  ])('finds %s', (_, value, schema, departure) => {
    expect(compare(value, schema)[0]).toMatchObject(departure);
  });

  it.each([
    ['2026-01-31T09:30:00Z', true],
    ['2026-01-31T09:30:00.123456+02:00', true],
    ['2026-01-31T09:30:00', false],
    ['2026-01-31 09:30:00Z', false],
    ['2026-13-31T09:30:00Z', false],
    ['yesterday', false],
  ])('takes %s for a time: %s', (createdAt, fits) => {
    const author = { username: 'a', bio: null, image: null, following: false };
    const comment = { id: 1, createdAt, updatedAt: '2026-01-31T09:30:00Z', body: '', author };
    expect(compare({ comment }, 'CommentResponse')).toHaveLength(fits ? 0 : 1);
  });

  it('stops after a few departures', () => {
    expect(compare({ tags: Array.from({ length: 100_000 }, () => 1) }, 'TagListResponse')).toHaveLength(5);
  });
});
