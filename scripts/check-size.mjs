import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/**
 * Two budgets. The first load of the page: index.html and what it names, gzip. The Node engine: what a run with a plain
 * server loads before its packages, as brotli, which static hosts send; what is loaded on demand is listed beside it.
 */
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const read = (file) => readFileSync(join(dist, file));

const html = read('index.html');
const named = [...html.toString().matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css|svg))"/g)].map(
  (match) => match[1],
);
check('first load', 150 * 1024, ['index.html', ...new Set(named)], gzipSync);

const { kernel, runtimes } = JSON.parse(read('engines/manifest.json').toString());
const { script, data, wasm, later } = runtimes.node;
const files = (assets) => assets.map(({ file }) => `engines/${file}`);
check('Node engine', 800_000, files([kernel, script, ...data, ...wasm]), brotliCompressSync);
for (const file of files(later))
  console.log(`  on demand ${file} ${brotliCompressSync(read(file)).byteLength}`);

function check(what, budget, list, compress) {
  let total = 0;
  for (const file of list) {
    const bytes = compress(read(file)).byteLength;
    total += bytes;
    console.log(`  ${file} ${bytes}`);
  }
  console.log(`${what}: ${total} bytes compressed, budget ${budget}`);
  if (total > budget) process.exitCode = 1;
}
