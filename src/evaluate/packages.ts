import * as v from 'valibot';
import type { SandboxFs } from '../engines/engine.ts';

/** What an install left in a sandbox: versions by package name; several of one package are joined by `, `. */
export async function installedPackages(
  fs: SandboxFs,
  language: 'node' | 'python',
): Promise<Record<string, string>> {
  const found = language === 'node' ? await npmPackages(fs) : await pythonPackages(fs);
  const versions = new Map<string, Set<string>>();
  for (const [name, version] of found.slice(0, mostPackages)) {
    versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
  return Object.fromEntries([...versions].map(([name, set]) => [name, [...set].sort().join(', ')]));
}

const mostPackages = 5_000;

type Packages = [name: string, version: string][];

const hiddenLock = v.object({
  packages: v.record(v.string(), v.looseObject({ version: v.optional(v.string()) })),
});

/** npm keeps a list of what it installed beside the packages. Nothing installed, no list. */
async function npmPackages(fs: SandboxFs): Promise<Packages> {
  const text = await readText(fs, 'node_modules/.package-lock.json');
  if (text === undefined) return [];
  const lock = v.parse(hiddenLock, JSON.parse(text));
  const marker = 'node_modules/';
  return Object.entries(lock.packages).flatMap(([path, { version }]): Packages => {
    const at = path.lastIndexOf(marker);
    return at === -1 || version === undefined ? [] : [[path.slice(at + marker.length), version]];
  });
}

/** Where a sandbox has its interpreter's packages: an installed one, or an environment beside the submission. */
const pythonRoots = ['/usr/local/lib', '../venv/lib'];

/** Distributions by the names of their `NAME-VERSION.dist-info` folders. */
async function pythonPackages(fs: SandboxFs): Promise<Packages> {
  for (const root of pythonRoots) {
    for (const interpreter of await listNames(fs, root)) {
      if (!interpreter.startsWith('python3')) continue;
      const names = await listNames(fs, `${root}/${interpreter}/site-packages`);
      const found = names.flatMap((name): Packages => {
        const [, distribution, version] = /^(.+)-([^-]+)\.dist-info$/.exec(name) ?? [];
        return distribution === undefined || version === undefined
          ? []
          : [[normalize(distribution), version]];
      });
      if (found.length > 0) return found;
    }
  }
  return [];
}

/** As PEP 503 writes names. */
function normalize(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

async function readText(fs: SandboxFs, path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await fs.readFile(path));
  } catch {
    return undefined;
  }
}

async function listNames(fs: SandboxFs, path: string): Promise<string[]> {
  try {
    return (await fs.readdir(path)).map((entry) => entry.name);
  } catch {
    return [];
  }
}
