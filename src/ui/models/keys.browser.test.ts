import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import {
  startModelServer,
  type ModelServer,
  type Reply,
  type ServerOptions,
} from '../../generate/client/testing/model-server.ts';
import { scriptedPage, verdict, type PageOptions } from '../testing/page.ts';

const { withPage } = scriptedPage();
const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const key = 'planted-KEY-0123456789abcdefghij';
/** What is searched for: the key as it is, and the parts of it that a careless text might keep. */
const traces = [key, key.slice(0, 14), key.slice(-14), encodeURIComponent(key), btoa(key)];
const failing: PageOptions = { expects: /Failed to load resource|blocked by CORS policy/ };

async function start(options: ServerOptions): Promise<ModelServer> {
  const server = await startModelServer(options);
  servers.push(server);
  return server;
}

async function openModels(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Model', exact: true }).check({ force: true });
  const provider = page.getByLabel('Provider');
  await provider.waitFor({ state: 'attached' });
  if (!(await provider.isVisible())) await page.locator('summary', { hasText: 'Connection' }).click();
}

async function connect(page: Page, address: string, secret = key): Promise<void> {
  await openModels(page);
  await page.getByLabel('Provider').selectOption('custom');
  await page.getByLabel('Address of the API').fill(address);
  if (secret !== '') await page.getByLabel(/^Key/).fill(secret);
  await page.getByRole('combobox', { name: 'Model' }).fill('scripted-1');
}

const textOf = async (download: Download): Promise<string> => readFile(await download.path(), 'utf8');

/** All that the browser keeps for the page: storages, databases, caches, history, and what is in the document. */
const everythingKept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const texts = [
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.cookie,
      location.href,
      window.name,
      JSON.stringify(history.state),
      document.documentElement.outerHTML,
    ];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) texts.push(request.url);
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of db.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve) => {
          const asking = db.transaction(store).objectStore(store).getAll();
          asking.onsuccess = () => resolve(asking.result as unknown[]);
        });
        texts.push(
          name,
          JSON.stringify(rows, (_, value: unknown) =>
            value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
          ),
        );
      }
      db.close();
    }
    return texts.join('\n');
  });

function expectNoTrace(text: string): void {
  for (const trace of traces) expect(text).not.toContain(trace);
}

/** An answer of a server that knows its client's key, and repeats it wherever it can. */
const echo: Reply = {
  text: `\`\`\`bash run.sh\nexec node server.js # ${key}\n\`\`\`\n\n\`\`\`json package.json\n{ "key": "${key}" }\n\`\`\`\nYour key is ${key}.`,
  reasoning: `They sent ${key}`,
  headers: { 'X-Request-Id': key },
};

it('leaves no trace of a key that a server repeats: storages, databases, console, record, report', async () => {
  const replies: Reply[] = [
    { status: 401, body: { error: { message: `Incorrect key: ${key.slice(0, 14)}****${key.slice(-4)}` } } },
    { status: 403, body: `<html><title>${key}</title>` },
    { status: 429, body: { error: { message: `Key ${key}: try again in 10ms` } } },
    echo,
  ];
  const server = await start({ replies, models: [key, 'scripted-1'] });
  await withPage(
    'passed',
    async (page) => {
      const written: string[] = [];
      page.on('console', (message) => written.push(message.text()));
      await connect(page, server.url);
      await page.getByRole('button', { name: 'List models' }).click();
      for (const words of [/does not accept the key/, /does not allow this request/]) {
        await page.getByRole('button', { name: 'Test connection' }).click();
        await page.locator('[data-fault]').filter({ hasText: words }).waitFor();
        written.push(await everythingKept(page));
      }
      await page.getByRole('button', { name: 'Generate and run' }).click();
      await verdict(page).getByText('Passed', { exact: true }).waitFor();
      expect(server.authorizations.at(-1)).toBe(`Bearer ${key}`);
      const record = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save run record' }).click();
      written.push(await textOf(await record), await everythingKept(page));
      await page.goto(`${page.url().split('#')[0] ?? ''}#help/check`);
      const report = page.getByRole('button', { name: 'Make a report' }).first();
      await report.click();
      await page.getByRole('dialog').getByText('All of the report').waitFor();
      written.push(await everythingKept(page));
      expect(written.join('\n')).toContain('scripted-1');
      expectNoTrace(written.join('\n'));
    },
    failing,
  );
});

