import { folderOf, join, normalize, type Context } from './context.ts';
import { readNodeCommand } from './node.ts';
import { readPythonCommand } from './python.ts';
import { readShell, type ShellCommand } from './shell.ts';

/** Programs that run the words after them, and which of their options take a value. */
const wrappers = new Map<string, ReadonlySet<string>>([
  ['exec', new Set(['-a'])],
  ['nohup', new Set()],
  ['command', new Set()],
  ['time', new Set()],
  ['sudo', new Set(['-u'])],
  ['env', new Set(['-u'])],
  ['timeout', new Set(['-k', '-s'])],
  ['nice', new Set(['-n'])],
  ['stdbuf', new Set()],
  ['tini', new Set()],
  ['dumb-init', new Set()],
  ['npx', new Set(['-p', '--package'])],
  ['bunx', new Set()],
  ['cross-env', new Set()],
  ['cross-env-shell', new Set()],
  ['dotenv', new Set(['-e', '-f'])],
  ['dotenvx', new Set(['-f'])],
  ['uvx', new Set()],
  ['setsid', new Set()],
]);

/** Tools whose `run` or `exec` does the same. */
const managers = new Set(['poetry', 'uv', 'pipenv', 'pdm', 'hatch', 'rye', 'pnpm', 'yarn', 'npm', 'bun']);
const managerOptions = new Set([
  '--with',
  '--python',
  '-p',
  '--directory',
  '--project',
  '--prefix',
  '-C',
  '--dir',
  '--env-file',
]);

/** Reads a script and what it starts into the context. Its path must be a file of the submission. */
export function readScript(context: Context, path: string): void {
  context.nested(() => {
    context.script = path;
    readText(context, context.sources.get(path)?.text ?? '');
  });
}

function readText(context: Context, text: string, fixed?: number): void {
  for (const command of readShell(text, context.variables)) {
    context.at = fixed ?? command.at;
    readCommand(context, command.words, command);
  }
}

