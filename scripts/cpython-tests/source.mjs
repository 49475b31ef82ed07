import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The nearest version of CPython's tests that Debian has: the tests, and what all of them import. */
const packages = ['libpython3.11-testsuite', 'libpython3.11-stdlib'];

/**
 * Downloads and unpacks CPython's tests, done once.
 * @param {string} cache folder to keep them in
 * @returns {string} the folder that holds the package `test`
 * @throws {Error} when apt-get or dpkg-deb fails; the message holds what they said.
 */
export function debianTests(cache) {
  const folder = join(cache, 'debian');
  const found = join(folder, 'usr/lib/python3.11');
  if (existsSync(join(found, 'test/test_socket.py'))) return found;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run('apt-get', ['download', ...packages], folder);
  for (const archive of readdirSync(folder).filter((file) => file.endsWith('.deb')))
    run('dpkg-deb', ['-x', archive, '.'], folder);
  return found;
}

/**
 * The files of the package `test` that a module's tests need: the module's own and all that are no tests, without the
 * large samples of other modules.
 * @param {string} folder that holds `test`
 * @param {string} module such as `test_socket` or `test_asyncio.test_events`
 * @returns {Record<string, Buffer>} contents by path below the folder
 */
export function filesOf(folder, module) {
  const own = module.split('.')[0];
  const wanted = readdirSync(join(folder, 'test')).filter(
    (name) =>
      name === own ||
      name === `${own}.py` ||
      /^(?!test_)\w[\w-]*\.py$/.test(name) ||
      ['support', 'libregrtest', 'certdata', 'subprocessdata', 'ssltests'].includes(name) ||
      /\.pem$/.test(name),
  );
  /** @type {Record<string, Buffer>} */
  const files = {};
  const take = (path) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const below = `${path}/${entry.name}`;
      if (entry.name === '__pycache__') continue;
      if (entry.isDirectory()) take(below);
      else files[below] = readFileSync(join(folder, below));
    }
  };
  for (const name of wanted) {
    const path = `test/${name}`;
    if (/\.\w+$/.test(name)) files[path] = readFileSync(join(folder, path));
    else take(path);
  }
  return files;
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
}
