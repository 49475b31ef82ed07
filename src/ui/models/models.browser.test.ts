import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import {
  startModelServer,
  type ModelServer,
  type Reply,
  type ServerOptions,
} from '../../generate/client/testing/model-server.ts';
import { faultsOfAxe } from '../testing/axe.ts';
import { scriptedPage, verdict, type PageOptions } from '../testing/page.ts';

const { withPage } = scriptedPage();
const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const key = 'sk-planted-0123456789abcdef';
const submission = (remark: string): string =>
  [
    'Here is the server.',
    '',
    '```bash run.sh',
    'exec node server.js',
    '```',
    '',
    '```json package.json',
    '{ "type": "module" }',
    '```',
    '',
    '```js server.js',
    `// ${remark}`,
    "console.log('listening');",
    '```',
    '',
  ].join('\n');

async function start(options: ServerOptions): Promise<ModelServer> {
  const server = await startModelServer(options);
  servers.push(server);
  return server;
}

/** Opens the set-up's part for models, and enters a server with a model. */
async function connect(page: Page, server: ModelServer, model = 'scripted-1', secret = ''): Promise<void> {
  await page.getByRole('radio', { name: 'Model', exact: true }).check({ force: true });
  await page.getByLabel('Provider').selectOption('custom');
  await page.getByLabel('Address of the API').fill(server.url);
  if (secret !== '') await page.getByLabel(/^Key/).fill(secret);
  await page.getByRole('combobox', { name: 'Model' }).fill(model);
}

const generate = (page: Page) => page.getByRole('button', { name: 'Generate and run' });
const progress = (page: Page) => page.getByRole('region', { name: 'Generation', exact: true });
const source = (page: Page) => page.locator('.source');
/** What a browser says of its own accord about requests that fail. */
const failing: PageOptions = { expects: /Failed to load resource|blocked by CORS policy/ };

