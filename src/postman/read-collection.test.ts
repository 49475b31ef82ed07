import { describe, expect, it } from 'vitest';
import { limits } from '../domain/limits.ts';
import { readCollection, readEnvironment } from './read-collection.ts';
import { loadSource } from './testing/sources.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const item = [{ name: 'a', request: { method: 'GET', url: 'http://localhost' } }];
const text = (value: unknown) => JSON.stringify(value);
const problemsOf = (value: unknown) => readCollection(text(value)).problems.join(' ');

describe('readCollection', () => {
  it('names a collection and counts its requests, those of all folders', () => {
    expect(readCollection(loadSource('scopes').collection)).toEqual({
      name: 'Variables of every scope',
      requests: 4,
      problems: [],
    });
    const wrapped = { collection: { info: { name: 'w', schema }, item } };
    expect(readCollection(`\uFEFF${text(wrapped)}`)).toEqual({ name: 'w', requests: 1, problems: [] });
    expect(problemsOf({ info: { name: 'no schema' }, item })).toBe('');
  });

  it.each([
    ['not JSON', '{"info":', /is no JSON \(/],
    ['no object', '[]', /but no object/],
    ['something else', text({ openapi: '3.0.0' }), /no Postman collection/],
    ['nothing in it', text({ info: { name: 'x', schema }, item: [] }), /has no requests/],
    ['an empty folder', text({ info: { schema }, item: [{ name: 'f', item: [] }] }), /has no requests/],
    ['version 1', text({ id: '1', name: 'old', order: [], requests: [] }), /version 1; open it in Postman/],
    ['version 2.0', text({ info: { schema: schema.replace('v2.1', 'v2.0') }, item }), /v2\.0\.0.*v2\.1/],
    ['a foreign schema', text({ info: { schema: 'x' }, item }), /version x/],
  ])('refuses %s, and says what to do', (_what, file, problem) => {
    const { problems, requests } = readCollection(file);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
    expect(requests).toBe(0);
  });

  it('refuses what is too large, too deep or too many', () => {
    expect(readCollection(' '.repeat(limits.collectionBytes + 1)).problems[0]).toMatch(/larger than 8 MB/);
    let deep: unknown = item;
    for (let depth = 0; depth < limits.collectionDepth; depth++) deep = [{ item: deep }];
    expect(problemsOf({ info: { schema }, item: deep })).toMatch(/more than 64 deep/);
    const many = Array.from({ length: limits.collectionRequests + 1 }, () => item[0]);
    expect(problemsOf({ info: { schema }, item: many })).toMatch(/more than 5000 requests/);
    expect(readCollection('['.repeat(100_000)).problems).toHaveLength(1);
  });

  it('looks at nothing that an object inherits', () => {
    const hostile = `{"__proto__": {"info": {"name": "x"}, "item": [{"request": {}}]}}`;
    expect(readCollection(hostile).problems[0]).toMatch(/no Postman collection/);
  });
});

describe('readEnvironment', () => {
  it('takes an environment and says what is wrong with anything else', () => {
    expect(readEnvironment(text({ name: 'e', values: [] }))).toBeUndefined();
    expect(readEnvironment(text({ environment: { values: [] } }))).toBeUndefined();
    expect(readEnvironment('x')).toMatch(/no JSON/);
    expect(readEnvironment('{}')).toMatch(/no Postman environment/);
  });
});
