import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** First load of the page: index.html and what it names, compressed. Engines and lazily loaded parts are not in it. */
const budget = 150 * 1024;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const named = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css|svg))"/g)].map((match) => match[1]);
let total = gzipSync(html).byteLength;
console.log(`index.html ${total}`);
for (const file of new Set(named)) {
  const bytes = gzipSync(readFileSync(join(dist, file))).byteLength;
  total += bytes;
  console.log(`${file} ${bytes}`);
}
console.log(`first load: ${total} bytes compressed, budget ${budget}`);
if (total > budget) process.exitCode = 1;
