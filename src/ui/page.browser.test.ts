import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { runButton, runTo, scriptedPage, verdict } from './testing/page.ts';

const { withPage } = scriptedPage();

describe('a run', () => {
  it('goes from press to verdict, with every stage done', () =>
    withPage('passed', async (page) => {
      await runTo(page, 'Passed');
      expect(await verdict(page).innerText()).toContain('72/72');
      expect(await page.locator('[data-assertion]:visible').count()).toBe(0);
      await page.getByRole('tab', { name: 'Assertions' }).click();
      await page.getByText('12 of 12 passed').first().click();
      expect(await page.locator('[data-assertion]:visible').count()).toBe(12);
      const stages = page.getByRole('list', { name: 'Stages' }).getByRole('listitem');
      expect(await stages.evaluateAll((items) => items.map((item) => item.dataset['status']))).toEqual(
        Array<string>(7).fill('passed'),
      );
      expect(await page.title()).toContain('Passed, 100 %');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save run record' }).click();
      const file = await (await download).path();
      expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ version: 1 });
    }));

  it('can be cancelled, and the next one is unaffected', () =>
    withPage('hanging', async (page) => {
      await runButton(page).click();
      await page.locator('[data-stage=start][data-status=running]').waitFor();
      expect(await runButton(page).isDisabled()).toBe(true);
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
      await verdict(page).getByText('Cancelled', { exact: true }).waitFor();
      await runButton(page).click();
      await page.locator('[data-stage=start][data-status=running]').waitFor();
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
      const list = page.getByRole('region', { name: 'Runs of this visit' });
      await expect.poll(() => list.getByText('Cancelled').count()).toBe(2);
    }));

  it('shows hostile text as text, with its tricks visible', () =>
    withPage('failed', async (page) => {
      await runTo(page, 'Failed');
      await page.getByRole('button', { name: /^Failed/ }).click();
      await page.locator('[data-assertion] button').first().click();
      const panel = page.getByRole('region', { name: 'Assertions' });
      expect(await panel.innerText()).toContain('<img src=x onerror=alert(1)> ‹U+202E›gnp.exe');
      expect(await panel.locator('img').count()).toBe(0);
      await page.getByRole('searchbox').fill('login');
      await expect.poll(() => page.locator('[data-assertion]').count()).toBe(1);
      await page.getByRole('tab', { name: 'Rules' }).click();
      const rules = await page.getByRole('region', { name: 'Rules' }).innerText();
      expect(rules).toMatch(/database\s+violated/);
      expect(rules).toContain('violated for parser. For the paper a comment counts.');
    }));

  it('is judged by a collection of one’s own, whose results can be saved', () =>
    withPage('passed', async (page) => {
      expect(await page.getByRole('tab', { name: 'Collection' }).count()).toBe(0);
      await page.getByRole('heading', { name: 'More options' }).click();
      const choose = page.getByLabel('Choose a collection');
      const json = (name: string, text: string) => ({
        name,
        mimeType: 'application/json',
        buffer: Buffer.from(text),
      });
      await choose.setInputFiles(json('broken.json', '{}'));
      await page.getByText('broken.json cannot be used: This is no Postman collection').waitFor();
      const mine = {
        info: { name: 'My checks', schema: 'collection/v2.1.0/collection.json' },
        item: [{ request: {} }, { request: {} }],
      };
      await choose.setInputFiles(json('mine.json', JSON.stringify(mine)));
      await page.getByText('My checks, 2 requests').waitFor();
      await page.getByLabel('Choose an environment').setInputFiles(json('env.json', '{"values":[]}'));
      await page.getByText('env.json').waitFor();
      await runTo(page, 'Passed');
      expect(await verdict(page).innerText()).toContain('judged by mine.json');
      await page.getByRole('tab', { name: 'Collection' }).click();
      const panel = page.getByRole('region', { name: 'Collection' });
      expect(await panel.innerText()).toContain('2 requests, 3 assertions, 1 failed');
      // What is folded is not drawn: a collection may have hundreds of requests.
      expect(await panel.getByText('Copy as curl').count()).toBe(0);
      await panel.getByText('Register').click();
      await panel.getByText('Copy as curl').waitFor();
      expect(await panel.innerText()).toContain('AssertionError: expected 500 to equal 201');
      expect(await panel.innerText()).toContain('<img src=x onerror=alert(1)> ‹U+202E›gnp.exe');
      const download = page.waitForEvent('download');
      await panel.getByRole('button', { name: 'Save as CSV' }).click();
      expect((await download).suggestedFilename()).toBe('express-unconstrained-newman.csv');
      await page.getByRole('button', { name: 'Back to the built-in suite' }).click();
      await runTo(page, 'Passed');
      expect(await page.getByRole('tab', { name: 'Collection' }).count()).toBe(0);
    }));

  it('stays usable under a flood of output', () =>
    withPage('flood', async (page) => {
      await runTo(page, 'Passed');
      await page.getByRole('tab', { name: 'Console' }).click();
      const console = page.getByRole('region', { name: 'Console' });
      await console.getByText('line 59999 ').waitFor();
      expect(await console.locator('.line').count()).toBeLessThan(200);
      await console.getByRole('log').evaluate((log) => (log.scrollTop = 0));
      await console.getByRole('checkbox', { name: /Follow/ }).uncheck();
      await console.getByRole('log').evaluate((log) => (log.scrollTop = 0));
      await console.getByText('added 71 packages').waitFor();
    }));

  it('tells an unscored run and a broken page from a failure', async () => {
    await withPage('unscored', async (page) => {
      await runTo(page, 'Unscored');
      expect(await verdict(page).innerText()).toContain('left-pad is not in the package store');
    });
    await withPage('broken', async (page) => {
      await runTo(page, 'Could not be run');
      expect(await verdict(page).innerText()).toContain('says nothing about the submission');
    });
  });
});

