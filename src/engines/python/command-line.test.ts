import { expect, test } from 'vitest';
import { absoluteSearchPath, interpreterArguments } from './command-line.ts';

test.each([
  [['app.py', '-u'], []],
  [['-u', 'app.py'], ['-u']],
  [
    ['-uB', '-m', 'flask', '-O'],
    ['-u', '-B'],
  ],
  [
    ['-W', 'error', '-Xdev', '-c', 'print(1)'],
    ['-W', 'error', '-X', 'dev'],
  ],
  [['-Oc', 'print(1)'], ['-O']],
  [['-'], []],
  [['--version'], []],
])('keeps the options of the interpreter itself in %j', (args, expected) => {
  expect(interpreterArguments(args)).toEqual(expected);
});

test.each([
  ['', ''],
  ['.', '/app'],
  ['src:/lib/', '/app/src:/lib'],
  [':../up', '/app:/up'],
])('makes the search path %j absolute', (path, expected) => {
  expect(absoluteSearchPath(path, '/app')).toBe(expected);
});
