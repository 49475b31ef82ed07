import { FsError } from '../../fs/types.ts';
import type { Program, ProgramContext } from '../../shell/program.ts';
import { installedDistributions } from '../installed.ts';
import { UnsupportedError } from '../npm/errors.ts';
import { PackageError } from '../types.ts';
import { ArchiveError } from '../untar.ts';
import { PipError } from './errors.ts';
import { pipInstall, type PipResult } from './install.ts';
import { readPipOptions } from './options.ts';
import { freeze, list, PIP_VERSION, show } from './queries.ts';
import { normalizeName } from './requirement.ts';
import { uninstall } from './wheel.ts';

const VERSION_LINE = `pip ${PIP_VERSION} from /usr/local/lib/python3.12/site-packages/pip (python 3.12)\n`;

/** pip as a program of the sandbox: `install`, `uninstall`, `list`, `freeze`, `show`, `check`, `--version`. */
export const pipProgram: Program = async (context) => {
  const [command, ...rest] = context.args.filter(
    (word, index) => index > 0 || word !== '--disable-pip-version-check',
  );
  switch (command) {
    case 'install':
      return guarded(context, 'pip', () => install(context, rest));
    case 'uninstall':
      return remove(context, rest);
    case 'list':
      return list(context, rest, 'pip');
    case 'freeze':
      return freeze(context, rest, 'pip');
    case 'show':
      return show(context, rest);
    case 'check':
      return print(context, 'No broken requirements found.\n');
    case 'cache':
    case 'config':
      return 0;
    case '--version':
    case '-V':
      return print(context, VERSION_LINE);
    case undefined:
    case 'help':
    case '--help':
      return print(
        context,
        '\nUsage:\n  pip <command> [options]\n\nCommands:\n  install  uninstall  freeze  list  show  check\n',
      );
    default:
      context.write('stderr', `ERROR: unknown command "${command}"\n`);
      return 1;
  }
};

/** Runs an install and turns what went wrong into the installer's own output and an exit code. */
export async function guarded(
  context: ProgramContext,
  installer: 'pip' | 'uv',
  command: () => Promise<number>,
): Promise<number> {
  const fail = (lines: readonly string[]) => {
    const text = installer === 'uv' ? lines : lines.map(markError);
    context.write('stderr', text.map((line) => `${line}\n`).join(''));
    return installer === 'uv' && lines[0]?.startsWith('error:') === true ? 2 : 1;
  };
  try {
    return await command();
  } catch (error) {
    if (context.signal.aborted) return 130;
    if (error instanceof PipError) return fail(installer === 'uv' ? error.forUv : error.lines);
    if (error instanceof UnsupportedError) {
      context.unsupported(error.what);
      return fail([installer === 'uv' ? `error: ${error.message}` : error.message]);
    }
    if (error instanceof PackageError || error instanceof ArchiveError) {
      const offline = error instanceof PackageError && error.code === 'offline';
      context.unsupported({
        reason: offline ? 'needs-registry' : 'engine',
        detail: `${installer}: ${error.message}`,
      });
      return fail([installer === 'uv' ? `error: ${error.message}` : error.message]);
    }
    if (error instanceof FsError) {
      if (error.code === 'ENOSPC')
        context.unsupported({ reason: 'resource', detail: `${installer}: ${error.message}` });
      return fail([`Could not install packages due to an OSError: ${error.message}`]);
    }
    throw error;
  }
}

/** pip marks the lines that tell the error, not the explanation between them. */
function markError(line: string, index: number): string {
  const plain = line === '' || /^(\s|The conflict|To fix|\d\.|Hint:)/.test(line);
  return plain && index > 0 ? line : `ERROR: ${line}`;
}

async function install(context: ProgramContext, args: readonly string[]): Promise<number> {
  const options = readPipOptions(args);
  if (options.editable !== undefined) {
    throw new UnsupportedError({
      reason: 'engine',
      detail: `pip: ${options.editable} cannot be built here; list its requirements in a requirements file instead`,
    });
  }
  if (options.words.length === 0 && options.requirementFiles.length === 0) {
    context.write(
      'stderr',
      'ERROR: You must give at least one requirement to install (see "pip help install")\n',
    );
    return 1;
  }
  const result = await pipInstall(context, { ...options, installer: 'pip' });
  if (!options.quiet) context.write('stdout', pipOutput(result));
  return 0;
}

function pipOutput({ resolution, installed, satisfied }: PipResult): string {
  const fresh = new Set(installed.map(({ candidate }) => candidate));
  const lines = satisfied.map(
    ({ asked, version }) =>
      `Requirement already satisfied: ${asked.requirement.text} in /usr/local/lib/python3.12/site-packages${asked.from} (${version})`,
  );
  for (const { candidate, need } of resolution.chosen) {
    if (!fresh.has(candidate)) continue;
    lines.push(`Collecting ${need.requirement.text}${need.from}`, `  Downloading ${candidate.filename}`);
  }
  if (installed.length > 0) {
    const names = installed.map(({ candidate }) => candidate.name);
    const full = installed.map(({ candidate }) => `${candidate.name}-${candidate.version}`).sort();
    lines.push(
      `Installing collected packages: ${names.join(', ')}`,
      `Successfully installed ${full.join(' ')}`,
    );
  }
  return lines.map((line) => `${line}\n`).join('');
}

function remove(context: ProgramContext, args: readonly string[]): number {
  const known = new Map(installedDistributions(context.fs).map((one) => [normalizeName(one.name), one]));
  for (const word of args.filter((one) => !one.startsWith('-'))) {
    const found = known.get(normalizeName(word));
    if (found === undefined) {
      context.write('stderr', `WARNING: Skipping ${word} as it is not installed.\n`);
      continue;
    }
    uninstall(context.fs, found.folder);
    context.write(
      'stdout',
      `Found existing installation: ${found.name} ${found.version}\nSuccessfully uninstalled ${found.name}-${found.version}\n`,
    );
  }
  return 0;
}

function print(context: ProgramContext, text: string): number {
  context.write('stdout', text);
  return 0;
}
