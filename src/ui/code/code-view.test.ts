import { describe, expect, it } from 'vitest';
import { findTask } from '../../../tasks/index.ts';
import type { FileMap } from '../../engines/engine.ts';
import { Run } from '../runs/run.svelte.ts';
import { Draft } from '../setup/draft.svelte.ts';
import { present } from '../testing/present.ts';
import { CodeView } from './code-view.svelte.ts';
import { paneKeys } from './pane-keys.ts';
import { firstFile } from './source.ts';
import { tabLabels } from './tab-labels.ts';

const task = present(findTask('express-sqlite'));
const source = { kind: 'paste', label: 'pasted' } as const;
const files: FileMap = { 'run.sh': 'node .', 'src/server.js': 'one', 'src/db.js': 'two' };

/** A code side whose surroundings the test decides. */
function world() {
  const state: { draft: Draft | undefined; run: Run | undefined } = { draft: undefined, run: undefined };
  const code = new CodeView({ draft: () => state.draft, shownRun: () => state.run });
  return {
    code,
    draft(made: Draft | undefined) {
      state.draft = made;
      code.follow();
    },
    run(ran: FileMap) {
      state.run = new Run(1, { task, files: ran, source });
      code.follow();
      return state.run;
    },
  };
}

describe('the source of the code side', () => {
  it('is the draft; a run of it leaves it in view, also once it was edited', () => {
    const { code, ...set } = world();
    const draft = new Draft(files, source);
    set.draft(draft);
    expect([code.source?.kind, code.active, code.editable]).toEqual(['draft', 'src/server.js', true]);
    const run = set.run(draft.files);
    expect([code.source?.kind, code.run, code.otherRun]).toEqual(['draft', run, false]);
    draft.edit('src/db.js', 'three');
    code.follow();
    expect([code.source?.kind, code.files['src/db.js'], code.run]).toEqual(['draft', 'three', run]);
  });

  it('is the run when one with other files is opened, until a draft is chosen', () => {
    const { code, ...set } = world();
    set.draft(new Draft(files, source));
    set.run({ 'app.py': 'print()' });
    expect([code.source?.kind, code.active, code.editable, code.otherRun]).toEqual([
      'run',
      'app.py',
      false,
      true,
    ]);
    code.choose('draft');
    expect(code.source?.kind).toBe('draft');
    code.choose('run');
    set.draft(new Draft({ 'main.py': '' }, source));
    expect([code.source?.kind, code.active, code.run]).toEqual(['draft', 'main.py', undefined]);
    set.draft(undefined);
    expect(code.source?.kind).toBe('run');
  });

  it('is what somebody hands over', () => {
    const { code, ...set } = world();
    set.draft(new Draft(files, source));
    code.show({ 'x.md': '#' }, { label: 'theirs' });
    expect([code.source?.kind, code.active, code.editable]).toEqual(['files', 'x.md', false]);
  });
});

describe('open files', () => {
  it('are tabs that are kept when another source comes and goes', () => {
    const { code, ...set } = world();
    const draft = new Draft(files, source);
    set.draft(draft);
    code.open('run.sh');
    code.open('no such file');
    code.open('src/db.js');
    code.show({ a: '' });
    code.choose('draft');
    expect([code.tabs, code.active]).toEqual([['src/server.js', 'run.sh', 'src/db.js'], 'src/db.js']);
    code.close('src/db.js');
    expect(code.active).toBe('run.sh');
    code.close('src/server.js');
    expect([code.tabs, code.active]).toEqual([['run.sh'], 'run.sh']);
    code.close('run.sh');
    expect([code.tabs, code.active]).toEqual([[], undefined]);
  });

  it('follow renames, and go when their file is deleted', () => {
    const { code, ...set } = world();
    const draft = new Draft(files, source);
    set.draft(draft);
    draft.change({ 'src/server.js': undefined, 'src/main.js': 'one' });
    code.renamed('src/server.js', 'src/main.js');
    expect(code.active).toBe('src/main.js');
    draft.change({ 'src/main.js': undefined });
    expect([code.tabs, code.active]).toEqual([[], undefined]);
  });
});

describe('reveal', () => {
  it('opens the file and counts, also for the same place again', () => {
    const { code, ...set } = world();
    set.draft(new Draft(files, source));
    expect(code.reveal({ path: 'src/db.js', line: 3 })).toBe(true);
    const first = code.revealed?.serial;
    code.reveal({ path: 'src/db.js', line: 3 });
    expect([code.active, code.revealed?.line, code.revealed?.serial]).toEqual([
      'src/db.js',
      3,
      (first ?? 0) + 1,
    ]);
  });

  it('goes where such a file is, and says when nobody has it', () => {
    const { code, ...set } = world();
    set.draft(new Draft(files, source));
    set.run({ 'app.py': '' });
    code.choose('draft');
    expect(code.reveal({ path: 'app.py' })).toBe(true);
    expect(code.source?.kind).toBe('run');
    expect(code.reveal({ path: 'src/db.js' })).toBe(true);
    expect(code.source?.kind).toBe('draft');
    expect(code.reveal({ path: 'constructor' })).toBe(false);
  });
});

it('names keys, tabs and the first file', () => {
  const press = (key: string, rest: object = {}) =>
    paneKeys({ key, ctrlKey: true, metaKey: false, shiftKey: false, altKey: false, ...rest });
  expect([
    press('Enter'),
    press('Enter', { ctrlKey: false }),
    press('F', { shiftKey: true }),
    press('f'),
  ]).toEqual(['run', undefined, 'search', undefined]);
  expect(press('Enter', { ctrlKey: false, metaKey: true })).toBe('run');
  expect(tabLabels(['a/index.js', 'b/index.js', 'run.sh', 'x\u202ey.js'])).toEqual([
    'a/index.js',
    'b/index.js',
    'run.sh',
    'x‹U+202E›y.js',
  ]);
  expect(firstFile(['a.md', 'run.sh'])).toBe('run.sh');
  expect(firstFile([])).toBeUndefined();
});
