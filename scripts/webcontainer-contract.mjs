import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { launchOptions } from './chromium.mjs';
import { serve } from './serve.mjs';

/**
 * Runs the engine contract against a host of WebContainers: StackBlitz's own, or the one that is given.
 * `npm run webcontainer-contract [-- --host ORIGIN]`; an API key in DECAY_WEBCONTAINER_KEY. Needs the internet for
 * StackBlitz's. Exit codes: 0 all cases pass, 1 some fail, 3 the host cannot be reached.
 */

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const firstPort = 4_000;
const reachMs = 15_000;

const at = process.argv.indexOf('--host');
const host = new URL(at === -1 ? 'https://stackblitz.com' : (process.argv[at + 1] ?? '')).origin;
const apiKey = process.env.DECAY_WEBCONTAINER_KEY;

/** @returns why the host cannot be reached; undefined when it answers */
async function unreachable() {
  try {
    await fetch(`${host}/headless`, { signal: AbortSignal.timeout(reachMs) });
    return undefined;
  } catch (error) {
    return error.cause?.message ?? error.message;
  }
}

async function main() {
  const reason = await unreachable();
  if (reason !== undefined) {
    console.log(`Could not reach ${host} (${reason}). Nothing was tested.`);
    return 3;
  }
  const server = await serve({ dir: dist });
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/harness.html`);
    await page.waitForFunction(() => window.decay !== undefined);
    const names = await page.evaluate(() => window.decay.contractNames());
    let failed = 0;
    for (const name of names) {
      const settings = { host, ...(apiKey === undefined ? {} : { apiKey }) };
      const outcome = await page.evaluate(
        ([wanted, port, how]) =>
          window.decay.contract('webcontainer', wanted, port, how).then(
            () => undefined,
            (error) => error.message,
          ),
        [name, firstPort, settings],
      );
      if (outcome !== undefined) failed += 1;
      console.log(outcome === undefined ? `passed  ${name}` : `FAILED  ${name}\n        ${outcome}`);
    }
    console.log(`${names.length - failed} of ${names.length} cases pass against ${host}.`);
    return failed === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await server.close();
  }
}

process.exitCode = await main().catch((error) => {
  console.error(error.message);
  return 1;
});
