import { expect, it } from 'vitest';
import { contract } from '../../../tasks/contract/index.ts';
import { assertions } from '../../../tasks/suite/index.ts';
import { excerpt } from './contract-excerpt.ts';

it('finds words for the pointer of every assertion', () => {
  for (const { pointer } of assertions) {
    const { text } = excerpt(contract, pointer);
    expect(text.length).toBeGreaterThan(10);
    expect(text).not.toContain('has nothing there');
  }
});

it('gives a rule as its sentence, a schema as JSON, and says when there is nothing', () => {
  expect(excerpt({ 'x-rules': { a: { text: 'Do so.' } } }, '/x-rules/a')).toEqual({
    kind: 'sentence',
    text: 'Do so.',
  });
  expect(excerpt({ schema: { type: 'object' } }, '/schema')).toEqual({
    kind: 'json',
    text: '{\n  "type": "object"\n}',
  });
  expect(excerpt({ a: 1 }, '/b').text).toContain('nothing there');
  expect(excerpt({ a: Array.from({ length: 2_000 }, () => 'x') }, '/a').text.length).toBeLessThan(1_600);
});

it('follows a part that only refers to another, and does not follow a circle', () => {
  const contract = {
    a: { $ref: '#/b' },
    b: { $ref: '#/c' },
    c: { is: 'here' },
    d: { $ref: '#/d' },
    e: { $ref: '#/no' },
  };
  expect(excerpt(contract, '/a').text).toBe('{\n  "is": "here"\n}');
  expect(excerpt(contract, '/d').text).toContain('#/d');
  expect(excerpt(contract, '/e').text).toContain('#/no');
});
