import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** Cores that hashing calls by name; see src/engines/hashing/. */
const cores = ['scrypt', 'bcrypt', 'argon2'];

/**
 * A WebAssembly core that hash-wasm carries as text in its script.
 * @param {string} name
 * @returns {Uint8Array}
 */
export function hashingCore(name) {
  const script = readFileSync(join(require.resolve('hash-wasm'), '../index.esm.js'), 'utf8');
  const [, data] = new RegExp(`= "${name}";\\s*var data\\S* = "([A-Za-z0-9+/=]+)"`).exec(script) ?? [];
  if (data === undefined) throw new Error(`hash-wasm has no core ${name} where it used to be`);
  return Buffer.from(data, 'base64');
}

/**
 * The cores as files.
 * @param {string} folder where to write them
 * @returns {{name: string, path: string}[]}
 */
export function hashingCores(folder) {
  mkdirSync(folder, { recursive: true });
  return cores.map((core) => {
    const path = join(folder, `${core}.wasm`);
    writeFileSync(path, hashingCore(core));
    return { name: `${core}.wasm`, path };
  });
}
