import { readArguments } from './arguments.ts';
import { join, type Context } from './context.ts';

const nodeFlags = new Set([
  '--enable-source-maps',
  '--inspect',
  '--no-warnings',
  '--watch',
  '--trace-warnings',
  '--harmony',
  '--test',
  '--experimental-strip-types',
  '--experimental-transform-types',
  '--experimental-sqlite',
  '--experimental-vm-modules',
  '--experimental-specifier-resolution',
  '--experimental-json-modules',
  '--no-deprecation',
  '--preserve-symlinks',
  '--transpile-only',
  '-T',
  '--esm',
  '--files',
  '--quiet',
  '-q',
  '--no-cache',
  '--swc',
  '-s',
  '--exitcrash',
  '-i',
]);
const runners = new Set([
  'node',
  'nodejs',
  'tsx',
  'ts-node',
  'ts-node-esm',
  'ts-node-dev',
  'tsnd',
  'nodemon',
  'bun',
  'babel-node',
  'swc-node',
  'esno',
  'esmo',
  'vite-node',
  'node-dev',
  'forever',
  'deno',
]);
const extensions = ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '/index.js', '/index.ts', '/index.mjs'];

/**
 * Reads a command of Node's world, but for scripts of package.json.
 * @returns whether it is one
 */
export function readNodeCommand(
  context: Context,
  program: string,
  words: readonly string[],
  input?: string,
): boolean {
  if (runners.has(program)) readRunner(context, words, input);
  else if (program === 'pm2' || program === 'pm2-runtime') readPm2(context, words);
  else if (program === 'fastify' && words[0] === 'start') readFastify(context, words.slice(1));
  else if (program === 'sequelize' || program === 'sequelize-cli') readSequelize(context, words);
  else if (program === 'knex')
    readMigrations(context, ['knexfile.js', 'knexfile.ts', 'knexfile.cjs', 'knexfile.mjs']);
  else if (program === 'prisma')
    context.offer('prisma/schema.prisma', 'schema.prisma', 'prisma/seed.js', 'prisma/seed.ts');
  else if (program === 'typeorm' || program === 'mikro-orm' || program.startsWith('typeorm-ts-node')) {
    const source = readArguments(words, nodeFlags).option('-d', '--dataSource');
    if (source !== undefined) context.start(source, extensions);
    context.folders.add(join(context.folder, 'migrations'));
  } else return false;
  return true;
}

function readRunner(context: Context, words: readonly string[], input: string | undefined): void {
  const args = ['run', 'watch', 'start'].includes(words[0] ?? '') ? words.slice(1) : words;
  const split = args.findIndex((word, index) => !word.startsWith('-') && !takesValue(args[index - 1]));
  const options = split === -1 ? args : args.slice(0, split);
  const script = split === -1 ? undefined : args[split];
  for (const [index, word] of options.entries()) {
    const [name, value = options[index + 1] ?? ''] = divide(word);
    if (['-r', '--require', '--import', '--loader', '--experimental-loader'].includes(name)) {
      if (value.startsWith('.')) context.start(value, extensions);
    }
    if (['-e', '--eval', '-p', '--print'].includes(name)) {
      context.inline.push({ language: 'javascript', code: value });
      return;
    }
    if (['-v', '--version', '--check', '-c', '--help'].includes(name)) return;
    if (name === '--exec' || name === '-x') continue;
  }
  if (script === undefined) {
    if (input !== undefined) context.inline.push({ language: 'javascript', code: input });
    else if (!options.includes('-')) context.start('.', extensions);
    return;
  }
  context.start(script, extensions);
}

/** Options of node and its like that are followed by a value. */
function takesValue(option: string | undefined): boolean {
  return (
    option !== undefined &&
    /^(?:-r|--require|--import|--loader|--experimental-loader|--env-file|-e|--eval|-p|--print|-C|--conditions|--max-old-space-size|--stack-size|--ext|-w|--watch-path|--exec|-x|--ignore|--delay|-P|--project|--tsconfig|-O|--compiler-options|--title|-c|--check)$/.test(
      option,
    ) &&
    !nodeFlags.has(option)
  );
}

function divide(word: string): [name: string, value?: string] {
  const equals = word.indexOf('=');
  return word.startsWith('--') && equals !== -1 ? [word.slice(0, equals), word.slice(equals + 1)] : [word];
}

function readPm2(context: Context, words: readonly string[]): void {
  const [first, second] = readArguments(words, new Set(['--no-daemon', '--watch', '--no-autorestart'])).rest;
  context.start((first === 'start' ? second : first) ?? 'ecosystem.config.js', extensions);
}

function readFastify(context: Context, words: readonly string[]): void {
  const { rest } = readArguments(
    words,
    new Set(['-w', '-l', '-P', '-o', '--watch', '--pretty-logs', '--options', '-d']),
  );
  const script = rest.find((word) => /\.[cm]?[jt]s$/.test(word));
  context.start(script ?? 'app.js', extensions);
}

function readSequelize(context: Context, words: readonly string[]): void {
  const args = readArguments(words, new Set(['--debug']));
  context.offer('.sequelizerc', args.option('--config') ?? 'config/config.json', 'config/config.js');
  const settings = context.sources.get(context.find('.sequelizerc') ?? '')?.text ?? '';
  // The file is JavaScript that joins literals; all that name a file or a folder of the submission are taken.
  const named = [...settings.matchAll(/['"]([^'"\n]{1,200})['"]/g)].map((match) => match[1] ?? '');
  for (const name of [...named, 'migrations', 'seeders']) {
    if (!context.offer(name)) context.folders.add(join(context.folder, name));
  }
}

function readMigrations(context: Context, files: readonly string[]): void {
  context.offer(...files);
  context.folders.add(join(context.folder, 'migrations')).add(join(context.folder, 'seeds'));
}
