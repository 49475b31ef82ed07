import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashingCores } from './hashing-cores.mjs';

const require = createRequire(import.meta.url);
const cache = fileURLToPath(new URL('../../.cache/node-addons', import.meta.url));

/**
 * Data and WebAssembly that the Node engine's bindings and stand-ins load by name.
 * @returns {Record<'first' | 'onDemand', {name: string, path: string}[]>} What every process gets, and what it loads when
 * it first needs it.
 */
export function addonAssets() {
  // The build of llhttp that undici carries, as text in a script: the parser that Node 20.20 is compiled with.
  const llhttp = join(cache, 'llhttp.wasm');
  mkdirSync(cache, { recursive: true });
  writeFileSync(llhttp, require('undici/lib/llhttp/llhttp-wasm.js'));
  return {
    first: [{ name: 'llhttp.wasm', path: llhttp }],
    onDemand: [
      ...hashingCores(cache),
      {
        name: 'brotli.wasm',
        path: join(require.resolve('brotli-wasm'), '../pkg.web/brotli_wasm_bg.wasm'),
      },
      {
        name: 'node-sqlite3-wasm.wasm',
        path: require.resolve('node-sqlite3-wasm/dist/node-sqlite3-wasm.wasm'),
      },
    ],
  };
}
