import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { faultsOfAxe } from './testing/axe.ts';
import { runButton, runTo, scriptedPage, verdict } from './testing/page.ts';
import { walks } from './testing/states.ts';

/** WCAG 2.2 AA, as far as a machine can tell: axe on every state, the keyboard alone, focus, zoom, contrast modes. */
const { withPage } = scriptedPage();

/** CSS pixels by which the page is wider than its window. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

describe.each([
  ['light', 1280],
  ['dark', 820],
] as const)('in %s, %i wide', (colorScheme, width) => {
  it.each(walks.map((walk) => [walk.states.map(({ name }) => name).join(', '), walk] as const))(
    'axe finds no fault in: %s',
    async (_, { scenario, hash = '', states }) => {
      await withPage(
        scenario,
        async (page) => {
          const faults: Record<string, string[]> = {};
          for (const { name, reach } of states) {
            await reach(page);
            const found = await faultsOfAxe(page);
            if (found.length > 0) faults[name] = found;
            if ((await overflow(page)) > 0) (faults[name] ??= []).push('wider than its window');
          }
          expect(faults).toEqual({});
        },
        { colorScheme, width, hash },
      );
    },
  );
});

describe('by keyboard alone', () => {
  /** Presses Tab until what has the focus is named like that. */
  async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
    for (let pressed = 0; pressed < 200; pressed++) {
      await page.keyboard.press(key);
      const focused = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        return element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
      });
      if (name.test(focused)) return;
    }
    throw new Error(`nothing named ${String(name)} takes the focus`);
  }

  it('a verdict is come to, and its first failed assertion is read', () =>
    withPage('failed', async (page) => {
      await tabTo(page, /^Run$/);
      await page.keyboard.press('Enter');
      await verdict(page).getByText('Failed', { exact: true }).waitFor();
      const assertions = page.getByRole('tab', { name: 'Assertions' });
      if ((await assertions.getAttribute('aria-selected')) !== 'true') {
        await tabTo(page, /^(Assertions|Code)/);
        for (let pressed = 0; pressed < 8; pressed++) {
          if ((await assertions.getAttribute('aria-selected')) === 'true') break;
          await page.keyboard.press('ArrowRight');
        }
      }
      const rows = page.locator('[data-assertion] > button');
      await tabTo(page, /^Failed \d/);
      await page.keyboard.press('Enter');
      await rows.first().waitFor();
      await tabTo(page, /^failed:/i);
      const row = page.locator('[data-assertion][data-status=failed] > button:focus');
      expect(await row.count()).toBe(1);
      if ((await row.getAttribute('aria-expanded')) !== 'true') await page.keyboard.press('Enter');
      expect(await row.getAttribute('aria-expanded')).toBe('true');
      await page.getByRole('region', { name: 'Assertions' }).getByText('422').first().waitFor();
    }));

  it('tasks are chosen in both directions', () =>
    withPage('passed', async (page) => {
      const chosen = () => page.locator('input[name=task]:checked').inputValue();
      await page.locator('input[name=task]:checked').focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(chosen).toBe('express-clean_architecture');
      await page.keyboard.press('ArrowDown');
      await expect.poll(chosen).toBe('fastify-clean_architecture');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await expect.poll(chosen).toBe('aiohttp-clean_architecture');
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe(
        'aiohttp-clean_architecture',
      );
    }));

  it('a dialog takes the focus, keeps it, and gives it back', () =>
    withPage('passed', async (page) => {
      const opener = page.getByRole('button', { name: 'Show the prompt' });
      await opener.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Copy the prompt' }).waitFor();
      for (let pressed = 0; pressed < 30; pressed++) {
        await page.keyboard.press('Tab');
        const outside = await page.evaluate(
          () =>
            document.activeElement !== document.body && document.activeElement?.closest('dialog') === null,
        );
        expect(outside).toBe(false);
      }
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    }));
});

describe('a dialog that is open when another view comes', () => {
  it.each(['Show the prompt', 'All levels…'])('is closed, and leaves the page to be used: %s', (opener) =>
    withPage('passed', async (page) => {
      await page.getByRole('button', { name: opener }).first().click();
      await page.getByRole('dialog').waitFor();
      await page.evaluate(() => (location.hash = '#help'));
      await page.getByRole('link', { name: 'Playground', exact: true }).click();
      await page.getByRole('radio', { name: 'Paste' }).check({ force: true });
      expect(await page.getByRole('dialog').count()).toBe(0);
    }),
  );
});

