import { strToU8, zipSync } from 'fflate';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { faultsOfAxe } from '../testing/axe.ts';
import { runTo, scriptedPage } from '../testing/page.ts';

/** The code side in a real Chromium, with the real editor, over scripted runs. */
const { withPage } = scriptedPage();

const tree = (page: Page): Locator => page.getByRole('tree', { name: 'Files of the submission' });
const file = (page: Page, name: string): Locator => tree(page).getByRole('treeitem', { name });
const findings = (page: Page): Locator => page.getByRole('region', { name: 'Findings' });
const lines = (page: Page): Locator => page.locator('.editor .view-lines');

async function openCode(page: Page): Promise<void> {
  const tab = page.getByRole('tab', { name: 'Code', exact: true });
  if ((await tab.count()) > 0) await tab.click();
}

/** Turns to the code and waits for the editor. */
async function withEditor(page: Page): Promise<void> {
  await openCode(page);
  await tree(page).focus();
  await page.locator('.editor .monaco-editor').first().waitFor();
}

/** Opens a file, and types in the editor. */
async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await file(page, name).click();
  await page.getByRole('textbox', { name: new RegExp(`${name}, editor`) }).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText(text);
}

async function chooseZip(page: Page, files: Record<string, string>): Promise<void> {
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
  await page.getByRole('radio', { name: 'Folder or zip' }).check({ force: true });
  await page.locator('input[type=file][accept*=".zip"]').setInputFiles({
    name: 'own.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(zipSync(Object.fromEntries(entries))),
  });
}

describe('the editor', () => {
  it('opens files in tabs, and what is typed is what is run', () =>
    withPage('passed', async (page) => {
      await withEditor(page);
      await lines(page).getByText('express').first().waitFor();
      await typeInto(page, 'run.sh', '# mine\n');
      await page.getByRole('tab', { name: /^run\.sh\s*, changed/ }).waitFor();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('region', { name: 'Verdict' }).getByText('edited here').first().waitFor();
      await openCode(page);
      const apply = page.getByRole('button', { name: 'Apply to the running server' });
      expect(await apply.count()).toBe(0);
      await typeInto(page, 'run.sh', '# more\n');
      await apply.click();
      await page.getByText('started again with these files').waitFor();
      await expect.poll(() => apply.count()).toBe(0);
      await page.getByRole('button', { name: 'Changes' }).click();
      await page.getByText('1 file differs').waitFor();
      await page.getByRole('button', { name: 'run.sh changed' }).click();
      await page.locator('.diff .line-insert').first().waitFor();
      await page.getByRole('button', { name: 'Reset the file' }).click();
      await page.getByText('No differences').waitFor();
    }));

  it('marks syntax errors of JavaScript and Python, and no missing packages', () =>
    withPage('passed', async (page) => {
      await withEditor(page);
      await file(page, 'server.js').click();
      await lines(page).getByText('express').first().waitFor();
      await typeInto(page, 'db.js', 'const = 1;\n');
      await findings(page)
        .getByText(/^[1-9]\d* finding/)
        .waitFor();
      await chooseZip(page, {
        'app.py': 'import flask\nfrom models import User\n\ndef f(:\n    pass\n',
        'models.py': '',
      });
      await file(page, 'app.py').click();
      await findings(page)
        .getByRole('button', { name: /^Findings/ })
        .click();
      await findings(page).getByRole('button', { name: 'app.py:4' }).waitFor();
      expect(await findings(page).getByRole('listitem').count()).toBe(1);
    }));

  it.each(['light', 'dark'] as const)(
    'proposes words of the files, in colours of the page that can be read, in %s',
    (colorScheme) =>
      withPage(
        'passed',
        async (page) => {
          await withEditor(page);
          await typeInto(page, 'server.js', 'const app = expre');
          await page.keyboard.press('Control+Space');
          const letters = page.locator('.suggest-widget .monaco-list-row.focused .highlight').first();
          await letters.waitFor();
          const accent = await page.evaluate(() => {
            const probe = document.body.appendChild(document.createElement('i'));
            probe.style.color = 'var(--accent)';
            const { color } = getComputedStyle(probe);
            probe.remove();
            return color;
          });
          expect(await letters.evaluate((node) => getComputedStyle(node).color)).toBe(accent);
        },
        { colorScheme },
      ),
  );

  it('is reached, left and worked by keyboard alone', () =>
    withPage('passed', async (page) => {
      await withEditor(page);
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      const field = page.getByRole('textbox', { name: /run\.sh, editor/ });
      await field.focus();
      await page.keyboard.press('Control+m');
      await page.keyboard.press('Tab');
      await expect.poll(() => field.evaluate((node) => node === document.activeElement)).toBe(false);
      await tree(page).focus();
      await page.keyboard.press('F2');
      await page.getByRole('textbox', { name: /^Path/ }).fill('../out.sh');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByRole('alert').getByText('..').waitFor();
      await page.getByRole('textbox', { name: /^Path/ }).fill('start.sh');
      await page.keyboard.press('Enter');
      await file(page, 'start.sh').waitFor();
      await tree(page).focus();
      await page.keyboard.press('Delete');
      await expect.poll(() => file(page, 'start.sh').count()).toBe(0);
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await file(page, 'start.sh').waitFor();
    }));
});

