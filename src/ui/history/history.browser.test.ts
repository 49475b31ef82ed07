import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { faultsOfAxe } from '../testing/axe.ts';
import { runButton, runTo, scriptedPage } from '../testing/page.ts';
import { databaseReady, fillHistory } from './testing/fill.ts';

const { withPage } = scriptedPage();

/** A loaded machine takes its time. */
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });

const rows = (page: Page) => page.locator('[data-run]');
const notice = (page: Page, text: string | RegExp) => page.getByText(text).first();

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
}

async function toHistory(page: Page): Promise<void> {
  await goTo(page, '#history');
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
}

describe('a run', () => {
  it('is in the history, outlives a reload, and is opened by its address', () =>
    withPage('failed', async (page) => {
      await runTo(page, 'Failed');
      await toHistory(page);
      await rows(page).waitFor();
      await page.reload();
      const link = rows(page).getByRole('link');
      await link.click();
      await page.getByRole('region', { name: 'Verdict' }).getByText('Failed', { exact: true }).waitFor();
      expect(await page.evaluate(() => location.hash)).toMatch(/^#history\/[\w-]+$/);
      await page.reload();
      await page.getByRole('region', { name: 'Verdict' }).getByText('Failed', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'All runs' }).click();
      await rows(page).waitFor();
    }));

  it('that is not there any more is said so, and leads to the list', () =>
    withPage(
      'passed',
      async (page) => {
        await notice(page, 'not in the history any more').waitFor();
        await page.getByText('No runs yet').waitFor();
      },
      { hash: '#history/gone' },
    ));

  it('of which a reload interrupted several are begun again together, side by side', () =>
    withPage('hanging', async (page) => {
      const offer = page.getByRole('region', { name: 'A run was interrupted' });
      const group = page.getByRole('region', { name: 'Side by side', exact: true });
      await page.getByRole('button', { name: 'All levels…' }).click();
      await page.getByRole('button', { name: /^Start \d/ }).click();
      await group.getByText('Start', { exact: true }).first().waitFor();
      const before = await group.getByRole('columnheader').allInnerTexts();
      await page.waitForTimeout(300);
      await page.reload();
      await offer.getByText('2 runs were interrupted').waitFor();
      await offer.getByText('One by one').click();
      expect(await offer.getByRole('button', { name: /^Begin again: / }).count()).toBe(2);
      expect(await faultsOfAxe(page)).toEqual([]);
      await offer.getByRole('button', { name: 'Begin all again' }).click();
      await eventually(() => group.getByRole('columnheader').allInnerTexts()).toEqual(before);
      expect(await offer.count()).toBe(0);
      await page.reload();
      await offer.getByRole('button', { name: 'Forget all of them' }).click();
      await eventually(() => offer.count()).toBe(0);
    }));

  it('that a reload interrupted is offered to be begun again, or to be forgotten', () =>
    withPage('hanging', async (page) => {
      const offer = page.getByRole('region', { name: 'A run was interrupted' });
      const begin = async (): Promise<void> => {
        await runButton(page).click();
        await page.locator('[data-stage=start][data-status=running]').first().waitFor();
      };
      await begin();
      await page.reload();
      await offer.getByText('at the stage start').waitFor();
      await offer.getByRole('button', { name: /^Begin again/ }).click();
      await page.locator('[data-stage=start][data-status=running]').first().waitFor();
      expect(await offer.count()).toBe(0);
      await page.reload();
      await offer.getByRole('button', { name: /^Forget it/ }).click();
      await eventually(() => offer.count()).toBe(0);
      await page.reload();
      await runButton(page).waitFor();
      await page.waitForTimeout(500);
      expect(await offer.count()).toBe(0);
    }));

  it('of another tab is in the list at once', () =>
    withPage('passed', async (page) => {
      const other = await page.context().newPage();
      await other.goto(page.url());
      await toHistory(other);
      await other.getByText('No runs yet').waitFor();
      await runTo(page, 'Passed');
      await rows(other).waitFor();
    }));
});

