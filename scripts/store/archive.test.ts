import { describe, expect, it } from 'vitest';
import { readTarball } from '../../src/engines/packages/untar.ts';
import { keepNpmFile, keepWheelFile, tgz } from './archive.mjs';

describe('keepNpmFile', () => {
  const keep = (path: string, name = 'thing', entries = '') => keepNpmFile(path, { name, entries });

  it.each([
    'package.json',
    'LICENSE',
    'LICENSE.md',
    'index.js',
    'lib/a.mjs',
    'a.json',
    'a.wasm',
    'static/a.html',
    'a.css',
  ])('keeps %s', (path) => expect(keep(path)).toBe(true));

  it.each(['README.md', 'a.js.map', 'test/a.js', 'docs/a.html', 'src/a.ts', 'build/Release/a.node', 'a.cc'])(
    'drops %s',
    (path) => expect(keep(path)).toBe(false),
  );

  it('keeps declarations for compilers, folders further down, and folders that an entry point names', () => {
    expect(keep('index.d.ts')).toBe(true);
    expect(keep('dist/doc/a.js')).toBe(true);
    expect(keep('test/a.js', 'thing', '"./test/a.js"')).toBe(true);
  });
});

describe('keepWheelFile', () => {
  it('drops tests, stubs, bytecode and the old record, and machine code of another platform', () => {
    const options = { dropCompiled: true };
    const paths = [
      'a/__init__.py',
      'a/tests/b.py',
      'a/tests.py',
      'a/b.pyi',
      'a/c.so',
      'a-1.dist-info/RECORD',
      'a-1.dist-info/METADATA',
    ];
    expect(paths.filter((path) => keepWheelFile(path, options))).toEqual([
      'a/__init__.py',
      'a/tests.py',
      'a-1.dist-info/METADATA',
    ]);
    expect(keepWheelFile('a/c.so', { dropCompiled: false })).toBe(true);
  });
});

describe('tgz', () => {
  const file = (path: string, text: string, executable = false) => ({
    path,
    data: new TextEncoder().encode(text),
    executable,
  });

  it('is read back as it was written, long paths and modes included, and is the same each time', async () => {
    const long = `${'deep/'.repeat(25)}file.js`;
    const files = [file('a.js', 'x'.repeat(513), true), file(long, 'y'), file('empty.js', '')];
    const read = await readTarball(tgz(files));
    expect(read.map(({ path, data, executable }) => [path, data.length, executable])).toEqual([
      ['a.js', 513, true],
      [long, 1, false],
      ['empty.js', 0, false],
    ]);
    expect(Buffer.from(tgz(files)).equals(Buffer.from(tgz(files)))).toBe(true);
  });

  it('refuses a path that a header cannot hold', () => {
    expect(() => tgz([file('x'.repeat(300), '')])).toThrow(/too long/);
  });
});
