import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { buildNodeAssets } from '../../../../scripts/engines/node.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(import.meta.url);
const stub = fileURLToPath(new URL('../../../../scripts/engines/absent.mjs', import.meta.url));

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: { 'node:zlib': stub } },
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      copyPublicDir: false,
      lib: { entry, formats: ['iife'], name: 'worker', fileName: () => 'worker.js' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const each of outputs) {
    if (!('output' in each)) continue;
    for (const item of each.output) if (item.type === 'chunk') return item.code;
  }
  throw new Error(`${entry} gave no chunk`);
}

export interface Harness {
  readonly page: Page;
  close(): Promise<void>;
}

/** A page in Chromium that holds a `TestKernel` (page.ts) with Node's process worker and its assets, as `kernel`. */
export async function openHarness(): Promise<Harness> {
  const outDir = await mkdtemp(join(tmpdir(), 'node-realm-'));
  const [pageScript, workerScript, { data, later }] = await Promise.all([
    bundle(join(here, 'page.ts')),
    bundle(join(here, '../main.ts')),
    buildNodeAssets({ outDir }),
  ]);
  const assets = [...data, ...later];
  const files = new Map<string, Buffer | string>([
    ['/', '<!doctype html><title>realm</title><script src="/page.js"></script>'],
    ['/page.js', pageScript],
    ['/worker.js', workerScript],
    ['/llhttp.wasm', require('undici/lib/llhttp/llhttp-wasm.js') as Buffer],
  ]);
  for (const { name, path } of assets) files.set(`/${name}`, await readFile(path));
  const server = await serve(files);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--headless'],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate(
    async (names) => {
      const load = async (name: string): Promise<Uint8Array> =>
        new Uint8Array(await (await fetch(`/${name}`)).arrayBuffer());
      const data = Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await load(name)] as const)),
      );
      const modules = {
        'llhttp.wasm': await WebAssembly.compile(await (await fetch('/llhttp.wasm')).arrayBuffer()),
      };
      const script = await (await fetch('/worker.js')).text();
      const { TestKernel } = globalThis as unknown as {
        TestKernel: new (script: string, assets: object) => unknown;
      };
      Object.assign(globalThis, { kernel: new TestKernel(script, { data, modules }) });
    },
    assets.map(({ name }) => name),
  );
  return { page, close: () => shut(browser, server) };
}

async function serve(files: Map<string, Buffer | string>): Promise<Server> {
  const server = createServer((request, response) => {
    const content = files.get(request.url ?? '');
    const type = request.url?.endsWith('.js')
      ? 'text/javascript'
      : request.url === '/'
        ? 'text/html'
        : 'application/octet-stream';
    response.writeHead(content === undefined ? 404 : 200, {
      'Content-Type': type,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function shut(browser: Browser, server: Server): Promise<void> {
  await browser.close();
  server.close();
}
