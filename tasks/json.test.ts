import { describe, expect, it } from 'vitest';
import { escapePointer, resolvePointer, showJson } from './json.ts';

describe('resolvePointer', () => {
  const document = { 'a/b': { '~': [10, { c: null }] } };

  it.each([
    ['', document],
    ['/a~1b/~0/0', 10],
    ['/a~1b/~0/1/c', null],
    ['/a~1b/~0/2', undefined],
    ['/a~1b/~0/length', undefined],
    ['/a~1b/~0/-1', undefined],
    ['/constructor', undefined],
    ['/__proto__/x', undefined],
    ['/a~1b/~0/0/x', undefined],
  ])('finds what is at %j', (pointer, value) => {
    expect(resolvePointer(document, pointer)).toEqual(value);
  });

  it('undoes escapePointer', () => {
    const key = '~1/~0';
    expect(resolvePointer({ [key]: 1 }, `/${escapePointer(key)}`)).toBe(1);
  });
});

it('showJson cuts what is long and names what is missing', () => {
  expect(showJson({ a: 1 })).toBe('{"a":1}');
  expect(showJson('x'.repeat(500), 10)).toBe('"xxxxxxxxx…');
  expect(showJson(undefined)).toBe('nothing');
});
