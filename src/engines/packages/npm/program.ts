import { FsError } from '../../fs/types.ts';
import { layout } from '../../kernel/layout.ts';
import type { Program, ProgramContext } from '../../shell/program.ts';
import { ArchiveError } from '../untar.ts';
import { PackageError } from '../types.ts';
import { NpmError, UnsupportedError } from './errors.ts';
import { execute } from './npx.ts';
import { install, OMITTED_COMMAND } from './install.ts';
import { readManifest, saveDependencies, type Manifest } from './manifest.ts';
import { readOptions, type NpmOptions } from './options.ts';
import { runLifecycle, runScript } from './scripts.ts';
import { parseSpec, splitName } from './spec.ts';

const NPM_VERSION = '10.8.2';
const AFTER_INSTALL = ['install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

/** npm as a program of the sandbox: `install`, `ci`, `run`, `start`, `test`, `exec`, `init`, `ls`, `--version`. */
export const npmProgram: Program = (context) => guarded(context, () => npm(context));

/** `npx COMMAND`, i.e. `npm exec`. */
export const npxProgram: Program = (context) =>
  guarded(context, () => {
    if (context.args.includes('--version') && context.args.length === 1)
      return print(context, `${NPM_VERSION}\n`);
    return execute(context, projectFolder(context, undefined), context.args);
  });

async function npm(context: ProgramContext): Promise<number> {
  const options = readOptions(context.args);
  const [command = '', ...rest] = options.words;
  const folder = projectFolder(context, options.prefix);
  switch (command) {
    case 'install':
    case 'i':
    case 'add':
    case 'in':
      return rest.length === 0
        ? installProject(context, folder, options, false)
        : addPackages(context, folder, options, rest);
    case 'ci':
    case 'clean-install':
      return installProject(context, folder, options, true);
    case 'run':
    case 'run-script':
    case 'rum':
      return rest[0] === undefined
        ? listScripts(context, folder)
        : runScript(context, folder, rest[0], [...rest.slice(1), ...options.passed], options);
    case 'start':
    case 'test':
    case 't':
    case 'stop':
    case 'restart':
      return runScript(
        context,
        folder,
        command === 't' ? 'test' : command,
        [...rest, ...options.passed],
        options,
      );
    case 'exec':
    case 'x':
      return execute(context, folder, context.args.slice(context.args.indexOf(command) + 1));
    case 'init':
      return init(context, folder);
    case 'ls':
    case 'list':
      return listInstalled(context, folder);
    case OMITTED_COMMAND:
      return leftOut(context, rest[0] ?? '');
    case 'config':
    case 'set':
    case 'cache':
    case 'audit':
    case 'fund':
      return 0;
    case '':
      return print(
        context,
        options.version
          ? `${NPM_VERSION}\n`
          : 'npm <command>\n\nUsage:\n\nnpm install\nnpm ci\nnpm run <script>\nnpm exec <command>\n',
      );
    case 'version':
      return print(context, `{ npm: '${NPM_VERSION}', node: '20.20.2' }\n`);
    default:
      context.write(
        'stderr',
        `Unknown command: "${command}"\n\nTo see a list of supported npm commands, run:\n  npm help\n`,
      );
      return 1;
  }
}

async function installProject(
  context: ProgramContext,
  folder: string,
  options: NpmOptions,
  frozen: boolean,
): Promise<number> {
  const manifest = readManifest(context.fs, folder);
  if (manifest.workspaces !== undefined) {
    throw new UnsupportedError({ reason: 'engine', detail: 'npm: workspaces cannot be installed here' });
  }
  const started = Date.now();
  if (!options.ignoreScripts) await runLifecycle(context, folder, manifest, ['preinstall']);
  const result = await install(context, manifest, {
    folder,
    frozen,
    omitDev: options.omitDev,
    omitOptional: options.omitOptional,
    legacyPeers: options.legacyPeers,
    writeLock: !frozen && options.packageLock,
  });
  if (!options.ignoreScripts) await runLifecycle(context, folder, manifest, AFTER_INSTALL);
  return options.silent ? 0 : summarize(context, result, started);
}

/** `npm install NAME…`: resolves the new names together with what the project has, then saves them. */
async function addPackages(
  context: ProgramContext,
  folder: string,
  options: NpmOptions,
  names: readonly string[],
): Promise<number> {
  const started = Date.now();
  const place = options.global ? layout.nodeModules.replace(/\/node_modules$/, '') : folder;
  const manifest: Manifest =
    !options.global && context.fs.exists(`${place}/package.json`) ? readManifest(context.fs, place) : {};
  const field = options.saveDev ? 'devDependencies' : 'dependencies';
  const asked = names.map((word) => {
    const { name, spec } = splitName(word);
    const where = parseSpec(
      name,
      word.startsWith('.') || word.includes('://') ? word : spec === '' ? 'latest' : spec,
    );
    if (where.kind === 'directory' || where.kind === 'elsewhere') {
      throw new UnsupportedError({
        reason: 'engine',
        detail: `npm: ${word} cannot be installed here; only registry packages can`,
      });
    }
    return { name, wanted: spec === '' ? 'latest' : spec };
  });
  const other = field === 'dependencies' ? manifest.devDependencies : manifest.dependencies;
  for (const { name } of asked) if (other !== undefined) Reflect.deleteProperty(other, name);
  const wanted = Object.fromEntries(asked.map(({ name, wanted: range }) => [name, range]));
  const result = await install(
    context,
    { ...manifest, [field]: { ...manifest[field], ...wanted } },
    {
      folder: place,
      frozen: false,
      omitDev: options.omitDev,
      omitOptional: options.omitOptional,
      legacyPeers: options.legacyPeers,
      writeLock: false,
      ...(options.global ? { binFolder: layout.bin } : {}),
    },
  );
  if (options.save && !options.global) {
    const saved = asked.map(({ name, wanted: range }): [string, string] => {
      const version = result.root.children.get(name)?.item?.version ?? '';
      const written = /^[a-z][\w-]*$/i.test(range) ? `${options.saveExact ? '' : '^'}${version}` : range;
      return [name, version === '' ? range : written];
    });
    saveDependencies(context.fs, place, field, new Map(saved));
    const now = readManifest(context.fs, place);
    await install(context, now, {
      folder: place,
      frozen: false,
      omitDev: options.omitDev,
      omitOptional: options.omitOptional,
      legacyPeers: options.legacyPeers,
      writeLock: options.packageLock,
    });
  }
  return options.silent ? 0 : summarize(context, result, started);
}

function summarize(
  context: ProgramContext,
  { added, removed, changed }: { added: number; removed: number; changed: number },
  started: number,
): number {
  const part = (verb: string, count: number) =>
    count === 0 ? [] : [`${verb} ${count} package${count === 1 ? '' : 's'}`];
  const parts = [...part('added', added), ...part('removed', removed), ...part('changed', changed)];
  const time = Date.now() - started;
  const took = time < 1_000 ? `${time}ms` : `${Math.round(time / 1_000)}s`;
  return print(
    context,
    parts.length === 0
      ? `\nup to date in ${took}\n`
      : `\n${parts.join(', ').replace(/, ([^,]*)$/, ', and $1')} in ${took}\n`,
  );
}

function listScripts(context: ProgramContext, folder: string): number {
  const manifest = readManifest(context.fs, folder);
  const scripts = Object.entries(manifest.scripts ?? {});
  const lines = scripts.map(([name, text]) => `  ${name}\n    ${text}\n`);
  return print(
    context,
    `Scripts available in ${manifest.name ?? folder} via \`npm run-script\`:\n${lines.join('')}`,
  );
}

function listInstalled(context: ProgramContext, folder: string): number {
  const manifest = readManifest(context.fs, folder);
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).sort();
  const lines = names.map((name, index) => {
    const path = `${folder}/node_modules/${name}`;
    const there = context.fs.exists(`${path}/package.json`)
      ? readManifest(context.fs, path).version
      : undefined;
    return `${index === names.length - 1 ? '└──' : '├──'} ${there === undefined ? `UNMET DEPENDENCY ${name}` : `${name}@${there}`}\n`;
  });
  return print(context, `${manifest.name ?? ''}@${manifest.version ?? ''} ${folder}\n${lines.join('')}\n`);
}