it('keeps nothing of a key that was put into the address or the wrong field', async () => {
  await withPage('passed', async (page) => {
    const like = 'sk-proj-0123456789abcdefghijklmn';
    for (const address of [`https://me:${key}@api.example.com/v1`, `https://api.example.com/v1?key=${key}`]) {
      await connect(page, address, '');
      await page.getByText(/Take it out|Enter the base address alone/).waitFor();
      expect(await page.getByRole('button', { name: 'Test connection' }).isDisabled()).toBe(true);
      expectNoTrace(await page.evaluate(() => JSON.stringify({ ...localStorage })));
    }
    await page.getByRole('combobox', { name: 'Model' }).fill(like);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(like);
  });
});

it('sends a key to the address it was entered for, and to no other', async () => {
  const own = await start({ replies: [{ text: 'ready' }] });
  const other = await start({ replies: [{ text: 'ready' }] });
  const away = await start({
    replies: [{ status: 307, body: {}, headers: { Location: `${other.url}/chat/completions` } }],
  });
  await withPage(
    'passed',
    async (page) => {
      const test = async (): Promise<void> => {
        await page.getByRole('button', { name: 'Test connection' }).click();
        await page.locator('.message.good, [data-fault]').waitFor();
      };
      await connect(page, own.url);
      await test();
      await page.getByLabel('Address of the API').fill(other.url);
      expect(await page.getByLabel(/^Key/).inputValue()).toBe('');
      await test();
      await connect(page, away.url);
      await test();
      await page.getByText('sends its visitors on to another address').waitFor();
      await page.getByRole('link', { name: 'Help on connections' }).waitFor();
      expect(own.authorizations).toContain(`Bearer ${key}`);
      expect(other.authorizations.filter((one) => one !== undefined)).toEqual([]);
    },
    failing,
  );
});

it('takes another passphrase, and forgets all keys in every tab', async () => {
  const server = await start({ replies: [{ text: 'ready' }] });
  await withPage('passed', async (page) => {
    await connect(page, server.url);
    const seal = async (button: string, phrase: string): Promise<void> => {
      await page.getByRole('button', { name: `${button}…` }).click();
      const field = page.getByLabel('Passphrase', { exact: true });
      await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
      await field.fill(phrase);
      await page.getByLabel('Passphrase again').fill(phrase);
      await page.getByRole('button', { name: button, exact: true }).click();
      await page.getByText('encrypted with this passphrase').waitFor();
    };
    await seal('Keep over visits', 'correct horse');
    await seal('Change the passphrase', 'battery staple');
    const second = await page.context().newPage();
    await second.goto(page.url());
    await openModels(second);
    for (const [phrase, words] of [
      ['correct horse', 'This is not the passphrase.'],
      ['battery staple', 'Kept in this browser, encrypted'],
    ] as const) {
      await second.getByLabel('Passphrase').fill(phrase);
      await second.getByRole('button', { name: 'Unlock' }).click();
      await second.getByText(words).waitFor();
    }
    expect(await second.getByLabel(/^Key/).inputValue()).toBe(key);
    await page.getByRole('button', { name: 'Forget all keys' }).click();
    await page.getByText('All keys are forgotten').waitFor();
    await second.getByText('Kept in memory alone').waitFor();
    expect(await second.getByLabel(/^Key/).inputValue()).toBe('');
    expectNoTrace(await everythingKept(second));
    await second.close();
  });
});
