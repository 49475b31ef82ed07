import { describe, expect, it } from 'vitest';
import { defects, loadDefect } from '../../../tasks/defects/index.ts';
import { loadReference, references } from '../../../tasks/references/index.ts';
import type { FileMap } from '../../engines/engine.ts';
import { claimOf, makeLink, openLink, reproduce, shareOf } from './index.ts';
import { recordOf } from './testing/world.ts';

/** Made of real submissions with the references of this build. */
async function roundTrip(taskId: string, files: FileMap): Promise<number> {
  const record = recordOf(taskId, files, { failed: [2], unreached: [5, 6] });
  const made = await makeLink(shareOf([record]));
  if (!made.ok) throw new Error(made.fault.code);
  const opened = await openLink(made.fragment);
  if (!opened.readable) throw new Error(opened.fault.code);
  expect(opened).toMatchObject({ seal: 'intact', faults: [] });
  expect(opened.share.runs).toEqual([claimOf(record)]);
  const [run] = opened.share.runs;
  expect(run && reproduce(run, record)).toEqual({ outcome: 'reproduced', circumstances: [] });
  return made.fragment.length;
}

describe('the link to', () => {
  it.each(references)('the reference $taskId names it and holds none of its text', async ({ taskId }) => {
    expect(await roundTrip(taskId, await loadReference(taskId))).toBeLessThan(1_200);
  });

  it.each(references)('$taskId with a name changed everywhere holds the changes', async ({ taskId }) => {
    const files = await loadReference(taskId);
    const changed = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, String(text).replaceAll('article', 'posting')]),
    );
    const length = await roundTrip(taskId, changed);
    const text = JSON.stringify(changed);
    expect(length).toBeLessThan(1_200 + text.length / 4);
  });

  it('a reference with one line changed is little longer', async () => {
    const files = await loadReference('express-sqlite');
    const [path, text] = Object.entries(files).find(([name]) => name.endsWith('.js')) ?? ['', ''];
    const before = await roundTrip('express-sqlite', files);
    const after = await roundTrip('express-sqlite', {
      ...files,
      [path]: `${String(text)}\n// one line more\n`,
    });
    expect(after - before).toBeLessThan(200);
  });

  it('a reference under another task, with files moved, still borrows', async () => {
    const files = await loadReference('koa-sqlite');
    const moved = Object.fromEntries(Object.entries(files).map(([path, text]) => [`app/${path}`, text]));
    expect(await roundTrip('express-unconstrained', moved)).toBeLessThan(2_000);
  });

  it.each(defects)('the defect $id brings its files back', async ({ id, taskId }) => {
    await roundTrip(taskId, await loadDefect(id));
  });
});
