import type { Module, Project } from '../syntax/types.ts';
import { readStart } from './start.ts';
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
  const start = readStart(project);
  const files = new Set(start.files);
  if (running.some((module) => module.imports.some((one) => loadsVariables(one.specifier))))
    files.add('.env');
  const variables = new Map<string, string | undefined>();
  for (const path of files) readDotenv(texts.get(path) ?? '', variables);
  for (const [name, value] of start.variables) variables.set(name, value);
  return new Environment(variables);
}

function loadsVariables(specifier: string): boolean {
  const top = specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : specifier.split(/[./]/, 1)[0];
  return loaders.test(top ?? '');
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
