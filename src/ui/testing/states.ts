import type { Page } from 'playwright-core';
import { runButton, runTo, verdict } from './page.ts';
import type { Scenario } from './scripted-record.ts';

/** Something that a person can have before them, and how it is come to. */
export interface PageState {
  name: string;
  reach(page: Page): Promise<unknown>;
}

/** States that are come to one after the other, without a load between them. */
export interface Walk {
  scenario: Scenario;
  hash?: string;
  states: readonly PageState[];
}

const source = (page: Page, name: string) => page.getByRole('radio', { name }).check({ force: true });
const tab = (name: string): PageState => ({
  name: `tab ${name}`,
  reach: (page) => page.getByRole('tab', { name }).click(),
});
const escape = (page: Page) => page.keyboard.press('Escape');

/** Every view and state of the page over scripted runs. */
export const walks: readonly Walk[] = [
  {
    scenario: 'passed',
    states: [
      { name: 'as it opens', reach: (page) => runButton(page).waitFor() },
      { name: 'a rule explained', reach: (page) => page.getByRole('button', { name: /^Layers:/ }).click() },
      {
        name: 'the prompt',
        reach: async (page) => {
          await page.getByRole('button', { name: 'Show the prompt' }).click();
          await page.getByRole('button', { name: 'Copy the prompt' }).waitFor();
        },
      },
      {
        name: 'a folder or zip, refused',
        reach: async (page) => {
          await escape(page);
          await source(page, 'Folder or zip');
          await page.getByText('What is accepted').click();
          await page
            .locator('input[type=file][accept*=".zip"]')
            .setInputFiles({ name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') });
          await page.getByText('cannot be read').waitFor();
        },
      },
      {
        name: 'a paste without a name',
        reach: async (page) => {
          await source(page, 'Paste');
          await page.locator('#pasted').fill('x');
          await page.getByRole('button', { name: 'Read files' }).click();
          await page.getByLabel('File name').waitFor();
        },
      },
      {
        name: 'an address, refused',
        reach: async (page) => {
          await source(page, 'Link');
          await page.locator('#link').fill('http://example.org/a.zip');
          await page.getByRole('button', { name: 'Fetch' }).click();
          await page.getByText('are not fetched').waitFor();
        },
      },
      {
        name: 'a flawed example',
        reach: async (page) => {
          await source(page, 'Flawed');
          await page.locator('#defect').selectOption('express-hanging');
          await page.getByText('Fails in the stage').waitFor();
        },
      },
      {
        name: 'more options, a foreign engine',
        reach: async (page) => {
          await page.getByText('More options').click();
          await page.getByRole('radio', { name: /^WebContainers/ }).check();
        },
      },
      {
        name: 'appearance',
        reach: (page) => page.getByRole('button', { name: 'Appearance' }).click(),
      },
    ],
  },
  {
    scenario: 'hanging',
    states: [
      {
        name: 'a run under way',
        reach: async (page) => {
          await runButton(page).click();
          await page.locator('[data-stage=start][data-status=running]').first().waitFor();
        },
      },
      {
        name: 'a cancelled run',
        reach: async (page) => {
          await page.getByRole('button', { name: 'Cancel', exact: true }).click();
          await verdict(page).getByText('Cancelled', { exact: true }).waitFor();
        },
      },
    ],
  },
  {
    scenario: 'failed',
    states: [
      { name: 'a failed run', reach: (page) => runTo(page, 'Failed') },
      {
        name: 'a failed assertion',
        reach: async (page) => {
          await page.getByRole('tab', { name: 'Assertions' }).click();
          const failed = page.locator('[data-assertion][data-status=failed] > button').first();
          if (!(await failed.isVisible())) await page.getByRole('button', { name: /^Failed/ }).click();
          if ((await failed.getAttribute('aria-expanded')) !== 'true') await failed.click();
        },
      },
      tab('Console'),
      tab('Requests'),
      tab('Rules'),
      tab('Details'),
      tab('Code'),
      {
        name: 'sharing',
        reach: async (page) => {
          await page
            .getByRole('button', { name: /^Share/ })
            .first()
            .click();
          await page.getByRole('dialog').waitFor();
        },
      },
    ],
  },
  { scenario: 'passed', states: [{ name: 'a passed run', reach: (page) => runTo(page, 'Passed') }] },
  { scenario: 'unscored', states: [{ name: 'an unscored run', reach: (page) => runTo(page, 'Unscored') }] },
  {
    scenario: 'broken',
    states: [{ name: 'a run that could not be', reach: (page) => runTo(page, 'Could not be run') }],
  },
  {
    scenario: 'passed',
    hash: '#help',
    states: [
      { name: 'the help', reach: (page) => page.getByRole('heading', { level: 1 }).waitFor() },
      {
        name: 'the self-check',
        reach: async (page) => {
          await page.evaluate(() => (location.hash = '#help/check'));
          await page.waitForTimeout(500);
        },
      },
      {
        name: 'the history without runs',
        reach: async (page) => {
          await page.evaluate(() => (location.hash = '#history'));
          await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
        },
      },
      {
        name: 'the history with a run',
        reach: async (page) => {
          await page.evaluate(() => (location.hash = '#playground'));
          await runTo(page, 'Passed');
          await page.evaluate(() => (location.hash = '#history'));
          await page.locator('[data-run]').first().waitFor();
        },
      },
      {
        name: 'a damaged link',
        reach: async (page) => {
          await page.evaluate(() => (location.hash = '#r1.abc'));
          await page.getByText('damaged').first().waitFor();
        },
      },
    ],
  },
];
