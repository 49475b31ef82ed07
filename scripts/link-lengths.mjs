import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/**
 * Lengths of the links to runs: `node scripts/link-lengths.mjs DIR [--alone]`, where DIR holds run records as `decay run --json`
 * writes them. Every link is opened again, and its files compared. `--alone`: without taking text from references. docs/links.md states what this prints.
 */
const [dir] = process.argv.slice(2);
if (dir === undefined) {
  console.error('usage: node scripts/link-lengths.mjs DIR_OF_RUN_RECORDS [--alone]');
  process.exit(2);
}
const names = (await readdir(dir)).filter((name) => name.endsWith('.json')).sort();
const records = await Promise.all(
  names.map(async (name) => ({ name: name.slice(0, -5), json: await readFile(join(dir, name), 'utf8') })),
);
// A server and not `runnerImport`: references are loaded when they are asked for.
const vite = await createServer({
  root: fileURLToPath(new URL('..', import.meta.url)),
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, watch: null },
  optimizeDeps: { noDiscovery: true },
});
try {
  const { lengths } = await vite.ssrLoadModule('/src/share/links/testing/lengths.ts');
  console.log(await lengths(records, { alone: process.argv.includes('--alone') }));
} finally {
  await vite.close();
}
