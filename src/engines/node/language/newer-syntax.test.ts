import { Parser } from 'acorn';
import { expect, it } from 'vitest';
import { newerSyntax } from './newer-syntax.ts';

const check = (source: string) => (): void =>
  newerSyntax(source, () => Parser.parse(source, { ecmaVersion: 'latest' }));

it.each([
  ['{ using a = null; }', "Unexpected identifier 'a'"],
  ['/(?i:a)b/', 'Invalid regular expression: /(?i:a)b/: Invalid group'],
  ['/(?<a>x)|(?<a>y)/g', 'Invalid regular expression: /(?<a>x)|(?<a>y)/g: Duplicate capture group name'],
])('refuses %s', (source, message) => {
  expect(check(source)).toThrow(message);
});

it.each(['const using = 1; using\n* 2;', '/(?:i)[(?i:]/', '/(?<a>x)(?<b>y)/', '"(?i:a) using x"', 'using x'])(
  'takes no offence at %s',
  (source) => {
    expect(check(source)).not.toThrow();
  },
);