describe('findings', () => {
  it('mark their lines, say what to do, lead to the place, and are stale after an edit', () =>
    withPage('failed', async (page) => {
      await runTo(page, 'Failed');
      await withEditor(page);
      await expect.poll(() => file(page, 'db.js').innerText()).toMatch(/1\s*finding/);
      await findings(page)
        .getByRole('button', { name: /^Findings/ })
        .click();
      await findings(page).getByText('Open, read and write the database').waitFor();
      await findings(page).getByRole('button', { name: 'src/db.js:3' }).click();
      await page.getByText('Line 3, column 1').waitFor();
      await file(page, 'run.sh').click();
      await page.keyboard.press('F8');
      await page.getByText('Line 3, column 1').waitFor();
      await page.locator('.monaco-hover').getByText('opens SQLite with better-sqlite3').first().waitFor();
      await page.locator('.squiggly-error').first().waitFor();
      expect(await page.locator('.mark-fail').count()).toBeGreaterThan(0);
      await findings(page).getByRole('button', { name: 'About the rule “database”' }).click();
      await page.getByRole('dialog').getByRole('heading', { name: 'Profile parser' }).waitFor();
      await page.keyboard.press('Escape');
      await typeInto(page, 'db.js', '// mine\n');
      await findings(page).getByText('before your edit').waitFor();
    }));

  it('of an opened run are seen on its files, which are read-only until a copy is edited', () =>
    withPage('failed', async (page) => {
      await runTo(page, 'Failed');
      await page.getByText('Flask', { exact: true }).first().waitFor();
      await page.locator('input[value="flask-unconstrained"]').check({ force: true });
      await withEditor(page);
      await page.getByRole('group', { name: 'Files shown' }).getByRole('button', { name: 'Run 1' }).click();
      await page.getByRole('textbox', { name: /server\.js, read-only/ }).waitFor({ state: 'attached' });
      await page.getByRole('button', { name: 'Edit a copy' }).click();
      await page.getByRole('textbox', { name: /server\.js, editor/ }).waitFor({ state: 'attached' });
      await expect.poll(() => page.locator('input[value="express-unconstrained"]').isChecked()).toBe(true);
    }));
});

