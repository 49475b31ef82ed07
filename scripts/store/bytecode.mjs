/** Byte code of the packages that servers import when they start, beside their source, as pip leaves it. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { unzipSync, zipSync } from 'fflate';
import { loadPyodide } from 'pyodide';
import { sha256 } from './archive.mjs';

const pyodide = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
const compilerFile = fileURLToPath(new URL('bytecode.py', import.meta.url));
/** Files that no server of a usual submission imports, of packages that are compiled. */
const LEFT_OUT =
  /(^|\/)(testing|gis|mypy|locale)\/|\/db\/backends\/(mysql|oracle|postgresql)\/|\/contrib\/postgres\/|\.data\//;

/**
 * @param {{ source: string, cache: string }} options `source`: the folder of the lock files and of bytecode.txt, which
 *   has a package name a line; `cache`: folder where the results are kept, a file a wheel
 */
export async function byteCompiler({ source, cache }) {
  const wanted = await wantedWheels(source);
  const compiler = await readFile(compilerFile, 'utf8');
  const interpreter = JSON.parse(await readFile(join(pyodide, 'package.json'), 'utf8')).version;
  await mkdir(cache, { recursive: true });
  let python;

  async function compile(sources) {
    python ??= await loadPyodide({ indexURL: pyodide });
    python.FS.writeFile('/wheel.zip', zipSync(sources, { level: 0, mtime: '2020-01-02T00:00:00Z' }));
    python.runPython(compiler, { globals: python.toPy({ __name__: 'bytecode' }) });
    return python.FS.readFile('/code.zip');
  }

  return {
    /**
     * The files of a wheel with the byte code of its modules, when it is one that is compiled.
     * @param {string} name in lower case, with hyphens
     * @param {string} version
     * @param {Record<string, Uint8Array>} files
     * @returns {Promise<Record<string, Uint8Array>>}
     */
    async add(name, version, files) {
      if (!wanted.has(`${name}==${version}`)) return files;
      const modules = Object.entries(files).filter(([path]) => path.endsWith('.py') && !LEFT_OUT.test(path));
      const sources = Object.fromEntries(modules);
      const key = sha256(
        [interpreter, compiler, ...modules.flatMap(([path, data]) => [path, sha256(data)])].join('\0'),
      );
      const kept = join(cache, `${key.slice(0, 32)}.zip`);
      if (!existsSync(kept)) {
        const unfinished = `${kept}.${process.pid}`;
        await writeFile(unfinished, await compile(sources));
        await rename(unfinished, kept);
      }
      return { ...files, ...unzipSync(await readFile(kept)) };
    },
  };
}

/** `name==version` of the newest wheel in each minor line of the packages of bytecode.txt: what ranges resolve to. */
async function wantedWheels(source) {
  const lines = async (file) => (await readFile(join(source, file), 'utf8')).split('\n');
  const names = new Set((await lines('bytecode.txt')).filter((line) => /^[a-z]/.test(line)));
  const newest = new Map();
  for (const file of (await readdir(source)).filter((name) => /^lock-[\w-]+\.txt$/.test(name))) {
    for (const line of await lines(file)) {
      const [, written, version] = /^([\w.-]+)==([^\s;\\]+)/.exec(line) ?? [];
      const name = written?.replace(/[-_.]+/g, '-').toLowerCase();
      if (name === undefined || version === undefined || !names.has(name)) continue;
      const minor = `${name} ${version.split('.').slice(0, 2).join('.')}`;
      const known = newest.get(minor);
      if (known === undefined || isNewer(version, known.version)) newest.set(minor, { name, version });
    }
  }
  return new Set([...newest.values()].map(({ name, version }) => `${name}==${version}`));
}

const isNewer = (one, other) => one.localeCompare(other, 'en', { numeric: true }) > 0;
