import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { App } from './support.ts';

/** Verdicts and other ends of a run, as the page marks them. */
const ends = ['passed', 'failed', 'unscored', 'cancelled', 'broken'];

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A button once it can be pressed: waited for by Playwright, since `expect.poll` serves no test that runs beside others. */
export const pressable = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true, disabled: false });

/** The page with a task chosen; a fault of the page or a breach of its policy fails the test. */
export async function withPage(app: App, taskId: string, use: (page: Page) => Promise<void>): Promise<void> {
  const page = await app.open();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  try {
    await page.locator(`input[name="task"][value="${taskId}"]`).check({ force: true });
    await pressable(page, 'Run').waitFor({ timeout: 60_000 });
    await use(page);
    expect(faults).toEqual([]);
  } finally {
    await page.close();
  }
}

/** How the run ended; waits for it. */
export async function verdictOf(page: Page, timeout = 150_000): Promise<string> {
  const settled = page.locator(ends.map((end) => `[data-verdict="${end}"]`).join(', ')).first();
  await settled.waitFor({ timeout });
  return (await settled.getAttribute('data-verdict')) ?? '';
}
