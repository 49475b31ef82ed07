import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const pyodide = dirname(require.resolve('pyodide/package.json'));
const library = fileURLToPath(new URL('../../src/engines/python/lib', import.meta.url));

/** Versions for the run record. */
export const pythonVersions = {
  python: '3.14.2',
  pyodide: JSON.parse(readFileSync(join(pyodide, 'package.json'), 'utf8')).version,
};

/**
 * Assets of the Python engine: the interpreter with its standard library, and our modules that complete it.
 * @returns {Promise<{name: string, path: string}[]>}
 */
export async function buildPythonAssets() {
  const names = ['pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
  const modules = readdirSync(library).filter((name) => name.endsWith('.py'));
  return [
    ...names.map((name) => ({ name, path: join(pyodide, name) })),
    ...modules.map((name) => ({ name, path: join(library, name) })),
  ];
}
