/**
 * Builds public/store/ from the lock files in store/. Safe to interrupt and to repeat: everything is made in a scratch
 * folder and moved into place at the end, and a stamp of the inputs makes the next run return at once.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildNpm } from './store/npm.mjs';
import { buildPython } from './store/python.mjs';

/**
 * @param {{ root: string, log: (message: string) => void }} options `root`: the checkout
 * @throws Error that says what to do when npm or pip is missing, too old or cannot fetch
 */
export async function buildStore({ root, log }) {
  const target = join(root, 'public', 'store');
  const stamp = await fingerprint(root);
  const stampFile = join(target, 'stamp.json');
  if (existsSync(stampFile) && JSON.parse(await readFile(stampFile, 'utf8')).inputs === stamp) return;

  log('Building the package store (once; about two minutes)');
  const cache = join(root, '.cache', 'store');
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const work = join(cache, `work-${process.pid}`);
  await mkdir(work);
  try {
    const made = join(work, 'store');
    const [npm, python] = await settleBoth(
      buildNpm({
        source: join(root, 'store', 'npm'),
        target: join(made, 'npm'),
        work,
        cache: join(cache, 'npm'),
      }),
      buildPython({ source: join(root, 'store', 'python'), target: join(made, 'pypi'), work }, log),
    );
    const registries = {
      npm: address(process.env.DECAY_NPM_REGISTRY, npm.registry),
      pypi: address(process.env.DECAY_PYPI_INDEX, python.index),
    };
    await writeFile(join(made, 'registries.json'), `${JSON.stringify(registries, undefined, 2)}\n`);
    await writeFile(join(made, 'stamp.json'), `${JSON.stringify({ inputs: stamp })}\n`);
    await mkdir(join(root, 'public'), { recursive: true });
    await rm(target, { recursive: true, force: true });
    await rename(made, target);
    log(`Package store: ${describe(npm)} of npm, ${describe(python)} of Python`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Scratch folders bear the process that made them; what an interrupted build left is removed. */
async function removeAbandoned(cache) {
  for (const name of await readdir(cache)) {
    const pid = /^work-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && (Number(pid) === process.pid || !isRunning(Number(pid)))) {
      await rm(join(cache, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Waits for both halves to end even when one fails, so that nothing writes into a folder being removed. */
async function settleBoth(first, second) {
  const results = await Promise.allSettled([first, second]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return results.map((result) => result.value);
}

const describe = ({ versions, bytes }) => `${versions} packages (${(bytes / 2 ** 20).toFixed(1)} MB)`;

/** The configured registry, unless the environment names another one or `none`; null when there is none to ask. */
function address(override, configured) {
  const chosen = override ?? configured;
  if (chosen === '' || chosen === 'none') return null;
  const url = new URL(chosen);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/?$/, '/');
}

/** Changes when a lock file, the packing or the wanted addresses change. */
async function fingerprint(root) {
  const hash = createHash('sha256');
  for (const folder of ['store/npm', 'store/python', 'scripts/store']) {
    for (const name of (await readdir(join(root, folder))).sort()) {
      if (/\.(test\.ts|d\.mts)$/.test(name)) continue;
      hash.update(`${folder}/${name}\0`).update(await readFile(join(root, folder, name)));
    }
  }
  // Byte code is that of this interpreter.
  hash.update(await readFile(join(root, 'node_modules/pyodide/package.json')));
  return hash
    .update(JSON.stringify([process.env.DECAY_NPM_REGISTRY, process.env.DECAY_PYPI_INDEX]))
    .digest('hex');
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  await buildStore({ root, log: (message) => console.log(message) }).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
