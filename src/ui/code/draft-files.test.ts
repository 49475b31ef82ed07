import { describe, expect, it } from 'vitest';
import { Draft } from '../setup/draft.svelte.ts';
import { addFiles, createFile, deletePath, renamePath } from './draft-files.ts';

const original = {
  'run.sh': 'exec node .',
  'src/a.js': 'a',
  'src/lib/b.js': 'b',
  'logo.png': Uint8Array.of(1, 2),
};
const made = (): Draft => new Draft(original, { kind: 'paste', label: 'pasted' });
const paths = (draft: Draft): string[] => Object.keys(draft.files).sort();

describe('files of a draft', () => {
  it('are made with clean paths only, and never over another', () => {
    const draft = made();
    expect(createFile(draft, ' ./src/new.js ')).toBe('src/new.js');
    expect(draft.files['src/new.js']).toBe('');
    for (const path of [
      '',
      '../x',
      '/etc/passwd',
      'a\\b',
      'src/a.js',
      'SRC/A.js',
      'run.sh/x',
      'src',
      '__proto__',
    ])
      expect(() => createFile(draft, path), path).toThrow();
    expect(paths(draft)).toHaveLength(5);
  });

  it('move with their folder', () => {
    const draft = made();
    expect(renamePath(draft, 'src', 'app')).toEqual([
      ['src/a.js', 'app/a.js'],
      ['src/lib/b.js', 'app/lib/b.js'],
    ]);
    expect(paths(draft)).toEqual(['app/a.js', 'app/lib/b.js', 'logo.png', 'run.sh']);
    expect(() => renamePath(draft, 'run.sh', 'logo.png')).toThrow(/twice/);
    expect(renamePath(draft, 'run.sh', 'run.sh')).toEqual([]);
    // Only the case of a name changes: it is no collision with itself.
    renamePath(draft, 'run.sh', 'RUN.sh');
    expect(paths(draft)).toContain('RUN.sh');
  });

  it('that were deleted come back as they were, bytes too', () => {
    const draft = made();
    const undoFolder = deletePath(draft, 'src');
    const undoImage = deletePath(draft, 'logo.png');
    expect(paths(draft)).toEqual(['run.sh']);
    expect(draft.edited).toBe(true);
    draft.change(undoFolder);
    draft.change(undoImage);
    expect(draft.files).toEqual(original);
    expect(draft.edited).toBe(false);
  });

  it('are added to a folder, and what they replaced can be had back', () => {
    const draft = made();
    const undo = addFiles(draft, 'src', { 'a.js': 'other', 'c.js': 'c' });
    expect(draft.files['src/a.js']).toBe('other');
    draft.change(undo);
    expect(draft.files).toEqual(original);
    expect(() => addFiles(draft, '', { src: 'x' })).toThrow(/folder/);
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${index}`, '']));
    expect(() => addFiles(draft, '', many)).toThrow(/5,000/);
  });
});
