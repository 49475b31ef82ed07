import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const builds = join(root, '.cache/scripted-page');
const inputs = ['src', 'tasks', 'verifiers', 'package-lock.json'];
/** Builds of other states of the sources go after a while: a test of theirs may still be reading them. */
const staleMs = 30 * 60_000;

/**
 * The page over scripted runs, built once for each state of the sources, or that of DECAY_SCRIPTED. Resolves to its folder.
 */
export async function scriptedBuild(): Promise<string> {
  const given = process.env['DECAY_SCRIPTED'];
  if (given !== undefined) return given;
  const wanted = join(builds, await stateOfSources());
  if (await exists(join(wanted, 'index.html'))) return wanted;
  await mkdir(builds, { recursive: true });
  const made = await mkdtemp(join(builds, 'making-'));
  try {
    const configFile = join(import.meta.dirname, 'vite.config.ts');
    await build({ configFile, logLevel: 'error', build: { outDir: made } });
    await rename(made, wanted);
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    // Another test run may have been faster; its build is of the same state.
    if (!(await exists(join(wanted, 'index.html')))) throw error;
  }
  await removeStale(wanted);
  return wanted;
}

async function stateOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) await addTo(hash, input);
  return hash.digest('hex').slice(0, 16);
}

async function addTo(hash: ReturnType<typeof createHash>, path: string): Promise<void> {
  const info = await stat(join(root, path)).catch(() => undefined);
  if (info === undefined) return;
  if (!info.isDirectory()) {
    hash.update(`${path} ${info.size} ${info.mtimeMs}\n`);
    return;
  }
  for (const name of (await readdir(join(root, path))).sort()) {
    if (name !== 'node_modules') await addTo(hash, `${path}/${name}`);
  }
}

async function removeStale(kept: string): Promise<void> {
  for (const name of await readdir(builds)) {
    const path = join(builds, name);
    const info = await stat(path).catch(() => undefined);
    if (path === kept || info === undefined || Date.now() - info.mtimeMs < staleMs) continue;
    await rm(path, { recursive: true, force: true });
  }
}

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
