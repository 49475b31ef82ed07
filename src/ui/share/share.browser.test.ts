import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { makeLink, shareOf } from '../../share/links/index.ts';
import { recordOf } from '../../share/links/testing/world.ts';
import { linkTo, rewrite } from '../../share/links/testing/rewrite.ts';
import { references, loadReference } from '../../../tasks/references/index.ts';
import { faultsOfAxe } from '../testing/axe.ts';
import { runTo, scriptedPage } from '../testing/page.ts';

const { withPage } = scriptedPage();

/** A loaded machine takes its time. */
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

const task = 'express-unconstrained';
const files = {
  'run.sh': 'exec node server.js\n',
  'package.json': '{"type":"module"}\n',
  'src/a.js': 'export {};\n',
};

async function madeLink(
  change: (record: ReturnType<typeof recordOf>) => void = () => undefined,
): Promise<string> {
  const record = recordOf(task, files, { failed: [3, 7] });
  change(record);
  const made = await makeLink(shareOf([record]));
  if (!made.ok) throw new Error(made.fault.code);
  return made.fragment;
}

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
}

const heading = (page: Page) => page.getByRole('heading', { level: 1, name: /shared run/ });
const dialog = (page: Page) => page.getByRole('dialog');

async function copiedLink(page: Page): Promise<string> {
  const field = dialog(page).getByRole('textbox', { name: 'Link to the run' });
  await field.waitFor();
  return field.inputValue();
}

describe('sharing a run', () => {
  it('makes a link that another browser opens, says what is in it, and shows a QR code', () =>
    withPage('failed', async (page) => {
      await runTo(page, 'Failed');
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      const link = await copiedLink(page);
      await dialog(page)
        .getByText(/^\d+ files of the submission/)
        .waitFor();
      await dialog(page).getByText('API keys are in neither').waitFor();
      await dialog(page).getByText('looks as if it holds').waitFor({ state: 'detached' });
      await withPage('failed', async (other) => {
        await goTo(other, new URL(link).hash);
        await heading(other).waitFor();
        await other.getByText('Claimed: failed').waitFor();
        await other.getByText('as it was when the link was made').waitFor();
        expect(await faultsOfAxe(other)).toEqual([]);
      });
      expect(await faultsOfAxe(page)).toEqual([]);
    }));

  it('offers the file when the address is too long for a QR code', () =>
    withPage('failed', async (page) => {
      await runTo(page, 'Failed');
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      const link = await copiedLink(page);
      const short = link.length <= 2_953;
      if (short) {
        await page.getByRole('button', { name: 'Show QR code' }).click();
        await page.getByRole('img', { name: /^QR code/ }).waitFor();
      } else await dialog(page).getByText('A QR code holds 2,953 characters').waitFor();
      const download = page.waitForEvent('download');
      await dialog(page).getByRole('button', { name: 'Save as a file' }).click();
      expect((await download).suggestedFilename()).toMatch(/^express-unconstrained-.*\.decay\.json\.gz$/);
      await dialog(page).getByText('Saved as express-unconstrained').waitFor();
    }));

  it('makes a report on a fault that is shown as a whole before it is saved, without the keys of this page', () =>
    withPage(
      'passed',
      async (page) => {
        await page.getByText('More options').click();
        await page.getByRole('radio', { name: /^WebContainers/ }).check();
        await page.locator('input[type=password]').fill('planted-key-0815');
        await page.locator('input[name=engine][value=embedded]').check();
        await page.evaluate(() => void Promise.reject(new Error('it was planted-key-0815')));
        await page.getByText('it was planted-key-0815').waitFor();
        await runTo(page, 'Passed');
        await page.getByRole('button', { name: 'Share', exact: true }).click();
        await dialog(page).getByRole('button', { name: 'Something went wrong? Make a report' }).click();
        const preview = page.getByRole('textbox', { name: /^All of the report/ });
        await eventually(() => preview.inputValue()).toContain('"indexedDB"');
        expect(await preview.inputValue()).toContain('it was [removed]');
        expect(await preview.inputValue()).not.toMatch(/planted-key|eyJhbGciOi/);
        const download = page.waitForEvent('download');
        await page.getByRole('button', { name: 'Save the report' }).click();
        const saved = await download;
        expect(saved.suggestedFilename()).toMatch(/^decay-report-.*\.json$/);
        expect(await readFile(await saved.path(), 'utf8')).toBe(await preview.inputValue());
        expect(await faultsOfAxe(page)).toEqual([]);
      },
      { expects: /planted/ },
    ));
});

