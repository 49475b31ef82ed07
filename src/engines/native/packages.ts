import * as v from 'valibot';
import type { Language, SandboxFs } from '../engine.ts';

const lock = v.object({ packages: v.record(v.string(), v.object({ version: v.optional(v.string()) })) });

/** Versions that npm or pip has installed in a native sandbox, by name; what cannot be read is left out. */
export async function nativePackages(fs: SandboxFs, language: Language): Promise<Record<string, string>> {
  return language === 'node' ? npmPackages(fs) : pipPackages(fs);
}

/** From the lock that npm leaves in node_modules. */
async function npmPackages(fs: SandboxFs): Promise<Record<string, string>> {
  const text = await fs.readFile('node_modules/.package-lock.json').catch(() => undefined);
  if (text === undefined) return {};
  const { packages } = v.parse(lock, JSON.parse(new TextDecoder().decode(text)));
  const marker = 'node_modules/';
  return Object.fromEntries(
    Object.entries(packages).flatMap(([path, { version }]) =>
      // Of several versions of one package, the top one is what the submission gets.
      version === undefined || path.lastIndexOf(marker) > 0 ? [] : [[path.slice(marker.length), version]],
    ),
  );
}

/** From the names of the folders that pip leaves in the venv. */
async function pipPackages(fs: SandboxFs): Promise<Record<string, string>> {
  const libraries = await fs.readdir('../venv/lib').catch(() => []);
  const found: Record<string, string> = {};
  for (const { name: python } of libraries) {
    const entries = await fs.readdir(`../venv/lib/${python}/site-packages`).catch(() => []);
    for (const { name: entry } of entries) {
      const [, name, version] = /^(.+)-([^-]+)\.dist-info$/.exec(entry) ?? [];
      if (name !== undefined && version !== undefined) found[name] = version;
    }
  }
  return found;
}