describe('search', () => {
  it('finds matches in all files and opens them', () =>
    withPage('passed', async (page) => {
      await withEditor(page);
      await page.keyboard.press('Control+Shift+F');
      await page.getByRole('searchbox', { name: 'Search in all files' }).fill('database');
      await page.getByText('2 matches in 1 file.').waitFor();
      await page.getByRole('button', { name: 'Match upper and lower case' }).click();
      await page.getByRole('searchbox', { name: 'Search in all files' }).fill('new \\w+\\(');
      await page.getByText('No match').waitFor();
      await page.getByRole('button', { name: 'Regular expression' }).click();
      await page.getByText('1 match in 1 file.').waitFor();
      await page.getByRole('searchbox', { name: 'Search in all files' }).press('Enter');
      await page.getByText('Line 3, column 19').waitFor();
    }));

  it('replaces in all files at once, and takes it back', () =>
    withPage('passed', async (page) => {
      await chooseZip(page, { 'run.sh': 'node old.js\n', 'package.json': '{}', 'b.txt': 'old, old\r\n' });
      await withEditor(page);
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.getByRole('searchbox', { name: 'Search in all files' }).fill('(o)ld');
      await page.getByRole('button', { name: 'Regular expression' }).click();
      await page.getByText('3 matches in 2 files.').waitFor();
      await page.getByRole('textbox', { name: 'Replace with' }).fill('new$1');
      await page.getByRole('textbox', { name: 'Replace with' }).press('Enter');
      await page.getByText('Replaced 3 matches in 2 files.').waitFor();
      await page.getByText('No match.').waitFor();
      await page.getByRole('button', { name: 'Files', exact: true }).click();
      await file(page, 'run.sh').click();
      await lines(page).getByText('node newo.js').waitFor();
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await lines(page).getByText('node old.js').waitFor();
      expect(await page.getByText('edited here').count()).toBe(0);
    }));

  it('stops an expression that never comes to an end', () =>
    withPage('passed', async (page) => {
      await chooseZip(page, { 'run.sh': `${'a'.repeat(40)}!\n`, 'package.json': '{}' });
      await withEditor(page);
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.getByRole('button', { name: 'Regular expression' }).click();
      await page.getByRole('searchbox', { name: 'Search in all files' }).fill('(a+)+$');
      await page.getByText('takes too long').waitFor();
      await page.getByRole('searchbox', { name: 'Search in all files' }).fill('a+!');
      await page.getByText('1 match in 1 file.').waitFor();
    }));
});

describe('the code side', () => {
  it('shows the file as plain text when the editor cannot be loaded', () =>
    withPage(
      'passed',
      async (page) => {
        await page.route(/MonacoEditor.*\.js$/, (route) => route.abort());
        await openCode(page);
        await tree(page).focus();
        await page.getByText('The full editor could not be loaded').waitFor();
        await file(page, 'run.sh').click();
        await page.getByRole('textbox', { name: 'run.sh, plain text' }).fill('exit 1\n');
        await runTo(page, 'Passed');
        await page.getByRole('region', { name: 'Verdict' }).getByText('edited here').first().waitFor();
      },
      { expects: /Failed to load resource|ERR_FAILED/ },
    ));

  it('stays quick with 5,000 files, and shows hostile names as they are', () =>
    withPage('passed', async (page) => {
      const many = Object.fromEntries(
        Array.from({ length: 4_998 }, (_, index) => [
          `folder${index % 40}/file${index}.js`,
          `export const a${index} = 1;\n`,
        ]),
      );
      await chooseZip(page, { ...many, 'run.sh': '', '<img src=x>\u202egnp.js': 'x' });
      await openCode(page);
      await tree(page).getByRole('treeitem', { name: 'folder39' }).waitFor();
      expect(await tree(page).getByRole('treeitem').count()).toBeLessThan(80);
      await tree(page).focus();
      await page.keyboard.press('End');
      await page.keyboard.type('<');
      const hostile = file(page, '<img src=x>‹U+202E›gnp.js');
      await hostile.waitFor();
      expect(await tree(page).locator('img').count()).toBe(0);
      await page.getByRole('searchbox', { name: 'Filter files' }).fill('file4711');
      await file(page, 'file4711.js').click();
      await page.getByRole('textbox', { name: /file4711\.js/ }).waitFor({ state: 'attached' });
    }));

  it.each([
    ['light', 1280],
    ['dark', 1920],
    ['light', 820],
  ] as const)('has no fault that axe finds, in %s at %i', (colorScheme, width) =>
    withPage(
      'failed',
      async (page) => {
        await runTo(page, 'Failed');
        await withEditor(page);
        await findings(page)
          .getByRole('button', { name: /^Findings/ })
          .click();
        for (const side of ['Files', 'Search', 'Changes']) {
          const button = page.getByRole('button', { name: side, exact: true });
          if ((await button.getAttribute('aria-pressed')) === 'false') await button.click();
          expect(await faultsOfAxe(page)).toEqual([]);
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      },
      { colorScheme, width },
    ),
  );
});
