import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadReference } from '../tasks/references/index.ts';
import {
  startModelServer,
  type ModelServer,
  type Reply,
} from '../src/generate/client/testing/model-server.ts';
import { verdictOf } from './press.ts';
import { startApp, type App } from './support.ts';

let app: App;
const servers: ModelServer[] = [];

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await app?.close();
});

/** Where screenshots go, when somebody wants to see what happens: one file each step. */
const recording = process.env['DECAY_RECORDING'];
async function snap(page: Page, name: string): Promise<void> {
  if (recording === undefined) return;
  await mkdir(recording, { recursive: true });
  await page.screenshot({ path: join(recording, `${name}.png`), fullPage: true });
}

/** Files as models write them. */
const answer = (files: Readonly<Record<string, string>>): string =>
  `Here is the server.\n\n${Object.entries(files)
    .map(([path, text]) => `\`\`\`\` ${path}\n${text}${text.endsWith('\n') ? '' : '\n'}\`\`\`\``)
    .join('\n\n')}\n`;

async function textsOf(taskId: string): Promise<Record<string, string>> {
  const files = Object.entries(await loadReference(taskId));
  return Object.fromEntries(
    files.flatMap(([path, text]) => (typeof text === 'string' ? [[path, text]] : [])),
  );
}

async function connect(page: Page, server: ModelServer): Promise<void> {
  await page.getByRole('radio', { name: 'Model', exact: true }).check({ force: true });
  const provider = page.getByLabel('Provider');
  await provider.waitFor({ state: 'attached' });
  // What was entered at an earlier visit is there again, and folded.
  if (!(await provider.isVisible())) await page.locator('summary', { hasText: 'Connection' }).click();
  await provider.selectOption('custom');
  await page.getByLabel('Address of the API').fill(server.url);
  await page.getByRole('combobox', { name: 'Model' }).fill('scripted-1');
}

async function start(replies: readonly Reply[]): Promise<ModelServer> {
  const server = await startModelServer({ replies });
  servers.push(server);
  return server;
}

it('goes from Run to verdict with a submission that arrives as a stream', async () => {
  const files = await textsOf('express-unconstrained');
  const server = await start([{ text: answer(files), piece: 200, gapMs: 5 }]);
  const page = await app.open();
  await page.locator('input[name="task"][value="express-unconstrained"]').check({ force: true });
  await connect(page, server);
  await snap(page, '1-connected');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('The model is writing').waitFor();
  await page.locator('.files code', { hasText: 'package.json' }).waitFor();
  await snap(page, '2-streaming');
  expect(await verdictOf(page)).toBe('passed');
  await snap(page, '3-verdict');
  expect(server.asked).toHaveLength(1);
  await page.close();
});

it('repairs: the model is told what failed, answers the findings, and its submission passes', async () => {
  const files = await textsOf('express-unconstrained');
  const broken = breakLogin(files);
  const told: string[] = [];
  const server = await startModelServer({
    replies: ({ messages, index }) => {
      const last = messages.at(-1)?.text ?? '';
      told.push(last);
      if (index === 0) return { text: answer(broken) };
      // The scripted model mends what it is told of, and nothing else.
      const named = last.includes('POST /users/login') || last.includes('/api/users/login');
      const changed = Object.keys(files).filter((path) => files[path] !== broken[path]);
      return {
        text: answer(Object.fromEntries(changed.map((path) => [path, (named ? files : broken)[path] ?? '']))),
      };
    },
  });
  servers.push(server);
  const page = await app.open();
  await page.locator('input[name="task"][value="express-unconstrained"]').check({ force: true });
  await connect(page, server);
  await page.getByLabel('Way of asking').selectOption('repair');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const generation = page.getByRole('region', { name: 'Generation', exact: true });
  await generation.getByText('round 1').first().waitFor({ timeout: 150_000 });
  await snap(page, '4-first-round-failed');
  await generation.getByText('The submission is there').waitFor({ timeout: 150_000 });
  expect(await verdictOf(page)).toBe('passed');
  expect(server.asked).toHaveLength(2);
  expect(told[1]).toMatch(/of \d+ checks passed/);
  await generation.getByText('How it was generated').click();
  expect(await generation.getByText('Run: first').innerText()).toMatch(/of \d+ passed/);
  expect(await generation.getByText('Run: round 1').innerText()).toContain('all rules hold');
  await snap(page, '5-repaired');
  await page.close();
});

/** The reference with one route that is not where it should be. */
function breakLogin(files: Readonly<Record<string, string>>): Record<string, string> {
  const broken = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text.replaceAll("'/users/login'", "'/users/sign-in'"),
    ]),
  );
  expect(broken).not.toEqual(files);
  return broken;
}
