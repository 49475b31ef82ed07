import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { faultsOfAxe } from '../testing/axe.ts';
import { runButton, scriptedPage, verdict } from '../testing/page.ts';

/** The request console and the suite alone, in a real Chromium over scripted runs and servers. */

const { withPage } = scriptedPage();

async function openConsole(page: Page) {
  await runButton(page).click();
  await verdict(page).getByText('Passed', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Requests' }).click();
  const console = page.getByRole('region', { name: 'Request console' });
  await console.getByText('The server runs on port 3000').waitFor();
  return console;
}

describe('the request console', () => {
  it('says what to do before there is a server', () =>
    withPage('passed', async (page) => {
      await page.getByRole('tab', { name: 'Requests' }).click();
      await page.getByText('Press Run: when the verdict is there, its server stays').waitFor();
    }));

  it('sends an operation of the contract as a user, shows the answer, and sends it again', () =>
    withPage('passed', async (page) => {
      const console = await openConsole(page);
      await console.getByLabel('Begin with').selectOption('POST /articles');
      expect(await console.getByLabel('From').locator('option:checked').innerText()).toContain('ann');
      await console.getByLabel(/^Body/).press('Control+Enter');
      await console.getByText('200', { exact: true }).first().waitFor();
      const body = console.locator('pre.body').first();
      await expect.poll(() => body.innerText()).toContain('Token eyJhbGciOi');
      await console.getByText('2 header lines').click();
      expect(await console.innerText()).toContain('‹U+202E›');
      await console.getByRole('button', { name: 'Send again: POST /api/articles' }).click();
      await expect
        .poll(() => console.getByRole('listitem').filter({ hasText: '/api/articles' }).count())
        .toBe(2);
      expect(await faultsOfAxe(page)).toEqual([]);
    }));

  it('offers a fresh token where one is refused', () =>
    withPage('passed', async (page) => {
      const console = await openConsole(page);
      await console.getByLabel('Begin with').selectOption('GET /user');
      await console.getByRole('button', { name: 'Send', exact: true }).click();
      await console.getByRole('button', { name: 'Log in again' }).click();
      await console.getByText('Logged in again').waitFor();
      await console.getByRole('button', { name: 'Send', exact: true }).click();
      await expect.poll(() => console.getByText('The server refused the token').count()).toBe(0);
    }));

  it('waits, is cancelled, and says why a request cannot be sent', () =>
    withPage('passed', async (page) => {
      const console = await openConsole(page);
      await console.getByLabel('Path').fill('/api/slow');
      await console.getByLabel('Path').press('Enter');
      await console.getByRole('button', { name: 'Cancel' }).click();
      await console.getByText('The request was cancelled.').waitFor();
      await console.getByLabel('Path').fill('slow');
      await console.getByRole('button', { name: 'Send', exact: true }).click();
      await console.getByText('A path begins with a slash').waitFor();
      await console.getByLabel(/^Body/).fill('{"a":');
      await console.getByText('This is not JSON').waitFor();
    }));

  it('takes a request of an assertion, and starts a server that was stopped', () =>
    withPage('passed', async (page) => {
      const console = await openConsole(page);
      await console.getByRole('button', { name: 'Stop' }).click();
      await console.getByText('The server was stopped.').waitFor();
      await console.getByRole('button', { name: 'Start the server' }).click();
      await console.getByText('The server runs on port 3000').waitFor();
    }));
});

describe('the suite alone', () => {
  it('runs on the server that is there, says that it is no full run, and is not kept', () =>
    withPage('passed', async (page) => {
      await openConsole(page);
      await page.getByRole('button', { name: 'Suite alone' }).click();
      await page.getByRole('button', { name: 'On the server as it is' }).click();
      await verdict(page).getByText('This is no full run').waitFor();
      expect(await verdict(page).innerText()).toContain('72 passed');
      expect(await page.title()).toContain('Suite alone: 72 of 72');
      expect(await faultsOfAxe(page)).toEqual([]);
      await page.getByRole('region', { name: 'Runs of this visit' }).getByText('#1').click();
      await page.getByText('The server went on to run #2.').waitFor();
    }));
});
