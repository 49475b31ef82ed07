import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { launchOptions } from '../scripts/chromium.mjs';
import { serve } from '../scripts/serve.mjs';
import '../src/harness/api.ts';

/** The built app in a Chromium with a profile and a port of its own. */
export interface App {
  readonly url: string;
  readonly context: BrowserContext;
  /** A fresh page of the app, loaded. */
  open(path?: string): Promise<Page>;
  close(): Promise<void>;
}

export async function startApp(): Promise<App> {
  // DECAY_DIST: another build than the checkout's own.
  const dir = process.env['DECAY_DIST'] ?? fileURLToPath(new URL('../dist', import.meta.url));
  const server = await serve({ dir, port: 0 });
  const profile = await mkdtemp(join(tmpdir(), 'decay-e2e-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions(),
    viewport: { width: 1280, height: 900 },
  });
  return {
    url: server.url,
    context,
    async open(path = '/') {
      const page = await context.newPage();
      await page.goto(new URL(path, server.url).href);
      return page;
    },
    async close() {
      await context.close();
      await server.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** The built app on a port of its own, for its /headless: an origin other than the page's. */
export interface Host {
  readonly url: string;
  close(): Promise<void>;
}

export async function startHost(): Promise<Host> {
  return serve({ dir: fileURLToPath(new URL('../dist', import.meta.url)), port: 0 });
}

/** A page whose `window.decay` drives engines without the user interface. */
export async function openHarness(app: App): Promise<Page> {
  const page = await app.open('/harness.html');
  await page.waitForFunction(() => window.decay !== undefined);
  return page;
}
