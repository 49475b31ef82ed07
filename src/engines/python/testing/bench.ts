import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { launchOptions } from '../../../../scripts/chromium.mjs';
import { buildPythonAssets } from '../../../../scripts/engines/python.mjs';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** Builds one self-contained script. */
async function bundle(entry: string, file: string): Promise<void> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { 'node:zlib': join(root, 'scripts/engines/absent.mjs') } },
    build: {
      write: false,
      target: 'es2023',
      copyPublicDir: false,
      lib: { entry: join(root, entry), formats: ['iife'], name: 'worker', fileName: () => 'worker.js' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (first === undefined || !('output' in first)) throw new Error(`building ${entry} gave no output`);
  const chunk = first.output.find((item) => item.type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error(`building ${entry} gave no script`);
  writeFileSync(file, chunk.code);
}

/** A Chromium page with a kernel and the Python runtime; see page.ts for what `window.bench` can do. */
export class PythonBench {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #folder: string;

  private constructor(page: Page, browser: Browser, server: Server, folder: string) {
    this.page = page;
    this.#browser = browser;
    this.#server = server;
    this.#folder = folder;
  }

  static async open(): Promise<PythonBench> {
    const folder = mkdtempSync(join(tmpdir(), 'python-bench-'));
    mkdirSync(folder, { recursive: true });
    await bundle('src/engines/kernel/main.ts', join(folder, 'kernel.js'));
    await bundle('src/engines/python/main.ts', join(folder, 'python.js'));
    await bundle('src/engines/python/testing/page.ts', join(folder, 'page.js'));
    const { data: assets } = await buildPythonAssets();
    for (const { name, path } of assets) cpSync(path, join(folder, name));
    const names = assets.map(({ name }) => name);
    const wasm = names.filter((name) => name.endsWith('.wasm'));
    const data = names.filter((name) => !name.endsWith('.wasm'));
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ wasm, data }));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><script src="page.js"></script>');
    const server = await serve(folder);
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the test server has no port');
    const browser = await chromium.launch(launchOptions());
    const page = await browser.newPage();
    page.on('console', (message) => console.log(`[page] ${message.text()}`));
    page.on('pageerror', (error) => console.log(`[page error] ${error.message}`));
    await page.goto(`http://127.0.0.1:${address.port}/index.html`);
    return new PythonBench(page, browser, server, folder);
  }

  mount(files: Record<string, string>): Promise<void> {
    return this.page.evaluate(async (content) => (await window.bench).mount(content), files);
  }

  run(options: {
    args: string[];
    env?: Record<string, string>;
    stdin?: string;
    cwd?: string;
    command?: string;
  }) {
    return this.page.evaluate(async (call) => (await window.bench).run(call), options);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.setHeader(
      'Content-Type',
      name.endsWith('.html')
        ? 'text/html'
        : name.endsWith('js')
          ? 'text/javascript'
          : 'application/octet-stream',
    );
    try {
      response.end(readFileSync(join(folder, name)));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
