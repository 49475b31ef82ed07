import { describe, expect, it } from 'vitest';
import { rowsOf, treeOf } from './file-tree.ts';
import { TreeView } from './tree-view.svelte.ts';

const paths = ['src/server.js', 'src/routes/users.js', 'src/routes/articles.js', 'run.sh', 'package.json'];
const visible = (view: TreeView): string[] => view.rows.map(({ path }) => path);

describe('the lines of a tree', () => {
  it('are folders first, each by name, with their place among their siblings', () => {
    const rows = rowsOf(treeOf(paths), () => true);
    expect(rows.map(({ path, level }) => `${level} ${path}`)).toEqual([
      '1 src',
      '2 src/routes',
      '3 src/routes/articles.js',
      '3 src/routes/users.js',
      '2 src/server.js',
      '1 package.json',
      '1 run.sh',
    ]);
    expect(rows[5]).toMatchObject({ place: 2, siblings: 3, folder: false });
  });

  it('leave out what is in closed folders', () => {
    const rows = rowsOf(treeOf(paths), (path) => path === 'src');
    expect(rows.map(({ path }) => path)).toEqual([
      'src',
      'src/routes',
      'src/server.js',
      'package.json',
      'run.sh',
    ]);
  });

  it('take names that mean something to objects', () => {
    expect(treeOf(['constructor/toString']).map(({ name }) => name)).toEqual(['constructor']);
  });
});

describe('the keys of a tree', () => {
  it('go through lines, into folders and out of them', () => {
    const view = new TreeView(() => paths);
    expect(view.current?.path).toBe('src');
    view.press('ArrowRight');
    expect(view.current?.path).toBe('src/routes');
    view.press('ArrowLeft');
    expect(visible(view)).not.toContain('src/routes/users.js');
    view.press('ArrowLeft');
    expect(view.current?.path).toBe('src');
    view.press('End');
    expect(view.current?.path).toBe('run.sh');
    view.press('ArrowDown');
    expect(view.current?.path).toBe('run.sh');
    view.press('ArrowUp');
    expect(view.current?.path).toBe('package.json');
    view.press('Home');
    expect(view.current?.path).toBe('src');
    view.press('*');
    expect(visible(view)).toContain('src/server.js');
  });

  it('open files, toggle folders, and ask for a new name or the end of a file', () => {
    const view = new TreeView(() => paths);
    expect(view.press('Enter')).toBe('moved');
    expect(visible(view)).toEqual(['src', 'package.json', 'run.sh']);
    view.press('End');
    expect([view.press('Enter'), view.press('F2'), view.press('Delete')]).toEqual([
      'open',
      'rename',
      'delete',
    ]);
    expect(view.press('Escape')).toBeUndefined();
  });

  it('find a line by the letters of its name; letters that come late begin anew', () => {
    let now = 0;
    const view = new TreeView(
      () => ['alpha.js', 'beta.js', 'bravo.js'],
      () => now,
    );
    view.press('b');
    expect(view.current?.path).toBe('beta.js');
    view.press('r');
    expect(view.current?.path).toBe('bravo.js');
    now = 5_000;
    view.press('b');
    expect(view.current?.path).toBe('beta.js');
  });
});

describe('a tree', () => {
  it('of thousands of files starts closed, and opens the folders of a file that is shown', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `d${index % 50}/e/f${index}.js`);
    const view = new TreeView(() => many);
    expect(view.rows).toHaveLength(50);
    view.show('d7/e/f7.js');
    expect(view.current?.path).toBe('d7/e/f7.js');
    expect(view.rows.length).toBe(50 + 1 + 100);
  });

  it('is narrowed to the paths that hold a text', () => {
    const view = new TreeView(() => paths);
    view.filter = 'ROUTES/u';
    expect(visible(view)).toEqual(['src', 'src/routes', 'src/routes/users.js']);
  });
});
