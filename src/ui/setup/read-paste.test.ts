import { describe, expect, it } from 'vitest';
import { readPaste } from './read-paste.ts';

describe('readPaste', () => {
  it('reads the answer of a model whose blocks name their files inside', async () => {
    const text = 'Sure!\n\n```js\n// server.js\nx\n```\n\n```bash\n# run.sh\nnode server.js\n```\n';
    const { files } = await readPaste(text);
    expect(Object.keys(files)).toEqual(['run.sh', 'server.js']);
  });

  it('says what of an answer was left out', async () => {
    const text = '### a.js\n```js\na\n```\n\nThen:\n\n```js\nfoo();\n```\n';
    const { files, notes } = await readPaste(text);
    expect(files).toEqual({ 'a.js': 'a\n' });
    expect(notes.join()).toMatch(/Left out .*line 8/);
  });

  it.each([
    ['a link', '[src/a.js](src/a.js)'],
    ['HTML', '<h3>src/a.js</h3>'],
    ['an escaped underscore', 'src/\\_a.js', 'src/_a.js'],
    ['another language', '**文件路径：src/a.js**'],
  ])('finds the name in %s', async (_, above, path = 'src/a.js') => {
    expect((await readPaste(`${above}\n\n\`\`\`js\na\n\`\`\`\n`)).files).toEqual({ [path]: 'a\n' });
  });

  it('takes neither drafts nor commands for files, and the last version of a file', async () => {
    const text =
      '<think>\n```js a.js\ndraft\n```\n</think>\n```js a.js\none\n```\nBetter:\n```js a.js\ntwo\n```\n' +
      'To start, use `run.sh`:\n```sh\nsh run.sh\n```\n';
    const { files, notes } = await readPaste(text);
    expect(files).toEqual({ 'a.js': 'two\n' });
    expect(notes).toEqual([
      '"a.js" is there more than once: the last one holds.',
      'Commands between the files are not run: sh run.sh',
    ]);
  });

  it('reads headings as they stand', async () => {
    expect((await readPaste('=== app/__init__.py ===\n=== my file ===\nx\n')).files).toEqual({
      'app/__init__.py': '\n',
      'my file': 'x\n',
    });
  });

  it('takes the ends of headings for no files', async () => {
    const text = '=== FILE: a.js ===\na\n=== END FILE ===\n=== FILE: b.js ===\nb\n=== END FILE ===\n';
    expect((await readPaste(text)).files).toEqual({ 'a.js': 'a\n', 'b.js': 'b\n' });
  });

  it('asks for the name of what is one file, and takes it as it is', async () => {
    await expect(readPaste('{\n  "a.js": 1\n}')).rejects.toMatchObject({ code: 'needs-name' });
    const text = '```js\n// a.js\n```';
    expect((await readPaste(text, 'README.md')).files).toEqual({ 'README.md': text });
  });

  it('refuses a path that leads elsewhere, whoever wrote it', async () => {
    await expect(readPaste('```js\n// ../../a.js\nx\n```\n```js\n// b.js\ny\n```\n')).rejects.toMatchObject({
      code: 'bad-path',
    });
  });
});
