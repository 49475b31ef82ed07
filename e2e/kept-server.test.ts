import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, verdictOf, withPage } from './press.ts';
import { startApp, type App } from './support.ts';

/** Servers that live on after their verdict: requests by hand, the suite alone, restarts; and runs side by side. */
let app: App;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

async function openConsole(page: Page, port: number): Promise<Locator> {
  await page.getByRole('tab', { name: 'Requests' }).click();
  const console = page.getByRole('region', { name: 'Request console' });
  await console.getByText(`The server runs on port ${port}`).waitFor();
  return console;
}

/** Sends what is written and gives the body that came, once it is the answer to this request. */
async function send(console: Locator, path: string): Promise<string> {
  const before = await console.getByRole('button', { name: /^Send again/ }).count();
  await console.getByLabel('Path').fill(path);
  await console.getByRole('button', { name: 'Send', exact: true }).click();
  await expect
    .poll(() => console.getByRole('button', { name: /^Send again/ }).count(), { timeout: 30_000 })
    .toBe(before + 1);
  return console.locator('pre.body').first().innerText();
}

/** A server in the background of its run.sh, which exits; it counts requests and leaves a file behind. */
const background = `=== run.sh ===
node server.js &
=== package.json ===
{ "name": "background", "version": "1.0.0" }
=== server.js ===
const fs = require('fs');
const found = fs.existsSync('left.txt') || fs.existsSync('/tmp/left.txt');
fs.writeFileSync('left.txt', 'x');
fs.writeFileSync('/tmp/left.txt', 'x');
console.log('started');
require('http').createServer((request, response) => {
  console.log('asked for ' + request.url);
  response.end(JSON.stringify({ pid: process.pid, found }));
}).listen(3000);
`;

describe('after the verdict', () => {
  it.each([
    ['express-sqlite', 3000],
    ['flask-unconstrained', 8080],
  ])('a server of %s takes requests with a token, and passes the suite alone', (task, port) =>
    withPage(app, task, async (page) => {
      await button(page, 'Run').click();
      expect(await verdictOf(page)).toBe('passed');
      const console = await openConsole(page, port);
      await console.getByLabel('Begin with').selectOption('GET /user');
      const user: unknown = JSON.parse(await send(console, '/api/user'));
      expect(user).toMatchObject({ user: { email: expect.any(String), token: expect.any(String) } });

      await page.getByRole('button', { name: 'Suite alone' }).click();
      await page.getByRole('button', { name: 'After a restart', exact: true }).click();
      await page.getByText('Suite alone: 886 of 886').first().waitFor({ timeout: 120_000 });
      await page.getByText('This is no full run').waitFor();
      // The users of before are gone with the data; the console registers one anew.
      await page.getByRole('tab', { name: 'Requests' }).click();
      expect(await send(console, '/api/user')).toContain('errors');
      await console.getByRole('button', { name: 'Log in again' }).click();
      await console.getByText('registered again').waitFor();
      expect(JSON.parse(await send(console, '/api/user'))).toMatchObject({ user: {} });
    }),
  );

  it('a server in the background is ended and started again, with or without what it left behind', () =>
    withPage(app, 'express-unconstrained', async (page) => {
      await page.getByRole('radio', { name: 'Paste' }).check({ force: true });
      await page.locator('#pasted').fill(background);
      await page.getByRole('button', { name: 'Read files' }).click();
      await expect.poll(() => button(page, 'Run').isEnabled()).toBe(true);
      await button(page, 'Run').click();
      expect(await verdictOf(page)).toBe('failed');
      const console = await openConsole(page, 3000);
      const ask = async (): Promise<{ pid: number; found: boolean }> =>
        JSON.parse(await send(console, '/api/pid')) as { pid: number; found: boolean };
      const first = await ask();
      expect(first.found).toBe(false);
      await console.getByRole('button', { name: 'Restart' }).click();
      await console.getByText('The server runs on port 3000').waitFor({ timeout: 30_000 });
      const second = await ask();
      expect(second.pid).not.toBe(first.pid);
      expect(second.found).toBe(true);
      await page.getByRole('button', { name: 'Suite alone' }).click();
      await page.getByRole('button', { name: 'After a restart', exact: true }).click();
      await page
        .getByText(/Suite alone: \d+ of 886/)
        .first()
        .waitFor({ timeout: 120_000 });
      await page.getByRole('tab', { name: 'Requests' }).click();
      expect((await ask()).found).toBe(false);
    }));
});

it('the levels of a framework run side by side, each to its own verdict', () =>
  withPage(app, 'express-unconstrained', async (page) => {
    await button(page, 'All levels…').click();
    await button(page, 'Start 4 runs').click();
    const group = page.getByRole('region', { name: 'Side by side', exact: true });
    await group.getByText('4 of 4 ended').waitFor({ timeout: 240_000 });
    expect(await group.getByRole('cell', { name: 'Passed' }).count()).toBe(4);
    await group.getByRole('img', { name: 'A% by level: L0 100 %, L1 100 %, L2 100 %, L3 100 %' }).waitFor();
  }));
