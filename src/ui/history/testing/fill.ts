import type { Page } from 'playwright-core';
import { scored, smallRecord } from '../../../store/testing/records.ts';

/** Waits until the page has made its database: whoever opens it before would make an empty one. */
export async function databaseReady(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const known = await indexedDB.databases();
    return known.some(({ name }) => name === 'decay');
  });
}

/**
 * Puts runs into the history of the page, straight into its database, and reloads. The n-th, from 0, has the label `run n`,
 * passed n of ten assertions (n modulo 6; of 5, all), and is of Express or Flask by turns.
 */
export async function fillHistory(page: Page, count: number): Promise<void> {
  const records = Array.from({ length: count }, (_, at) => {
    const passed = [0, 1, 2, 10, 4, 5][at % 6] ?? 0;
    const framework = at % 2 === 0 ? 'flask' : 'express';
    return smallRecord({
      id: `filled-${at}`,
      createdAt: new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString(),
      task: { id: `${framework}-unconstrained`, version: '1.0.0' },
      source: { kind: 'paste', label: `run ${at} <img src=x>` },
      verdict: scored(passed),
    });
  });
  await databaseReady(page);
  await page.evaluate(
    (rows) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('decay');
        opening.onerror = () => reject(opening.error ?? new Error('no database'));
        opening.onsuccess = () => {
          const write = opening.result.transaction(['records', 'summaries'], 'readwrite');
          for (const row of rows) {
            const { id, createdAt, task, source, profile, verdict, ms } = row;
            const summary = {
              id,
              createdAt,
              task,
              source,
              profile,
              verdict,
              ms,
              state: 'finished',
              size: 900,
            };
            write.objectStore('records').put(row);
            write.objectStore('summaries').put(summary);
          }
          write.oncomplete = () => resolve();
        };
      }),
    records,
  );
  await page.reload();
  await page.locator('main').waitFor();
}
