import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type App } from './support.ts';

/** What somebody sees who comes for the first time, with the real engines behind it. */
let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const anyVerdict =
  '[data-verdict=passed], [data-verdict=failed], [data-verdict=unscored], [data-verdict=broken]';

it('leads from one press to a verdict, without a key and without a word to any other host', async () => {
  const page = await app.open();
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(app.url).origin) elsewhere.push(request.url());
  });
  await page.getByRole('button', { name: 'Run the reference' }).click();
  const verdict = page.locator(anyVerdict);
  await verdict.waitFor({ timeout: 150_000 });
  expect(await verdict.getAttribute('data-verdict')).toBe('passed');
  expect(await verdict.innerText()).toContain('100 %');
  expect(elsewhere).toEqual([]);
  await page.close();
});

it('shows that a server which passes everything scores nothing when it breaks its rule', async () => {
  const page = await app.open();
  await page.getByRole('button', { name: 'A broken rule' }).click();
  const verdict = page.locator(anyVerdict);
  await verdict.waitFor({ timeout: 150_000 });
  const text = await verdict.innerText();
  expect(text).toMatch(/^Verdict\s+Failed\s+A%\s+0 %\s+Raw A%\s+100 %/);
  expect(text).toContain('886/886');
  await page.close();
});

it('finds everything there in this browser, the sandbox included, and names what is not', async () => {
  const page = await app.open('/#help/check');
  await page.getByText('Everything is there.').waitFor();
  expect(await page.locator('[data-check=sandbox]').innerText()).toContain(
    'a frame and a worker were started',
  );
  expect(await page.locator('iframe').count()).toBe(0);
  await page.route('**/sandbox.html*', (route) => route.abort());
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByText('1 thing is missing.').waitFor({ timeout: 60_000 });
  expect(await page.locator('[data-check=sandbox]').getAttribute('data-status')).toBe('missing');
  await page.close();
});

it('is drawn in the chosen theme from the start', async () => {
  const page = await app.open();
  await page.getByRole('button', { name: 'Appearance' }).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  // Without the app's own script only what runs before it can have put the theme on.
  await page.route('**/assets/app-*.js', (route) => route.abort());
  await page.reload();
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.close();
});
