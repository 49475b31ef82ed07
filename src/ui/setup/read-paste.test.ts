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

  it('reads headings as they stand', async () => {
    expect((await readPaste('=== app/__init__.py ===\n=== my file ===\nx\n')).files).toEqual({
      'app/__init__.py': '\n',
      'my file': 'x\n',
    });
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
