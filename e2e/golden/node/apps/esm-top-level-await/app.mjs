import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import config from './config.json' with { type: 'json' };
import * as everything from './lib/index.js';
import legacy, { named } from './legacy.cjs';
import { secret } from '#internal/secret';
const require = createRequire(import.meta.url);
const { late } = await import('./lib/late.js');
const text = (await readFile(new URL('./config.json', import.meta.url), 'utf8')).length;
let failed;
try {
  await import('./lib/broken.js');
} catch (error) {
  failed = `${error.name}: ${error.message}`;
}
const missing = await import('./nothing.js').catch((error) => error.code);
const notExported = await import('self/hidden').catch((error) => error.code);
const { default: self } = await import('self/public');
createServer(async (request, response) => {
  const url = new URL(request.url, 'http://x');
  response.setHeader('Content-Type', 'application/json');
  if (url.pathname === '/fresh') {
    const module = await import(`./lib/counter.js?${url.searchParams}`);
    return response.end(JSON.stringify(module.next()));
  }
  if (url.pathname === '/cycle') return response.end(JSON.stringify((await import('./lib/a.js')).result));
  response.end(JSON.stringify({ config, names: Object.keys(everything), legacy, named, secret, late, text, failed, missing, notExported, self, meta: [import.meta.filename.split('/').at(-1), import.meta.dirname === process.cwd(), import.meta.resolve('./x.js').endsWith('/x.js')], same: require('./legacy.cjs') === legacy, main: typeof require.main, globals: [typeof module, typeof __filename, typeof globalThis.require] }));
}).listen(process.env.PORT ?? 3000);
console.log('listening');
