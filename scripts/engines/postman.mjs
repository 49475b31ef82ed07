import { builtinModules, createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const shim = (name) => path(`src/postman/worker/node/${name}.ts`);
const absent = path('scripts/engines/postman-absent.cjs');
// With a slash, a package is meant and not Node's module of the same name.
const { resolve } = createRequire(import.meta.url);
const from = (parent, name) => createRequire(resolve(parent)).resolve(name);

/** What stands for Node's modules in the worker that runs collections; the rest is absent. */
const stands = new Map([
  ['buffer', resolve('buffer/')],
  ['crypto', shim('crypto')],
  ['events', resolve('events/')],
  ['http', shim('http')],
  ['https', shim('https')],
  ['path', shim('path')],
  ['process', shim('process')],
  ['punycode', from('url/', 'punycode/')],
  ['querystring', shim('querystring')],
  ['stream', resolve('readable-stream/lib/ours/browser.js')],
  ['string_decoder', from('readable-stream', 'string_decoder/')],
  ['url', resolve('url/')],
  ['util', resolve('util/')],
  ['zlib', shim('zlib')],
]);

/** Packages for what a browser cannot do or a collection here does not need: RSA, NTLM, proxies, HAR files. */
const left = new Set([
  '@postman/tunnel-agent',
  'forever-agent',
  'har-validator',
  'http-signature',
  'httpntlm',
  'jose',
  'node-forge',
]);
const builtin = new Set([...builtinModules, 'punycode']);

/** Files that their packages replace in a browser, by a part of the importer's path and what it asks for. */
const variants = [
  ['/postman-sandbox/lib/', '../.cache/bootcode', '../.cache/bootcode.browser.js'],
  ['/postman-sandbox/lib/', './bundle', 'bundle/index.browser.js'],
  ['/uvm/lib/', './bridge', 'bridge.browser.js'],
  ['/brotli/dec/', './dictionary-data', 'dictionary-browser.js'],
];

/** Lets Postman's libraries, written for Node, be bundled for a worker. Their browser variants would go out by XHR. */
const plugin = {
  name: 'postman-worker',
  enforce: 'pre',
  resolveId(source, importer = '') {
    const name = source.replace(/^node:/, '').replace(/\/$/, '');
    if (builtin.has(name)) return stands.get(name) ?? absent;
    if (left.has(source)) return absent;
    const place = importer.replaceAll('\\', '/');
    const variant = variants.find(
      ([inside, asked]) => place.includes(inside) && source.replace(/\.js$/, '') === asked,
    );
    return variant === undefined ? undefined : join(dirname(importer), variant[2]);
  },
};

/** What the bundler needs besides the entry, src/postman/worker/main.ts. */
export const postmanBundling = {
  plugins: [plugin],
  resolve: { mainFields: ['main'] },
  define: { global: 'globalThis' },
};
