import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { faultsOfAxe } from '../testing/axe.ts';
import { runTo, scriptedPage, verdict } from '../testing/page.ts';

/** The result side in a real Chromium: what a person reads in it, by mouse and by keyboard. */

const { withPage } = scriptedPage();
const clipboard = { context: { permissions: ['clipboard-read', 'clipboard-write'] } };
const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
const rows = (page: Page) => page.locator('[data-assertion]');
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const tab = (page: Page, name: string) => page.getByRole('tab', { name });

describe('a verdict', () => {
  it('leads to what it speaks of', () =>
    withPage('failed', async (page) => {
      await runTo(page, 'Failed');
      await verdict(page).getByRole('button', { name: '7 assertions not reached' }).click();
      await expect.poll(() => rows(page).count()).toBe(7);
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.closest('li')?.dataset['assertion']))
        .toBe('group2.case-65.status');
      await verdict(page).getByRole('button', { name: 'Violates the rule database' }).click();
      await panel(page, 'Rules').getByRole('button', { name: 'src/db.js:3' }).first().waitFor();
      await verdict(page).getByRole('button', { name: 'A%', exact: true }).click();
      await page.getByRole('dialog', { name: 'A%' }).getByText('0 when the code breaks').waitFor();
    }));

  it('says where a run stopped and shows that output', () =>
    withPage('stopped', async (page) => {
      await runTo(page, 'Failed');
      await verdict(page).getByRole('button', { name: 'Stopped at Install' }).click();
      await panel(page, 'Console').getByText('added 71 packages').waitFor();
      expect(await panel(page, 'Console').getByRole('combobox', { name: 'Stage' }).inputValue()).toBe(
        'install',
      );
      await page.locator('[data-stage=install] button').click();
      const detail = panel(page, 'Install');
      expect(await detail.innerText()).toMatch(
        /Command\s+npm install\s+Message\s+npm install ended[^]*Exit code\s+1/,
      );
    }));

  it('is compared with the run before, stage by stage', () =>
    withPage('passed', async (page) => {
      await runTo(page, 'Passed');
      expect(await page.getByText(/^before /).count()).toBe(0);
      await runTo(page, 'Passed');
      await page
        .locator('[data-stage=install]')
        .getByText(/^before \d/)
        .waitFor();
      await page.locator('[data-stage=suite] button').press('Enter');
      expect(await panel(page, 'Test').innerText()).toMatch(/\d+ ms, before \d+ ms, \d+ % of the run/);
      await panel(page, 'Test').getByRole('button', { name: 'Close' }).click();
      expect(await panel(page, 'Test').count()).toBe(0);
    }));
});

describe('assertions', () => {
  it('by the hundred come without the page standing still, and are gone through by keyboard', () =>
    withPage('many', async (page) => {
      await runTo(page, 'Failed');
      const list = panel(page, 'Assertions');
      await page.evaluate(() => {
        const seen: number[] = [];
        Object.assign(window, { longest: seen });
        new PerformanceObserver((entries) =>
          seen.push(...entries.getEntries().map((entry) => entry.duration)),
        ).observe({
          type: 'longtask',
        });
      });
      await list.getByRole('button', { name: 'Open all' }).click();
      await expect.poll(() => rows(page).count(), { timeout: 30_000 }).toBe(886);
      const tasks = await page.evaluate(() => (window as unknown as { longest: number[] }).longest);
      console.info(`886 assertions: long tasks of ${tasks.map(Math.round).join(', ') || 'none'} ms`);
      const focused = () => page.evaluate(() => document.activeElement?.closest('li')?.dataset['assertion']);
      await list.getByRole('button', { name: /^Failed/ }).focus();
      await page.keyboard.press('j');
      await expect.poll(focused).toBe('crowd.case-0.status');
      await page.keyboard.press('j');
      await expect.poll(focused).toBe('crowd.case-2.status');
      await page.keyboard.press('k');
      await page.keyboard.press('k');
      await expect.poll(focused).toBe('crowd.case-885.status');
      await list.getByRole('searchbox').press('j');
      expect(await list.getByRole('searchbox').inputValue()).toBe('j');
    }));

  it('are narrowed by status, endpoint, answer and words', () =>
    withPage('many', async (page) => {
      await runTo(page, 'Failed');
      const list = panel(page, 'Assertions');
      await list.getByRole('combobox', { name: 'Answer' }).selectOption('201');
      await expect.poll(() => rows(page).count()).toBe(4);
      await list.getByRole('button', { name: /^Passed/ }).click();
      await expect.poll(() => rows(page).count()).toBe(1);
      await list.getByText('1 of 886 assertions shown').waitFor();
      await list.getByRole('button', { name: 'Clear filters' }).click();
      await list.getByRole('combobox', { name: 'Endpoint' }).selectOption('GET /articles');
      await list.getByRole('searchbox').fill('case-301');
      await expect.poll(() => rows(page).count()).toBe(1);
      await list.getByRole('searchbox').fill('nothing has this');
      await list.getByText('No assertion fits the filter').waitFor();
      await list.getByRole('button', { name: 'Clear filters' }).click();
      await list.getByRole('combobox', { name: 'Group by' }).selectOption('Topic');
      await list.getByRole('heading', { name: 'Even' }).waitFor();
    }));

  it('show their request, what differs, what it is made from, and the error that the server logged', () =>
    withPage(
      'many',
      async (page) => {
        await runTo(page, 'Failed');
        await rows(page).filter({ hasText: 'crowd.case-5.status' }).getByRole('button').first().click();
        const row = rows(page).filter({ hasText: 'crowd.case-5.status' });
        await row.getByText('The server logged an error').waitFor();
        const text = await row.innerText();
        expect(text).toContain('TypeError: Cannot read properties of undefined');
        expect(text).toContain('1 frame in packages and the runtime');
        expect(await row.locator('mark').allInnerTexts()).toEqual(['2', '5']);
        expect(text).toContain('a-day-out of crowd.case-0');
        await row.getByText('What the server wrote meanwhile, 3 lines').click();
        await row.getByRole('button', { name: 'Copy as curl' }).click();
        await expect
          .poll(() => copied(page))
          .toContain(
            'curl -i --path-as-is --globoff -X DELETE http://localhost:3000/api/articles/a-day-out/comments/1',
          );
        expect(await copied(page)).toContain("-H 'Authorization: Token eyJhbGciOi.crowd.token'");
        await row.getByRole('button', { name: /a-day-out of crowd.case-0/ }).click();
        await expect
          .poll(() => page.evaluate(() => document.activeElement?.closest('li')?.dataset['assertion']))
          .toBe('crowd.case-0.status');
        await row.getByRole('button', { name: 'src/server.js:1' }).click();
        await expect.poll(() => tab(page, 'Code').getAttribute('aria-selected')).toBe('true');
      },
      clipboard,
    ));
});

