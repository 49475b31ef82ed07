import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync, zipSync } from 'fflate';
import { loadPyodide } from 'pyodide';
import { hashingCores } from './hashing-cores.mjs';
import { cryptoPart } from './python-crypto.mjs';

const require = createRequire(import.meta.url);
const pyodide = dirname(require.resolve('pyodide/package.json'));
/** Pyodide for CPython 3.12.1, of which only modules of the standard library are taken. */
const older = dirname(require.resolve('pyodide-3-12/package.json'));
const root = fileURLToPath(new URL('../..', import.meta.url));
const library = join(root, 'src/engines/python/lib');
const cache = join(root, '.cache');
const compiler = fileURLToPath(new URL('python-stdlib.py', import.meta.url));

/** Modules of CPython 3.12 that later versions have no more; they are deprecated there, and import nothing removed. */
const REMOVED = [
  ...['aifc', 'cgi', 'cgitb', 'chunk', 'crypt', 'imghdr', 'mailcap', 'nntplib', 'pipes', 'sndhdr', 'sunau'],
  ...['telnetlib', 'uu', 'xdrlib'],
].map((name) => `${name}.py`);

/** Versions for the run record. */
export const pythonVersions = {
  python: '3.14.2',
  pyodide: JSON.parse(readFileSync(join(pyodide, 'package.json'), 'utf8')).version,
};

/**
 * Assets of the Python engine: the interpreter, and its standard library as byte code, with our modules that
 * complete it.
 * @returns {Promise<Record<'data' | 'later', {name: string, path: string}[]>>} What every process gets, and what it loads
 *   when it first needs it.
 */
export async function buildPythonAssets() {
  const names = ['pyodide.asm.mjs', 'pyodide.asm.wasm', 'pyodide-lock.json'];
  return {
    data: [
      ...names.map((name) => ({ name, path: join(pyodide, name) })),
      { name: 'python_stdlib.zip', path: await standardLibrary() },
    ],
    later: [...hashingCores(join(cache, 'python-addons')), await cryptoPart(join(cache, 'python-addons'))],
  };
}

/**
 * The standard library with the byte code of every module beside its source, compiled by the interpreter that will
 * run it: reading byte code takes a fraction of the time of compiling at every start. Our modules join it, as the
 * interpreter imports them before there is any other file.
 */
async function standardLibrary() {
  const base = await compiled('python-base', readFileSync(join(pyodide, 'python_stdlib.zip')));
  const names = readdirSync(library).filter((name) => name.endsWith('.py'));
  const sources = Object.fromEntries(names.map((name) => [name, readFileSync(join(library, name))]));
  const own = await compiled('python-own', zip(sources));
  const parts = [base, await compiled('python-removed', removedModules()), own];
  return cached(
    'python-stdlib',
    parts.map((path) => readFileSync(path)),
    (archives) => zip(Object.assign({}, ...archives.map((archive) => unzipSync(archive)))),
  );
}

/** The modules that CPython 3.12 has and this interpreter's library has not, in an archive. */
function removedModules() {
  const library = readFileSync(join(older, 'python_stdlib.zip'));
  const files = unzipSync(library, { filter: ({ name }) => REMOVED.includes(name) });
  const missing = REMOVED.filter((name) => !(name in files));
  if (missing.length > 0) throw new Error(`The library of CPython 3.12 has no ${missing.join(', ')}`);
  return zip(files);
}

/** An archive of modules, with their byte code. */
function compiled(name, archive) {
  return cached(name, [archive, readFileSync(compiler)], async () => {
    const python = await loadPyodide({ indexURL: pyodide });
    python.FS.writeFile('/original.zip', archive);
    python.runPython(readFileSync(compiler, 'utf8'));
    return python.FS.readFile('/compiled.zip');
  });
}

/** The path of what `make` makes of the inputs; kept in .cache until an input changes. */
async function cached(name, inputs, make) {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(createHash('sha256').update(input).digest());
  const target = join(cache, `${name}-${hash.digest('hex').slice(0, 16)}.zip`);
  if (existsSync(target)) return target;
  mkdirSync(cache, { recursive: true });
  const unfinished = `${target}.${process.pid}`;
  writeFileSync(unfinished, await make(inputs));
  for (const old of readdirSync(cache)) {
    if (old.startsWith(`${name}-`) && old.endsWith('.zip')) rmSync(join(cache, old), { force: true });
  }
  renameSync(unfinished, target);
  return target;
}

/** An archive that is equal byte for byte whenever its files are. */
function zip(files) {
  return zipSync(files, { level: 6, mtime: new Date(2020, 0, 1) });
}
