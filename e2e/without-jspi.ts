import { createHash } from 'node:crypto';
import type { BrowserContext } from 'playwright-core';

interface Manifest {
  runtimes: { python: { script: { file: string; bytes: number; sha256: string } } };
}

const hidden = 'delete WebAssembly.Suspending; delete WebAssembly.promising;\n';

/** Takes JSPI away from pages and from the workers of Python processes, as in a browser that does not have it. */
export async function hideStackSwitching(context: BrowserContext): Promise<void> {
  await context.addInitScript(hidden);
  await context.route('**/engines/manifest.json', async (route) => {
    const response = await route.fetch();
    const manifest = (await response.json()) as Manifest;
    const { script } = manifest.runtimes.python;
    const body = hidden + (await textOf(context, new URL(script.file, route.request().url())));
    script.bytes = Buffer.byteLength(body);
    script.sha256 = createHash('sha256').update(body).digest('hex');
    await context.route(`**/engines/${script.file}`, async (inner) =>
      inner.fulfill({ response: await inner.fetch(), body }),
    );
    await route.fulfill({ response, json: manifest });
  });
}

async function textOf(context: BrowserContext, url: URL): Promise<string> {
  return (await context.request.get(url.href)).text();
}
