import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { tasks } from '../../../tasks/index.ts';
import { limits } from '../../domain/limits.ts';
import type { FileMap } from '../../engines/engine.ts';
import { Notices } from '../shell/notices.svelte.ts';
import { scriptedServices } from '../testing/scripted.ts';
import { present } from '../testing/present.ts';
import { Draft } from './draft.svelte.ts';
import { dropEdits } from './drop-edits.ts';
import { Setup, type Import } from './setup.svelte.ts';

const services = scriptedServices('passed', tasks);

async function opened(missing: ConstructorParameters<typeof Setup>[1] = []): Promise<Setup> {
  const setup = new Setup(services, missing);
  await setup.open();
  return setup;
}

const archive = (
  name: string,
  bytes: Uint8Array,
  size = bytes.length,
  kind: 'archive' | 'patch' = 'archive',
): Import => ({
  kind,
  name,
  size,
  read: () => Promise.resolve(bytes),
});

describe('Setup', () => {
  it('starts with a reference that can be run', async () => {
    const setup = await opened();
    expect(setup.blocked).toBeUndefined();
    expect(setup.request()).toMatchObject({
      task: { id: 'express-unconstrained' },
      source: { kind: 'reference', label: 'reference express-unconstrained (written by hand)' },
    });
  });

  it('follows the task, and says when a task has no reference or cannot run', async () => {
    const setup = await opened();
    await setup.chooseTask('flask-sqlite');
    expect(Object.keys(setup.draft?.files ?? {})).toContain('requirements.txt');
    await setup.chooseTask('koa-sqlite');
    expect(setup.blocked).toContain('submission');
    expect(() => setup.request()).toThrow(/submission/);
    await setup.chooseTask('koa-postgres');
    expect(setup.blocked).toContain('cannot run yet');
  });

  it('keeps the slower of two loads from winning', async () => {
    const waiting = new Map<string, (files: FileMap) => void>();
    const setup = new Setup(
      { ...services, loadReference: (id) => new Promise((resolve) => waiting.set(id, resolve)) },
      [],
    );
    void setup.open();
    await Promise.resolve();
    await Promise.resolve();
    const slow = setup.chooseTask('express-sqlite');
    const quick = setup.chooseTask('flask-sqlite');
    await expect.poll(() => [...waiting.keys()]).toContain('flask-sqlite');
    waiting.get('flask-sqlite')?.({ 'run.sh': 'flask' });
    await quick;
    waiting.get('express-sqlite')?.({ 'run.sh': 'express' });
    await slow;
    expect(setup.draft?.files).toEqual({ 'run.sh': 'flask' });
    expect(setup.loading).toBe(false);
  });

  it('waits for the list of references, however early another task is chosen, and loses no edits by it', async () => {
    const before = await opened();
    before.draft?.edit('run.sh', 'edited');
    let arrive: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (arrive = resolve));
    const setup = new Setup({ ...services, references: () => late.then(services.references) }, []);
    setup.resume(before.state);
    void setup.open();
    const chosen = setup.chooseTask('flask-sqlite');
    arrive();
    await chosen;
    expect(setup.draft?.source.kind).toBe('reference');
    await setup.chooseTask('express-unconstrained');
    expect(setup.draft?.files['run.sh']).toBe('edited');
  });

  it('asks again for a list of references that could not be loaded', async () => {
    let failures = 1;
    const references = (): ReturnType<typeof services.references> =>
      failures-- > 0 ? Promise.reject(new Error('no network')) : services.references();
    const setup = new Setup({ ...services, references }, []);
    await setup.open();
    expect(setup.error).toBe('no network');
    await setup.chooseTask('flask-sqlite');
    expect([setup.error, setup.draft?.source.kind]).toEqual([undefined, 'reference']);
  });

  it('takes the folder of the server as the top, and chooses the task of its framework, when told to', async () => {
    const setup = await opened();
    const files = { 'api/run.sh': 'python app.py', 'api/requirements.txt': 'Flask==3.0\n', 'web/x.js': '' };
    const packed = Object.entries(files).map(([path, text]) => [path, strToU8(text)]);
    await setup.import(archive('app.zip', zipSync(Object.fromEntries(packed))));
    const top = setup.doubts.find(({ mend }) => mend !== undefined)?.mend;
    expect(top).toMatchObject({ top: 'api' });
    await setup.mend(present(top));
    expect(Object.keys(setup.draft?.files ?? {})).toEqual(['requirements.txt', 'run.sh']);
    expect(setup.draft?.notes.join()).toContain('without 1 file beside it');
    expect(setup.draft?.edited).toBe(false);
    const task = setup.doubts.find(({ mend }) => mend !== undefined)?.mend;
    expect(task).toMatchObject({ taskId: 'flask-unconstrained' });
    await setup.mend(present(task));
    expect([setup.task.id, setup.kind, setup.doubts]).toEqual(['flask-unconstrained', 'import', []]);
  });

  it('takes in a zip, warns of what is missing, and keeps it while the task changes', async () => {
    const setup = await opened();
    await setup.import(archive('app.zip', zipSync({ 'app/server.js': strToU8('x') })));
    expect(setup.draft?.source).toEqual({ kind: 'archive', label: 'archive app.zip' });
    expect(setup.doubts).toEqual([
      { text: 'There is no run.sh at the top of the submission.' },
      { text: 'There is no package.json at the top of the submission.' },
    ]);
    expect(setup.blocked).toBeUndefined();
    await setup.chooseTask('flask-sqlite');
    expect(Object.keys(setup.draft?.files ?? {})).toEqual(['server.js']);
  });

  it('turns a bad submission into a message, and takes the next one', async () => {
    const setup = await opened();
    await setup.import(archive('bad.zip', strToU8('no zip')));
    expect(setup.error).toContain('cannot be read');
    expect(setup.blocked).toContain('Choose a submission');
    let read = false;
    await setup.import({
      kind: 'archive',
      name: 'huge.zip',
      size: limits.archiveBytes + 1,
      read: () => {
        read = true;
        return Promise.resolve(new Uint8Array());
      },
    });
    expect(setup.error).toContain('huge.zip is larger than 32 MB');
    expect(read).toBe(false);
    await setup.import(archive('good.zip', zipSync({ 'run.sh': strToU8('x') })));
    expect([setup.error, setup.blocked]).toEqual([undefined, undefined]);
  });

  it('reads a diff that PowerShell wrote, and says when a patch is none', async () => {
    const setup = await opened();
    const diff =
      '\uFEFFdiff --git a/run.sh b/run.sh\n--- /dev/null\n+++ b/run.sh\n@@ -0,0 +1 @@\n+node a.js\n';
    const wide = new Uint8Array(Uint16Array.from(diff, (unit) => unit.charCodeAt(0)).buffer);
    await setup.import(archive('a.patch', wide, wide.length, 'patch'));
    expect(setup.draft?.files).toEqual({ 'run.sh': 'node a.js\n' });
    await setup.import(archive('b.patch', strToU8('hello'), 5, 'patch'));
    expect(setup.error).toBe('b.patch holds no diff. Make it with “git diff”.');
  });

  it('asks for the name of a single pasted file', async () => {
    const setup = await opened();
    setup.chooseKind('paste');
    await setup.paste('print(1)', '');
    expect(setup.needsName).toBe(true);
    await setup.paste('print(1)', 'app.py');
    expect(setup.needsName).toBe(false);
    expect(setup.draft?.files).toEqual({ 'app.py': 'print(1)' });
  });

  it('says when the pasted text is no longer what was read', async () => {
    const setup = await opened();
    setup.pasted = '=== run.sh ===\na\n=== package.json ===\n{}\n';
    await setup.paste();
    expect(setup.doubts).toEqual([]);
    setup.pasted += 'b\n';
    expect(setup.doubts[0]?.text).toContain('changed since it was read');
    await setup.paste();
    expect(setup.doubts).toEqual([]);
  });

  it('blocks only what the browser cannot run', async () => {
    const setup = await opened([{ name: 'JSPI', advice: '', blocks: ['python'] }]);
    expect(setup.blocked).toBeUndefined();
    await setup.chooseTask('flask-sqlite');
    expect(setup.blocked).toBe('This browser lacks JSPI.');
  });
});

