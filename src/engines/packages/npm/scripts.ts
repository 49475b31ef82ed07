import { layout } from '../../kernel/layout.ts';
import type { ProgramContext } from '../../shell/program.ts';
import { NpmError } from './errors.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { didYouMean } from './suggestions.ts';

const SIGTERM = 15;

/** PATH as npm sets it for scripts: the `.bin` folders from the working directory upwards, then what was there. */
export function scriptEnv(
  context: ProgramContext,
  folder: string,
  event: string,
  manifest: Manifest,
): Record<string, string> {
  const folders: string[] = [];
  for (let place = folder; place !== ''; place = place.slice(0, place.lastIndexOf('/'))) {
    folders.push(`${place}/node_modules/.bin`);
  }
  return {
    ...context.env,
    PATH: [...folders, context.env['PATH'] ?? layout.path].join(':'),
    INIT_CWD: context.cwd,
    npm_command: event === 'npx' ? 'exec' : (commandOf[event] ?? 'run-script'),
    npm_execpath: `${layout.bin}/npm`,
    npm_node_execpath: layout.nodePath,
    npm_config_user_agent: 'npm/10.8.2 node/v20.20.2 linux x64 workspaces/false',
    npm_package_json: `${folder}/package.json`,
    npm_package_name: manifest.name ?? '',
    npm_package_version: manifest.version ?? '',
    npm_lifecycle_event: event,
    npm_lifecycle_script: manifest.scripts?.[event] ?? '',
    NODE: layout.nodePath,
  };
}

/** npm's own commands by the events that they run. */
const commandOf: Readonly<Record<string, string>> = {
  start: 'start',
  test: 'test',
  stop: 'stop',
  restart: 'restart',
  preinstall: 'install',
  install: 'install',
  postinstall: 'install',
  prepare: 'install',
};

/** Runs one shell command to its exit code; it ends when this program is ended. */
export async function runShell(
  context: ProgramContext,
  command: string,
  cwd: string,
  env: Record<string, string>,
): Promise<number> {
  const child = await context.spawn('sh', ['-c', command], { cwd, env });
  const stop = () => child.kill(SIGTERM);
  context.signal.addEventListener('abort', stop, { once: true });
  if (context.signal.aborted) stop();
  try {
    return await child.exit;
  } finally {
    context.signal.removeEventListener('abort', stop);
  }
}

/** Runs one of the project's scripts by its event, announced as npm does. An absent script is fine. */
async function runEvent(
  context: ProgramContext,
  folder: string,
  manifest: Manifest,
  event: string,
  args: readonly string[],
  silent: boolean,
): Promise<number> {
  const script = manifest.scripts?.[event] ?? implied(context, folder, event);
  if (script === undefined || script.trim() === '') return 0;
  const command = [script, ...args.map(quote)].join(' ');
  const name = manifest.name === undefined ? '' : `${manifest.name}@${manifest.version ?? ''} `;
  const shown = [script, ...args].join(' ').replaceAll('\n', '\n> ');
  if (!silent) context.write('stdout', `\n> ${name}${event}\n> ${shown}\n\n`);
  return runShell(context, command, folder, scriptEnv(context, folder, event, manifest));
}

/** The project's own lifecycle scripts around an install. @throws NpmError when one fails. */
export async function runLifecycle(
  context: ProgramContext,
  folder: string,
  manifest: Manifest,
  events: readonly string[],
  silent: boolean,
): Promise<void> {
  for (const event of events) {
    const code = await runEvent(context, folder, manifest, event, [], silent);
    if (code !== 0) {
      throw new NpmError(String(code), [
        `path ${folder}`,
        'command failed',
        `command sh -c ${manifest.scripts?.[event] ?? ''}`,
      ]);
    }
  }
}

/** `npm run NAME`, with `preNAME` and `postNAME`. @returns the exit code of the first script that fails. */
export async function runScript(
  context: ProgramContext,
  folder: string,
  event: string,
  args: readonly string[],
  options: { ifPresent: boolean; silent: boolean },
): Promise<number> {
  const manifest = readManifest(context.fs, folder);
  const exists = manifest.scripts?.[event] !== undefined || implied(context, folder, event) !== undefined;
  if (!exists) {
    if (options.ifPresent) return 0;
    throw new NpmError('', [
      `Missing script: "${event}"`,
      ...didYouMean(manifest, event),
      '',
      'To see a list of scripts, run:',
      '  npm run',
    ]);
  }
  for (const name of [`pre${event}`, event, `post${event}`]) {
    const code = await runEvent(context, folder, manifest, name, name === event ? args : [], options.silent);
    if (code !== 0) return code;
  }
  return 0;
}

/** What npm runs for an event without a script: `start` runs server.js, `restart` stops and starts. */
function implied(context: ProgramContext, folder: string, event: string): string | undefined {
  if (event === 'restart') return 'npm stop --if-present && npm start';
  return event === 'start' && context.fs.exists(`${folder}/server.js`) ? 'node server.js' : undefined;
}

/** An argument as one word of a shell command. */
export const quote = (word: string) =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** Scripts that npm runs by commands of their own, in the order in which it lists them. */
const lifecycles = new Set(
  ['publish', 'install', 'uninstall', 'test', 'stop', 'start', 'restart', 'version'].flatMap((event) => [
    `pre${event}`,
    event,
    `post${event}`,
  ]),
);

/** `npm run` without a name. */
export function listScripts(context: ProgramContext, folder: string): number {
  const manifest = readManifest(context.fs, folder);
  const entries = Object.entries(manifest.scripts ?? {});
  const lines = (chosen: [string, string][]) =>
    chosen.map(([name, text]) => `  ${name}\n    ${text}\n`).join('');
  const own = `${manifest.name ?? ''}@${manifest.version ?? ''}`.replace(/^@$/, '');
  const cycle = entries.filter(([name]) => lifecycles.has(name));
  const others = entries.filter(([name]) => !lifecycles.has(name));
  const of = own === '' ? '' : ` in ${own}`;
  let text = '';
  if (cycle.length > 0) text += `Lifecycle scripts included${of}:\n${lines(cycle)}`;
  if (others.length > 0) {
    const head =
      cycle.length > 0 ? 'available via `npm run-script`:' : `Scripts available${of} via \`npm run-script\`:`;
    text += `${head}\n${lines(others)}`;
  }
  context.write('stdout', text);
  return 0;
}
