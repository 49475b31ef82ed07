import { unzipSync } from 'fflate';
import { limits } from '../../../domain/limits.ts';
import type { FileSystem } from '../../fs/types.ts';
import { layout } from '../../kernel/layout.ts';
import { ArchiveError, safePath } from '../untar.ts';

const decoder = new TextDecoder();
const INTERPRETER = `#!${layout.pythonPath}`;
/** How the commands of installed packages begin. */
export const LAUNCHER_START = `${INTERPRETER}\n`;

/** Files of a wheel by path. @throws ArchiveError for a damaged archive, too much content, or a path that leaves it. */
function readWheel(bytes: Uint8Array): Map<string, Uint8Array> {
  let total = 0;
  let count = 0;
  let content: Record<string, Uint8Array>;
  try {
    content = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += originalSize;
        count += 1;
        if (total > limits.diskFileBytes || count > limits.diskInodes)
          throw new ArchiveError('the wheel is too large');
        return !name.endsWith('/');
      },
    });
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError('the wheel is damaged: it is no valid zip file');
  }
  return new Map(Object.entries(content).map(([path, data]) => [safePath(path), data]));
}

/** `Requires-Dist` lines of a wheel's metadata. */
export function wheelRequirements(bytes: Uint8Array): string[] {
  const files = readWheel(bytes);
  const metadata = [...files].find(([path]) => /^[^/]+\.dist-info\/METADATA$/.test(path))?.[1];
  const headers = decoder.decode(metadata ?? new Uint8Array()).split(/\r?\n\r?\n/, 1)[0] ?? '';
  return [...headers.matchAll(/^Requires-Dist:\s*(.+)$/gim)].map((match) => (match[1] ?? '').trim());
}

/**
 * Installs a wheel: library files into site-packages, commands into the bin folder, and the record of both.
 * @param requested - true when the user asked for it by name.
 */
export function installWheel(
  fs: FileSystem,
  bytes: Uint8Array,
  installer: 'pip' | 'uv',
  requested: boolean,
): void {
  const files = readWheel(bytes);
  const made = new Set<string>();
  const written: string[] = [];
  const write = (path: string, data: Uint8Array | string, mode: number) => {
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (!made.has(folder)) fs.mkdirp(folder);
    made.add(folder);
    fs.writeFile(path, data, mode);
    fs.chmod(path, mode);
    written.push(path);
  };
  let info = '';
  for (const [path, data] of files) {
    const segments = path.split('/');
    if (segments[0]?.endsWith('.dist-info') === true) info = segments[0];
    if (/\.dist-info\/RECORD$/.test(path)) continue;
    if (segments[0]?.endsWith('.data') === true) placeData(segments, data, write);
    else write(`${layout.sitePackages}/${path}`, data, 0o644);
  }
  if (info === '') throw new ArchiveError('the wheel has no metadata');
  const folder = `${layout.sitePackages}/${info}`;
  const entryPoints = files.get(`${info}/entry_points.txt`);
  for (const [name, target] of consoleScripts(entryPoints === undefined ? '' : decoder.decode(entryPoints))) {
    write(`${layout.bin}/${name}`, launcher(target), 0o755);
  }
  write(`${folder}/INSTALLER`, `${installer}\n`, 0o644);
  if (requested) write(`${folder}/REQUESTED`, '', 0o644);
  const record = [...written, `${folder}/RECORD`].map((path) => `${relativeToSite(path)},,\n`);
  fs.writeFile(`${folder}/RECORD`, record.join(''));
}

/** Removes what the record of a distribution lists, as far as it lies where packages are installed. */
export function uninstall(fs: FileSystem, folder: string): void {
  const record = `${folder}/RECORD`;
  const lines = fs.exists(record) ? fs.readText(record).split('\n') : [];
  for (const line of lines) {
    const path = line.slice(0, line.lastIndexOf(',', line.lastIndexOf(',') - 1));
    const full = path.startsWith(UP)
      ? `${layout.bin}/${path.slice(UP.length)}`
      : `${layout.sitePackages}/${path}`;
    if (path !== '' && !full.includes('/../') && fs.exists(full)) fs.unlink(full);
  }
  if (fs.exists(folder)) fs.remove(folder);
}

/** The way from site-packages to the bin folder. */
const UP = '../../../bin/';

const relativeToSite = (path: string) =>
  path.startsWith(`${layout.bin}/`)
    ? `${UP}${path.slice(layout.bin.length + 1)}`
    : path.startsWith(`${layout.sitePackages}/`)
      ? path.slice(layout.sitePackages.length + 1)
      : path;

/** Files under `NAME.data/` go to the scheme named by their second folder. */
function placeData(
  segments: readonly string[],
  data: Uint8Array,
  write: (path: string, data: Uint8Array | string, mode: number) => void,
): void {
  const rest = segments.slice(2).join('/');
  if (rest === '') return;
  if (segments[1] === 'purelib' || segments[1] === 'platlib')
    write(`${layout.sitePackages}/${rest}`, data, 0o644);
  if (segments[1] === 'data') write(`/usr/local/${rest}`, data, 0o644);
  if (segments[1] === 'scripts') {
    const text = decoder.decode(data.subarray(0, 64));
    const script = /^#!python[w]?/.test(text)
      ? decoder.decode(data).replace(/^#!python[w]?/, INTERPRETER)
      : data;
    write(`${layout.bin}/${rest}`, script, 0o755);
  }
}

interface EntryPoint {
  readonly module: string;
  readonly attribute: string;
}

/** The `console_scripts` of an entry_points.txt; names and targets that are no plain identifiers are passed over. */
function consoleScripts(text: string): [name: string, target: EntryPoint][] {
  const section =
    /^\[console_scripts\]\s*\n((?:(?!\[).*(?:\n|$))*)/m.exec(text.replaceAll('\r', ''))?.[1] ?? '';
  return section.split('\n').flatMap((line): [string, EntryPoint][] => {
    const match = /^\s*([\w.-]+)\s*=\s*([\w.]+)\s*:\s*([\w.]+)/.exec(line);
    const [, name = '', module = '', attribute = ''] = match ?? [];
    return match === null || /^\.+$/.test(name) ? [] : [[name, { module, attribute }]];
  });
}

function launcher({ module, attribute }: EntryPoint): string {
  const imported = attribute.split('.')[0] ?? attribute;
  return `${INTERPRETER}\nimport sys\nfrom ${module} import ${imported}\n\nif __name__ == '__main__':\n    sys.exit(${attribute}())\n`;
}
