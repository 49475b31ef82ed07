import { describe, expect, it } from 'vitest';
import { limits } from '../domain/limits.ts';
import { fromEntries, fromSources, SubmissionError } from './submission.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entry = (path: string, text = 'x') => ({ path, bytes: bytes(text) });

/** The error of a call that must be refused. */
function refusal(call: () => unknown): SubmissionError {
  try {
    call();
  } catch (error) {
    if (error instanceof SubmissionError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('fromEntries', () => {
  it('keeps text as strings that encode back to the same bytes, and the rest as bytes', () => {
    const bom = Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a);
    const { files } = fromEntries([
      { path: 'a.txt', bytes: bom },
      { path: 'b.png', bytes: Uint8Array.of(0x89, 0x50, 0xff) },
      { path: 'c.bin', bytes: Uint8Array.of(0x61, 0x00, 0x62) },
      { path: 'empty.py', bytes: new Uint8Array() },
    ]);
    expect(typeof files['a.txt'] === 'string' && [...bytes(files['a.txt'])]).toEqual([...bom]);
    expect(files['b.png']).toEqual(Uint8Array.of(0x89, 0x50, 0xff));
    expect(files['c.bin']).toEqual(Uint8Array.of(0x61, 0x00, 0x62));
    expect(files['empty.py']).toBe('');
  });

  it.each([
    ['../run.sh', '..'],
    ['src/../../run.sh', '..'],
    ['/etc/passwd', 'absolute'],
    ['src\\app.js', 'backslash'],
    ['C:/run.sh', 'drive letter'],
    ['run\0.sh', 'control character'],
    ['run\u0085.sh', 'control character'],
    ['a\nb', 'control character'],
    ['\ud800.js', 'control character'],
    ['', 'empty'],
    ['src//app.js', 'empty part'],
    ['src/', 'empty part'],
    ['__proto__', 'reserved'],
    ['src/__proto__/a.js', 'reserved'],
    ['NUL', 'reserved'],
    ['src/aux.js', 'reserved'],
    [`${'a'.repeat(300)}.js`, 'longer'],
    [`${'a/'.repeat(40)}b`, 'deeper'],
    [`${'abcdefgh/'.repeat(60)}b`, 'longer'],
    ['node_modules/../../x', '..'],
  ])('refuses the path %j by name', (path, why) => {
    const error = refusal(() => fromEntries([entry('run.sh'), entry(path)]));
    expect(error.code).toBe('bad-path');
    expect(error.message).toContain(why);
  });

  it('shows invisible characters of a refused path as escapes', () => {
    expect(refusal(() => fromEntries([entry('a\u202egpj.sh\u0007')])).message).toContain(
      '\\u{202e}gpj.sh\\u{7}',
    );
  });

  it('reads "./" as nothing', () => {
    expect(Object.keys(fromEntries([entry('./run.sh'), entry('src/./a.js')]).files)).toEqual([
      'run.sh',
      'src/a.js',
    ]);
  });

  it.each([
    [['a.js', 'a.js'], 'twice'],
    [['README.md', 'readme.md'], 'case'],
    [['src', 'src/a.js'], 'folder'],
    [['SRC', 'src/lib/a.js'], 'folder'],
  ])('refuses %j', (paths, why) => {
    const error = refusal(() => fromEntries(paths.map((path) => entry(path))));
    expect(error.code).toBe('duplicate');
    expect(error.message).toContain(why);
  });

  it('leaves out what tools made, with a note, and does not count it', () => {
    const made = Array.from({ length: limits.submissionFiles + 5 }, (_, index) =>
      entry(`node_modules/m/${index}.js`),
    );
    const { files, notes } = fromEntries([
      entry('run.sh'),
      ...made,
      entry('a/__pycache__/x.pyc'),
      entry('.DS_Store'),
    ]);
    expect(Object.keys(files)).toEqual(['run.sh']);
    expect(notes.join(' ')).toContain('node_modules/ (5,005 files)');
    expect(notes.join(' ')).toContain('__pycache__/ (1 file)');
    expect(notes.join(' ')).toContain('.DS_Store');
  });

  it('takes away the common top folder only when asked', () => {
    const entries = [entry('app/run.sh'), entry('app/src/a.js')];
    expect(Object.keys(fromEntries(entries).files)).toEqual(['app/run.sh', 'app/src/a.js']);
    const { files, notes } = fromEntries(entries, { stripTopFolder: true });
    expect(Object.keys(files)).toEqual(['run.sh', 'src/a.js']);
    expect(notes.join()).toContain('"app"');
    expect(
      Object.keys(fromEntries([entry('app/a'), entry('app2/b')], { stripTopFolder: true }).files),
    ).toEqual(['app/a', 'app2/b']);
  });

  it('refuses too many files, a large file, a large whole, and nothing at all', () => {
    const many = Array.from({ length: limits.submissionFiles + 1 }, (_, index) => entry(`f${index}`));
    expect(refusal(() => fromEntries(many)).code).toBe('too-many');
    const large = { path: 'large.bin', bytes: new Uint8Array(limits.submissionFileBytes + 1) };
    expect(refusal(() => fromEntries([large])).message).toContain('large.bin');
    const piece = new Uint8Array(limits.submissionFileBytes);
    const pieces = Array.from({ length: 9 }, (_, index) => ({ path: `p${index}`, bytes: piece }));
    expect(refusal(() => fromEntries(pieces)).message).toContain('32 MB');
    expect(refusal(() => fromEntries([])).code).toBe('empty');
    expect(refusal(() => fromEntries([entry('node_modules/a.js')])).message).toContain(
      'Left out node_modules/',
    );
  });

  it('keeps names that are properties of every object', () => {
    const { files } = fromEntries([entry('constructor'), entry('toString', 'y')]);
    expect(Object.keys(files)).toEqual(['constructor', 'toString']);
  });
});

describe('fromSources', () => {
  it('reads nothing before all sizes are within the limits', async () => {
    let reads = 0;
    const source = (path: string, size: number) => ({
      path,
      size,
      read: () => {
        reads++;
        return Promise.resolve(new Uint8Array(size));
      },
    });
    await expect(fromSources([source('a', 1), source('b', limits.submissionFileBytes + 1)])).rejects.toThrow(
      '"b"',
    );
    expect(reads).toBe(0);
    await fromSources([source('a', 1), source('node_modules/b', 1)]);
    expect(reads).toBe(1);
  });

  it('says which file could not be read or changed meanwhile', async () => {
    const failing = { path: 'a.js', size: 1, read: () => Promise.reject(new Error('denied')) };
    await expect(fromSources([failing])).rejects.toThrow(/"a\.js" cannot be read \(denied\)/);
    const changed = { path: 'a.js', size: 1, read: () => Promise.resolve(new Uint8Array(2)) };
    await expect(fromSources([changed])).rejects.toThrow(/changed/);
  });
});
