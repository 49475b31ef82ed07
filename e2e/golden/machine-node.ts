import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findToolchain } from '../../src/engines/native/toolchain.ts';
import { packagesOf } from './install.ts';
import type { Machine } from './machines.ts';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../.cache/golden/', import.meta.url));
/** What the recorded version must be: the pinned one, whatever else the machine has. */
const wanted = '20.20.2';

export const nodeMachine: Machine = {
  async check() {
    const { node } = await findToolchain();
    if (node.version !== wanted) throw new Error(`records need Node ${wanted}; found ${node.version}`);
  },

  async prepare(sandbox, folder, installed) {
    const { node } = await findToolchain();
    if (installed !== undefined) {
      const manifest = await readFile(join(sandbox.workdir, folder, 'package.json'), 'utf8');
      const modules = await installNative(manifest, installed.lock);
      await cp(modules, join(sandbox.workdir, folder, 'node_modules'), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    return { env: {}, paths: [[node.path, '/usr/local/bin/node']] };
  },
};

/** A directory with the packages of a lock file, installed by the machine's npm; kept for the next time. */
async function installNative(manifest: string, lock: string): Promise<string> {
  const { node, npmDir } = await findToolchain();
  if (npmDir === undefined) throw new Error('records of apps with packages need npm');
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const place = join(cache, hash);
  const modules = join(place, 'node_modules');
  const known = await access(modules).then(
    () => true,
    () => false,
  );
  if (known) return modules;
  const work = `${place}-${process.pid}`;
  await mkdir(work, { recursive: true });
  await writeFile(join(work, 'package.json'), manifest);
  await writeFile(join(work, 'package-lock.json'), lock);
  const env = { ...process.env, PATH: `${join(node.path, '..')}:${npmDir}:${process.env['PATH']}` };
  // Not `npm ci`: the embedded npm leaves out what it cannot use, such as esbuild's other platforms.
  await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: work, env, maxBuffer: 2 ** 26 });
  await mkdir(join(work, 'node_modules'), { recursive: true });
  checkVersions(lock, await readFile(join(work, 'package-lock.json'), 'utf8'));
  await rm(place, { recursive: true, force: true });
  await rename(work, place);
  return modules;
}

/** @throws Error when npm did not install the versions that were asked for */
function checkVersions(wanted: string, installed: string): void {
  const found = new Set(packagesOf(installed));
  const missing = packagesOf(wanted).filter((entry) => !found.has(entry));
  if (missing.length > 0) throw new Error(`npm installed other versions than ${missing.join(', ')}`);
}
