import { expect, it } from 'vitest';
import { faultsOfAxe } from '../testing/axe.ts';
import { scriptedPage } from '../testing/page.ts';

const { withPage } = scriptedPage();

it('goes to the section of an address and reads on from there', () =>
  withPage(
    'passed',
    async (page) => {
      const heading = page.getByRole('heading', { level: 2, name: 'Levels and rules' });
      await expect.poll(() => heading.evaluate((node) => node === document.activeElement)).toBe(true);
      await expect.poll(async () => (await heading.boundingBox())?.y ?? 9999).toBeLessThan(300);
      await page.getByRole('link', { name: 'Keyboard' }).click();
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Keyboard');
    },
    { hash: '#help/levels' },
  ));

it('is searched as one types, and says when nothing is found', () =>
  withPage(
    'passed',
    async (page) => {
      const sections = page.locator('main section:visible');
      await page.getByRole('searchbox', { name: 'Search the help' }).fill('arxiv percentage');
      await expect.poll(() => sections.count()).toBe(1);
      expect(await sections.innerText()).toContain('30 percentage points');
      await page.getByRole('searchbox', { name: 'Search the help' }).fill('<img src=x>');
      await page.getByText('Nothing in the help holds “<img src=x>”').waitFor();
    },
    { hash: '#help' },
  ));

it('goes to a section that a search left out, and once more to where one is already', () =>
  withPage(
    'passed',
    async (page) => {
      const focused = (): Promise<string | null | undefined> =>
        page.evaluate(() => document.activeElement?.textContent);
      await page.getByRole('searchbox', { name: 'Search the help' }).fill('published rules');
      await page.getByRole('link', { name: 'profiles', exact: true }).click();
      await expect.poll(focused).toBe('Verifiers and their profiles');
      await page.getByRole('searchbox', { name: 'Search the help' }).fill('keyboard');
      await page.evaluate(() => (location.hash = '#help/levels'));
      await expect.poll(focused).toBe('Levels and rules');
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.getByRole('link', { name: 'Levels and rules' }).focus();
      await page.keyboard.press('Enter');
      await expect.poll(focused).toBe('Levels and rules');
    },
    { hash: '#help' },
  ));

it('lets the one key that needs no other be switched off', () =>
  withPage(
    'passed',
    async (page) => {
      const views = page.getByRole('navigation', { name: 'Views' });
      await page.getByRole('checkbox', { name: 'The key “?” opens this help' }).uncheck();
      await views.getByRole('link', { name: 'Playground' }).click();
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Playground');
      await page.keyboard.press('?');
      await page.getByRole('button', { name: 'Appearance' }).focus();
      await page.keyboard.press('?');
      expect(await page.evaluate(() => location.hash)).toBe('#playground');
    },
    { hash: '#help/keys' },
  ));

it('tries out the browser and says what to do about what it lacks', async () => {
  await withPage(
    'passed',
    async (page) => {
      await page.getByText('Everything is there.').waitFor();
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy as text' }).click();
      await page.getByText('Copied', { exact: true }).waitFor({ state: 'attached' });
      const text = await page.evaluate(() => navigator.clipboard.readText());
      expect(text).toMatch(/^Shared memory: there \(cross-origin isolated: yes/);
      expect(text).toContain('Database of the browser (IndexedDB): there (written, read and deleted)');
    },
    { hash: '#help/check' },
  );
  await withPage(
    'broken',
    async (page) => {
      await page.getByText('2 things are missing.').waitFor();
      const files = page.locator('[data-check=engineFiles]');
      expect(await files.innerText()).toContain('404 for engines/manifest.json');
      expect(await files.innerText()).toContain('the same address as the page');
    },
    { hash: '#help/check' },
  );
});

it.each([
  ['light', 1280],
  ['dark', 320],
] as const)('has no fault that axe finds, in %s at %i', (colorScheme, width) =>
  withPage(
    'passed',
    async (page) => {
      await page.getByText('Everything is there.').waitFor();
      expect(await faultsOfAxe(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    },
    { hash: '#help/check', colorScheme, width },
  ),
);
