import { layout } from '../kernel/layout.ts';
import type { FileSystem } from '../fs/types.ts';

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
