import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Data and WebAssembly that the Node engine's bindings and stand-ins load by name.
 * @returns {{name: string, path?: string, bytes?: Uint8Array}[]} a file to copy, or its content.
 */
export function addonAssets() {
  return [
    {
      name: 'node-sqlite3-wasm.wasm',
      path: require.resolve('node-sqlite3-wasm/dist/node-sqlite3-wasm.wasm'),
    },
    // The build of llhttp that undici carries: the same version that Node 20.20 is compiled with.
    { name: 'llhttp.wasm', bytes: require('undici/lib/llhttp/llhttp-wasm.js') },
  ];
}
