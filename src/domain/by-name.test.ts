import * as v from 'valibot';
import { expect, it } from 'vitest';
import { byName } from './by-name.ts';

const schema = byName(v.union([v.string(), v.object({ base64: v.string() })]));

it('keeps members whatever their names', () => {
  const text = '{"constructor":"a","prototype":"b","__proto__":"c","toString":"d","a.js":{"base64":"e"}}';
  const parsed = v.parse(schema, JSON.parse(text));
  expect(JSON.stringify(parsed)).toBe(text);
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>)['a.js']).toBeUndefined();
});

it.each([[null], ['text'], [[]], [{ 'a.js': 1 }], [{ 'a.js': { base64: 1 } }]])('refuses %j', (value) => {
  expect(v.safeParse(schema, value).success).toBe(false);
});

it('says which member is wrong', () => {
  const [issue] =
    v.safeParse(v.object({ files: schema }), { files: { 'a.js': 'x', 'b.js': 1 } }).issues ?? [];
  expect(issue && v.getDotPath(issue)).toBe('files.b.js');
});
