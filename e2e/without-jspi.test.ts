import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractNames } from '../src/engines/contract/index.ts';
import { button, verdictOf, withPage } from './press.ts';
import { openHarness, startApp, type App } from './support.ts';
import { hideStackSwitching } from './without-jspi.ts';

/** The Python engine in a browser that cannot suspend WebAssembly stacks: what docs/python-engine.md says works there. */

let app: App;
let page: Page;

beforeAll(async () => {
  app = await startApp();
  await hideStackSwitching(app.context);
  page = await openHarness(app);
});
afterAll(() => app.close());

/** Needs several threads that wait for requests at once, each on a connection that stays open. */
const needsStacks = ['chunked responses, slow responses, and many on one connection'];

describe('engine contract: python without JSPI', () => {
  it.each(contractNames.filter((name) => !needsStacks.includes(name)))('%s', async (name) => {
    await page.evaluate(([id, wanted]) => window.decay?.contract(id, wanted, 4_000), [
      'python',
      name,
    ] as const);
  });
});

describe('a reference passes without JSPI', () => {
  it.each(['flask-unconstrained', 'fastapi-unconstrained', 'aiohttp-unconstrained'])(
    '%s',
    (taskId) =>
      withPage(app, taskId, async (opened) => {
        await button(opened, 'Run').click();
        const verdict = await verdictOf(opened, 400_000);
        const text = await opened.getByRole('region', { name: 'Verdict' }).innerText();
        expect(verdict, text).toBe('passed');
        expect(await opened.locator('body').textContent()).toContain('cannot suspend WebAssembly stacks');
      }),
    420_000,
  );
});
