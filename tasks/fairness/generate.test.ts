import { describe, expect, it } from 'vitest';
import type { RawRequest } from '../../src/engines/engine.ts';
import { compareWithSchema, endpointPointer, endpoints, lookUp, schemaPointer } from '../contract/index.ts';
import { isObject, resolvePointer, type Json } from '../json.ts';
import { findOperation, inventAnswer, judgeRequest } from './generate.ts';
import { Random } from './random.ts';
import { inventValue } from './values.ts';

const request = (method: string, target: string, token?: string, body?: Json): RawRequest => ({
  method,
  target: `/api${target}`,
  headers: token === undefined ? [] : [['authorization', token]],
  ...(body !== undefined && { body: new TextEncoder().encode(JSON.stringify(body)) }),
});

describe('findOperation', () => {
  it.each([
    ['GET', '/api/articles/feed?limit=1', 'GET /articles/feed'],
    ['GET', '/api/articles/food', 'GET /articles/{slug}'],
    ['PUT', '/api/articles/feed', 'PUT /articles/{slug}'],
    ['DELETE', '/api/articles/a%2Fb/comments/7', 'DELETE /articles/{slug}/comments/{id}'],
    ['GET', '/api/articles/', undefined],
    ['PATCH', '/api/user', undefined],
    ['GET', '/api/health-check', undefined],
  ])('%s %s is %s', (method, target, endpoint) => {
    expect(findOperation(method, target)).toBe(endpoint);
  });
});

describe('judgeRequest', () => {
  const user = { username: 'a', email: 'b', password: 'c' };

  it.each<[string, RawRequest, object]>([
    ['no token', request('GET', '/user'), { verdict: 'unauthorized' }],
    ['another scheme', request('GET', '/user', 'Bearer x'), { verdict: 'unauthorized' }],
    ['a token', request('GET', '/user', 'Token x'), { verdict: 'allowed' }],
    ['no token where none is needed', request('GET', '/articles'), { verdict: 'allowed' }],
    ['a whole body', request('POST', '/users', undefined, { user }), { verdict: 'allowed' }],
    [
      'a blank field',
      request('POST', '/users', undefined, { user: { ...user, email: ' ' } }),
      { verdict: 'invalid', departure: '/user/email' },
    ],
    ['no body', request('POST', '/users'), { verdict: 'invalid', departure: '' }],
    ['no operation', request('PATCH', '/users'), { verdict: 'no-operation' }],
  ])('%s', (_, asked, judgement) => {
    expect(judgeRequest(asked)).toEqual(judgement);
  });
});

describe('invented answers', () => {
  it('fit the schema of every answer, and come again with the seed', () => {
    for (const endpoint of endpoints) {
      for (const status of Object.keys(lookUp(`${endpointPointer(endpoint)}/responses`) ?? {})) {
        const schema = resolvePointer(
          lookUp(endpointPointer(endpoint, Number(status))) ?? null,
          '/content/application~1json/schema/$ref',
        );
        for (let seed = 0; seed < 40; seed++) {
          const answer = inventAnswer(endpoint, Number(status), new Random(seed));
          const text = new TextDecoder().decode(answer.body);
          expect(inventAnswer(endpoint, Number(status), new Random(seed)).body).toEqual(answer.body);
          expect(answer.status).toBe(Number(status));
          if (schema === undefined) expect(text).toBe('');
          else expect(compareWithSchema(JSON.parse(text), String(schema).slice(1))).toEqual([]);
        }
      }
    }
  });

  it('are now and then an example of the contract', () => {
    const bodies = Array.from({ length: 80 }, (_, seed) =>
      new TextDecoder().decode(inventAnswer('GET /articles/{slug}', 404, new Random(seed)).body),
    );
    const examples = bodies.filter((body) => body.includes('was not found'));
    expect(new Set(examples).size).toBe(3);
    expect(examples.length).toBeLessThan(40);
  });

  it('use what the schema leaves open', () => {
    const values = Array.from({ length: 60 }, (_, seed) =>
      inventValue(lookUp(schemaPointer('Article')), new Random(seed)),
    );
    const seen = (pointer: string) =>
      new Set(values.map((value) => JSON.stringify(resolvePointer(value, pointer))));
    expect(seen('/author/bio').size).toBeGreaterThan(3);
    expect(seen('/author/bio').has('null')).toBe(true);
    expect(seen('/body').has('""')).toBe(true);
    expect(seen('/tagList').has('[]')).toBe(true);
    expect(seen('/favoritesCount').size).toBeGreaterThan(5);
    const orders = new Set(values.map((value) => (isObject(value) ? Object.keys(value)[0] : '')));
    expect(orders.size).toBeGreaterThan(3);
    expect(values.some((value) => isObject(value) && Object.keys(value).length > 10)).toBe(true);
  });

  it('are refused for an answer that the contract does not have', () => {
    expect(() => inventAnswer('GET /tags', 404, new Random(1))).toThrow('GET /tags has no answer of 404');
    expect(() => inventValue({ type: 'string', pattern: '^x$' }, new Random(1))).toThrow('the pattern ^x$');
  });
});
