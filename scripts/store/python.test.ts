import { expect, it } from 'vitest';
import { readLinks } from './python.mjs';

/** What pip prints of an index that is a page, and of one that is JSON. */
it.each([
  ['a page', '#sha256=ab12'],
  ['JSON', ''],
])('reads published versions off the links of an index that is %s', (_, hash) => {
  const at = 'https://files.example/packages/5d/71';
  const text = [
    `  Found link ${at}/Some_Thing-1.0-py3-none-any.whl${hash} (from https://index.example/simple/some-thing/), version: 1.0`,
    `  Skipping link: No sources permitted for some-thing: ${at}/some-thing-0.9.tar.gz${hash} (from https://index.example/simple/some-thing/)`,
    `  Skipping link: none of the wheel's tags match: ${at}/other-2.1b1-cp39-cp39-win32.whl${hash} (from x)`,
    `  Skipping link: not a file: ${at}/notes.txt${hash} (from x)`,
    '',
  ].join('\n');
  const published = new Map<string, Set<string>>();
  readLinks(text, published);
  expect(Object.fromEntries([...published].map(([name, versions]) => [name, [...versions]]))).toEqual({
    'some-thing': ['1.0', '0.9'],
    other: ['2.1b1'],
  });
});
