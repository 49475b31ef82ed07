import { describe, expect, it } from 'vitest';
import { fromPaste, fromPatch } from './submission.ts';

const patch = `diff --git a/run.sh b/run.sh
new file mode 100755
index 0000000..e69de29
--- /dev/null
+++ b/run.sh
@@ -0,0 +1,3 @@
+#!/usr/bin/env bash
+--- not a header
+exec node server.js
diff --git a/app/__init__.py b/app/__init__.py
new file mode 100644
index 0000000..e69de29
diff --git "a/caf\\303\\251.js" "b/caf\\303\\251.js"
new file mode 100644
--- /dev/null
+++ "b/caf\\303\\251.js"
@@ -0,0 +1 @@
+no newline
\\ No newline at end of file
diff --git a/logo.png b/logo.png
new file mode 100644
index 0000000..1234567
Binary files /dev/null and b/logo.png differ
diff --git a/old.js b/old.js
deleted file mode 100644
--- a/old.js
+++ /dev/null
@@ -1,2 +0,0 @@
-gone
-too
diff --git a/changed.js b/changed.js
--- a/changed.js
+++ b/changed.js
@@ -1,3 +1,3 @@ function f
 kept
-before
+after
 kept
`;

describe('fromPatch', () => {
  it('takes the added lines of a git diff', () => {
    const { files, notes } = fromPatch(patch);
    expect(files).toEqual({
      'run.sh': '#!/usr/bin/env bash\n--- not a header\nexec node server.js\n',
      'app/__init__.py': '',
      'café.js': 'no newline',
      'changed.js': 'after\n',
    });
    expect(notes.join('\n')).toMatch(/"logo\.png"[^]*"old\.js"[^]*"changed\.js" was there before/);
  });

  it('reads a diff without git headers and keeps carriage returns of the content', () => {
    const { files } = fromPatch(
      '--- /dev/null\t2026-01-01\n+++ run.sh\t2026-01-02 10:00\n@@ -0,0 +1,2 @@\n+a\r\n+b\n',
    );
    expect(files).toEqual({ 'run.sh': 'a\r\nb\n' });
  });

  it.each([
    ['is cut off', '--- /dev/null\n+++ b/a\n@@ -0,0 +1,3 @@\n+a', /cut off/],
    [
      'has a line that is none of a diff',
      '--- /dev/null\n+++ b/a\n@@ -0,0 +1,2 @@\n+a\nboo\n',
      /no line of a diff/,
    ],
    ['has a file twice', `${patch}${patch}`, /twice/],
    [
      'adds a link',
      'diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/etc\n',
      /link/,
    ],
    ['leads outside', '--- /dev/null\n+++ b/../../x\n@@ -0,0 +1 @@\n+a\n', /leads out/],
    ['hides a path in quotes', '--- /dev/null\n+++ "b/\\056./x"\n@@ -0,0 +1 @@\n+a\n', /leads out/],
    ['adds an empty file outside', 'diff --git a/../x b/../x\nnew file mode 100644\n', /leads out/],
    ['is empty', 'hello', /no files/],
  ])('refuses a patch that %s', (_, text, why) => expect(() => fromPatch(text)).toThrow(why));
});

describe('fromPaste', () => {
  const expected = { 'run.sh': 'exec node server.js\n', 'src/app.js': 'a\n\nb\n' };

  it('reads "=== path ===" headings', () => {
    const text = 'Here it is:\n\n=== run.sh ===\nexec node server.js\n\n=== src/app.js ===\n\na\n\nb\n';
    expect(fromPaste(text).files).toEqual(expected);
  });

  it.each([
    ['in the info string', '```bash run.sh\nexec node server.js\n```\n```js:src/app.js\na\n\nb\n```\n'],
    ['alone', '```run.sh\nexec node server.js\n```\n~~~ src/app.js\na\n\nb\n~~~'],
    ['as a title', '```sh title="run.sh"\nexec node server.js\n```\n```js file=src/app.js\na\n\nb\n```'],
    [
      'in a heading',
      '### `run.sh`\n\n```bash\nexec node server.js\n```\n\n### 2. src/app.js\n```js\na\n\nb\n```',
    ],
    ['in bold', '**run.sh**\n```\nexec node server.js\n```\nFile: src/app.js\n````js\na\n\nb\n````'],
  ])('reads fenced blocks with the path %s', (_, text) => expect(fromPaste(text).files).toEqual(expected));

  it('keeps shorter fences inside longer ones', () => {
    expect(fromPaste('````md README.md\n```sh\nnpm start\n```\n````').files).toEqual({
      'README.md': '```sh\nnpm start\n```\n',
    });
  });

  it('notes a block without a path', () => {
    const { files, notes } = fromPaste('```js server.js\na\n```\nThen start it:\n```\nnpm start\n```');
    expect(Object.keys(files)).toEqual(['server.js']);
    expect(notes).toEqual(['Left out the block at line 5: it has no path.']);
  });

  it.each([
    ['without spaces', '===run.sh===\nexec node server.js\n===src/app.js===\na\n\nb\n'],
    ['open to the right', '=== run.sh\nexec node server.js\n=== src/app.js\na\n\nb\n'],
    ['after a byte order mark', '\uFEFF=== run.sh ===\nexec node server.js\n=== src/app.js ===\na\n\nb\n'],
    ['quoted', '=== `run.sh` ===\nexec node server.js\n=== File: src/app.js ===\na\n\nb\n'],
    [
      'over fences',
      '=== run.sh ===\n```bash\nexec node server.js\n```\n\n=== src/app.js ===\n\n~~~\na\n\nb\n~~~\n',
    ],
  ])('reads headings %s', (_, text) => expect(fromPaste(text).files).toEqual(expected));

  it('leaves fences that are a part of the file, and headings that name nothing', () => {
    const readme = '```sh\nnpm start\n```';
    expect(fromPaste(`=== README.md ===\n${readme}\n`).files).toEqual({ 'README.md': `${readme}\n` });
    const two = '```\na\n```\n```\nb\n```';
    expect(fromPaste(`=== notes.txt ===\n${two}\n`).files).toEqual({ 'notes.txt': `${two}\n` });
    expect(fromPaste('=== a.py ===\nx\n=====\n===!\n').files).toEqual({ 'a.py': 'x\n=====\n===!\n' });
  });

  it('does not take an answer for a diff because one of its fences holds one', () => {
    const text = '### a.js\n```js\na\n```\n\n```diff\n--- a/b.js\n+++ b/b.js\n@@ -1 +1 @@\n-x\n+y\n```\n';
    expect(fromPaste(text)).toMatchObject({ files: { 'a.js': 'a\n' }, unnamed: 1 });
  });

  it('reads a pasted diff', () => expect(Object.keys(fromPaste(patch).files)).toContain('run.sh'));

  it('asks for the name of a single file, then takes it', () => {
    const text = 'from flask import Flask\n';
    expect(() => fromPaste(text)).toThrow(expect.objectContaining({ code: 'needs-name' }));
    expect(fromPaste(text, 'app.py').files).toEqual({ 'app.py': text });
    expect(() => fromPaste(text, '../app.py')).toThrow(/leads out/);
  });

  it('refuses nothing and unsafe paths', () => {
    expect(() => fromPaste(' \n')).toThrow(/Nothing was pasted/);
    expect(() => fromPaste('=== ../x.js ===\na\n')).toThrow(/leads out/);
    expect(() => fromPaste('=== a.js ===\na\n=== A.js ===\nb\n')).toThrow(/only by case/);
  });
});
