import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { startModelServer, type ModelServer } from '../../generate/client/testing/model-server.ts';
import { faultsOfAxe } from '../testing/axe.ts';
import { scriptedPage, verdict } from '../testing/page.ts';

const { withPage } = scriptedPage();
const key = 'sk-planted-0123456789abcdef';
const files =
  '``` run.sh\nexec node server.js\n```\n\n``` server.js\nlet a;\n```\n\n``` package.json\n{}\n```\n';

let server: ModelServer | undefined;
afterEach(() => server?.close());

/** Answers a plan at once, and writes the files only when it may. */
async function start(): Promise<{ asked: ModelServer['asked']; url: string; write: () => void }> {
  let writes = false;
  server = await startModelServer({
    replies: ({ messages }) => {
      if (messages.length === 1) return { text: 'My plan: a server in one file.' };
      return writes ? { text: files } : { hang: 'headers' };
    },
    key,
  });
  return { asked: server.asked, url: server.url, write: () => (writes = true) };
}

const offers = (page: Page) => page.getByRole('region', { name: 'Interrupted generations' });
const progress = (page: Page) => page.getByRole('region', { name: 'Generation', exact: true });

/** Begins a plan-then-write generation, and waits until its second question is under way. */
async function begin(page: Page, { url, asked }: Awaited<ReturnType<typeof start>>): Promise<void> {
  await page.getByRole('radio', { name: 'Model', exact: true }).check({ force: true });
  await page.getByLabel('Provider').selectOption('custom');
  await page.getByLabel('Address of the API').fill(url);
  await page.getByLabel(/^Key/).fill(key);
  await page.getByRole('combobox', { name: 'Model' }).fill('scripted-1');
  await page.getByLabel('Way of asking').selectOption('plan-then-write');
  await page.getByRole('button', { name: 'Generate and run' }).click();
  await expect.poll(() => asked.length).toBe(2);
}

async function enterKey(page: Page): Promise<void> {
  const field = page.getByLabel(/^Key/);
  if (!(await field.isVisible())) await page.locator('summary', { hasText: 'Connection' }).click();
  await field.fill(key);
}

const keptRows = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('decay-models');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error('no database'));
    });
    const rows = await Promise.all(
      ['generations', 'answers'].map(
        (store) =>
          new Promise<unknown[]>((resolve) => {
            const asking = db.transaction(store).objectStore(store).getAll();
            asking.onsuccess = () => resolve(asking.result as unknown[]);
          }),
      ),
    );
    db.close();
    return JSON.stringify(rows);
  });

describe('a generation that a reload interrupted', () => {
  it('is offered, and goes on to its verdict without asking for the plan again', async () => {
    const model = await start();
    await withPage('passed', async (page) => {
      await begin(page, model);
      await page.reload();
      await offers(page).getByText('A generation was interrupted').waitFor();
      expect(await offers(page).innerText()).toContain('1 answer was kept');
      expect(await faultsOfAxe(page)).toEqual([]);
      const kept = await keptRows(page);
      expect(kept).toContain('My plan');
      expect(kept).not.toContain(key);
      await enterKey(page);
      model.write();
      await offers(page).getByRole('button', { name: 'Go on with the generation of scripted-1' }).click();
      await verdict(page).getByText('Passed', { exact: true }).waitFor();
      await progress(page).getByText('The submission is there').waitFor();
      expect(model.asked.map(({ messages }) => messages.length)).toEqual([1, 3, 3]);
      expect(model.asked[2]?.messages[1]?.text).toBe('My plan: a server in one file.');
      await expect.poll(() => keptRows(page)).toBe('[[],[]]');
      await page.reload();
      await page.getByRole('button', { name: 'Generate and run' }).waitFor();
      expect(await offers(page).count()).toBe(0);
    });
  });

  it('is offered by another tab only when its own is closed, and can be forgotten', async () => {
    const model = await start();
    await withPage('passed', async (page) => {
      await begin(page, model);
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other.getByRole('radio', { name: 'Model', exact: true }).check({ force: true });
      await other.getByRole('button', { name: 'Generate and run' }).waitFor();
      await expect.poll(() => keptRows(other)).toContain('My plan');
      expect(await offers(other).count()).toBe(0);
      await page.close();
      await offers(other).getByText('1 answer was kept').waitFor();
      await offers(other).getByRole('button', { name: 'Forget the generation of scripted-1' }).click();
      await offers(other).waitFor({ state: 'detached' });
      expect(await keptRows(other)).toBe('[[],[]]');
    });
  });
});
