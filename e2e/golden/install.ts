import type { Box } from './box.ts';
import type { Installed } from './languages.ts';
import type { AppCase, ProbeCase } from './scenario.ts';

/** Path and version of each package in a lock file of npm, in order. */
export function packagesOf(lock: string): string[] {
  const { packages } = JSON.parse(lock) as { packages: Record<string, { version?: string }> };
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { version }]) => `${path.replace(/^node_modules\//, '')}@${version}`);
}

/**
 * Installs with the sandbox's own npm what a folder's package.json wants.
 * @throws Error with npm's output when it fails
 */
export async function installNpm(box: Box, folder: string): Promise<Installed> {
  const run = await box.run('npm install', folder, {});
  const { code, stdout, stderr } = await run.ended;
  const lock = await box.readText(`${folder}/package-lock.json`);
  if (code !== 0 || lock === undefined) {
    const text = [stdout, stderr].map((bytes) => Buffer.from(bytes).toString('utf8')).join('\n');
    throw new Error(`npm install ended with ${code}: ${text}`);
  }
  return { packages: packagesOf(lock), lock };
}

const file = 'package.json';

/** The package.json whose packages a case needs, or undefined when it needs none. */
export function manifestOf(item: AppCase | ProbeCase): { file: string; text: string } | undefined {
  if (item.kind === 'probe') {
    if (item.install.length === 0) return undefined;
    const dependencies = Object.fromEntries(
      item.install.map((spec) => {
        const cut = spec.lastIndexOf('@');
        return [spec.slice(0, cut), spec.slice(cut + 1)];
      }),
    );
    const manifest = { name: 'probe', version: '1.0.0', private: true, dependencies };
    return { file, text: JSON.stringify(manifest, undefined, 2) };
  }
  const manifest = item.files[file];
  if (manifest === undefined) return undefined;
  const text = typeof manifest === 'string' ? manifest : new TextDecoder().decode(manifest);
  const { dependencies, devDependencies } = JSON.parse(text) as Record<string, object | undefined>;
  return dependencies === undefined && devDependencies === undefined ? undefined : { file, text };
}
