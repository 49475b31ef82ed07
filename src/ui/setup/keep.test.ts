import { describe, expect, it } from 'vitest';
import { tasks } from '../../../tasks/index.ts';
import { present } from '../testing/present.ts';
import { scriptedServices } from '../testing/scripted.ts';
import { keepOverReload } from './keep.ts';
import { Setup } from './setup.svelte.ts';

/** The part of a tab that outlives a reload; `room` in characters. */
function tab(room = Infinity) {
  const items = new Map<string, string>();
  const sessionStorage = {
    getItem: (key: string) => items.get(key) ?? null,
    removeItem: (key: string) => void items.delete(key),
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
  };
  /** Another load of the page. */
  const load = async () => {
    const window = Object.assign(new EventTarget(), { sessionStorage, document: new EventTarget() });
    const setup = new Setup(scriptedServices('passed', tasks), []);
    keepOverReload(setup, window as unknown as Window);
    await setup.open();
    const leave = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      window.dispatchEvent(new Event('pagehide'));
      return { asked: event.defaultPrevented };
    };
    return { setup, leave };
  };
  return { load, items };
}

describe('a reload', () => {
  it('finds task, source, files and edits as they were', async () => {
    const { load } = tab();
    const before = await load();
    present(before.setup.draft).edit('run.sh', 'edited');
    await before.setup.chooseTask('flask-sqlite');
    before.setup.take({ 'run.sh': 'x', 'a.bin': Uint8Array.of(0, 255) }, { kind: 'link', label: 'of ann' }, [
      'a note',
    ]);
    present(before.setup.draft).add('new.js', 'y');
    before.setup.pasted = '=== half';
    expect(before.leave()).toEqual({ asked: false });

    const { setup } = await load();
    expect([setup.task.id, setup.kind, setup.pasted]).toEqual(['flask-sqlite', 'taken', '=== half']);
    const draft = present(setup.draft);
    expect(draft.files).toEqual({ 'run.sh': 'x', 'a.bin': Uint8Array.of(0, 255), 'new.js': 'y' });
    expect([draft.edited, draft.notes]).toEqual([true, ['a note']]);
    draft.remove('new.js');
    expect([draft.edited, Object.keys(draft.files)]).toEqual([false, ['a.bin', 'run.sh']]);
    await setup.chooseTask('express-unconstrained');
    setup.chooseKind('reference');
    expect(setup.draft?.files['run.sh']).toBe('edited');
  });

  it('that would lose edits is asked about', async () => {
    const { load } = tab(50);
    const { setup, leave } = await load();
    expect(leave()).toEqual({ asked: false });
    present(setup.draft).edit('run.sh', 'edited');
    expect(leave()).toEqual({ asked: true });
    expect((await load()).setup.draft?.edited).toBe(false);
  });

  it.each(['{', '{"version":2}', '{"version":1,"taskId":"koa-nothing","kind":"paste"}', 'null'])(
    'starts anew from what it cannot read: %s',
    async (text) => {
      const { load, items } = tab();
      (await load()).leave();
      for (const key of items.keys()) items.set(key, text);
      const { setup } = await load();
      expect([setup.task.id, setup.blocked]).toEqual(['express-unconstrained', undefined]);
    },
  );

  it('of a tab without storage starts anew', async () => {
    const window = Object.assign(new EventTarget(), { document: new EventTarget() });
    Object.defineProperty(window, 'sessionStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    const setup = new Setup(scriptedServices('passed', tasks), []);
    keepOverReload(setup, window as unknown as Window);
    await setup.open();
    expect(setup.blocked).toBeUndefined();
    expect(window.dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(true);
  });
});