describe('a model', () => {
  it('is asked, streams its files into the editor, and its submission is run to a verdict', async () => {
    const text = `${submission('first')}\`\`\`\nhi\n\`\`\`\n`;
    const server = await start({
      replies: [{ text, gapMs: 15, usage: { input: 1_000, output: 200, cached: 400 } }],
      models: ['scripted-1', 'other'],
      key,
    });
    await withPage('passed', async (page) => {
      await connect(page, server, 'scripted-1', key);
      await page.getByRole('button', { name: 'List models' }).click();
      await page.getByText('2 models to choose from').waitFor();
      await generate(page).click();
      await progress(page).getByRole('listitem').getByText('run.sh').waitFor();
      await progress(page).getByText('The submission is there').waitFor();
      await verdict(page).getByText('Passed', { exact: true }).waitFor();
      const facts = await progress(page).innerText();
      expect(facts).toMatch(/1,000 tokens in, 200 out[\s\S]*400 of them from the cache/);
      expect(facts).toContain('3 files');
      await page.getByText('Left out what is at line 15: A block that names no file.').waitFor();
      expect(server.asked[0]?.messages.at(-1)?.text).toContain('/api');
      await page.getByRole('tab', { name: 'Details' }).click();
      const details = page.getByRole('region', { name: 'The model that wrote it' });
      expect(await details.innerText()).toMatch(/scripted-1[\s\S]*Single shot[\s\S]*the prompt of the task/);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save run record' }).click();
      const record = JSON.parse(await textOf(await download)) as {
        source: { kind: string };
        generation: { model: { id: string }; trajectory: { kind: string }[] };
        files: Record<string, string>;
      };
      expect(record.source.kind).toBe('model');
      expect(record.generation.model.id).toBe('scripted-1');
      expect(record.generation.trajectory.map(({ kind }) => kind)).toContain('turn');
      expect(Object.keys(record.files).sort()).toEqual(['package.json', 'run.sh', 'server.js']);
    });
  });

  it('whose provider means it ill is shown as text: names in its list, what it says of itself, its errors', async () => {
    const attack = '<img src=x onerror="window.attacked=1">\u202e';
    const server = await start({
      models: ['scripted-1', 'scripted-1', attack, '__proto__', 'a'.repeat(300), 'javascript:alert(1)'],
      replies: ({ json }) =>
        json['model'] === attack
          ? { status: 418, body: { error: { message: `${attack} [go](javascript:alert(1))`, code: attack } } }
          : {
              status: 200,
              body: { model: attack, choices: [{ message: { content: attack, reasoning: attack } }] },
            },
    });
    await withPage(
      'passed',
      async (page) => {
        await connect(page, server);
        await page.getByRole('button', { name: 'List models' }).click();
        await page.getByText('6 models to choose from').waitFor();
        await page.getByRole('button', { name: 'Test connection' }).click();
        await page.getByText('‹U+202E›').first().waitFor();
        await page.getByRole('combobox', { name: 'Model' }).fill(attack);
        await page.getByRole('button', { name: 'Test connection' }).click();
        await source(page).getByText('[go](javascript:alert(1))').first().waitFor({ state: 'attached' });
        expect(await page.evaluate(() => 'attacked' in window)).toBe(false);
        expect(await page.locator('.source img, a[href^="javascript"]').count()).toBe(0);
      },
      failing,
    );
  });

  it('is asked again by a repair loop that tells it what failed', async () => {
    const server = await start({
      replies: [{ text: submission('first') }, { text: submission('second') }],
    });
    await withPage('failed', async (page) => {
      await connect(page, server);
      await page.getByLabel('Way of asking').selectOption('repair');
      await page.getByLabel('Rounds of repair').fill('1');
      await page.getByLabel('Rounds of repair').blur();
      await generate(page).click();
      await progress(page).getByText('The submission is there').waitFor();
      expect(server.asked).toHaveLength(2);
      const told = server.asked[1]?.messages.at(-1)?.text ?? '';
      expect(told).toContain('opens SQLite with better-sqlite3');
      expect(told).toContain('as the contract says');
      await progress(page).getByText('How it was generated').click();
      await progress(page).getByText('Run: round 1').waitFor();
    });
  });

  it('waits for a person between rounds, who may edit the message', async () => {
    const server = await start({ replies: [{ text: submission('first') }] });
    await withPage('failed', async (page) => {
      await connect(page, server);
      await page.getByLabel('Way of asking').selectOption('person');
      await generate(page).click();
      await page.getByLabel('Next message').fill('Please use SQLite properly.');
      // What was written is there again for who looked something up.
      await page.getByRole('link', { name: 'Help', exact: true }).click();
      await page.getByRole('link', { name: 'Playground', exact: true }).click();
      expect(await page.getByLabel('Next message').inputValue()).toBe('Please use SQLite properly.');
      await page.getByRole('button', { name: 'Send to the model' }).click();
      await page.getByRole('heading', { name: 'Before round 2' }).waitFor();
      expect(server.asked[1]?.messages.at(-1)?.text).toContain('Please use SQLite properly.');
      await page.getByRole('button', { name: 'Stop here' }).click();
      await progress(page).getByText('The submission is there').waitFor();
    });
  });

  it('is cancelled at once', async () => {
    const server = await start({ replies: [{ text: submission('slow').repeat(50), gapMs: 20 }] });
    await withPage('passed', async (page) => {
      await connect(page, server);
      await generate(page).click();
      await progress(page).getByText('The model is writing').waitFor();
      await progress(page).getByRole('button', { name: 'Cancel' }).click();
      await progress(page).getByText('Cancelled').waitFor();
      await expect.poll(() => server.dropped).toBe(1);
      expect(await generate(page).isEnabled()).toBe(true);
    });
  });

  it('that declines or fails leaves an unscored run, told apart from a failed submission', async () => {
    const cases: [Reply, RegExp][] = [
      [{ refusal: 'I will not.' }, /declined/],
      [{ text: 'I would rather talk about the weather.' }, /No file could be read/],
      [{ status: 401, body: { error: { message: 'no' } } }, /wants a key|does not accept/],
    ];
    for (const [reply, words] of cases) {
      const server = await start({ replies: [reply] });
      await withPage(
        'passed',
        async (page) => {
          await connect(page, server);
          await generate(page).click();
          await progress(page).getByText('The model gave no submission').waitFor();
          expect(await progress(page).innerText()).toMatch(words);
          await verdict(page).getByText('Unscored', { exact: true }).waitFor();
        },
        failing,
      );
    }
  });

  it('goes on after a busy server and a broken stream', async () => {
    const text = submission('at last');
    const server = await start({
      replies: [
        { status: 429, body: { error: { message: 'try again in 300ms' } } },
        { text, cutAfter: 6 },
        { text },
      ],
    });
    await withPage(
      'passed',
      async (page) => {
        await connect(page, server);
        await generate(page).click();
        await verdict(page).getByText('Passed', { exact: true }).waitFor();
        expect(server.asked).toHaveLength(3);
      },
      failing,
    );
  });
});

