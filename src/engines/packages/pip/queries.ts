import type { ProgramContext } from '../../shell/program.ts';
import { installedDistributions } from '../installed.ts';
import { normalizeName, parseRequirement, RequirementError } from './requirement.ts';

/** What pip and uv tell about the packages that are there: `list`, `freeze`, `show`. */

export const PIP_VERSION = '24.3.1';
const SITE_PACKAGES = '/usr/local/lib/python3.12/site-packages';

interface Row {
  readonly name: string;
  readonly version: string;
}

type Installer = 'pip' | 'uv';

/** Sorted as the installer sorts; uv writes every name in its normalized form, and knows no pip. */
function rows(context: ProgramContext, installer: Installer, withPip: boolean): Row[] {
  const found: Row[] = installedDistributions(context.fs).map(({ name, version }) => ({
    name: installer === 'uv' ? normalizeName(name) : name,
    version,
  }));
  if (withPip && installer === 'pip') found.push({ name: 'pip', version: PIP_VERSION });
  const key = ({ name }: Row) => name.toLowerCase();
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** `list [--format columns|json|freeze]` */
export function list(context: ProgramContext, args: readonly string[], installer: Installer): number {
  const joined = args.find((word) => word.startsWith('--format='))?.slice('--format='.length);
  const at = args.indexOf('--format');
  const format = joined ?? (at < 0 ? 'columns' : (args[at + 1] ?? ''));
  const all = rows(context, installer, true);
  if (format === 'freeze') return print(context, pins(all));
  if (format === 'json') return print(context, `${spaced(all)}\n`);
  if (format !== 'columns') {
    const shown = `'${format}' (choose from 'columns', 'freeze', 'json')`;
    context.write(
      'stderr',
      `\nUsage:   \n  pip list [options]\n\noption --format: invalid choice: ${shown}\n`,
    );
    return 2;
  }
  if (all.length === 0) return 0;
  const width = Math.max('Package'.length, ...all.map(({ name }) => name.length));
  const second = Math.max('Version'.length, ...all.map(({ version }) => version.length));
  const line = (name: string, version: string) => `${name.padEnd(width)} ${version}\n`;
  const head = line('Package', 'Version') + line('-'.repeat(width), '-'.repeat(second));
  return print(context, head + all.map(({ name, version }) => line(name, version)).join(''));
}

/** `freeze [--all]` */
export function freeze(context: ProgramContext, args: readonly string[], installer: Installer): number {
  return print(context, pins(rows(context, installer, args.includes('--all'))));
}

/** `show NAME…` */
export function show(context: ProgramContext, args: readonly string[]): number {
  const all = new Map(installedDistributions(context.fs).map((one) => [normalizeName(one.name), one]));
  const described = [...all].map(([key, one]) => ({ key, ...one, ...metadata(context, one.folder) }));
  const names = args.filter((word) => !word.startsWith('-'));
  const missing = names.filter((word) => !all.has(normalizeName(word)));
  if (missing.length > 0) context.write('stderr', `WARNING: Package(s) not found: ${missing.join(', ')}\n`);
  const parts = names.flatMap((word) => {
    const one = described.find(({ key }) => key === normalizeName(word));
    if (one === undefined) return [];
    const users = described.filter(({ requires }) =>
      requires.some((name) => normalizeName(name) === one.key),
    );
    const lines = [
      ['Name', one.name],
      ['Version', one.version],
      ['Summary', one.header('Summary')],
      ['Home-page', one.header('Home-page')],
      ['Author', one.header('Author')],
      ['Author-email', one.header('Author-email')],
      ['License', one.header('License')],
      ['Location', SITE_PACKAGES],
      ['Requires', one.requires.join(', ')],
      ['Required-by', byName(users.map(({ name }) => name)).join(', ')],
    ];
    return [lines.map(([name, value]) => `${name ?? ''}: ${value ?? ''}\n`).join('')];
  });
  print(context, parts.join('---\n'));
  return parts.length === 0 ? 1 : 0;
}

function metadata(
  context: ProgramContext,
  folder: string,
): { header: (name: string) => string; requires: string[] } {
  const headers = context.fs.readText(`${folder}/METADATA`).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const values = (name: string) =>
    headers
      .split(/\r?\n/)
      .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}: `))
      .map((line) => line.slice(name.length + 2).trim());
  const requires = values('Requires-Dist').flatMap((text) => {
    try {
      return parseRequirement(text)?.name ?? [];
    } catch (error) {
      if (error instanceof RequirementError) return [];
      throw error;
    }
  });
  return { header: (name) => values(name)[0] ?? '', requires: byName([...new Set(requires)]) };
}

const byName = (names: readonly string[]) =>
  [...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

const pins = (all: readonly Row[]) => all.map(({ name, version }) => `${name}==${version}\n`).join('');

/** JSON with the spaces that Python's encoder writes. */
const spaced = (all: readonly Row[]) =>
  `[${all.map(({ name, version }) => `{"name": ${JSON.stringify(name)}, "version": ${JSON.stringify(version)}}`).join(', ')}]`;

function print(context: ProgramContext, text: string): number {
  context.write('stdout', text);
  return 0;
}