describe('a shared run', () => {
  it('runs only after consent, and says when it was not reproduced and why', () =>
    withPage('passed', async (page) => {
      await runTo(page, 'Passed');
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      const link = new URL(await copiedLink(page)).hash;
      await withPage('failed', async (other) => {
        await goTo(other, link);
        await other.getByRole('button', { name: 'Run again and compare' }).click();
        await dialog(other).getByText('Run code written by others?').waitFor();
        await dialog(other).getByText('the Node engine, 3.0 MB').waitFor();
        await dialog(other).getByText('2 packages').waitFor();
        await dialog(other).getByText('jsonwebtoken 9.0.2').waitFor();
        await dialog(other).getByRole('button', { name: 'Do not run it' }).click();
        expect(await other.locator('[data-reproduction]').count()).toBe(0);
        await other.getByRole('button', { name: 'Run again and compare' }).click();
        await dialog(other).getByRole('button', { name: 'Run it', exact: true }).click();
        const outcome = other.locator('[data-reproduction=different]');
        await outcome.waitFor();
        await outcome.getByText('Verdict', { exact: true }).waitFor();
        await outcome.getByText('Rule database (parser)').waitFor();
        expect(await outcome.getByText('not reached').count()).toBeGreaterThan(0);
        expect(await faultsOfAxe(other)).toEqual([]);
        await outcome.getByRole('button', { name: 'Open the fresh run' }).click();
        await other.getByRole('region', { name: 'Verdict' }).getByText('Failed', { exact: true }).waitFor();
      });
      await withPage('passed', async (other) => {
        await goTo(other, link);
        await other.getByRole('button', { name: 'Run again and compare' }).click();
        await dialog(other).getByRole('button', { name: 'Run it', exact: true }).click();
        await other.locator('[data-reproduction=reproduced]').waitFor();
      });
    }));

  it('is not comparable with a run of another suite', () =>
    withPage('passed', async (page) => {
      await goTo(page, await madeLink());
      await page.getByRole('button', { name: 'Run again and compare' }).click();
      await dialog(page).getByRole('button', { name: 'Run it', exact: true }).click();
      await page.locator('[data-reproduction=not-comparable]').waitFor();
    }));

  it('is kept in the history once, and opened in the editor', () =>
    withPage('passed', async (page) => {
      await goTo(page, await madeLink());
      await page.getByRole('button', { name: 'Keep in history' }).click();
      await page.getByText('marked as not checked here').waitFor();
      await page.getByRole('button', { name: 'Keep in history' }).click();
      await page.getByText('in the history already').waitFor();
      await page.getByRole('button', { name: 'Open files in the editor' }).click();
      await page.getByText('look at the files before you run them').first().waitFor();
      await goTo(page, '#history');
      await page.locator('[data-run]').getByText('from a link, not checked here').waitFor();
    }));

  it('leads to the assertion that the link is about', () =>
    withPage(
      'passed',
      async (page) => {
        const record = recordOf(task, files, { failed: [600] });
        const id = record.suite?.assertions[600]?.id ?? '';
        const made = await makeLink(shareOf([record], { run: 0, assertion: id }));
        await goTo(page, made.ok ? made.fragment : '');
        const pointed = page.locator(`[data-assertion="${id}"]`);
        await pointed.waitFor();
        const there = () =>
          pointed.evaluate((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            const focused = row.closest('section') === document.activeElement;
            return [focused, top >= 0 && bottom <= innerHeight, scrollY > 0];
          });
        await eventually(there).toEqual([true, true, true]);
      },
      { height: 420 },
    ));

  it('is safe to be replaced by another link, or left, while a run is on', () =>
    withPage('hanging', async (page) => {
      await goTo(page, await madeLink());
      await page.getByRole('button', { name: 'Run again and compare' }).click();
      await dialog(page).getByRole('button', { name: 'Run it', exact: true }).click();
      await page.getByText('Stage: start').waitFor();
      await goTo(page, await madeLink((record) => (record.source.label = 'another')));
      await page.getByText('another').waitFor();
      expect(await page.getByText('Stage: start').count()).toBe(0);
      await goTo(page, '#playground');
      await page.locator('[data-stage=start][data-status=running]').first().waitFor();
      await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();
      await page.getByText('Cancelled', { exact: true }).first().waitFor();
    }));
});

