import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

const require = createRequire(import.meta.url);
const pyodide = dirname(require.resolve('pyodide/package.json'));
const root = fileURLToPath(new URL('../..', import.meta.url));
const library = join(root, 'src/engines/python/lib');
const compiler = fileURLToPath(new URL('python-stdlib.py', import.meta.url));

/** Versions for the run record. */
export const pythonVersions = {
  python: '3.14.2',
  pyodide: JSON.parse(readFileSync(join(pyodide, 'package.json'), 'utf8')).version,
};

/**
 * Assets of the Python engine: the interpreter, and its standard library as byte code, with our modules that
 * complete it.
 * @returns {Promise<{name: string, path: string}[]>}
 */
export async function buildPythonAssets() {
  const names = ['pyodide.asm.mjs', 'pyodide.asm.wasm', 'pyodide-lock.json'];
  return [
    ...names.map((name) => ({ name, path: join(pyodide, name) })),
    { name: 'python_stdlib.zip', path: await standardLibrary() },
  ];
}

/**
 * The standard library with the byte code of every module beside its source, compiled by the interpreter that will
 * run it: reading byte code takes a fraction of the time of compiling at every start. Kept in .cache until an input
 * changes.
 */
async function standardLibrary() {
  const original = readFileSync(join(pyodide, 'python_stdlib.zip'));
  const modules = readdirSync(library)
    .filter((name) => name.endsWith('.py'))
    .map((name) => [name, readFileSync(join(library, name))]);
  const script = readFileSync(compiler, 'utf8');
  const hash = createHash('sha256').update(original).update(script);
  for (const [name, source] of modules) hash.update(name).update(source);
  const target = join(root, '.cache', `python-stdlib-${hash.digest('hex').slice(0, 16)}.zip`);
  if (existsSync(target)) return target;

  const python = await loadPyodide({ indexURL: pyodide });
  python.FS.writeFile('/original.zip', original);
  python.FS.mkdirTree('/modules');
  for (const [name, source] of modules) python.FS.writeFile(`/modules/${name}`, source);
  python.runPython(script);
  mkdirSync(dirname(target), { recursive: true });
  for (const old of readdirSync(dirname(target))) {
    if (/^python-stdlib-.*\.zip$/.test(old)) rmSync(join(dirname(target), old));
  }
  const unfinished = `${target}.${process.pid}`;
  writeFileSync(unfinished, python.FS.readFile('/compiled.zip'));
  renameSync(unfinished, target);
  return target;
}
