import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { limits } from '../domain/limits.ts';
import { fromZip, SubmissionError } from './submission.ts';

function refusal(bytes: Uint8Array): SubmissionError {
  try {
    fromZip(bytes);
  } catch (error) {
    if (error instanceof SubmissionError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const zip = (files: Zippable): Uint8Array => zipSync(files);

/** Offsets of the central directory's entries. */
function entries(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 1 && bytes[at + 3] === 2)
      found.push(at);
  }
  return found;
}

function patched(bytes: Uint8Array, entry: number, offset: number, value: number): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32((entries(copy)[entry] ?? 0) + offset, value, true);
  return copy;
}

describe('fromZip', () => {
  it('reads packed and stored files and takes away the common top folder', () => {
    const { files, notes } = fromZip(
      zip({
        'repo-main/run.sh': strToU8('exec node server.js\n'),
        'repo-main/img.png': [Uint8Array.of(0x89, 0xff), { level: 0 }],
        'repo-main/src/': new Uint8Array(),
        'repo-main/src/ünï.js': strToU8('ü'.repeat(5_000)),
        'repo-main/empty.py': new Uint8Array(),
        'repo-main/node_modules/x/index.js': strToU8('no'),
        '__MACOSX/repo-main/._run.sh': strToU8('no'),
      }),
    );
    expect(files).toEqual({
      'run.sh': 'exec node server.js\n',
      'img.png': Uint8Array.of(0x89, 0xff),
      'src/ünï.js': 'ü'.repeat(5_000),
      'empty.py': '',
    });
    expect(notes).toHaveLength(3);
  });

  it('refuses a bomb by its announced size', () => {
    const file = new Uint8Array(limits.submissionFileBytes + 1);
    expect(refusal(zip({ 'a/zeros.txt': file })).message).toMatch(/"a\/zeros\.txt" is larger than 4 MB/);
    const piece = new Uint8Array(limits.submissionFileBytes);
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`zeros${index}`, piece]));
    expect(refusal(zip(many)).code).toBe('too-large');
  });

  it('refuses a bomb that announces too little, as soon as it swells', () => {
    const bomb = zip({ 'run.sh': new Uint8Array(limits.submissionFileBytes) });
    expect(refusal(patched(bomb, 0, 24, 100)).message).toMatch(/more than the 100 bytes announced/);
  });

  it('refuses entries that share the bytes of one bomb', () => {
    const names = Array.from({ length: 40 }, (_, index) => `zeros${String(index).padStart(2, '0')}`);
    const whole = zip({ zeros00: new Uint8Array(2 ** 20) });
    const first = entries(whole)[0] ?? 0;
    const record = whole.slice(first, first + 46 + 7);
    const records = names.map((name) => {
      const copy = record.slice();
      copy.set(strToU8(name), 46);
      return copy;
    });
    const tail = whole.slice(first + record.length);
    const tailView = new DataView(tail.buffer);
    tailView.setUint16(8, names.length, true);
    tailView.setUint16(10, names.length, true);
    const parts = [whole.slice(0, first), ...records, tail];
    const crafted = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      crafted.set(part, at);
      at += part.length;
    }
    expect(refusal(crafted).code).toBe('too-large');
  });

  it('refuses 10,000 files, but not 10,000 files of node_modules', () => {
    const many = (folder: string): Zippable =>
      Object.fromEntries(
        Array.from({ length: 10_000 }, (_, index) => [`${folder}/f${index}.js`, new Uint8Array()]),
      );
    expect(refusal(zip(many('src'))).code).toBe('too-many');
    const kept = fromZip(zip({ ...many('app/node_modules'), 'app/run.sh': strToU8('x') }));
    expect(Object.keys(kept.files)).toEqual(['run.sh']);
  });

  it.each([
    '../run.sh',
    'a/../../run.sh',
    '/run.sh',
    'a\\b',
    'C:x',
    'a/__proto__/b',
    '../dir/',
    'node_modules/../../x',
  ])('refuses the entry %j', (path) =>
    expect(refusal(zip({ 'run.sh': strToU8('x'), [path]: new Uint8Array() })).code).toBe('bad-path'),
  );

  it('refuses a symbolic link, but not one below node_modules', () => {
    const link = (path: string): Zippable => ({
      'run.sh': strToU8('x'),
      [path]: [strToU8('/etc/passwd'), { os: 3, attrs: (0o120777 << 16) >>> 0 }],
    });
    expect(refusal(zip(link('data/link'))).message).toMatch(
      /"data\/link" in the zip file is a symbolic link/,
    );
    expect(Object.keys(fromZip(zip(link('node_modules/.bin/x'))).files)).toEqual(['run.sh']);
  });

  it('refuses what is damaged, cut off, encrypted, too large or no zip file', () => {
    const good = zip({ 'run.sh': strToU8('exec node server.js\n'.repeat(200)) });
    expect(refusal(strToU8('hello')).message).toContain('no zip file');
    expect(refusal(good.slice(0, good.length - 30)).code).toBe('bad-archive');
    expect(refusal(patched(good, 0, 16, 1)).message).toContain('checksum');
    expect(refusal(patched(good, 0, 8, 1)).message).toContain('encrypted');
    expect(refusal(patched(good, 0, 42, 5)).message).toContain('not where');
    expect(refusal(patched(good, 0, 20, 1e6)).message).toContain('cut off');
    expect(refusal(patched(good, 0, 24, 10_000)).message).toContain('another size');
    expect(refusal(patched(good, 0, 0, 0)).message).toContain('table of contents');
    const garbled = good.slice();
    garbled.fill(0xff, 36, 44);
    expect(refusal(garbled).message).toContain('damaged');
    expect(refusal(new Uint8Array(limits.archiveBytes + 1)).code).toBe('too-large');
  });

  it('refuses a name that is not UTF-8', () => {
    const bytes = zip({ 'aa.js': strToU8('x') });
    bytes[(entries(bytes)[0] ?? 0) + 46] = 0xff;
    expect(refusal(bytes).code).toBe('bad-path');
  });
});