describe('the console', () => {
  it('finds, filters and wraps tens of thousands of lines', () =>
    withPage(
      'flood',
      async (page) => {
        await runTo(page, 'Passed');
        await tab(page, 'Console').click();
        const output = panel(page, 'Console');
        await output.getByText('line 59999 ').waitFor();
        await output.getByRole('searchbox').fill('line 31234 ');
        await output.getByText('1 line found').waitFor();
        await output.getByRole('searchbox').press('Enter');
        await output.locator('mark').first().waitFor();
        expect(await output.locator('mark').first().innerText()).toBe('line 31234 ');
        expect(await output.getByRole('checkbox', { name: 'Follow the end' }).isChecked()).toBe(false);
        await output.getByRole('checkbox', { name: 'Wrap' }).check();
        await output.getByRole('button', { name: 'Next find' }).click();
        await expect.poll(() => output.locator('mark').first().isVisible()).toBe(true);
        await output.getByRole('checkbox', { name: 'Only these lines' }).check();
        await output.getByText('1 of 60,003 lines').waitFor();
        await output.getByRole('button', { name: 'Copy' }).click();
        await expect.poll(() => copied(page)).toMatch(/^line 31234 x+$/);
        await output.getByRole('searchbox').fill('');
        await output.getByRole('combobox', { name: 'Stream' }).selectOption('Output');
        await output.getByText('Listening on port 3000').waitFor();
        // Colours become styles, other tricks become visible.
        const line = output.locator('.line', { hasText: 'Listening' });
        expect(await line.locator('.red').innerText()).toBe('red');
        expect(await line.innerText()).toContain('‹U+202E›gnp.exe');
        expect(await line.locator('img').count()).toBe(0);
        await output.getByRole('combobox', { name: 'Stage' }).selectOption('Score');
        await output.getByText('No line fits the filter.').waitFor();
        await output.getByRole('button', { name: 'Show everything' }).click();
        await output.getByText('60,003 lines').waitFor();
      },
      clipboard,
    ));
});

describe('details', () => {
  it('list versions, packages and what was replaced, and can be copied', () =>
    withPage(
      'passed',
      async (page) => {
        await runTo(page, 'Passed');
        await tab(page, 'Details').click();
        const details = panel(page, 'Details');
        await details.getByText('Its compiled part has a stand-in').waitFor();
        await details.getByRole('searchbox', { name: 'Search packages' }).fill('sqlite');
        expect(await details.getByRole('listitem').filter({ hasText: '5.1.0' }).count()).toBe(0);
        expect(await details.getByRole('listitem').filter({ hasText: '12.2.0' }).count()).toBe(1);
        await details.getByRole('button', { name: 'Copy as JSON' }).click();
        await expect
          .poll(() => copied(page).then((text) => JSON.parse(text) as unknown))
          .toMatchObject({
            packages: { express: '5.1.0' },
            verdict: { kind: 'scored' },
          });
      },
      clipboard,
    ));
});

describe('rules', () => {
  it('can be read in full', () =>
    withPage('failed', async (page) => {
      await runTo(page, 'Failed');
      await tab(page, 'Rules').click();
      const rules = panel(page, 'Rules');
      await rules.getByText('The rule in full').first().click();
      await rules.getByRole('heading', { name: 'Profile parser' }).waitFor();
      await rules.getByRole('table').first().waitFor();
    }));
});

it.each(['light', 'dark'] as const)(
  'has no fault that axe finds with everything opened, in %s',
  (colorScheme) =>
    withPage(
      'many',
      async (page) => {
        await runTo(page, 'Failed');
        await page.locator('[data-stage=start] button').click();
        const row = rows(page).filter({ hasText: 'crowd.case-5.status' });
        await row.getByRole('button').first().click();
        await row.getByText('What the server wrote meanwhile').click();
        await row.getByText('frame in packages').click();
        expect(await faultsOfAxe(page)).toEqual([]);
        await tab(page, 'Console').click();
        await panel(page, 'Console').getByRole('searchbox').fill('listening');
        expect(await faultsOfAxe(page)).toEqual([]);
        await tab(page, 'Rules').click();
        await panel(page, 'Rules').getByText('The rule in full').first().click();
        await panel(page, 'Rules').getByRole('table').first().waitFor();
        expect(await faultsOfAxe(page)).toEqual([]);
        await tab(page, 'Details').click();
        expect(await faultsOfAxe(page)).toEqual([]);
      },
      { colorScheme },
    ),
);