describe('files from elsewhere', () => {
  it('become the draft, with their task and their notes', async () => {
    const setup = await opened();
    setup.take(
      { 'run.sh': 'x' },
      { kind: 'link', label: 'link of ann' },
      ['Left out logo.png.'],
      'flask-sqlite',
    );
    expect([setup.kind, setup.task.id]).toEqual(['taken', 'flask-sqlite']);
    expect(setup.request()).toMatchObject({ files: { 'run.sh': 'x' }, source: { kind: 'link' } });
    expect(setup.draft?.notes).toEqual(['Left out logo.png.']);
    setup.take({ 'run.sh': 'y' }, { kind: 'model', label: 'some model' });
    expect([setup.kind, setup.has('taken')]).toEqual(['model', true]);
  });

  it('of a flawed example bring its task along, and the slower of two loads does not win', async () => {
    const setup = await opened();
    setup.chooseKind('defect');
    await Promise.resolve();
    await Promise.resolve();
    expect(setup.blocked).toContain('submission');
    const [hanging, shared] = setup.defects;
    await setup.chooseDefect(present(shared));
    expect(setup.task.id).toBe('flask-sqlite');
    expect(setup.draft?.source.label).toContain('flask-shared-connection');
    await setup.chooseDefect(present(hanging));
    expect(setup.task.id).toBe('express-unconstrained');
  });

  it('of a flawed example have the list of them beside, wherever it was chosen', async () => {
    const setup = await opened();
    const [first] = await services.defects();
    await setup.chooseDefect(present(first));
    await expect.poll(() => setup.defects.map(({ id }) => id)).toContain(first?.id);
  });

  it('that take long can be stopped, and come to nothing afterwards', async () => {
    const setup = await opened();
    let arrive: (draft: Draft) => void = () => undefined;
    let stopped = false;
    const done = setup.fetched((signal, say) => {
      signal.addEventListener('abort', () => (stopped = true));
      say('1 of 2');
      return new Promise((resolve) => (arrive = resolve));
    });
    expect([setup.loading, setup.progress]).toEqual([true, '1 of 2']);
    setup.stopReading();
    arrive(new Draft({ 'run.sh': 'x' }, { kind: 'archive', label: 'late' }));
    await done;
    expect([stopped, setup.loading, setup.draft]).toEqual([true, false, undefined]);
    expect(setup.error).toContain('You stopped');
  });
});

