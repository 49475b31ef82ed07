import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, verdictOf, withPage } from './press.ts';
import { startApp, type App } from './support.ts';

/** The built app before files, names and addresses that mean it ill. */
let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

async function take(page: Page, name: string, files: Record<string, string>): Promise<void> {
  await page.getByRole('radio', { name: 'Folder or zip' }).check({ force: true });
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
  await page
    .locator('input[type=file][accept*=".zip"]')
    .setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(zip) });
}

/** Set by anything of a submission that gets to run in the page. */
const attacked = (page: Page) => page.evaluate(() => 'attacked' in window);
const attack = '<img src=x onerror="window.attacked=1">';

describe('files', () => {
  it('with markup and turned text in names, content and output are shown as text', () =>
    withPage(app, 'express-unconstrained', async (page) => {
      await take(page, `\u202egpj.${attack}.zip`, {
        'run.sh': `echo '${attack}'; echo '</script>${attack}'; printf '\\033]0;title\\007\\033[31mred\\n'; exit 1\n`,
        'package.json': '{"name":"x","version":"1.0.0"}',
        [`${attack.replaceAll('/', '')}.js`]: attack,
        '\u202egnp.js': '// turned',
      });
      await page.getByText(/^4 files/).click();
      await button(page, 'Run').click();
      expect(await verdictOf(page)).toBe('failed');
      for (const tab of await page.getByRole('tab').all()) await tab.click();
      expect(await attacked(page)).toBe(false);
      expect(await page.locator('main img').count()).toBe(0);
      expect(await page.getByText('‹U+202E›').count()).toBeGreaterThan(0);
      expect(await page.title()).toContain('Constraint Decay Playground');
    }));

  it('that name the parts of objects are files like others', () =>
    withPage(app, 'express-unconstrained', async (page) => {
      await take(page, 'parts.zip', {
        'run.sh': 'cat constructor prototype toString src/hasOwnProperty; exit 1\n',
        'package.json': '{"name":"x","version":"1.0.0"}',
        constructor: 'one ',
        prototype: 'two ',
        toString: 'three ',
        'src/hasOwnProperty': 'four',
      });
      await page.getByText(/^6 files/).waitFor();
      await button(page, 'Run').click();
      expect(await verdictOf(page)).toBe('failed');
      await page.getByRole('tab', { name: 'Console' }).click();
      await page.getByText('one two three four').first().waitFor();
    }));
});

describe('addresses', () => {
  it.each([
    ['#r1.', /damaged|holds no run/],
    ['#r1.@@@@', /damaged/],
    ['#r1.H4sIAAAAAAAAA6uuBQBDv6ajAgAAAA', /damaged|changed|later version/],
    ['#r77.abc', /later version/],
    [`#r1.${'A'.repeat(40_000)}`, /longer than/],
  ])('%.20s… get a message that says what to do', async (fragment, message) => {
    const page = await app.open(`/${fragment}`);
    await page.getByRole('main').getByText(message).first().waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
    await page.close();
  });

  it.each([
    '#nowhere',
    '#help/%E0%A4%A',
    '#history/<img src=x onerror=window.attacked=1>',
    '#playground/../../x',
  ])('%s is no blank page', async (fragment) => {
    const page = await app.open(`/${fragment}`);
    await page.getByRole('navigation').first().waitFor();
    await page.getByRole('main').getByRole('heading').first().waitFor();
    expect(await attacked(page)).toBe(false);
    await page.close();
  });
});
