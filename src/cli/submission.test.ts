import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UsageError } from './exit-codes.ts';
import { loadSubmission } from './submission.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'submission-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('reads a folder without what tools make and without links', async () => {
  const top = join(dir, 'mine');
  for (const folder of ['src', 'node_modules/x', '.git', 'src/__pycache__', '.venv/lib']) {
    await mkdir(join(top, folder), { recursive: true });
    await writeFile(join(top, folder, 'file.txt'), folder);
  }
  await writeFile(join(top, 'run.sh'), 'exec node .');
  await writeFile(join(dir, 'secret'), 'secret');
  await symlink(join(dir, 'secret'), join(top, 'link'));
  const { files, source, notes } = await loadSubmission(top);
  expect(files).toEqual({ 'run.sh': 'exec node .', 'src/file.txt': 'src' });
  expect(source).toEqual({ kind: 'folder', label: 'mine' });
  expect(notes.join()).toContain('link');
});

it('reads a zip and a patch, told apart by their content', async () => {
  const zip = join(dir, 'a.bin');
  await writeFile(
    zip,
    zipSync({ 'app/run.sh': new TextEncoder().encode('x'), 'app/b.py': new TextEncoder().encode('y') }),
  );
  expect(await loadSubmission(zip)).toMatchObject({
    files: { 'run.sh': 'x', 'b.py': 'y' },
    source: { kind: 'archive' },
  });
  const patch = join(dir, 'a.patch');
  await writeFile(
    patch,
    'diff --git a/run.sh b/run.sh\nnew file mode 100755\n--- /dev/null\n+++ b/run.sh\n@@ -0,0 +1 @@\n+exec node .\n',
  );
  expect(await loadSubmission(patch)).toMatchObject({
    files: { 'run.sh': 'exec node .\n' },
    source: { kind: 'patch' },
  });
});

it.each([
  ['missing', async () => join(dir, 'missing')],
  ['an empty folder', async () => dir],
  [
    'a broken zip',
    async () => {
      await writeFile(join(dir, 'x.zip'), 'PK nothing');
      return join(dir, 'x.zip');
    },
  ],
  [
    'a file that is no patch',
    async () => {
      await writeFile(join(dir, 'x.txt'), 'hello');
      return join(dir, 'x.txt');
    },
  ],
])('refuses %s with a message', async (_what, make) => {
  await expect(loadSubmission(await make())).rejects.toThrow(UsageError);
});
