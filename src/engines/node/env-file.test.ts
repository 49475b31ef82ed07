import { expect, it } from 'vitest';
import { parseEnvText } from './env-file.ts';

it('reads values, quotes, comments and exports as Node does', () => {
  const text = [
    '# comment',
    'PLAIN = value # tail',
    "SINGLE='a # b'",
    'export EXPORTED=1',
    'DOUBLE="two\\nlines"',
    'MULTI="first',
    'second"',
    'EMPTY=',
    'not a setting',
  ].join('\n');
  expect(parseEnvText(text)).toEqual({
    PLAIN: 'value',
    SINGLE: 'a # b',
    EXPORTED: '1',
    DOUBLE: 'two\nlines',
    MULTI: 'first\nsecond',
    EMPTY: '',
  });
});