function init(context: ProgramContext, folder: string): number {
  const path = `${folder}/package.json`;
  const before = context.fs.exists(path) ? context.fs.readText(path) : undefined;
  const manifest = {
    name: folder.slice(folder.lastIndexOf('/') + 1).toLowerCase() || 'app',
    version: '1.0.0',
    description: '',
    main: 'index.js',
    scripts: { test: 'echo "Error: no test specified" && exit 1' },
    keywords: [],
    author: '',
    license: 'ISC',
  };
  const text = before ?? `${JSON.stringify(manifest, undefined, 2)}\n`;
  context.fs.writeFile(path, text);
  return print(context, `Wrote to ${path}:\n\n${text}\n`);
}

function leftOut(context: ProgramContext, command: string): number {
  const detail = `The command ${command} belongs to a development tool that is not in the package store`;
  context.unsupported({ reason: 'needs-registry', detail });
  context.write('stderr', `${command}: ${detail}.\n`);
  return 127;
}

/** The nearest folder with a package.json or node_modules, as npm looks for it; else the working directory. */
function projectFolder(context: ProgramContext, prefix: string | undefined): string {
  if (prefix !== undefined)
    return (prefix.startsWith('/') ? prefix : `${context.cwd}/${prefix}`).replace(/\/+$/, '');
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
  const all = [...(code === '' ? [] : [`code ${code}`]), ...lines];
  context.write('stderr', all.map((line) => `npm error ${line}`.trimEnd() + '\n').join(''));
  return /^\d+$/.test(code) ? Number(code) : 1;
}

function print(context: ProgramContext, text: string): number {
  context.write('stdout', text);
  return 0;
}