describe('a link that is not right', () => {
  const bad: [name: string, code: string, make: () => Promise<string>][] = [
    ['cut off', 'damaged', async () => (await madeLink()).slice(0, -40)],
    ['of a later form', 'too-new', () => Promise.resolve('#r2.abc')],
    [
      'of a later version',
      'too-new',
      async () => rewrite(await madeLink(), (json) => (json['version'] = 2), { forge: true }),
    ],
    ['too long', 'oversized', () => Promise.resolve(`#r1.${'a'.repeat(33_000)}`)],
    ['that inflates without end', 'oversized', () => linkTo(' '.repeat(9_000_000))],
  ];
  it.each(bad)('%s is said to be %s', (_, code, make) =>
    withPage('passed', async (page) => {
      const fragment = await make();
      await goTo(page, fragment);
      await page.locator(`[data-fault=${code}]`).waitFor();
      expect(await faultsOfAxe(page)).toEqual([]);
    }),
  );

  it('changed after it was made is shown with a warning, and asks once more before it runs', () =>
    withPage('passed', async (page) => {
      const changed = await rewrite(await madeLink(), (json) => {
        const [run] = json['runs'] as { source: { label: string } }[];
        if (run !== undefined) run.source.label = 'changed';
      });
      await goTo(page, changed);
      await page.locator('[data-fault=tampered]').waitFor();
      await page.getByRole('button', { name: 'Run again and compare' }).click();
      await dialog(page).getByText('may not be what its author shared').waitFor();
    }));

  it('that needs a reference which is not here shows the verdict, and runs nothing', () =>
    withPage('passed', async (page) => {
      const [{ taskId } = { taskId: task }] = references;
      const made = await makeLink(shareOf([recordOf(taskId, await loadReference(taskId))]));
      const lost = await rewrite(
        made.ok ? made.fragment : '',
        (json) => {
          const [base] = json['bases'] as string[][];
          if (base !== undefined) base[0] = 'koa-postgres';
        },
        { forge: true },
      );
      await goTo(page, lost);
      await page.locator('[data-fault=unknown-reference]').waitFor();
      await page.getByText('Claimed: passed').waitFor();
      expect(await page.getByRole('button', { name: 'Run again and compare' }).isDisabled()).toBe(true);
    }));

  it('that would reach into prototypes reaches nothing', () =>
    withPage('passed', async (page) => {
      const evil = await rewrite(
        await madeLink(
          (record) => (record.files = { ...record.files, 'a/__proto__': 'x', constructor: 'y' }),
        ),
        (json) => {
          const proto = { value: { polluted: 1 }, enumerable: true };
          const [run] = json['runs'] as { packages: object; engine: { versions: object } }[];
          for (const part of [json, run?.packages, run?.engine.versions])
            if (part !== undefined) Object.defineProperty(part, '__proto__', proto);
        },
        { forge: true },
      );
      await goTo(page, evil);
      await heading(page).waitFor();
      await page.locator('#claim-heading, [data-fault]').first().waitFor();
      expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
    }));

  it('with markup and tricks in every text shows them as text', () =>
    withPage('passed', async (page) => {
      const trick = '<img src=x onerror="document.title=1">\u202e';
      await goTo(
        page,
        await madeLink((record) => {
          record.source.label = trick;
          record.createdAt = trick;
          record.packages = { [trick]: trick };
          record.engine.versions = { [trick]: trick };
          record.generation = { model: { id: trick }, parameters: { [trick]: trick }, prompts: [] };
          for (const result of record.verify)
            for (const rule of result.rules) for (const one of rule.findings) one.message = trick;
          record.files = { [`a/${'x'.repeat(20)}<b>.js`]: trick };
        }),
      );
      await heading(page).waitFor();
      await page.getByText('Versions, packages').click();
      await page.getByText('‹U+202E›').first().waitFor();
      expect(await page.locator('main img').count()).toBe(0);
    }));

  it('starts nothing by itself, and leaves the runs of the history alone', () =>
    withPage('passed', async (page) => {
      await runTo(page, 'Passed');
      await goTo(page, '#r1.abc');
      await page.locator('[data-fault=damaged]').waitFor();
      await goTo(page, '#history');
      await eventually(() => page.locator('[data-run]').count()).toBe(1);
    }));
});
