import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { launchOptions } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';
import type { HarnessReport } from '../harness/api.ts';

/** The first load of the page on a slow machine. */
const pageReadyMs = 120_000;

/** How long the page may take to let go of a job before it is closed over its head. */
const cancelMs = 5_000;

/** The harness page in a headless Chromium. */
export interface HarnessPage {
  readonly page: Page;
  readonly server: Awaited<ReturnType<typeof serve>>;
  /** Who wants the reports of a job. */
  readonly jobs: Map<string, { report: (report: HarnessReport) => void }>;
  /** Rejects when the page crashes, is closed or loses its browser. */
  readonly lost: Promise<never>;
  /** Ends a job; returns after a while even when the page does not. */
  cancel(job: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the harness page that `npm run build` made.
 * @param dist - Directory of the built app.
 * @throws Error when the app is not built or there is no Chromium, with what to do
 */
export async function openHarnessPage(dist: string): Promise<HarnessPage> {
  if (!existsSync(join(dist, 'harness.html'))) {
    throw new Error(
      `The app is not built: there is no ${join(dist, 'harness.html')}. Run \`npm run build\` and try again.`,
    );
  }
  const options = launchOptions();
  const server = await serve({ dir: dist });
  try {
    const browser = await chromium.launch({ ...options, handleSIGINT: false, handleSIGTERM: false });
    const close = async () => {
      await browser.close().catch(() => undefined);
      await server.close();
    };
    try {
      const page = await browser.newPage();
      const jobs: HarnessPage['jobs'] = new Map();
      const lost = pageLost(page);
      await page.exposeFunction('decayReport', (job: string, reports: HarnessReport[]) => {
        for (const report of reports) jobs.get(job)?.report(report);
      });
      await page.goto(`${server.url}/harness.html`);
      await page.waitForFunction(() => window.decay !== undefined, undefined, { timeout: pageReadyMs });
      return { page, server, jobs, lost, cancel: (job) => cancelJob(page, job), close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    await server.close();
    throw error;
  }
}

function pageLost(page: Page): Promise<never> {
  const lost = new Promise<never>((_, fail) => {
    page.once('crash', () => fail(new Error('The browser tab crashed, probably for lack of memory.')));
    page.once('close', () => fail(new Error('The browser was closed.')));
  });
  lost.catch(() => undefined);
  return lost;
}

async function cancelJob(page: Page, job: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => (timer = setTimeout(done, cancelMs)));
  await Promise.race([page.evaluate((name) => window.decay?.cancel(name), job).catch(() => undefined), late]);
  clearTimeout(timer);
}
