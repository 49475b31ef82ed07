import { readShell, type ShellCommand } from '../entry/shell.ts';
import type { Project } from '../syntax/types.ts';

/** Scripts that scripts run are followed so deep. */
const mostDepth = 6;
const mostCommands = 5000;

/** What run.sh does, with the scripts and the scripts of package.json that it runs. */
export interface Start {
  /** Variables that it exports or sets for a command; undefined for what only running it would tell. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  /** Files of variables that it loads. */
  readonly files: ReadonlySet<string>;
  /** The words of each command, and where in run.sh the command, or the one that led to it, stands. */
  readonly commands: readonly { words: readonly string[]; at: number }[];
}

const known = new WeakMap<Project, Start>();

/** Reads how a submission is started; the answer for a project is kept. */
export function readStart(project: Project): Start {
  const kept = known.get(project);
  if (kept !== undefined) return kept;
  const texts = new Map(project.sources.map((source) => [source.path, source.text]));
  const reader = new Reader(texts);
  reader.readScript(texts.get('run.sh') ?? '', new Map());
  known.set(project, reader);
  return reader;
}

class Reader implements Start {
  readonly variables = new Map<string, string | undefined>();
  /** Files of variables that are loaded. */
  readonly files = new Set<string>();
  readonly commands: { words: readonly string[]; at: number }[] = [];
  readonly #texts: ReadonlyMap<string, string>;

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  readScript(text: string, shell: Map<string, string>, depth = 0, fixed?: number): void {
    if (depth > mostDepth) return;
    let all = false;
    for (const command of readShell(text, shell)) {
      if (this.commands.length >= mostCommands) return;
      this.commands.push({ words: command.words, at: fixed ?? command.at });
      const [first = '', ...rest] = command.words;
      if (first === 'set') all = readSwitch(rest) ?? all;
      if (first === '') {
        for (const [name, value] of command.assignments) {
          if (all || this.variables.has(name)) this.#set(name, value, text, command);
        }
      } else this.#readCommand(command, text, shell, depth, fixed ?? command.at);
    }
  }

  #readCommand(
    command: ShellCommand,
    text: string,
    shell: Map<string, string>,
    depth: number,
    at: number,
  ): void {
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
      if (script !== undefined && rest[0].endsWith('.sh')) this.readScript(script, shell, depth + 1, at);
    }
    if (rest.includes('run') && command.words.includes('flask')) {
      for (const file of ['.env', '.flaskenv']) if (this.#texts.has(file)) this.files.add(file);
    }
    const script = this.#packageScript(command.words);
    if (script !== undefined) this.readScript(script, new Map(shell), depth + 1, at);
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
