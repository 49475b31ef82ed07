import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { faultsOfAxe } from '../testing/axe.ts';
import { readyToRun, runTo, scriptedPage, verdict } from '../testing/page.ts';

const { withPage } = scriptedPage();

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());
const views = (page: Page) => page.getByRole('navigation', { name: 'Views' });

describe('the frame', () => {
  it('goes to a view, says so to everyone, and finds the playground as it was left', () =>
    withPage('passed', async (page) => {
      await runTo(page, 'Passed');
      await views(page).getByRole('link', { name: 'Help' }).click();
      await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
      await expect.poll(() => focused(page)).toBe('Help');
      expect(await page.title()).toMatch(/^Passed, 100 % · Help · /);
      expect(await views(page).getByRole('link', { name: 'Help' }).getAttribute('aria-current')).toBe('page');
      expect(await page.getByRole('region', { name: 'Verdict', exact: true }).count()).toBe(0);
      await page.goBack();
      await verdict(page).getByText('Passed', { exact: true }).waitFor();
      await expect.poll(() => focused(page)).toBe('Playground');
    }));

  it('lets the keyboard skip what stands on every view', () =>
    withPage('passed', async (page) => {
      await page.keyboard.press('Tab');
      await expect.poll(() => focused(page)).toBe('Skip to content');
      await page.keyboard.press('Enter');
      await expect.poll(() => focused(page)).toBe('Playground');
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(() => document.querySelector('main')?.contains(document.activeElement)),
      ).toBe(true);
    }));

  it('wears the theme and the size that were chosen, and remembers them', () =>
    withPage('passed', async (page) => {
      const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await background();
      const small = await page.evaluate(() => getComputedStyle(document.body).fontSize);
      await page.getByRole('button', { name: 'Appearance' }).click();
      await page.getByRole('radio', { name: 'Dark' }).check();
      await page.getByRole('radio', { name: /Large/ }).check();
      expect(await background()).not.toBe(light);
      await page.keyboard.press('Escape');
      expect(await focused(page)).toBe('Appearance');
      await page.reload();
      await readyToRun(page);
      expect(await background()).not.toBe(light);
      expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).not.toBe(small);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    }));

  it('folds the set-up away and keeps it so', () =>
    withPage('passed', async (page) => {
      const task = page.getByRole('heading', { name: 'Task' });
      await page.getByRole('button', { name: 'Set-up' }).click();
      expect(await task.isVisible()).toBe(false);
      await page.reload();
      await readyToRun(page);
      expect(await task.isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Set-up' }).press('Enter');
      expect(await task.isVisible()).toBe(true);
    }));

  it('runs and helps at the press of a key, and leaves text alone', () =>
    withPage('passed', async (page) => {
      await page.locator('body').press('Control+Enter');
      await verdict(page).getByText('Passed', { exact: true }).waitFor();
      await page.getByRole('tab', { name: 'Assertions' }).click();
      await page.getByRole('searchbox').first().press('?');
      expect(await page.getByRole('heading', { level: 1, name: 'Help' }).count()).toBe(0);
      await page.getByRole('tab', { name: 'Code', exact: true }).click();
      await page.locator('.monaco-editor .view-lines').click();
      await page.keyboard.press('?');
      await page.getByRole('button', { name: 'Show the prompt' }).click();
      await page.getByRole('dialog').press('?');
      expect(await page.getByRole('heading', { level: 1, name: 'Help' }).count()).toBe(0);
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: 'Assertions' }).press('?');
      await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
    }));

  it('runs from within the editor, which does not begin a line', () =>
    withPage('passed', async (page) => {
      await page.locator('.monaco-editor .view-lines').click();
      await page.keyboard.press('Control+Enter');
      await verdict(page).getByText('Passed', { exact: true }).waitFor();
      expect(await verdict(page).innerText()).not.toContain('edited here');
    }));

  it('puts code and results side by side where there is room, with a splitter for the keyboard', () =>
    withPage(
      'passed',
      async (page) => {
        expect(await page.getByRole('tab', { name: 'Code', exact: true }).count()).toBe(0);
        const code = page.getByRole('region', { name: 'Code', exact: true }).first();
        const before = (await code.boundingBox())?.width ?? 0;
        await page.getByRole('separator', { name: /Resize code/ }).focus();
        await page.keyboard.press('ArrowLeft');
        await expect.poll(async () => (await code.boundingBox())?.width ?? 0).toBeLessThan(before);
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.getByRole('tab', { name: 'Code', exact: true }).waitFor();
      },
      { width: 1920 },
    ));
});

