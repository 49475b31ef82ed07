import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findToolchain, type Tool } from '../../src/engines/native/toolchain.ts';
import type { Machine } from './machines.ts';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../.cache/golden/', import.meta.url));
const wanted = '3.12.';

export const pythonMachine: Machine = {
  async check() {
    await findPython();
  },

  async prepare(sandbox, _folder, installed) {
    const python = await findPython();
    const venv = installed === undefined ? join(sandbox.workdir, '..', 'venv') : await venvOf(installed.lock);
    const path = [join(venv, 'bin'), '/usr/local/bin', '/usr/bin', '/bin'].join(':');
    return {
      // As in the sandbox, whose clock shows UTC.
      env: { PATH: path, VIRTUAL_ENV: venv, TZ: 'UTC' },
      paths: [
        [venv, '/usr/local'],
        [dirname(dirname(python.path)), '/usr/local'],
      ],
    };
  },
};

async function findPython(): Promise<Tool> {
  const { python } = await findToolchain();
  if (python?.version.startsWith(wanted) === true) return python;
  throw new Error(`records need CPython ${wanted}x; found ${python?.version ?? 'none'}`);
}

/** A venv with exactly these packages, installed by the machine's pip; kept for the next time. */
async function venvOf(packages: string): Promise<string> {
  const hash = createHash('sha256').update(packages).digest('hex').slice(0, 16);
  const place = join(cache, `python-${hash}`);
  const done = join(place, 'complete');
  const lock = `${place}.lock`;
  await mkdir(cache, { recursive: true });
  // Another recorder may be at it.
  for (let tries = 0; tries < 600; tries++) {
    if (await exists(done)) return place;
    const first = await mkdir(lock).then(
      () => true,
      () => false,
    );
    if (first) break;
    await new Promise((next) => setTimeout(next, 500));
  }
  try {
    await makeVenv(place, packages);
    await writeFile(done, '');
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
  return place;
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function makeVenv(place: string, packages: string): Promise<void> {
  const { path } = await findPython();
  await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  await run(path, ['-m', 'venv', place]);
  await writeFile(join(place, 'packages.txt'), packages);
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps'];
  const pip = join(place, 'bin', 'pip');
  await run(pip, ['install', ...options, '-r', join(place, 'packages.txt')], { maxBuffer: 2 ** 26 });
}
