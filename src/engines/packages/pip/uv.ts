import type { Program, ProgramContext } from '../../shell/program.ts';
import { UnsupportedError } from '../npm/errors.ts';
import { pipInstall, type PipResult } from './install.ts';
import { readPipOptions } from './options.ts';
import { guarded, pipProgram } from './program.ts';
import { freeze, list } from './queries.ts';
import { makeEnvironment } from './venv.ts';

/** uv as a program of the sandbox: `uv pip install|uninstall|list|freeze|show`, `uv venv`, `uv run`, `--version`. */
export const uvProgram: Program = (context) =>
  guarded(context, 'uv', async () => {
    const words = context.args.filter(
      (word) => !/^(-q|--quiet|--no-progress|--no-cache|--offline)$/.test(word),
    );
    const [command, ...rest] = words;
    if (command === '--version' || command === '-V') return print(context, 'uv 0.5.11\n');
    if (command === 'venv') return makeVenv(context, rest);
    if (command === 'run') return run(context, rest);
    if (command === 'pip') return pip(context, rest);
    throw new UnsupportedError({
      reason: 'engine',
      detail: `uv: the command ${command ?? ''} does not exist here; \`uv pip install -r requirements.txt\` does`,
    });
  });

async function pip(context: ProgramContext, args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (command === 'freeze') return freeze(context, rest, 'uv');
  if (command === 'list') return list(context, rest, 'uv');
  if (command !== 'install' && command !== 'sync') return pipProgram({ ...context, args });
  const options = readPipOptions(rest);
  if (options.editable !== undefined) {
    throw new UnsupportedError({ reason: 'engine', detail: `uv: ${options.editable} cannot be built here` });
  }
  // `uv pip sync FILE` takes its files as plain words.
  const files = command === 'sync' ? options.words : options.requirementFiles;
  const names = command === 'sync' ? [] : options.words;
  if (files.length === 0 && names.length === 0) {
    context.write(
      'stderr',
      'error: the following required arguments were not provided:\n  <PACKAGE|--requirements <REQUIREMENTS>|--editable <EDITABLE>>\n',
    );
    return 2;
  }
  const started = Date.now();
  const result = await pipInstall(context, {
    ...options,
    words: names,
    requirementFiles: files,
    installer: 'uv',
  });
  context.write('stderr', uvOutput(result, Date.now() - started));
  return 0;
}

function uvOutput({ resolution, installed }: PipResult, ms: number): string {
  const count = (n: number) => `${n} package${n === 1 ? '' : 's'}`;
  const time = ms < 1_000 ? `${ms}ms` : `${(ms / 1_000).toFixed(2)}s`;
  const resolved = resolution.chosen.length;
  if (installed.length === 0) return `Audited ${count(resolved)} in ${time}\n`;
  const lines = installed.flatMap(({ candidate, replaced }) => [
    ...(replaced === undefined ? [] : [` - ${candidate.key}==${replaced}`]),
    ` + ${candidate.key}==${candidate.version}`,
  ]);
  const head = [`Resolved ${count(resolved)} in ${time}`, `Installed ${count(installed.length)} in ${time}`];
  return [...head, ...lines.sort((a, b) => a.slice(3).localeCompare(b.slice(3), 'en'))]
    .map((line) => `${line}\n`)
    .join('');
}

function makeVenv(context: ProgramContext, args: readonly string[]): number {
  const name = args.find((word) => !word.startsWith('-')) ?? '.venv';
  makeEnvironment(context, name);
  context.write(
    'stderr',
    `Using CPython 3.12.8\nCreating virtual environment at: ${name}\nActivate with: source ${name}/bin/activate\n`,
  );
  return 0;
}

/** `uv run COMMAND`: the command itself, as everything is installed in one place; a file runs under Python. */
async function run(context: ProgramContext, args: readonly string[]): Promise<number> {
  const start = args.findIndex((word) => !word.startsWith('-'));
  const [command, ...rest] = start < 0 ? [] : args.slice(start);
  if (command === undefined)
    return print(context, 'Provide a command or script to invoke with `uv run <command>`\n');
  const child = command.endsWith('.py')
    ? await context.spawn('python3', [command, ...rest])
    : await context.spawn(command, rest);
  context.signal.addEventListener('abort', () => child.kill(15), { once: true });
  return child.exit;
}

function print(context: ProgramContext, text: string): number {
  context.write('stdout', text);
  return 0;
}
