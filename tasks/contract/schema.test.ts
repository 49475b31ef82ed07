import { describe, expect, it } from 'vitest';
import { resolvePointer, type Json } from '../json.ts';
import { compareWithSchema, contract, schemaPointer } from './index.ts';

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
      { path: '/errors', expected: 'an object with at least 1 property' },
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
    ['2024-02-29T23:59:60z', true],
    ['2026-02-29T09:30:00Z', false],
    ['2026-01-00T09:30:00Z', false],
    ['2026-01-31T09:30:00+24:00', false],
    ['yesterday', false],
  ])('takes %s for a time: %s', (createdAt, fits) => {
    const author = { username: 'a', bio: null, image: null, following: false };
    const comment = { id: 1, createdAt, updatedAt: '2026-01-31T09:30:00Z', body: '', author };
    expect(compare({ comment }, 'CommentResponse')).toHaveLength(fits ? 0 : 1);
  });

  it('stops after a few departures', () => {
    expect(compare({ tags: Array.from({ length: 100_000 }, () => 1) }, 'TagListResponse')).toHaveLength(5);
  });

  it('understands every schema of the contract', () => {
    const names = Object.keys(resolvePointer(contract, '/components/schemas') ?? {});
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) {
      expect(() => compareWithSchema(null, schemaPointer(name))).not.toThrow();
    }
  });

  it('does not take silently what it does not know', () => {
    expect(() => compareWithSchema(null, schemaPointer('Nothing'))).toThrow(
      'the contract has no schema at /components/schemas/Nothing',
    );
    expect(() => compareWithSchema(null, '/components/schemas')).toThrow('which is not compared');
    expect(() => compareWithSchema(null, '/components/schemas/User/description')).toThrow('no schema at');
  });

  it('refuses a request text that is blank', () => {
    const comment = (body: Json) => compare({ comment: { body } }, 'CreateCommentRequest');
    expect(comment(' a ')).toEqual([]);
    expect(comment(' \t\n')[0]).toMatchObject({ path: '/comment/body' });
  });

  it('is not taken in by names of prototypes', () => {
    const hostile: Json = JSON.parse('{"__proto__": {"user": 1}, "constructor": 1}');
    expect(compare(hostile)[0]).toMatchObject({ path: '/user', got: 'nothing' });
    expect(compare({ errors: hostile }, 'ErrorResponse')[0]).toMatchObject({ path: '/errors/__proto__' });
  });
});
