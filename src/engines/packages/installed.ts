import { layout } from '../kernel/layout.ts';
import type { FileSystem } from '../fs/types.ts';
import * as v from 'valibot';

const manifest = v.object({ name: v.string(), version: v.string() });
const MAX_DEPTH = 24;

/**
 * All packages on the disk of a sandbox, for the run record: npm packages of the submission, then distributions of
 * Python, as name and version. Where several versions of one npm package lie side by side, they are joined by `, `.
 */
export function installedPackages(fs: FileSystem): Record<string, string> {
  const found = new Map<string, Set<string>>();
  collectNpm(fs, `${layout.workdir}/node_modules`, found, 0);
  for (const { name, version } of installedDistributions(fs)) found.set(name, new Set([version]));
  return Object.fromEntries([...found].map(([name, versions]) => [name, [...versions].sort().join(', ')]));
}

/** Python distributions by their `*.dist-info` folders. */
export function installedDistributions(fs: FileSystem): { name: string; version: string; folder: string }[] {
  if (!fs.exists(layout.sitePackages)) return [];
  const list: { name: string; version: string; folder: string }[] = [];
  for (const entry of fs.readdir(layout.sitePackages)) {
    const folder = `${layout.sitePackages}/${entry.name}`;
    if (!entry.name.endsWith('.dist-info') || !fs.exists(`${folder}/METADATA`)) continue;
    const headers = fs.readText(`${folder}/METADATA`).split(/\r?\n\r?\n/, 1)[0] ?? '';
    const name = /^Name:\s*(\S+)/im.exec(headers)?.[1];
    const version = /^Version:\s*(\S+)/im.exec(headers)?.[1];
    if (name !== undefined && version !== undefined) list.push({ name, version, folder });
  }
  return list;
}

function collectNpm(fs: FileSystem, folder: string, found: Map<string, Set<string>>, depth: number): void {
  if (depth > MAX_DEPTH || !fs.exists(folder)) return;
  for (const entry of fs.readdir(folder)) {
    if (entry.type !== 'directory' || entry.name.startsWith('.')) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.name.startsWith('@')) collectNpm(fs, path, found, depth + 1);
    const described = readManifest(fs, `${path}/package.json`);
    if (described !== undefined) {
      const versions = found.get(described.name) ?? new Set();
      found.set(described.name, versions.add(described.version));
    }
    collectNpm(fs, `${path}/node_modules`, found, depth + 1);
  }
}

/** A submission can have overwritten any of these files, so one that makes no sense is passed over. */
function readManifest(fs: FileSystem, path: string): v.InferOutput<typeof manifest> | undefined {
  if (!fs.exists(path)) return undefined;
  try {
    const parsed = v.safeParse(manifest, JSON.parse(fs.readText(path)));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
