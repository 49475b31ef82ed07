import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { tasks } from '../../../tasks/index.ts';
import { limits } from '../../domain/limits.ts';
import type { FileMap } from '../../engines/engine.ts';
import { scriptedServices } from '../testing/scripted.ts';
import { present } from '../testing/present.ts';
import { AssertionList } from '../result/assertion-list.svelte.ts';
import { Notices } from '../shell/notices.svelte.ts';
import { Setup, type Import } from './setup.svelte.ts';

const services = scriptedServices('passed', tasks);

async function opened(missing: ConstructorParameters<typeof Setup>[1] = []): Promise<Setup> {
  const setup = new Setup(services, missing);
  await setup.open();
  return setup;
}

const archive = (name: string, bytes: Uint8Array, size = bytes.length): Import => ({
  kind: 'archive',
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
    waiting.get('flask-sqlite')?.({ 'run.sh': 'flask' });
    await quick;
    waiting.get('express-sqlite')?.({ 'run.sh': 'express' });
    await slow;
    expect(setup.draft?.files).toEqual({ 'run.sh': 'flask' });
    expect(setup.loading).toBe(false);
  });

  it('takes in a zip, warns of what is missing, and keeps it while the task changes', async () => {
    const setup = await opened();
    await setup.import(archive('app.zip', zipSync({ 'app/server.js': strToU8('x') })));
    expect(setup.draft?.source).toEqual({ kind: 'archive', label: 'archive app.zip' });
    expect(setup.warnings).toEqual([
      'There is no run.sh at the top of the submission.',
      'There is no package.json at the top of the submission.',
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

  it('asks for the name of a single pasted file', async () => {
    const setup = await opened();
    setup.chooseKind('paste');
    await setup.paste('print(1)', '');
    expect(setup.needsName).toBe(true);
    await setup.paste('print(1)', 'app.py');
    expect(setup.needsName).toBe(false);
    expect(setup.draft?.files).toEqual({ 'app.py': 'print(1)' });
  });

  it('blocks only what the browser cannot run', async () => {
    const setup = await opened([{ name: 'JSPI', advice: '', blocks: ['python'] }]);
    expect(setup.blocked).toBeUndefined();
    await setup.chooseTask('flask-sqlite');
    expect(setup.blocked).toBe('This browser lacks JSPI.');
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

describe('AssertionList', () => {
  it('filters, searches and groups', async () => {
    const { suite } = await scriptedServices('failed', tasks, 0).evaluate((await opened()).request(), {});
    const list = new AssertionList(() => suite?.assertions ?? []);
    expect(list.counts).toEqual({ all: 72, passed: 59, failed: 6, 'not-reached': 7 });
    expect(list.groups.map(({ name, passed, total }) => [name, passed, total])).toEqual([
      ['Users', 22, 24],
      ['Articles', 21, 24],
      ['Errors', 16, 24],
    ]);
    expect(list.narrowed).toBe(false);
    list.status = 'failed';
    expect(list.narrowed).toBe(true);
    expect(list.groups.flatMap(({ shown }) => shown)).toHaveLength(6);
    list.search = 'LOGIN case-14';
    expect(list.groups.flatMap(({ shown }) => shown.map(({ id }) => id))).toEqual(['group0.case-14.status']);
    list.search = 'nowhere';
    expect(list.groups).toEqual([]);
  });
});

describe('Notices', () => {
  it('shows faults nobody caught, once each and not too many', () => {
    const target = new EventTarget();
    const notices = new Notices();
    const stop = notices.listen(target as Window);
    const fault = Object.assign(new Event('unhandledrejection'), { reason: new Error('no disk') });
    target.dispatchEvent(fault);
    target.dispatchEvent(fault);
    expect(notices.list.map(({ text }) => text)).toEqual(['Something in this page went wrong: no disk']);
    for (let index = 0; index < 10; index++) {
      target.dispatchEvent(Object.assign(new Event('error'), { message: `fault ${index}` }));
    }
    expect(notices.list).toHaveLength(Notices.most);
    stop();
    notices.dismiss(present(notices.list[0]).id);
    target.dispatchEvent(fault);
    expect(notices.list).toHaveLength(Notices.most - 1);
  });
});
