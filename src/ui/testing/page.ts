import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchOptions } from '../../../scripts/chromium.mjs';
import { serve } from '../../../scripts/serve.mjs';
import { scriptedBuild } from './scripted-build.ts';
import type { Scenario } from './scripted-record.ts';

/** How a test wants to see the page. */
export interface PageOptions {
  colorScheme?: 'light' | 'dark';
  /** CSS pixels; 1280 x 800 without. */
  width?: number;
  height?: number;
  /** What the page is opened at, e.g. `#history`. */
  hash?: string;
  /** What else the browser context is given, e.g. `forcedColors`. */
  context?: BrowserContextOptions;
  /** Faults that this test provokes; any other fails it. */
  expects?: RegExp;
}

/** The page in a real Chromium, over scripted runs: what a person sees and can do, without an engine. */
export interface ScriptedPage {
  /** Opens the page, ready to run; a fault of the page or a breach of its policy fails the test at its end. */
  withPage(scenario: Scenario, use: (page: Page) => Promise<void>, options?: PageOptions): Promise<void>;
}

/** Builds, serves and opens the scripted page for the tests of a file; called once at its top. */
export function scriptedPage(): ScriptedPage {
  let server: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;

  beforeAll(async () => {
    server = await serve({ dir: await scriptedBuild() });
    browser = await chromium.launch(launchOptions());
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  return {
    async withPage(scenario, use, options = {}) {
      const { colorScheme = 'light', width = 1280, height = 800, hash = '' } = options;
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        ...options.context,
      });
      const page = await context.newPage();
      const faults: string[] = [];
      const fault = (text: string): void => {
        if (options.expects?.test(text) !== true) faults.push(text);
      };
      page.on('pageerror', (error) => fault(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') fault(message.text());
      });
      try {
        await page.goto(`${server.url}/?scenario=${scenario}${hash}`);
        await (hash === '' ? readyToRun(page) : page.locator('main').waitFor());
        await use(page);
        expect(faults).toEqual([]);
      } finally {
        await context.close();
      }
    },
  };
}

/** The one button that starts a run. */
export const runButton = (page: Page): Locator => page.getByRole('button', { name: 'Run', exact: true });

export const verdict = (page: Page): Locator => page.getByRole('region', { name: 'Verdict' });

/** Waits until the first submission is there and Run can be pressed. */
export async function readyToRun(page: Page): Promise<void> {
  await expect.poll(() => runButton(page).isEnabled(), { timeout: 30_000 }).toBe(true);
}

/** Presses Run and waits for a verdict that reads as the word does. */
export async function runTo(page: Page, word: string): Promise<void> {
  await runButton(page).click();
  await verdict(page).getByText(word, { exact: true }).waitFor();
}
