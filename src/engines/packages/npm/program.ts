import { FsError } from '../../fs/types.ts';
import { layout } from '../../kernel/layout.ts';
import type { Program, ProgramContext } from '../../shell/program.ts';
import { ArchiveError } from '../untar.ts';
import { PackageError } from '../types.ts';
import { addPackages, installProject, removePackages } from './changes.ts';
import { NPM_VERSION } from './engines.ts';
import { exitCode, NpmError, UnsupportedError } from './errors.ts';
import { config, init, listInstalled, pkg, version, view } from './inform.ts';
import { execute } from './npx.ts';
import { OMITTED_COMMAND } from './install.ts';
import { workspacesOf } from './local.ts';
import { readManifest } from './manifest.ts';
import { readOptions, type NpmOptions } from './options.ts';
import { listScripts, runScript } from './scripts.ts';
import { settingsOf } from './settings.ts';

/** npm as a program of the sandbox. */
export const npmProgram: Program = (context) => guarded(context, () => npm(context));

/** `npx COMMAND`, i.e. `npm exec`. */
export const npxProgram: Program = (context) =>
  guarded(context, () => {
    if (context.args.length === 1 && /^(-v|--version)$/.test(context.args[0] ?? ''))
      return print(context, `${NPM_VERSION}\n`);
    return execute(context, projectFolder(context, undefined), context.args);
  });

