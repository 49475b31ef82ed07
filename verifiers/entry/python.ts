import { readArguments } from './arguments.ts';
import { folderOf, join, type Context } from './context.ts';

const interpreterFlags = new Set([
  '-u',
  '-O',
  '-OO',
  '-B',
  '-I',
  '-E',
  '-s',
  '-S',
  '-v',
  '-q',
  '-b',
  '-d',
  '-i',
  '-P',
]);
const serverFlags = new Set([
  '--reload',
  '--factory',
  '--no-access-log',
  '--access-log',
  '--proxy-headers',
  '--no-proxy-headers',
  '--preload',
  '--daemon',
  '--use-colors',
  '--no-use-colors',
  '--debug',
  '--no-debug',
  '--no-server-header',
  '--no-date-header',
  '--no-reload',
  '--with-threads',
  '--without-threads',
  '--call',
  '--dev',
  '--enable-stdio-inheritance',
  '-R',
  '--capture-output',
  '--no-debugger',
  '--insecure',
  '--noreload',
  '--nothreading',
]);
const asgiServers = new Set([
  'uvicorn',
  'hypercorn',
  'daphne',
  'granian',
  'gunicorn',
  'waitress-serve',
  'waitress',
]);

/** Files that Flask looks for when it is not told the application. */
const flaskDefaults = ['wsgi.py', 'app.py'];
const fastapiDefaults = ['main.py', 'app.py', 'api.py', 'app/main.py', 'app/app.py', 'app/api.py'];

/**
 * Reads a command of Python's world.
 * @returns whether it is one
 */
export function readPythonCommand(
  context: Context,
  program: string,
  words: readonly string[],
  input?: string,
): boolean {
  if (/^(?:python|python3|python3\.\d+|pypy3?)$/.test(program)) readInterpreter(context, words, input);
  else if (!readTool(context, program, words)) return false;
  return true;
}

function readInterpreter(context: Context, words: readonly string[], input: string | undefined): void {
  const given = [...words];
  while (
    given[0] !== undefined &&
    (interpreterFlags.has(given[0]) || given[0] === '-X' || given[0] === '-W')
  ) {
    given.splice(0, interpreterFlags.has(given[0]) ? 1 : 2);
  }
  const [first = '', second = '', ...more] = given;
  if (first === '-m') {
    if (readTool(context, second, more) || isForeignTool(second)) return;
    const main = context.findModule(`${second}.__main__`);
    if (main !== undefined) context.files.add(main);
    context.startModule(second);
  } else if (first === '-c') {
    context.inline.push({ language: 'python', code: second });
  } else if (first === '' || first === '-') {
    if (input !== undefined) context.inline.push({ language: 'python', code: input });
  } else if (/(?:^|\/)manage\.py$/.test(first)) {
    if (context.start(first)) readDjango(context, first, second);
  } else if (!context.offer(join(first, '__main__.py'))) {
    context.start(first, ['', '.py']);
  }
}

/** @returns whether the program is one that loads code of the submission */
function readTool(context: Context, program: string, words: readonly string[]): boolean {
  if (asgiServers.has(program)) readServer(context, words);
  else if (program === 'flask') readFlask(context, words);
  else if (program === 'fastapi') readFastapi(context, words);
  else if (program === 'alembic') readAlembic(context, words);
  else if (program === 'aiohttp.web')
    startApplication(context, readArguments(words, serverFlags).rest[0] ?? '', []);
  else if (program === 'django-admin' || program === 'django') readDjangoAdmin(context, words);
  else if (program === 'aerich') context.folders.add(join(context.folder, 'migrations'));
  else return false;
  return true;
}

/** Modules of the standard library and of the world that run nothing of the submission. */
function isForeignTool(module: string): boolean {
  return ['pip', 'venv', 'ensurepip', 'compileall', 'json.tool', 'uv', 'pytest', 'unittest'].includes(module);
}

function readServer(context: Context, words: readonly string[]): void {
  const args = readArguments(words, serverFlags);
  const setting = args.option('-c', '--config')?.replace(/^(?:file|python):/, '');
  if (setting !== undefined) context.offer(setting);
  context.offer('gunicorn.conf.py');
  const folders = ['--app-dir', '--chdir', '--pythonpath'].flatMap((name) => args.option(name) ?? []);
  // `waitress-serve --call pkg:create_app` and options that take no value leave the application last or first.
  const named = args.rest.find((word) => word.includes(':')) ?? args.rest[0];
  if (named !== undefined) startApplication(context, named, folders);
  else if (setting === undefined) context.miss('the application of the server');
}

/** `pkg.mod:app`, `pkg:create_app()`, `pkg.mod`, `path/to/file.py`. */
function startApplication(context: Context, named: string, roots: readonly string[]): void {
  const module = named.replace(/[:(].*$/s, '');
  if (module.endsWith('.py') || module.includes('/')) context.start(module, ['', '.py', '/__init__.py']);
  else context.startModule(module, roots);
}

function readFlask(context: Context, words: readonly string[]): void {
  const args = readArguments(words, serverFlags);
  const named = args.option('--app', '-A') ?? context.variables.get('FLASK_APP');
  if (named !== undefined && named !== '') startApplication(context, named, []);
  else if (!flaskDefaults.some((path) => context.offer(path)) && !context.offer('app/__init__.py')) {
    context.miss('the application of flask');
  }
  context.offer('.flaskenv');
  if (args.rest[0] === 'db') {
    const folder = args.option('-d', '--directory') ?? 'migrations';
    context.folders.add(join(context.folder, folder));
  }
}

function readFastapi(context: Context, words: readonly string[]): void {
  const [, path] = readArguments(words, serverFlags).rest;
  if (path !== undefined) context.start(path, ['', '/main.py', '/app.py', '/__init__.py']);
  else if (!fastapiDefaults.some((candidate) => context.offer(candidate))) {
    context.miss('the application of fastapi');
  }
}

function readAlembic(context: Context, words: readonly string[]): void {
  const args = readArguments(words, new Set(['--sql', '--autogenerate', '--raiseerr', '-q']));
  if (!['upgrade', 'stamp', 'downgrade'].includes(args.rest[0] ?? '')) return;
  const ini = context.find(args.option('-c', '--config') ?? 'alembic.ini');
  if (ini === undefined) {
    context.folders.add(join(context.folder, 'alembic'));
    return;
  }
  context.files.add(ini);
  const location =
    /^\s*script_location\s*=\s*(\S+)/m.exec(context.sources.get(ini)?.text ?? '')?.[1] ?? 'alembic';
  const folder = location.replace(/^%\(here\)s\/?/, '').replaceAll(':', '/');
  context.folders.add(join(folderOf(ini), folder));
}

function readDjangoAdmin(context: Context, words: readonly string[]): void {
  const args = readArguments(words, new Set(['--noinput', '--no-input']));
  const settings = args.option('--settings') ?? context.variables.get('DJANGO_SETTINGS_MODULE');
  if (settings === undefined) context.miss('the settings of django-admin');
  else context.settings.add(settings);
}

/** @param manage its manage.py; what it sets is read from the file as any code is */
function readDjango(context: Context, manage: string, command: string): void {
  context.managed.add(command);
  context.files.add(context.find(manage) ?? manage);
}