describe('edits', () => {
  it('of a reference are there again when its task is', async () => {
    const setup = await opened();
    present(setup.draft).edit('run.sh', 'exit 1');
    await setup.chooseTask('flask-sqlite');
    expect(setup.draft?.edited).toBe(false);
    await setup.chooseTask('express-unconstrained');
    expect(setup.draft?.files['run.sh']).toBe('exit 1');
    present(setup.draft).restore();
    await setup.chooseTask('flask-sqlite');
    await setup.chooseTask('express-unconstrained');
    expect(setup.draft?.edited).toBe(false);
  });

  it('of a reference are brought back with their task', async () => {
    const setup = await opened();
    present(setup.draft).edit('run.sh', 'exit 1');
    await setup.chooseTask('flask-sqlite');
    expect(setup.replaced?.edited).toBe(true);
    setup.bringBack();
    expect(setup.task.id).toBe('express-unconstrained');
    await expect.poll(() => setup.draft?.files['run.sh']).toBe('exit 1');
    await setup.chooseTask('flask-sqlite');
    expect(Object.keys(setup.draft?.files ?? {})).toContain('requirements.txt');
  });

  it('are kept aside when another submission comes in their place', async () => {
    const setup = await opened();
    setup.pasted = '=== run.sh ===\none';
    await setup.paste();
    present(setup.draft).edit('run.sh', 'edited');
    setup.pasted = '=== run.sh ===\ntwo';
    await setup.paste();
    expect(setup.draft?.files).toEqual({ 'run.sh': 'two\n' });
    setup.bringBack();
    expect(setup.draft?.files).toEqual({ 'run.sh': 'edited' });
    setup.pasted = '=== run.sh ===\nthree';
    await setup.paste();
    expect(setup.replaced?.files).toEqual({ 'run.sh': 'edited' });
  });
});

describe('Draft', () => {
  it('says that it was edited, and leaves the loaded files alone', async () => {
    const setup = await opened();
    const draft = present(setup.draft);
    const before = draft.files;
    draft.edit('run.sh', before['run.sh'] as string);
    draft.edit('other.sh', 'x');
    expect(draft.edited).toBe(false);
    draft.edit('run.sh', 'exit 1');
    expect(draft.source.label).toMatch(/, edited here$/);
    expect(setup.request().files['run.sh']).toBe('exit 1');
    expect(before['run.sh']).not.toBe('exit 1');
    expect(draft.list.find(({ path }) => path === 'run.sh')?.bytes).toBe(6);
    expect(draft.list.find(({ path }) => path === 'logo.png')?.editable).toBe(false);
  });
});

describe('files of a draft', () => {
  const draft = () => new Draft({ 'run.sh': 'x', 'src/a.js': 'a' }, { kind: 'paste', label: 'pasted text' });

  it('can be added, renamed, removed and had back', () => {
    const one = draft();
    expect(one.add('./src/b.js', 'b')).toBe('src/b.js');
    expect(one.rename('src/a.js', 'lib/a.js')).toBe('lib/a.js');
    one.remove('run.sh');
    expect(one.files).toEqual({ 'lib/a.js': 'a', 'src/b.js': 'b' });
    expect(one.list.map(({ path }) => path)).toEqual(['lib/a.js', 'src/b.js']);
    expect(one.edited).toBe(true);
    one.restore();
    expect([one.edited, one.files]).toEqual([false, one.original]);
    one.add('z.js', '');
    one.remove('z.js');
    expect(one.edited).toBe(false);
  });

  it('have paths that no file system objects to', () => {
    const one = draft();
    expect(() => one.add('../x')).toThrow(/leads out/);
    expect(() => one.add('RUN.SH')).toThrow(/only by case/);
    expect(() => one.rename('src/a.js', 'run.sh')).toThrow(/there twice/);
    expect(() => one.add('run.sh/x')).toThrow(/both a file and the folder/);
    expect(one.edited).toBe(false);
  });
});

it('drops all edits of a draft and has them back', async () => {
  const one = new Draft({ 'run.sh': 'x', 'src/a.js': 'a' }, { kind: 'paste', label: 'pasted text' });
  one.change({ 'run.sh': undefined, 'new.js': 'n', 'src/a.js': 'changed' });
  const edited = one.files;
  const notices = new Notices();
  dropEdits(one, notices);
  expect(one.files).toEqual(one.original);
  await notices.act(present(notices.list[0]).id);
  expect(one.files).toEqual(edited);
});