describe('a part that fails', () => {
  const broken = "export default function () { throw new Error('broken <b>view</b>'); }";

  it('is a message in its place, and the rest works on', () =>
    withPage(
      'passed',
      async (page) => {
        await page.route('**/HelpView-*.js', (route) =>
          route.fulfill({ contentType: 'text/javascript', body: broken }),
        );
        await views(page).getByRole('link', { name: 'Help' }).click();
        const alert = page.getByRole('alert').filter({ hasText: 'Help cannot be shown' });
        await alert.getByText('Error: broken <b>view</b>').waitFor();
        await alert.getByRole('button', { name: 'Try again' }).click();
        await alert.getByText('Error: broken <b>view</b>').waitFor();
        await views(page).getByRole('link', { name: 'Playground' }).click();
        await runTo(page, 'Passed');
      },
      { expects: /broken <b>view/ },
    ));

  it('can be fetched again when it did not come', () =>
    withPage(
      'passed',
      async (page) => {
        await page.route('**/HelpView-*.js', (route) => route.abort());
        await views(page).getByRole('link', { name: 'Help' }).click();
        await page.getByText('A part of the page could not be loaded.').waitFor();
        await page.unroute('**/HelpView-*.js');
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByRole('heading', { level: 2, name: 'Levels and rules' }).waitFor();
      },
      { expects: /ERR_FAILED|Failed to load/ },
    ));
});

describe('the first visit', () => {
  const welcome = (page: Page) => page.getByRole('region', { name: /Does the backend survive/ });

  it('leads to a verdict with one press', () =>
    withPage('passed', async (page) => {
      await page.locator('input[value="flask-sqlite"]').check({ force: true });
      await welcome(page).getByRole('button', { name: 'Run the reference' }).press('Enter');
      await verdict(page).getByText('Passed', { exact: true }).waitFor();
      expect(await verdict(page).innerText()).toContain('Express, unconstrained (L0)');
      expect(await welcome(page).count()).toBe(0);
      expect(await focused(page)).toBe('Verdict');
    }));

  it('shows what a broken rule costs, with the task it breaks', () =>
    withPage('failed', async (page) => {
      await welcome(page).getByRole('button', { name: 'A broken rule' }).click();
      await verdict(page).getByText('Failed', { exact: true }).waitFor();
      expect(await verdict(page).innerText()).toContain('Express, SQLite (L1)');
      expect(await page.locator('input[value="express-sqlite"]').isChecked()).toBe(true);
    }));

  it('runs the levels of one framework side by side', () =>
    withPage('passed', async (page) => {
      await welcome(page).getByRole('button', { name: 'All levels side by side' }).press('Enter');
      const group = page.getByRole('region', { name: 'Side by side', exact: true });
      await group.waitFor();
      await expect
        .poll(() => group.getByText('Passed', { exact: false }).count(), { timeout: 30_000 })
        .toBeGreaterThan(1);
      expect(await group.innerText()).toContain('L1');
      expect(await focused(page)).toBe('Verdict');
    }));

  it('opens a failing example that says what it is', () =>
    withPage('failed', async (page) => {
      await welcome(page).getByRole('button', { name: 'A failing example' }).click();
      await verdict(page).getByText('Failed', { exact: true }).waitFor();
      expect(await verdict(page).innerText()).toContain('defect express-failing (written by hand)');
    }));

  it('shows around by keyboard alone, never in the way, and gives the focus back', () =>
    withPage('passed', async (page) => {
      const start = welcome(page).getByRole('button', { name: 'Take the tour' });
      await start.press('Enter');
      const tour = page.getByRole('dialog', { name: 'Tour' });
      await tour.getByText('1 of 6').waitFor();
      await page.keyboard.press('ArrowRight');
      await tour.getByText('2 of 6').waitFor();
      await page.keyboard.press('ArrowLeft');
      await tour.getByText('1 of 6').waitFor();
      for (let step = 2; step <= 6; step++) {
        await tour.getByRole('button', { name: 'Next' }).press('Enter');
        await tour.getByText(`${step} of 6`).waitFor();
        const box = await tour.boundingBox();
        expect(box?.y).toBeGreaterThanOrEqual(0);
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
      }
      await tour.getByRole('button', { name: 'Done' }).press('Enter');
      expect(await tour.count()).toBe(0);
      await expect.poll(() => focused(page)).toContain('Take the tour');
      await start.press('Enter');
      await tour.waitFor();
      await page.locator('input[value="flask-sqlite"]').check({ force: true });
      expect(await tour.isVisible()).toBe(true);
      await tour.getByRole('heading').press('Escape');
      expect(await tour.count()).toBe(0);
    }));

  it('explains its words where they stand', () =>
    withPage('passed', async (page) => {
      await welcome(page).getByRole('button', { name: 'A%', exact: true }).press('Enter');
      const note = page.getByRole('dialog', { name: 'A%' });
      await note.getByText('0 when the code breaks').waitFor();
      await page.keyboard.press('Escape');
      expect(await note.isVisible()).toBe(false);
      expect(await focused(page)).toBe('A%');
      await page.keyboard.press('Enter');
      await note.getByRole('link').click();
      await page.getByRole('heading', { level: 2, name: 'The words of a verdict' }).waitFor();
    }));
});

it.each(['light', 'dark'] as const)('has no fault that axe finds in what it opens, in %s', (colorScheme) =>
  withPage(
    'passed',
    async (page) => {
      expect(await faultsOfAxe(page)).toEqual([]);
      await page.getByRole('button', { name: 'Appearance' }).click();
      expect(await faultsOfAxe(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'A%', exact: true }).click();
      expect(await faultsOfAxe(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Take the tour' }).click();
      expect(await faultsOfAxe(page)).toEqual([]);
    },
    { colorScheme },
  ),
);
