import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const shim = (name) => path(`src/postman/worker/node/${name}.ts`);
const absent = path('scripts/engines/postman-absent.cjs');

/** What stands for Node's modules in the worker that runs collections; the rest is absent. */
const stands = new Map([
  ['buffer', path('node_modules/buffer/index.js')],
  ['crypto', shim('crypto')],
  ['events', path('node_modules/events/events.js')],
  ['http', shim('http')],
  ['https', shim('https')],
  ['path', shim('path')],
  ['process', shim('process')],
  ['querystring', shim('querystring')],
  ['stream', path('node_modules/readable-stream/lib/ours/browser.js')],
  ['string_decoder', path('node_modules/string_decoder/lib/string_decoder.js')],
  ['url', path('node_modules/url/url.js')],
  ['util', path('node_modules/util/util.js')],
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
const builtin = new Set(builtinModules);

/** Lets Postman's libraries, written for Node, be bundled for a worker. Their browser variants would go out by XHR. */
const plugin = {
  name: 'postman-worker',
  enforce: 'pre',
  resolveId(source, importer = '') {
    const name = source.replace(/^node:/, '').replace(/\/$/, '');
    if (name === 'punycode') return path('node_modules/punycode/punycode.js');
    if (builtin.has(name)) return stands.get(name) ?? absent;
    if (left.has(source)) return absent;
    if (source.endsWith('.cache/bootcode')) {
      return path('node_modules/postman-sandbox/.cache/bootcode.browser.js');
    }
    if (source === './bundle' && importer.includes('/postman-sandbox/'))
      return path('node_modules/postman-sandbox/lib/bundle/index.browser.js');
    if (source === './bridge' && importer.includes('/uvm/'))
      return path('node_modules/uvm/lib/bridge.browser.js');
    if (source.endsWith('dictionary-data') || source.endsWith('dictionary-data.js')) {
      return path('node_modules/brotli/dec/dictionary-browser.js');
    }
    return undefined;
  },
};

/** What the bundler needs besides the entry, src/postman/worker/main.ts. */
export const postmanBundling = {
  plugins: [plugin],
  resolve: { mainFields: ['main'] },
  define: { global: 'globalThis' },
};
