import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { runButton, scriptedPage } from '../testing/page.ts';

const { withPage } = scriptedPage();

/** Drops something on the header, as from outside the window: a file of this name, or text. */
const drop = (page: Page, what: { file: string } | { text: string }): Promise<boolean> =>
  page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer();
    if ('file' in dropped) dataTransfer.items.add(new File(['exec node a.js\n'], dropped.file));
    else dataTransfer.setData('text/plain', dropped.text);
    const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer });
    document.querySelector('header')?.dispatchEvent(event);
    return event.defaultPrevented;
  }, what);

describe('a submission', () => {
  it('is read from the answer of a model, is said to be there, and brings its task when told to', () =>
    withPage('passed', async (page) => {
      await page.getByRole('radio', { name: 'Paste' }).check({ force: true });
      const text = page.getByRole('textbox', { name: 'Several files in one text' });
      await text.fill('**run.sh**\n```bash\npython app.py\n```\n\n```text\n# requirements.txt\nflask\n```\n');
      await page.getByRole('button', { name: 'Read files' }).click();
      await page.getByText('Ready to run: 2 files, pasted text').waitFor({ state: 'attached' });
      await page.getByText('There is no package.json').waitFor();
      await page.getByRole('button', { name: /^Choose Flask/ }).click();
      await expect.poll(() => page.locator('input[value="flask-unconstrained"]').isChecked()).toBe(true);
      expect(await page.getByText('There is no').count()).toBe(0);
      await text.press('End');
      await page.keyboard.type('x');
      await page.getByText('The text was changed since it was read').waitFor();
      expect(await runButton(page).isEnabled()).toBe(true);
    }));

  it('is taken from a file that is dropped on any view; text that is dragged is left to the fields', () =>
    withPage('passed', async (page) => {
      expect(await drop(page, { text: 'dragged' })).toBe(false);
      expect(await page.getByRole('radio', { name: 'Reference' }).isChecked()).toBe(true);
      await page.getByRole('link', { name: 'Help', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
      expect(await drop(page, { file: 'run.sh' })).toBe(true);
      await page.getByRole('heading', { name: 'Submission' }).waitFor();
      await expect.poll(() => page.getByRole('radio', { name: 'Folder or zip' }).isChecked()).toBe(true);
    }));
});