describe('the submission', () => {
  it('comes from a zip, and a bad one is a message', () =>
    withPage('passed', async (page) => {
      await page.getByRole('radio', { name: 'Folder or zip' }).check({ force: true });
      expect(await runButton(page).isDisabled()).toBe(true);
      const input = page.locator('input[type=file][accept*=".zip"]');
      const upload = (name: string, bytes: Uint8Array) =>
        input.setInputFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(bytes) });
      await upload('bomb.zip', zipSync({ 'zeros.txt': new Uint8Array(5 * 2 ** 20) }));
      await page.getByText('larger than 4 MB').waitFor();
      await upload('evil.zip', zipSync({ '../run.sh': strToU8('x') }));
      await page.getByText('leads out of the submission').waitFor();
      await upload('app.zip', zipSync({ 'app/run.sh': strToU8('x'), 'app/package.json': strToU8('{}') }));
      await page.getByText('Took the folder "app" as the top.').waitFor();
      await runTo(page, 'Passed');
    }));

  it('comes from a folder, chosen or dropped anywhere on the page', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'decay-folder-'));
    const folder = join(parent, 'my-server');
    await mkdir(join(folder, 'src'), { recursive: true });
    await mkdir(join(folder, 'node_modules/x'), { recursive: true });
    await writeFile(join(folder, 'run.sh'), 'exec node src/app.js\n');
    await writeFile(join(folder, 'src/app.js'), '');
    await writeFile(join(folder, 'node_modules/x/index.js'), '');
    const expectFiles = async (page: Page) => {
      await page.getByText('Took the folder "my-server" as the top.').waitFor();
      await page.getByText(/^2 files/).click();
      const files = page.getByRole('list', { name: 'Files of the submission' }).getByRole('listitem');
      expect(
        await files.evaluateAll((items) =>
          items.map((item) => (item as HTMLElement).innerText.split('\n')[0]),
        ),
      ).toEqual(['run.sh', 'src/app.js']);
    };
    await withPage('passed', async (page) => {
      await page.getByRole('radio', { name: 'Folder or zip' }).check({ force: true });
      await page.locator('input[webkitdirectory]').setInputFiles(folder);
      await expectFiles(page);
    });
    await withPage('passed', async (page) => {
      const session = await page.context().newCDPSession(page);
      const data = { items: [], files: [folder], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        await session.send('Input.dispatchDragEvent', { type, x: 900, y: 500, data });
      }
      await expectFiles(page);
    });
    await rm(parent, { recursive: true });
  });

  it('comes from a paste that asks for a missing name', () =>
    withPage('passed', async (page) => {
      await page.getByRole('radio', { name: 'Paste' }).check({ force: true });
      await page.locator('#pasted').fill('console.log(1)');
      await page.getByRole('button', { name: 'Read files' }).click();
      await page.getByLabel('File name').fill('server.js');
      await page.getByRole('button', { name: 'Read files' }).click();
      await page.getByText('There is no run.sh').waitFor();
    }));

  it('comes from an address that is asked only when told to, and a refusal is in words', () =>
    withPage(
      'passed',
      async (page) => {
        let asked = 0;
        await page.route('https://files.example/**', (route) => {
          asked++;
          if (route.request().url().endsWith('closed.zip')) return route.abort();
          return route.fulfill({
            body: Buffer.from(zipSync({ 'app/run.sh': strToU8('x'), 'app/package.json': strToU8('{}') })),
            headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
          });
        });
        await page.getByRole('radio', { name: 'Link' }).check({ force: true });
        const fetchFrom = async (file: string) => {
          await page.locator('#link').fill(`https://files.example/${file}`);
          await page.getByText('files.example sees your IP address').waitFor();
          await page.getByRole('button', { name: 'Fetch from files.example' }).click();
        };
        await page.locator('#link').fill('https://files.example/app.zip');
        expect(asked).toBe(0);
        await fetchFrom('closed.zip');
        await page.getByText('does not allow other sites to read its files (CORS)').waitFor();
        expect(await runButton(page).isDisabled()).toBe(true);
        await fetchFrom('app.zip');
        await page.getByText('Took the folder "app" as the top.').waitFor();
        await runTo(page, 'Passed');
      },
      { expects: /Failed to load resource/ },
    ));

  it('is a link to a run, which is opened and not fetched', () =>
    withPage('passed', async (page) => {
      await page.getByRole('radio', { name: 'Link' }).check({ force: true });
      await page.locator('#link').fill('https://elsewhere.example/play#r1.abc');
      await page.getByRole('button', { name: 'Open the run' }).click();
      await expect.poll(() => page.evaluate(() => location.hash)).toBe('#r1.abc');
    }));

  it('is a flawed example, with its task and what it shows', () =>
    withPage('passed', async (page) => {
      await page.getByRole('radio', { name: 'Flawed' }).check({ force: true });
      await page.locator('#defect').selectOption('flask-shared-connection');
      await page.getByText('Seen in the assertion users.register.new.status.').waitFor();
      expect(await page.locator('input[name=task]:checked').inputValue()).toBe('flask-sqlite');
      await runTo(page, 'Passed');
    }));

  it('is there again after a reload, with what was chosen', () =>
    withPage('passed', async (page) => {
      await page.locator('input[value="flask-sqlite"]').check({ force: true });
      await page.getByRole('radio', { name: 'Paste' }).check({ force: true });
      await page.locator('#pasted').fill('=== run.sh ===\nexit 1\n=== requirements.txt ===\n');
      await page.getByRole('button', { name: 'Read files' }).click();
      await page.getByText(/^2 files/).waitFor();
      await page.reload();
      await page.getByText(/^2 files/).waitFor();
      expect(await page.locator('input[name=task]:checked').inputValue()).toBe('flask-sqlite');
      expect(await page.locator('#pasted').inputValue()).toContain('exit 1');
    }));

  it('is missing for a task without a reference, and impossible for a task that is coming', () =>
    withPage('passed', async (page) => {
      await page.locator('input[value="koa-sqlite"]').check({ force: true });
      await page.getByText('no reference submission yet').waitFor();
      expect(await runButton(page).isDisabled()).toBe(true);
      expect(await page.locator('input[value="koa-postgres"]').isDisabled()).toBe(true);
      await page.getByRole('button', { name: 'Flask, SQLite (L1)' }).click();
      await expect.poll(() => page.locator('input[value="flask-sqlite"]').isChecked()).toBe(true);
    }));
});

describe('the page', () => {
  it('shows a fault that nobody caught', () =>
    withPage('passed', async (page) => {
      await page.evaluate(() => {
        window.dispatchEvent(new ErrorEvent('error', { message: 'a fault' }));
      });
      await page.getByRole('alert').getByText('a fault').waitFor();
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expect.poll(() => page.getByRole('button', { name: 'Dismiss' }).count()).toBe(0);
    }));
});
