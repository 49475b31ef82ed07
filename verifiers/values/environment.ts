import { readShell, type ShellCommand } from '../entry/shell.ts';
import type { Module, Project } from '../syntax/types.ts';
import { constantValue, textValue, unknown, type Value } from './value.ts';

/** Variables that the place gives in which a submission runs; what they hold is not known. */
const fromOutside = new Set([
  'HOME',
  'HOST',
  'HOSTNAME',
  'LANG',
  'LOGNAME',
  'PATH',
  'PORT',
  'PWD',
  'SHELL',
  'TERM',
  'TMPDIR',
  'TZ',
  'USER',
]);

/** Packages that load `.env` when they are used. */
const loaders =
  /^(?:dotenv|environs|environ|decouple|pydantic_settings|dotenv-(?:safe|expand|flow|defaults)|@fastify\/env|@dotenvx\/dotenvx|envalid|convict)$/;
const mostDepth = 6;
const mostCommands = 5000;

/** What the environment of a submission's processes holds, as far as its own files set it. */
export class Environment {
  readonly #variables: ReadonlyMap<string, string | undefined>;
  #lower: Map<string, string | undefined> | undefined;

  /** @param variables by name; undefined for what is set to something unknown */
  constructor(variables: ReadonlyMap<string, string | undefined>) {
    this.#variables = variables;
  }

