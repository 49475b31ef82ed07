import { layout } from '../../kernel/layout.ts';
import type { ProgramContext } from '../../shell/program.ts';
import { NpmError } from './errors.ts';
import { install } from './install.ts';
import { quote, runShell, scriptEnv } from './scripts.ts';
import { splitName } from './spec.ts';

interface ExecOptions {
  packages: string[];
  call: string | undefined;
  install: boolean;
  command: string[];
}

/**
 * `npx COMMAND …` and `npm exec`: a command of the project when it has it, else of a package installed for this call.
 * @param folder - the project's folder.
 * @throws NpmError, UnsupportedError.
 */
export async function execute(
  context: ProgramContext,
  folder: string,
  args: readonly string[],
): Promise<number> {
  const options = readExec(args);
  const [first, ...rest] = options.command;
  if (first === undefined && options.call === undefined) {
    throw new NpmError('EUSAGE', ['', 'Usage: npx <command> [args...]', '', 'Name the command to run.']);
  }
  const asked = first === undefined ? undefined : splitName(first);
  const env = scriptEnv(context, folder, 'npx', {});
  const command = asked?.name.split('/').pop() ?? '';
  const local = asked !== undefined && asked.spec === '' ? findCommand(context, folder, command) : undefined;
  if (local !== undefined && options.packages.length === 0) {
    return runShell(context, [local, ...rest].map(quote).join(' '), context.cwd, env);
  }
  const wanted = options.packages.length > 0 ? options.packages : first === undefined ? [] : [first];
  if (wanted.length > 0 && !options.install) {
    throw new NpmError('', [
      `npx canceled due to missing packages and no YES option: ["${wanted.join('", "')}"]`,
    ]);
  }
  const place = wanted.length === 0 ? folder : await installAside(context, wanted);
  const path = `${place}/node_modules/.bin:${env['PATH'] ?? ''}`;
  const line =
    options.call ?? [commandOf(context, place, asked?.name ?? '', command), ...rest].map(quote).join(' ');
  return runShell(context, line, context.cwd, { ...env, PATH: path });
}

/** Installs packages into npm's own folder for such calls. */
async function installAside(context: ProgramContext, wanted: readonly string[]): Promise<string> {
  const key = [...wanted]
    .sort()
    .join('-')
    .replaceAll(/[^\w.@-]/g, '_')
    .slice(0, 80);
  const folder = `${layout.home}/.npm/_npx/${key}`;
  context.write(
    'stderr',
    `npm warn exec The following package${wanted.length > 1 ? 's were' : ' was'} not found and will be installed: ${wanted.join(', ')}\n`,
  );
  context.fs.mkdirp(folder);
  const dependencies = Object.fromEntries(
    wanted.map((word) => {
      const { name, spec } = splitName(word);
      return [name, spec === '' ? 'latest' : spec];
    }),
  );
  await install(
    context,
    { dependencies },
    {
      folder,
      frozen: false,
      omitDev: true,
      omitOptional: false,
      legacyPeers: false,
      force: true,
      writeLock: false,
    },
  );
  return folder;
}

/** The command a package is run by: its only one, or the one that bears its name. @throws NpmError when it has none. */
function commandOf(context: ProgramContext, place: string, name: string, command: string): string {
  const bin = `${place}/node_modules/.bin`;
  const names = context.fs.exists(bin) ? context.fs.readdir(bin).map((entry) => entry.name) : [];
  if (names.includes(command)) return command;
  const own = names.filter((candidate) =>
    context.fs.realpath(`${bin}/${candidate}`).startsWith(`${place}/node_modules/${name}/`),
  );
  if (own.length === 1 && own[0] !== undefined) return own[0];
  throw new NpmError('', ['could not determine executable to run']);
}

function findCommand(context: ProgramContext, folder: string, command: string): string | undefined {
  for (let place = folder; place !== ''; place = place.slice(0, place.lastIndexOf('/'))) {
    const path = `${place}/node_modules/.bin/${command}`;
    if (context.fs.exists(path)) return path;
  }
  const paths = (context.env['PATH'] ?? layout.path)
    .split(':')
    .map((folderOnPath) => `${folderOnPath}/${command}`);
  return paths.find((path) => path.startsWith('/') && context.fs.exists(path));
}

/** npx's own options stand before the command; what follows belongs to the command. */
function readExec(args: readonly string[]): ExecOptions {
  const options: ExecOptions = { packages: [], call: undefined, install: true, command: [] };
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : undefined;
    if (word === '--') {
      options.command = args.slice(index + 1);
      break;
    }
    if (!word.startsWith('-')) {
      options.command = args.slice(index);
      break;
    }
    if (/^(-p|--package)(=|$)/.test(word)) options.packages.push(value ?? args[++index] ?? '');
    else if (/^(-c|--call)(=|$)/.test(word)) options.call = value ?? args[++index] ?? '';
    else if (word === '--no' || word === '--no-install') options.install = false;
  }
  if (options.command[0] === '--') options.command.shift();
  return options;
}
