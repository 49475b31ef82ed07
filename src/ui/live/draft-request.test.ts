import { describe, expect, it } from 'vitest';
import { endpointRequests } from './contract-requests.ts';
import { fromSent, jsonFault, targetOf, toRaw, type DraftRequest } from './draft-request.ts';

const draft: DraftRequest = {
  method: 'post',
  path: '/api/articles',
  query: [],
  headers: [{ on: true, name: 'Accept', value: 'application/json' }],
  authorization: 'Token abc',
  body: '{}',
};

describe('toRaw', () => {
  it('makes the request that goes over the wire', () => {
    const raw = toRaw({
      ...draft,
      query: [
        { on: true, name: 'tag', value: 'a&b' },
        { on: false, name: 'limit', value: '1' },
      ],
      headers: [
        ...draft.headers,
        { on: false, name: 'X-Off', value: '1' },
        { on: true, name: ' ', value: '' },
      ],
    });
    expect(raw).toEqual({
      method: 'POST',
      target: '/api/articles?tag=a%26b',
      headers: [
        ['Accept', 'application/json'],
        ['Authorization', 'Token abc'],
      ],
      body: new TextEncoder().encode('{}'),
    });
  });

  it.each([
    ['method', { method: 'GET /' }],
    ['path', { path: 'api' }],
    ['authorization', { authorization: 'Token a\r\nX-Evil: 1' }],
    ['header', { headers: [{ on: true, name: 'X', value: 'a\nb' }] }],
    ['header', { headers: [{ on: true, name: 'X Y', value: '' }] }],
  ])('refuses what would be another request: %s', (kind, part) => {
    expect(toRaw({ ...draft, ...part })).toMatchObject({ kind });
  });
});

it('encodes what may not stand in a request line, and nothing else', () => {
  expect(targetOf({ path: '/a b/%20/é#x?q=\u{1f41d}\n', query: [] })).toBe(
    '/a%20b/%20/%C3%A9%23x?q=%F0%9F%90%9D%0A',
  );
  expect(targetOf({ path: '/a?b=1', query: [{ on: true, name: 'c', value: '' }] })).toBe('/a?b=1&c=');
});

describe('fromSent', () => {
  it.each([
    '/api/articles?tag=a%26b&limit=10',
    '/api/articles?tag',
    '/a?b=%',
    '/a?b=a+b',
    '/a?x=%2f',
    '/plain',
    '/a?q=?',
  ])('gives back the same target: %s', (target) => {
    const request = { method: 'GET', target, headers: [] };
    expect(toRaw(fromSent(request))).toMatchObject({ method: 'GET', target });
  });

  it('parts the token from the other header lines, and leaves out what a client makes', () => {
    const headers: [string, string][] = [
      ['Host', 'localhost:3000'],
      ['authorization', 'Token abc'],
      ['X-A', '1'],
    ];
    expect(fromSent({ method: 'GET', target: '/', headers, body: 'x' })).toMatchObject({
      authorization: 'Token abc',
      headers: [{ on: true, name: 'X-A', value: '1' }],
      body: 'x',
    });
  });
});

it('says what is wrong with JSON, and nothing of an empty body', () => {
  expect(['', ' ', '{"a":1}', '[1'].map((text) => jsonFault(text) === undefined)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

describe('endpointRequests', () => {
  it('has every operation of the contract with its example, its parameters and what it asks of a caller', () => {
    expect(endpointRequests).toHaveLength(19);
    const by = (endpoint: string) => endpointRequests.find((one) => one.endpoint === endpoint);
    expect(by('POST /users/login')).toMatchObject({ token: 'none', path: '/api/users/login', examples: {} });
    expect(by('POST /users/login')?.body).toContain('"password"');
    expect(by('GET /articles/{slug}')).toMatchObject({ token: 'optional', body: '' });
    expect(by('GET /articles/{slug}')?.examples).toEqual({ slug: 'bees-on-a-roof' });
    expect(by('DELETE /articles/{slug}/comments/{id}')).toMatchObject({
      token: 'required',
      examples: { slug: 'bees-on-a-roof', id: '7' },
    });
    expect(by('GET /articles')?.query.map(({ name }) => name)).toEqual([
      'tag',
      'author',
      'favorited',
      'limit',
      'offset',
    ]);
    for (const { body } of endpointRequests) expect(jsonFault(body)).toBeUndefined();
  });
});
