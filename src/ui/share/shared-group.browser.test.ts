import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { claimOf, makeLink } from '../../share/links/index.ts';
import { recordOf } from '../../share/links/testing/world.ts';
import { faultsOfAxe } from '../testing/axe.ts';
import { scriptedPage } from '../testing/page.ts';

/** A link to several runs, in a real Chromium over scripted runs. */

const { withPage } = scriptedPage();

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, { timeout: 20_000 });
const dialog = (page: Page) => page.getByRole('dialog');

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
}

describe('a link to several runs', () => {
  it('shows its runs side by side with their line, and each below', () =>
    withPage('passed', async (page) => {
      const runs = [
        recordOf('express-unconstrained', { 'run.sh': 'exec node server.js\n' }),
        recordOf('flask-unconstrained', { 'app.py': 'x = 1\n' }, { compliant: false }),
      ];
      const made = await makeLink({ runs: runs.map(claimOf) });
      await goTo(page, made.ok ? made.fragment : '');
      await page.getByRole('heading', { level: 1, name: '2 shared runs' }).waitFor();
      await page.getByText('Claimed: passed').waitFor();
      const table = page.getByRole('region', { name: 'Claimed runs side by side' });
      expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
        expect.stringContaining('Express'),
        expect.stringContaining('Flask'),
      ]);
      expect(await page.getByRole('img', { name: /^Claimed: A% by level: L0 / }).count()).toBe(1);
      await table.getByRole('button', { name: /Flask/ }).press('Enter');
      await page.getByText('Claimed: failed').waitFor();
      await page.getByRole('region', { name: 'app.py' }).getByText('x = 1').waitFor();
      expect(await faultsOfAxe(page)).toEqual([]);
    }));

  it('is run again with one press, each run is compared, and the way back finds the comparison', () =>
    withPage('passed', async (page) => {
      await page.getByRole('button', { name: 'All levels…' }).click();
      await dialog(page)
        .getByRole('button', { name: /^Start/ })
        .click();
      const group = page.getByRole('region', { name: 'Side by side', exact: true });
      await group.getByText('2 of 2 ended').waitFor();
      await group.getByRole('button', { name: 'Share', exact: true }).click();
      const field = dialog(page).getByRole('textbox', { name: 'Link to the run' });
      await field.waitFor();
      const link = new URL(await field.inputValue()).hash;
      const runAll = async (other: Page): Promise<void> => {
        await goTo(other, link);
        await other.getByRole('button', { name: 'Run all again and compare' }).click();
        await dialog(other).getByText('2 runs are carried out').waitFor();
        await dialog(other).getByRole('button', { name: 'Run it', exact: true }).click();
      };
      await withPage('failed', async (other) => {
        await runAll(other);
        await other.getByText('2 of 2 compared, 0 reproduced').waitFor();
        expect(
          await other
            .locator('[data-compared=different]')
            .getByText(/differences$/)
            .count(),
        ).toBe(2);
        expect(await faultsOfAxe(other)).toEqual([]);
      });
      await withPage('passed', async (other) => {
        await runAll(other);
        await other.getByText('2 of 2 compared, 2 reproduced').waitFor();
        await other.getByRole('img', { name: /^Here: A% by level: L0 100 %, L1 100 %/ }).waitFor();
        await other.getByRole('button', { name: 'Open the fresh runs' }).click();
        await other.getByText('2 of 2 ended').waitFor();
        await other.goBack();
        await other.getByText('2 of 2 compared, 2 reproduced').waitFor();
      });
      await withPage('hanging', async (other) => {
        await runAll(other);
        await other.getByRole('button', { name: 'Cancel run #1' }).click();
        await other.getByRole('cell', { name: 'Cancelled' }).waitFor();
        await other.getByRole('button', { name: 'Cancel all' }).click();
        await eventually(() => other.getByRole('cell', { name: 'Cancelled' }).count()).toBe(2);
        expect(await other.getByRole('button', { name: 'Run all again and compare' }).isEnabled()).toBe(true);
      });
    }));
});