/** Other names of commands, as npm has them. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  install: ['i', 'add', 'in', 'ins', 'inst', 'insta', 'instal', 'isnt', 'isnta', 'isntal', 'isntall'],
  ci: ['clean-install', 'ic', 'install-clean', 'isntall-clean'],
  uninstall: ['un', 'unlink', 'remove', 'rm', 'r'],
  'run-script': ['run', 'rum', 'urn'],
  test: ['t', 'tst'],
  exec: ['x'],
  init: ['create', 'innit'],
  ls: ['list', 'll', 'la'],
  view: ['v', 'info', 'show'],
  config: ['c'],
  version: ['verison'],
  update: ['up', 'upgrade', 'udpate'],
  dedupe: ['ddp'],
  rebuild: ['rb'],
};
const commands = new Map(
  Object.entries(aliases).flatMap(([name, others]): [string, string][] => [
    [name, name],
    ...others.map((other): [string, string] => [other, name]),
  ]),
);

async function npm(context: ProgramContext): Promise<number> {
  const given = readOptions(context.args);
  const folder = projectFolder(context, given.prefix);
  const options = readOptions([...settingsOf(context, folder), ...context.args]);
  const [word = '', ...rest] = options.words;
  switch (commands.get(word) ?? word) {
    case 'install':
      return rest.length === 0
        ? installProject(context, folder, options, false)
        : addPackages(context, folder, options, rest);
    case 'ci':
      return installProject(context, folder, options, true);
    case 'update':
    case 'dedupe':
    case 'prune':
      return installProject(context, folder, { ...options, ignoreScripts: true }, false);
    case 'uninstall':
      return removePackages(context, folder, options, rest);
    case 'install-test':
    case 'it':
      return (
        (await installProject(context, folder, options, false)) || run(context, folder, options, 'test', [])
      );
    case 'run-script': {
      const [event, ...args] = rest;
      return event === undefined
        ? listScripts(context, folder)
        : run(context, folder, options, event, [...args, ...options.passed]);
    }
    case 'start':
    case 'test':
    case 'stop':
    case 'restart':
      return run(context, folder, options, commands.get(word) ?? word, [...rest, ...options.passed]);
    case 'exec':
      return execute(context, folder, context.args.slice(context.args.indexOf(word) + 1));
    case 'init':
      return init(context);
    case 'ls':
      return listInstalled(context, folder, rest, options);
    case 'view':
      return view(context, rest);
    case 'pkg':
      return pkg(context, folder, rest, options);
    case 'version':
      return version(context, folder, rest[0]);
    case 'root':
      return print(context, `${options.global ? layout.nodeModules : `${folder}/node_modules`}\n`);
    case 'prefix':
      return print(context, `${options.global ? layout.bin.replace(/\/bin$/, '') : folder}\n`);
    case 'config':
      return config(context, rest, folder);
    case 'get':
      return config(context, ['get', ...rest], folder);
    case OMITTED_COMMAND:
      return leftOut(context, rest[0] ?? '');
    case 'set':
    case 'cache':
    case 'audit':
    case 'fund':
    case 'rebuild':
    case 'ping':
      return 0;
    case '':
      return options.version ? print(context, `${NPM_VERSION}\n`) : help(context);
    case 'help':
      help(context);
      return 0;
    default:
      context.write(
        'stderr',
        `Unknown command: "${word}"\n\nTo see a list of supported npm commands, run:\n  npm help\n`,
      );
      return 1;
  }
}

/** A script of the project, or of the workspaces that are named. */
async function run(
  context: ProgramContext,
  folder: string,
  options: NpmOptions,
  event: string,
  args: readonly string[],
): Promise<number> {
  if (options.workspaces.length === 0 && !options.allWorkspaces)
    return runScript(context, folder, event, args, options);
  const all = workspacesOf(context.fs, folder, readManifest(context.fs, folder));
  const chosen = options.allWorkspaces
    ? all
    : options.workspaces.map((asked) => {
        const name = asked.replace(/^\.\//, '').replace(/\/$/, '');
        const found = all.find((each) => each.item.name === name || each.folder === name);
        if (found !== undefined) return found;
        throw new NpmError('', ['No workspaces found:', `  --workspace=${asked}`]);
      });
  let code = 0;
  for (const { folder: place, item } of chosen) {
    const path = `${folder}/${place}`;
    try {
      code = (await runScript(context, path, event, args, options)) || code;
    } catch (error) {
      if (!(error instanceof NpmError)) throw error;
      const lines = [
        `Lifecycle script \`${event}\` failed with error:`,
        `workspace ${item.name}@${item.version}`,
      ];
      code = fail(context, '', [...lines, `location ${path}`, ...error.lines]);
    }
  }
  return code;
}

function help(context: ProgramContext): number {
  print(
    context,
    'npm <command>\n\nUsage:\n\nnpm install        install all the dependencies in your project\n' +
      'npm install <foo>  add the <foo> dependency to your project\n' +
      "npm test           run this project's tests\nnpm run <foo>      run the script named <foo>\n" +
      `\nnpm@${NPM_VERSION} ${layout.nodeModules}/npm\n`,
  );
  return 1;
}

function leftOut(context: ProgramContext, command: string): number {
  const detail = `The command ${command} belongs to a development tool that is not in the package store`;
  context.unsupported({ reason: 'needs-registry', detail });
  context.write('stderr', `${command}: ${detail}.\n`);
  return 127;
}

/** The nearest folder with a package.json or node_modules, as npm looks for it; else the working directory. */
function projectFolder(context: ProgramContext, prefix: string | undefined): string {
  if (prefix !== undefined) {
    const path = prefix.startsWith('/') ? prefix : `${context.cwd}/${prefix.replace(/^\.\//, '')}`;
    return path.replace(/\/\.?$/, '');
  }
  for (let place = context.cwd; place !== ''; place = place.slice(0, place.lastIndexOf('/'))) {
    if (context.fs.exists(`${place}/package.json`) || context.fs.exists(`${place}/node_modules`))
      return place;
  }
  return context.cwd;
}

/** Runs a command and turns what went wrong into npm's own output and an exit code. */
async function guarded(context: ProgramContext, command: () => number | Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (context.signal.aborted) return 130;
    if (error instanceof UnsupportedError) {
      context.unsupported(error.what);
      return fail(context, 'EUNSUPPORTED', [error.message]);
    }
    if (error instanceof NpmError) return fail(context, error.code, error.lines);
    if (error instanceof PackageError || error instanceof ArchiveError) {
      context.unsupported({
        reason: error instanceof PackageError && error.code === 'offline' ? 'needs-registry' : 'engine',
        detail: `npm: ${error.message}`,
      });
      return fail(context, 'EINTEGRITY', [error.message]);
    }
    if (error instanceof FsError) {
      if (error.code === 'ENOSPC')
        context.unsupported({ reason: 'resource', detail: `npm: ${error.message}` });
      return fail(context, error.code, [
        `syscall ${error.syscall}`,
        `path ${error.path ?? ''}`,
        error.message,
      ]);
    }
    throw error;
  }
}

function fail(context: ProgramContext, code: string, lines: readonly string[]): number {
  const silent = context.args.some((word) => word === '-s' || word === '--silent');
  const all = [...(code === '' ? [] : [`code ${code}`]), ...lines];
  if (!silent) context.write('stderr', all.map((line) => `npm error ${line}`.trimEnd() + '\n').join(''));
  return exitCode(code, lines);
}

function print(context: ProgramContext, text: string): number {
  context.write('stdout', text);
  return 0;
}