  /** The value of a variable; null for one that nothing sets. */
  read(name: string): readonly Value[] {
    if (this.#variables.has(name)) return [toValue(this.#variables.get(name))];
    return [fromOutside.has(name) ? unknown : constantValue(null)];
  }

  /** The value of a variable whose case does not matter; undefined for one that nothing sets. */
  readAnyCase(name: string): Value | undefined {
    this.#lower ??= new Map([...this.#variables].map(([key, value]) => [key.toLowerCase(), value]));
    const key = name.toLowerCase();
    return this.#lower.has(key) ? toValue(this.#lower.get(key)) : undefined;
  }

  /**
   * The variable that a member of a package's thing reads: `process.env.X`, `os.environ['X']`.
   * @returns undefined when the thing is not the environment
   */
  variableOf(
    object: Value & { kind: 'package' },
    name: string,
    indexed: boolean,
  ): readonly Value[] | undefined {
    switch (`${object.name}.${object.path.join('.')}`) {
      case 'globalThis.process.env':
      case 'process.env':
      case 'globalThis.Bun.env':
        return this.read(name);
      case 'os.environ':
      case 'dotenv.dotenv_values.()':
        return indexed ? this.read(name) : undefined;
      default:
        return undefined;
    }
  }
}

function toValue(set: string | undefined): Value {
  return set === undefined ? unknown : textValue(set);
}

/**
 * Reads what run.sh, the scripts that it runs and, where something loads it, `.env` set. What run.sh sets wins.
 * @param running the modules that run
 */
export function readEnvironment(project: Project, running: readonly Module[]): Environment {
  const texts = new Map(project.sources.map((source) => [source.path, source.text]));
  const reader = new Reader(texts);
  reader.readScript(texts.get('run.sh') ?? '', new Map(), 0);
  const loads = running.some((module) => module.imports.some((one) => loadsVariables(one.specifier)));
  if (loads) reader.files.add('.env');
  const variables = new Map<string, string | undefined>();
  for (const path of reader.files) readDotenv(texts.get(path) ?? '', variables);
  for (const [name, value] of reader.variables) variables.set(name, value);
  return new Environment(variables);
}

function loadsVariables(specifier: string): boolean {
  const top = specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : specifier.split(/[./]/, 1)[0];
  return loaders.test(top ?? '');
}

class Reader {
  readonly variables = new Map<string, string | undefined>();
  /** Files of variables that are loaded. */
  readonly files = new Set<string>();
  readonly #texts: ReadonlyMap<string, string>;
  #commands = 0;

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  readScript(text: string, shell: Map<string, string>, depth: number): void {
    if (depth > mostDepth) return;
    let all = false;
    for (const command of readShell(text, shell)) {
      if (++this.#commands > mostCommands) return;
      const [first = '', ...rest] = command.words;
      if (first === 'set') all = readSwitch(rest) ?? all;
      if (first === '') {
        for (const [name, value] of command.assignments) {
          if (all || this.variables.has(name)) this.#set(name, value, text, command);
        }
      } else this.#readCommand(command, text, shell, depth);
    }
  }

  #readCommand(command: ShellCommand, text: string, shell: Map<string, string>, depth: number): void {
    const [first = '', ...rest] = command.words;
    for (const [name, value] of command.assignments) this.#set(name, value, text, command);
    for (const word of rest) {
      const path = word.replace(/^--?[\w-]+=/, '').replace(/^\.\//, '');
      if (/(?:^|\/)\.(?:env|flaskenv)[\w.]*$/.test(path) && this.#texts.has(path)) this.files.add(path);
    }
    if (first === 'export' || first === 'declare' || first === 'typeset') {
      for (const word of rest) this.#export(word, text, command, shell);
    } else if (/(?:^|\/)(?:env|cross-env|cross-env-shell|npx|exec)$/.test(first)) {
      for (const word of rest) {
        if (/^[A-Za-z_]\w*=/.test(word)) this.#export(word, text, command, shell);
        else if (!/^(?:-\w*|env|cross-env|cross-env-shell)$/.test(word)) break;
      }
    }
    if ((first === '.' || first === 'source' || /^(?:ba|da)?sh$/.test(first)) && rest[0] !== undefined) {
      const script = this.#texts.get(rest[0].replace(/^\.\//, ''));
      if (script !== undefined && rest[0].endsWith('.sh')) this.readScript(script, shell, depth + 1);
    }
    if (rest.includes('run') && command.words.includes('flask')) {
      for (const file of ['.env', '.flaskenv']) if (this.#texts.has(file)) this.files.add(file);
    }
    const script = this.#packageScript(command.words);
    if (script !== undefined) this.readScript(script, new Map(shell), depth + 1);
  }

  #export(word: string, text: string, command: ShellCommand, shell: ReadonlyMap<string, string>): void {
    const equals = word.indexOf('=');
    const name = equals === -1 ? word : word.slice(0, equals);
    const value = equals === -1 ? shell.get(word) : word.slice(equals + 1);
    if (value !== undefined && /^[A-Za-z_]\w*$/.test(name)) this.#set(name, value, text, command);
  }

  /** A value of which a command's output is a part is not known. */
  #set(name: string, value: string, text: string, command: ShellCommand): void {
    const lineEnd = text.indexOf('\n', command.at);
    const line = text.slice(command.at, lineEnd === -1 ? text.length : lineEnd).slice(0, 2000);
    const from = line.indexOf(`${name}=`);
    const computed = from !== -1 && /^[^\s;]*?(?:\$\(|`)/.test(line.slice(from));
    this.variables.set(name, computed ? undefined : value);
  }

  #packageScript(words: readonly string[]): string | undefined {
    const at = words.findIndex((word) => /^(?:npm|yarn|pnpm|bun)$/.test(word));
    if (at === -1) return undefined;
    const rest = words
      .slice(at + 1)
      .filter((word) => !word.startsWith('-') && word !== 'run' && word !== 'run-script');
    const scripts = readScripts(this.#texts.get('package.json') ?? '');
    return rest[0] === undefined ? undefined : scripts.get(rest[0]);
  }
}

/** `set -a`, `set +a`, `set -o allexport`. */
function readSwitch(words: readonly string[]): boolean | undefined {
  const joined = words.join(' ');
  if (/(?:^|\s)-[a-z]*a|-o allexport/.test(joined)) return true;
  return /\+[a-z]*a|\+o allexport/.test(joined) ? false : undefined;
}

function readScripts(text: string): ReadonlyMap<string, string> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || !Object.hasOwn(parsed, 'scripts')) return new Map();
    const scripts: unknown = Reflect.get(parsed, 'scripts');
    if (typeof scripts !== 'object' || scripts === null) return new Map();
    return new Map(
      Object.entries(scripts).flatMap(([name, value]: [string, unknown]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      ),
    );
  } catch {
    return new Map();
  }
}

const dotenvLine = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=[ \t]*(.*)$/;

/** Adds the variables of a `.env` file that are not set yet. */
function readDotenv(text: string, variables: Map<string, string | undefined>): void {
  for (const line of text.split(/\r?\n/)) {
    const match = dotenvLine.exec(line);
    const name = match?.[1];
    if (name === undefined || variables.has(name)) continue;
    const written = (match?.[2] ?? '').trim();
    const quote = written.charAt(0);
    const end = quote === '"' || quote === "'" || quote === '`' ? written.indexOf(quote, 1) : -1;
    const value = end > 0 ? written.slice(1, end) : written.replace(/(?:^|\s)#.*$/, '').trimEnd();
    variables.set(name, quote === "'" && end > 0 ? value : expand(value, variables));
  }
}

function expand(value: string, variables: ReadonlyMap<string, string | undefined>): string {
  return value.replace(
    /\$\{([A-Za-z_]\w*)(?::?-([^{}]*))?\}|\$([A-Za-z_]\w*)/g,
    (_, braced?: string, byDefault?: string, bare?: string) =>
      variables.get(braced ?? bare ?? '') ?? byDefault ?? '',
  );
}