function readCommand(context: Context, words: readonly string[], command: Partial<ShellCommand>): void {
  const { assignments = [], input } = command;
  if (assignments.length > 0 && words.length > 0) {
    const before = context.variables;
    context.variables = new Map([...before, ...assignments]);
    readCommand(context, words, input === undefined ? {} : { input });
    context.variables = before;
    return;
  }
  const settings = context.variables.get('DJANGO_SETTINGS_MODULE');
  if (settings !== undefined && settings !== '') context.settings.add(settings);
  const [first, ...rest] = words;
  if (first === undefined) return;
  const program = first.replace(/^.*\//, '');
  const inside = unwrap(program, rest);
  if (inside !== undefined) {
    readCommand(context, inside.words, {
      assignments: inside.assignments,
      ...(input === undefined ? {} : { input }),
    });
  } else if (program === 'cd' || program === 'pushd') changeFolder(context, rest[0] ?? '');
  else if (program === '.' || program === 'source') includeScript(context, rest[0] ?? '');
  else if (['sh', 'bash', 'dash', 'zsh', 'ash'].includes(program)) readSubshell(context, rest, input);
  else if (program === 'concurrently' || program === 'npm-run-all') readParallel(context, rest);
  else if (['npm', 'yarn', 'pnpm', 'bun'].includes(program) && readPackageScript(context, program, rest))
    return;
  else if (readNodeCommand(context, program, rest, input) || readPythonCommand(context, program, rest, input))
    return;
  else readOwnProgram(context, first);
}

/** The words that a wrapper runs; undefined when the program is none. */
function unwrap(
  program: string,
  rest: readonly string[],
): Pick<ShellCommand, 'words' | 'assignments'> | undefined {
  let valued = wrappers.get(program);
  let words = [...rest];
  if (valued === undefined) {
    const verb = words.findIndex(
      (word, index) => !word.startsWith('-') && !managerOptions.has(words[index - 1] ?? ''),
    );
    const inner = words[verb];
    const isRun = ['poetry', 'uv', 'pipenv', 'pdm', 'hatch', 'rye'].includes(program) && inner === 'run';
    const isExec = managers.has(program) && (inner === 'exec' || inner === 'dlx' || inner === 'x');
    if (!isRun && !isExec) return undefined;
    valued = managerOptions;
    words = words.slice(verb + 1);
  }
  const assignments: [string, string][] = [];
  while (words[0] !== undefined) {
    const word = words[0];
    const equals = word.indexOf('=');
    if (word.startsWith('-')) words.splice(0, valued.has(word) ? 2 : 1);
    else if (/^[A-Za-z_]\w*=/.test(word)) {
      assignments.push([word.slice(0, equals), word.slice(equals + 1)]);
      words.shift();
    } else if (program === 'timeout' && /^[\d.]+[smhd]?$/.test(word)) words.shift();
    else if (program.startsWith('dotenvx') && word === 'run') words.shift();
    else break;
  }
  return { words, assignments };
}

/** A folder that is not there is where the files of the submission lie in its container. */
function changeFolder(context: Context, path: string): void {
  const folder = path.startsWith('/') ? normalize(path) : normalize(join(context.folder, path));
  context.folder = context.hasFolder(folder) ? folder : '';
}

function includeScript(context: Context, path: string): void {
  const found = context.find(path);
  if (found !== undefined && /\.(?:sh|bash)$/.test(found)) {
    context.nested(() => {
      readText(context, context.sources.get(found)?.text ?? '', context.at);
    });
  }
}

function readSubshell(context: Context, words: readonly string[], input: string | undefined): void {
  const index = words.findIndex((word) => !word.startsWith('-'));
  const options = index === -1 ? words : words.slice(0, index);
  const first = index === -1 ? input : words[index];
  if (first === undefined) return;
  const isCode = index === -1 || options.some((option) => /^-[a-z]*c$/.test(option));
  if (isCode) {
    context.nested(() => {
      readText(context, first, context.at);
    });
    return;
  }
  const found = context.find(first);
  if (found === undefined) context.miss(first);
  else readScript(context, found);
}

/** `concurrently "npm:server" "node worker.js"`. */
function readParallel(context: Context, words: readonly string[]): void {
  for (const word of words.filter((candidate) => !candidate.startsWith('-'))) {
    const script = word.startsWith('npm:') ? `npm run ${word.slice(4)}` : word;
    context.nested(() => {
      readText(context, script, context.at);
    });
  }
}

/**
 * `npm start`, `npm run x`, `yarn x`, with what runs before and after it.
 * @returns whether the words are such a command
 */
function readPackageScript(context: Context, manager: string, words: readonly string[]): boolean {
  const folderOption = words.findIndex((word) => ['--prefix', '-C', '--cwd', '--dir'].includes(word));
  const folder = folderOption === -1 ? '' : (words[folderOption + 1] ?? '');
  const plain = words.filter(
    (word, index) => !word.startsWith('-') && (folderOption === -1 || index !== folderOption + 1),
  );
  const verb = plain[0] ?? '';
  const isRun = ['run', 'run-script', 'rum'].includes(verb);
  if (['install', 'ci', 'i', 'add', 'rebuild', 'config', 'cache', 'set'].includes(verb)) return true;
  const name = isRun ? plain[1] : verb;
  if (name === undefined || name === '') return true;
  const path = normalize(join(join(context.folder, folder), 'package.json'));
  const scripts = readScripts(context.sources.get(path)?.text ?? '');
  const script = scripts.get(name);
  if (script === undefined && manager === 'bun') return false;
  if (script === undefined) {
    if (name === 'start' && context.find(join(folder, 'server.js')) !== undefined)
      context.offer(join(folder, 'server.js'));
    else context.miss(`the script ${name} of package.json`);
    return true;
  }
  context.nested(() => {
    context.folder = folderOf(path);
    for (const part of [scripts.get(`pre${name}`), script, scripts.get(`post${name}`)]) {
      if (part !== undefined) readText(context, part, context.at);
    }
  });
  return true;
}

function readScripts(text: string): Map<string, string> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('scripts' in value)) return new Map();
    const { scripts } = value;
    if (typeof scripts !== 'object' || scripts === null) return new Map();
    return new Map(
      Object.entries(scripts).flatMap(([name, line]) => (typeof line === 'string' ? [[name, line]] : [])),
    );
  } catch {
    return new Map();
  }
}

/** `./server.py`, `./bin/www`, `./start.sh`: by its first line or its name. */
function readOwnProgram(context: Context, word: string): void {
  if (!word.includes('/')) return;
  const found = context.find(word);
  if (found === undefined) {
    if (/\.(?:py|sh|[cm]?[jt]s)$/.test(word)) context.miss(word);
    return;
  }
  const text = context.sources.get(found)?.text ?? '';
  const shebang = /^#!.*/.exec(text)?.[0] ?? '';
  if (/\.sh$/.test(found) || /\b(?:ba|da|z)?sh\b/.test(shebang)) readScript(context, found);
  else context.files.add(found);
}