describe('a connection', () => {
  it('is tested, and what is wrong with it said in plain words', async () => {
    const well = await start({ replies: [{ text: 'ready' }] });
    const closed = await start({ replies: [{ text: 'ready' }], cors: false });
    const gone = await start({ replies: [] });
    await gone.close();
    await withPage(
      'passed',
      async (page) => {
        const said = async (server: ModelServer): Promise<string> => {
          await connect(page, server);
          await page.getByRole('button', { name: 'Test connection' }).click();
          const outcome = source(page).locator('.message.good, [data-fault]');
          await outcome.waitFor();
          return outcome.innerText();
        };
        expect(await said(well)).toContain('The connection works');
        expect(await said(closed)).toContain('does not let this page ask it');
        expect(await said(gone)).toContain('Nothing answers');
      },
      failing,
    );
  });
});

it.each(['light', 'dark'] as const)('has no fault of accessibility in %s', async (colorScheme) => {
  const server = await start({ replies: [{ text: submission('first') }] });
  await withPage(
    'failed',
    async (page) => {
      await connect(page, server, 'scripted-1', key);
      for (const heading of ['Parameters', 'Prices and budget'])
        await source(page).locator(':scope > details > summary', { hasText: heading }).click();
      await page.getByRole('button', { name: 'Keep over visits…' }).click();
      expect(await faultsOfAxe(page)).toEqual([]);
      await page.getByLabel('Way of asking').selectOption('person');
      await generate(page).click();
      await page.getByLabel('Next message').waitFor();
      expect(await faultsOfAxe(page)).toEqual([]);
    },
    { colorScheme },
  );
});

describe('keys', () => {
  it('are in nothing that the page writes, and one press forgets them', async () => {
    const server = await start({ replies: [{ text: `${submission('x')}\nYour key is ${key}.` }], key });
    await withPage('passed', async (page) => {
      const logged: string[] = [];
      page.on('console', (message) => logged.push(message.text()));
      await connect(page, server, 'scripted-1', key);
      await generate(page).click();
      await verdict(page).getByText('Passed', { exact: true }).waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save run record' }).click();
      const written = [await textOf(await download), ...logged, await everythingKept(page), page.url()];
      expect(written.join('\n')).toContain('scripted-1');
      expect(written.join('\n')).not.toContain(key);
      await page.locator('summary', { hasText: 'Connection' }).click();
      await page.getByRole('button', { name: 'Forget all keys' }).click();
      await page.getByText('All keys are forgotten').waitFor();
      expect(await page.getByLabel(/^Key/).inputValue()).toBe('');
    });
  });

  it('are kept on request, sealed, and open with their passphrase alone', async () => {
    const server = await start({ replies: [{ text: 'ready' }], key });
    await withPage('passed', async (page) => {
      await connect(page, server, 'scripted-1', key);
      await page.getByRole('button', { name: 'Keep over visits…' }).click();
      await page.getByLabel('Passphrase', { exact: true }).fill('correct horse');
      await page.getByLabel('Passphrase again').fill('correct horse');
      await page.getByRole('button', { name: 'Keep over visits', exact: true }).click();
      await page.getByText('encrypted with your passphrase').waitFor();
      expect(await everythingKept(page)).not.toContain(key);
      await page.reload();
      await page.getByRole('radio', { name: 'Model', exact: true }).check({ force: true });
      await page.getByText('Keys of an earlier visit').waitFor();
      await page.getByLabel('Passphrase').fill('wrong horse');
      await page.getByRole('button', { name: 'Unlock' }).click();
      await page.getByText('This is not the passphrase.').waitFor();
      await page.getByLabel('Passphrase').fill('correct horse');
      await page.getByRole('button', { name: 'Unlock' }).click();
      await expect.poll(() => page.getByLabel(/^Key/).inputValue()).toBe(key);
      await page.getByRole('button', { name: 'Forget all keys' }).click();
      await page.getByText('All keys are forgotten').waitFor();
      await page.reload();
      await page.getByRole('radio', { name: 'Model', exact: true }).check({ force: true });
      await page.locator('summary', { hasText: 'Connection' }).click();
      await page.getByText('Kept in memory alone').waitFor();
    });
  });
});

async function textOf(download: { path(): Promise<string> }): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(await download.path(), 'utf8');
}

/** All that the browser keeps for the page, and the page's own elements, as one text. */
const everythingKept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const texts = [
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.cookie,
    ];
    const plain = (value: unknown): string =>
      JSON.stringify(value, (_, inner: unknown) =>
        inner instanceof Uint8Array ? new TextDecoder('latin1').decode(inner) : inner,
      );
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of db.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve) => {
          const asking = db.transaction(store).objectStore(store).getAll();
          asking.onsuccess = () => resolve(asking.result as unknown[]);
        });
        texts.push(name ?? '', store, ...rows.map(plain));
      }
      db.close();
    }
    return [...texts, document.documentElement.outerHTML].join('\n');
  });
