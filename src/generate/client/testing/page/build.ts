import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** Builds the page that has nothing but the client, under the policy of the app. Resolves to its folder. */
export async function buildClientPage(): Promise<string> {
  const app = await readFile(join(import.meta.dirname, '../../../../../index.html'), 'utf8');
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(app)?.[1];
  if (policy === undefined) throw new Error('index.html has no Content-Security-Policy');
  const outDir = await mkdtemp(join(tmpdir(), 'decay-client-'));
  await build({
    configFile: false,
    root: import.meta.dirname,
    publicDir: false,
    logLevel: 'error',
    plugins: [{ name: 'policy', transformIndexHtml: (html) => html.replace('%POLICY%', policy) }],
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2023' },
  });
  return outDir;
}
