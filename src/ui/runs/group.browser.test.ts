import { describe, expect, it } from 'vitest';
import { faultsOfAxe } from '../testing/axe.ts';
import { runButton, scriptedPage, verdict } from '../testing/page.ts';

/** Runs side by side, in a real Chromium over scripted runs. */

const { withPage } = scriptedPage();

describe('all levels of a framework', () => {
  it('run side by side from one dialog, each to its verdict, and a press shows one below', () =>
    withPage('passed', async (page) => {
      await page.getByRole('button', { name: 'All levels…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Run several levels side by side' });
      await dialog.getByText('Nobody has written a reference for L2').waitFor();
      await dialog.getByRole('button', { name: /^Start/ }).press('Enter');
      const group = page.getByRole('region', { name: 'Side by side', exact: true });
      await group.getByRole('columnheader').nth(1).waitFor();
      const columns = await group.getByRole('columnheader').count();
      await group.getByText(`${columns} of ${columns} ended`).waitFor();
      await group.getByRole('img', { name: /^A% by level: L0 100 %, L1 100 %/ }).waitFor();
      await group.getByRole('columnheader').nth(1).getByRole('button').click();
      await verdict(page).getByText('SQLite').first().waitFor();
      expect(await faultsOfAxe(page)).toEqual([]);
      await group.getByRole('button', { name: 'Close the comparison' }).click();
      await expect.poll(() => group.count()).toBe(0);
    }));

  it('are cancelled one by one and together; the others go on', () =>
    withPage('hanging', async (page) => {
      await page.getByRole('button', { name: 'All levels…' }).click();
      await page.getByRole('button', { name: /^Start \d/ }).click();
      const group = page.getByRole('region', { name: 'Side by side', exact: true });
      await group.getByRole('columnheader').nth(1).waitFor();
      const columns = await group.getByRole('columnheader').count();
      await group.getByRole('button', { name: 'Cancel run #1' }).click();
      await group.getByText(`1 of ${columns} ended`).waitFor();
      await group.getByRole('button', { name: 'Cancel all' }).click();
      await group.getByText(`${columns} of ${columns} ended`).waitFor();
      await expect.poll(() => runButton(page).isEnabled()).toBe(true);
    }));

  it('may be one submission, judged against the rules of every level', () =>
    withPage('failed', async (page) => {
      await page.getByRole('button', { name: 'All levels…' }).click();
      await page.getByLabel('One submission against the rules').check();
      await page.getByLabel('Task of level 2').selectOption('express-clean_architecture-sqlite');
      await page.getByRole('button', { name: 'Start 4 runs' }).click();
      const group = page.getByRole('region', { name: 'Side by side', exact: true });
      await group.getByText('4 of 4 ended').waitFor();
      expect(await group.getByRole('cell', { name: 'Failed' }).count()).toBe(4);
    }));
});