describe('what has the focus', () => {
  it.each(['light', 'dark'] as const)('is seen, wherever it is, in %s', (colorScheme) =>
    withPage(
      'failed',
      async (page) => {
        await runTo(page, 'Failed');
        const unseen: string[] = [];
        let around = 0;
        for (let pressed = 0; pressed < 150 && around < 2; pressed++) {
          await page.keyboard.press('Tab');
          const state = await page.evaluate(() => {
            const focused = document.activeElement;
            if (focused === null || focused === document.body) return 'around';
            // A control may be drawn by what stands beside or around it.
            const drawn = [
              focused,
              focused.nextElementSibling,
              focused.parentElement,
              focused.closest('label'),
            ];
            const siblings = [...(focused.parentElement?.children ?? [])];
            const seen = [...drawn, ...siblings].some((element) => {
              if (element === null || element === undefined) return false;
              const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
              return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)$/.test(outlineColor);
            });
            const monaco = focused.closest('.monaco-editor') !== null;
            return seen || monaco ? 'seen' : focused.outerHTML.slice(0, 160);
          });
          if (state === 'around') around++;
          else if (state !== 'seen') unseen.push(state);
        }
        expect(unseen).toEqual([]);
      },
      { colorScheme },
    ),
  );
});

describe('for those who need it otherwise', () => {
  it('the page reflows at 320 px, which is a zoom of 400 %', () =>
    withPage(
      'failed',
      async (page) => {
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        await runTo(page, 'Failed');
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(await runButton(page).isVisible()).toBe(true);
      },
      { width: 320, height: 640 },
    ));

  it('at 200 % zoom nothing is cut and nothing scrolls sideways', () =>
    withPage(
      'failed',
      async (page) => {
        await runTo(page, 'Failed');
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll('main button, main h1, main h2, main label')]
            .filter((element) => element.closest('.monaco-editor, .visually-hidden') === null)
            .filter((element) => {
              const { overflowX, textOverflow } = getComputedStyle(element);
              const wider = element.scrollWidth > element.clientWidth + 1;
              return wider && overflowX === 'hidden' && textOverflow !== 'ellipsis';
            })
            .map((element) => element.outerHTML.slice(0, 120)),
        );
        expect(cut).toEqual([]);
      },
      { width: 640, height: 450 },
    ));

  it('nothing moves when they ask for it', () =>
    withPage(
      'hanging',
      async (page) => {
        await runButton(page).click();
        await page.locator('[data-stage=start][data-status=running]').first().waitFor();
        const moving = await page.evaluate(() =>
          document
            .getAnimations()
            .filter(
              ({ playState, effect }) =>
                playState === 'running' && Number(effect?.getTiming().iterations) > 1,
            )
            .map(({ effect }) => (effect as KeyframeEffect).target?.outerHTML.slice(0, 120)),
        );
        expect(moving).toEqual([]);
        await page.getByRole('button', { name: 'Cancel', exact: true }).click();
      },
      { context: { reducedMotion: 'reduce' } },
    ));

  it('forced colours leave the choice and the verdict to be told apart', () =>
    withPage(
      'failed',
      async (page) => {
        await runTo(page, 'Failed');
        const face = (value: string) =>
          page.locator(`input[name=task][value="${value}"] ~ .face`).evaluate((element) => {
            const { borderTopWidth, borderTopColor } = getComputedStyle(element);
            return `${borderTopWidth} ${borderTopColor}`;
          });
        expect(await face('express-unconstrained')).not.toBe(await face('flask-unconstrained'));
        expect(await verdict(page).getByText('Failed', { exact: true }).isVisible()).toBe(true);
        const background = (name: string, role: 'tab' | 'link') =>
          page
            .getByRole(role, { name, exact: role === 'link' })
            .first()
            .evaluate((element) => getComputedStyle(element).backgroundColor);
        expect(await background('Assertions', 'tab')).not.toBe(await background('Console', 'tab'));
        expect(await background('Playground', 'link')).not.toBe(await background('Help', 'link'));
        const bar = verdict(page).locator('.bar .failed').first();
        expect(await bar.evaluate((element) => getComputedStyle(element).forcedColorAdjust)).toBe('none');
      },
      { context: { forcedColors: 'active' } },
    ));

  it('every target is 24 px or stands free', () =>
    withPage('failed', async (page) => {
      await runTo(page, 'Failed');
      await page
        .getByRole('button', { name: /^Failed/ })
        .first()
        .click();
      const faults = await faultsOfAxe(page);
      expect(faults.filter((fault) => fault.startsWith('target-size'))).toEqual([]);
    }));

  it('progress is announced', () =>
    withPage('hanging', async (page) => {
      await runButton(page).click();
      await page.locator('[data-stage=start][data-status=running]').first().waitFor();
      const status = page.getByRole('status').filter({ hasText: /start/i });
      await expect.poll(() => status.count()).toBeGreaterThan(0);
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
      await expect
        .poll(() =>
          page
            .getByRole('status')
            .filter({ hasText: /cancelled/i })
            .count(),
        )
        .toBeGreaterThan(0);
    }));
});