describe('the list', () => {
  it('deletes one, several and all, and takes it back', () =>
    withPage('passed', async (page) => {
      await fillHistory(page, 4);
      await toHistory(page);
      await eventually(() => rows(page).count()).toBe(4);
      await rows(page)
        .first()
        .getByRole('button', { name: /^Delete/ })
        .click();
      await eventually(() => rows(page).count()).toBe(3);
      await page.getByRole('button', { name: 'Undo' }).click();
      await eventually(() => rows(page).count()).toBe(4);
      for (const at of [0, 1]) await rows(page).nth(at).getByRole('checkbox').check();
      await page.getByText('2 runs selected').waitFor();
      await page
        .getByRole('group', { name: 'Selected runs' })
        .getByRole('button', { name: 'Delete' })
        .click();
      await eventually(() => rows(page).count()).toBe(2);
      await page.getByRole('button', { name: 'Delete all runs' }).click();
      await page.getByText('No runs yet').waitFor();
      await page.getByRole('button', { name: 'Undo' }).last().click();
      await eventually(() => rows(page).count()).toBe(2);
    }));

  it('is searched, filtered and sorted', () =>
    withPage('passed', async (page) => {
      await fillHistory(page, 6);
      await toHistory(page);
      await eventually(() => rows(page).count()).toBe(6);
      await page.getByLabel('Framework').selectOption('flask');
      await eventually(() => rows(page).count()).toBe(3);
      await page.getByLabel('Verdict').selectOption('passed');
      await page.getByText('No run fits').waitFor();
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.getByRole('searchbox').fill('run 3');
      await eventually(() => rows(page).count()).toBe(1);
      await page.getByRole('searchbox').fill('');
      const shares = () => rows(page).locator('td:nth-child(6)').allInnerTexts();
      await page.getByRole('button', { name: 'A%' }).click();
      expect(await shares()).toEqual(['100 %', '50 %', '40 %', '20 %', '10 %', '0 %']);
      await page.getByRole('button', { name: 'A%' }).click();
      expect(await shares()).toEqual(['0 %', '10 %', '20 %', '40 %', '50 %', '100 %']);
    }));

  it('stays quick with a thousand runs', () =>
    withPage('passed', async (page) => {
      await fillHistory(page, 1_000);
      await toHistory(page);
      await page.getByText('1,000 runs', { exact: true }).waitFor();
      await page.evaluate(() => {
        const blocked: number[] = [];
        Reflect.set(globalThis, 'blocked', blocked);
        new PerformanceObserver((list) =>
          blocked.push(...list.getEntries().map(({ duration }) => duration)),
        ).observe({ type: 'longtask' });
      });
      await page.getByRole('searchbox').fill('flask');
      await page.getByText('500 of 1,000 runs').waitFor();
      await page.getByRole('button', { name: 'Task', exact: true }).click();
      await page.getByRole('checkbox', { name: 'Select all that are found' }).check();
      await page.getByText('500 runs selected').waitFor();
      const selected = page.getByRole('group', { name: 'Selected runs' });
      await selected.getByRole('button', { name: /^Save/ }).click();
      await notice(page, 'A file holds up to 200 runs').waitFor();
      await selected.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('searchbox').fill('');
      await page.getByText('500 runs', { exact: true }).waitFor();
      expect(await rows(page).count()).toBe(100);
      const blocked = await page.evaluate(() => Reflect.get(globalThis, 'blocked') as number[]);
      console.log(`long tasks, ms: ${blocked.map(Math.round).join(' ') || 'none'}`);
    }));

  it('gives a run a name', () =>
    withPage('passed', async (page) => {
      await fillHistory(page, 1);
      await toHistory(page);
      await rows(page)
        .getByRole('button', { name: /^Rename/ })
        .click();
      await page.getByLabel('Name of this run').fill('for the <b>talk</b>');
      await page.keyboard.press('Enter');
      await rows(page).getByText('for the <b>talk</b>').waitFor();
      await page.reload();
      await rows(page).getByText('for the <b>talk</b>').waitFor();
    }));

  it('shows what cannot be read as damaged, and lets it be deleted', () =>
    withPage('passed', async (page) => {
      await fillHistory(page, 1);
      await databaseReady(page);
      await page.evaluate(
        () =>
          new Promise((resolve, reject) => {
            const opening = indexedDB.open('decay');
            opening.onerror = reject;
            opening.onsuccess = () => {
              const write = opening.result.transaction('summaries', 'readwrite');
              write.objectStore('summaries').put({ id: 'x', createdAt: '<img src=x onerror=alert(1)>' });
              write.oncomplete = resolve;
            };
          }),
      );
      await toHistory(page);
      await page.getByText('1 run cannot be read').waitFor();
      await page.getByRole('button', { name: 'Delete what cannot be read' }).click();
      await eventually(() => page.getByText('1 run cannot be read').count()).toBe(0);
    }));
});

it('saves runs as a file, and takes them back in another browser', () =>
  withPage('failed', async (page) => {
    await runTo(page, 'Failed');
    await toHistory(page);
    await rows(page).getByRole('checkbox').check();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).click();
    const saved = await download;
    const [name, path] = [saved.suggestedFilename(), await saved.path()];
    expect(name).toMatch(/\.decay\.json\.gz$/);
    await withPage('passed', async (other) => {
      await toHistory(other);
      const input = other.locator('input[type=file][accept=".json,.gz"]');
      await input.setInputFiles({ name, mimeType: 'application/gzip', buffer: await readFile(path) });
      await rows(other).getByText('from a file, not checked here').waitFor();
      await rows(other).getByText('Failed').waitFor();
      await input.setInputFiles({ name, mimeType: 'application/gzip', buffer: await readFile(path) });
      await notice(other, '1 already here').waitFor();
      await input.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
      await notice(other, 'x.json: This file holds no run').waitFor();
    });
  }));

describe('without room', () => {
  it('a run is kept in memory when storage is denied, and the page says what to do', () =>
    withPage('passed', async (page) => {
      await page.addInitScript(() => {
        Object.defineProperty(globalThis, 'indexedDB', {
          get: () => ({
            open: () => {
              throw new DOMException('denied by the user', 'SecurityError');
            },
          }),
        });
      });
      await page.reload();
      await runTo(page, 'Passed');
      await notice(page, 'does not let this page keep anything').waitFor();
      await toHistory(page);
      await rows(page).waitFor();
      expect(await page.locator('.view').getByText('Leave the private window').count()).toBe(1);
    }));

  it('a run is kept in memory when the disk is full, and the page says what to do', () =>
    withPage('passed', async (page) => {
      const session = await page.context().newCDPSession(page);
      const origin = new URL(page.url()).origin;
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 30_000 });
      await page.reload();
      for (let run = 0; run < 3; run++) await runTo(page, 'Passed');
      await notice(page, 'no room left for runs').waitFor();
      await toHistory(page);
      await eventually(() => rows(page).count()).toBeGreaterThanOrEqual(1);
    }));
});

it.each(['light', 'dark'] as const)('has no fault that axe finds, %s', (colorScheme) =>
  withPage(
    'passed',
    async (page) => {
      await toHistory(page);
      expect(await faultsOfAxe(page)).toEqual([]);
      await fillHistory(page, 3);
      await page.reload();
      await rows(page).first().getByRole('checkbox').check();
      expect(await faultsOfAxe(page)).toEqual([]);
    },
    { colorScheme },
  ),
);
