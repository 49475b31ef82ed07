import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { builtApp, readArguments } from './bench/shared.mjs';
import { launchOptions } from './chromium.mjs';
import { serve } from './serve.mjs';

/**
 * Takes pictures of every view of the built app with real runs, to be looked at: into .cache/shots, light and dark, 1280 and
 * 1920 wide. `--docs` writes docs/screenshot.png instead.
 *
 *     npm run shots [-- [--schemes light,dark] [--widths 1280,1920] [--docs] [VIEW…]]
 */
const { values, names } = readArguments({
  schemes: { type: 'string', default: 'light,dark' },
  widths: { type: 'string', default: '1280,1920' },
  docs: { type: 'boolean', default: false },
});
const out = values.docs ? 'docs' : '.cache/shots';
await mkdir(out, { recursive: true });
const server = await serve({ dir: await builtApp(), port: 0 });
const browser = await chromium.launch(launchOptions());

const settled = '[data-verdict="passed"], [data-verdict="failed"], [data-verdict="unscored"]';

const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click();
const tab = (page, name) => page.getByRole('tab', { name }).first().click();
const go = async (page, hash) => {
  await page.evaluate((fragment) => (location.hash = fragment), hash);
  await page.waitForTimeout(1_500);
};
const task = (page, id) => page.locator(`input[name="task"][value="${id}"]`).check({ force: true });

async function run(page) {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('button')].some((one) => one.textContent.trim() === 'Run' && !one.disabled),
  );
  await press(page, 'Run');
  await page.locator(settled).first().waitFor({ timeout: 300_000 });
}

async function flawed(page, id) {
  await page.getByRole('radio', { name: 'Flawed' }).check({ force: true });
  await page.locator('#defect').selectOption(id);
  await page.waitForTimeout(1_000);
}

/** Each goes on from the one before it. */
const views = [
  ['welcome', () => undefined],
  ['prompt', (page) => press(page, 'Show the prompt')],
  [
    'running',
    async (page) => {
      await page.keyboard.press('Escape');
      await press(page, 'Run');
      await page.locator('[data-stage="install"]:not([data-status="waiting"])').first().waitFor();
    },
  ],
  ['passed', (page) => page.locator(settled).first().waitFor({ timeout: 300_000 })],
  [
    'failed',
    async (page) => {
      await flawed(page, 'express-failing');
      await run(page);
    },
  ],
  [
    'assertion',
    async (page) => {
      await tab(page, 'Assertions');
      const row = page.locator('[data-assertion][data-status=failed] > button').first();
      if (!(await row.isVisible()))
        await page
          .getByRole('button', { name: /^Failed/ })
          .first()
          .click();
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
      await row.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    },
  ],
  ['console', (page) => tab(page, 'Console')],
  ['requests', (page) => tab(page, 'Requests')],
  ['rules', (page) => tab(page, 'Rules')],
  ['details', (page) => tab(page, 'Details')],
  [
    'share',
    async (page) => {
      await page
        .getByRole('button', { name: /^Share/ })
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'code',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('radio', { name: 'Reference' }).check({ force: true });
      const code = page.getByRole('tab', { name: 'Code' });
      if (await code.count()) await code.click();
      await page.locator('.monaco-editor').first().waitFor({ timeout: 30_000 });
    },
  ],
  [
    'changes',
    (page) =>
      page
        .getByRole('button', { name: /^Changes/ })
        .first()
        .click(),
  ],
  [
    'levels',
    async (page) => {
      await press(page, 'All levels…').catch(() => undefined);
      await page.waitForTimeout(1_000);
    },
  ],
  ['history', (page) => go(page, '#history')],
  ['help', (page) => go(page, '#help')],
  ['self-check', (page) => go(page, '#help/check')],
  ['batch', (page) => go(page, '#batch')],
  ['damaged-link', (page) => go(page, '#r1.abc')],
  [
    'model',
    async (page) => {
      await go(page, '#playground');
      await page.getByRole('radio', { name: 'Model' }).check({ force: true });
    },
  ],
];

async function take(page, file, options = {}) {
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(out, file), ...options });
}

async function walk(colorScheme, width) {
  const page = await browser.newPage({ viewport: { width, height: width > 1500 ? 1080 : 860 }, colorScheme });
  page.on('pageerror', (error) => console.error(`${colorScheme} ${width}: ${error.message}`));
  await page.goto(server.url);
  await page.waitForTimeout(2_000);
  for (const [name, reach] of views) {
    try {
      await reach(page);
      if (names.length === 0 || names.includes(name)) await take(page, `${name}-${colorScheme}-${width}.png`);
    } catch (error) {
      console.error(`${name}, ${colorScheme}, ${width}: ${error.message.split('\n')[0]}`);
      process.exitCode = 1;
    }
  }
  await page.close();
}

/** The picture of the README: a verdict with its assertions. */
async function forDocs() {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1200 }, colorScheme: 'light' });
  await page.goto(server.url);
  await task(page, 'express-sqlite');
  await run(page);
  await tab(page, 'Assertions');
  await take(page, 'screenshot.png');
}

if (values.docs) await forDocs();
else {
  for (const scheme of values.schemes.split(',')) {
    for (const width of values.widths.split(',')) await walk(scheme, Number(width));
  }
}
await browser.close();
await server.close();
