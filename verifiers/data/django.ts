import type { Call, Expression, Module, Statement } from '../syntax/types.ts';
import { walk } from '../syntax/walk.ts';
import { engineOfName, engineOfUrl, isInMemory, type Engine } from './engines.ts';
import type { Opening, Search } from './openings.ts';

/**
 * What Django's settings name under DATABASES. A later value takes the place of an earlier one, and what a settings
 * module takes from another one by `from .base import *` counts only when it sets none itself.
 * @param settings paths of the settings modules where they are known; else all modules are read
 */
export function findDjangoDatabases(
  search: Search,
  modules: readonly Module[],
  settings: readonly string[] = [],
): Opening[] {
  const python = modules.filter(
    ({ language, source }) => language === 'python' && source.text.includes('DATABASES'),
  );
  if (!modules.some((module) => module.language === 'python' && usesDjango(module))) return [];
  const own = python.filter(({ path }) => settings.includes(path));
  const reader = new Reader(search);
  const found = own.map((module) => reader.read(module));
  if (own.length > 0 && found.some((openings) => openings.length > 0)) return found.flat();
  return python.flatMap((module) => reader.read(module));
}

function usesDjango(module: Module): boolean {
  return /\bdjango\b|INSTALLED_APPS/.test(module.source.text);
}

class Reader {
  readonly #search: Search;

  constructor(search: Search) {
    this.#search = search;
  }

  read(module: Module): Opening[] {
    const found: Opening[] = [];
    this.#statements(module, module.body, found, true);
    return found;
  }

  #statements(module: Module, body: readonly Statement[], found: Opening[], always: boolean): void {
    for (const statement of body) {
      if (statement.kind === 'assign' && statement.value !== undefined) {
        const target = statement.targets.find(namesDatabases);
        if (target === undefined) continue;
        const isWhole = target.kind === 'name' || isAlias(target, 'default');
        if (isWhole && always) found.splice(0);
        found.push(...this.#value(module, statement.value));
      } else if (statement.kind === 'branch') {
        const sides = this.#search.liveness.sides(module, statement.test);
        if (sides !== 'otherwise')
          this.#statements(module, statement.then, found, always && sides === 'then');
        if (sides !== 'then')
          this.#statements(module, statement.otherwise, found, always && sides !== 'both');
      } else if (statement.kind === 'block') {
        this.#statements(module, statement.body, found, always && statement.what === 'with');
      } else if (statement.kind === 'evaluate') {
        this.#configure(module, statement.value, found);
      } else if (statement.kind === 'declare' && statement.value.kind === 'callable') {
        for (const inner of statement.value.body) {
          if (inner.kind === 'evaluate') this.#configure(module, inner.value, found);
        }
      }
    }
  }

  /** `settings.configure(DATABASES={…})`, `DATABASES.update({…})`. */
  #configure(module: Module, value: Expression, found: Opening[]): void {
    if (value.kind !== 'call') return;
    const { callee, args } = value;
    for (const argument of args) {
      if (argument.name === 'DATABASES') found.push(...this.#value(module, argument.value));
    }
    const isUpdate = callee.kind === 'member' && callee.name === 'update' && namesDatabases(callee.object);
    if (isUpdate) for (const argument of args) found.push(...this.#value(module, argument.value));
  }

  /** The engines that stand in a value: backends by name, URLs that are given to readers of URLs. */
  #value(module: Module, value: Expression): Opening[] {
    const { values } = this.#search;
    const found: Opening[] = [];
    const add = (engine: Engine | undefined, at: number, what: string, text = '') => {
      const inMemory = engine === 'sqlite' && isInMemory(text);
      found.push({ engine, by: 'django', what, kind: 'orm', file: module.path, at, inMemory });
    };
    walk(resolve(this.#search, module, value), {
      sides: (test) => this.#search.liveness.sides(module, test),
      expression: (expression) => {
        if (expression.kind === 'dictionary') {
          for (const { key, value: entry } of expression.entries) {
            if (key?.kind !== 'text' || key.value !== 'ENGINE') continue;
            const texts = values.texts(module, entry);
            if (texts.length === 0) add(undefined, entry.at, 'the setting DATABASES');
            const name = expression.entries.find(
              (other) => other.key?.kind === 'text' && other.key.value === 'NAME',
            );
            const path = name === undefined ? [] : values.texts(module, name.value);
            for (const text of texts)
              add(engineOfName(text), entry.at, `the Django backend ${text}`, path[0]);
          }
        }
        if (expression.kind !== 'call') return true;
        const urls = this.#urls(module, expression);
        for (const url of urls) add(engineOfUrl(url), expression.at, 'a URL in the setting DATABASES', url);
        return urls.length === 0;
      },
    });
    return found;
  }

  /** `dj_database_url.config(default=…)`, `env.db('DATABASE_URL', default=…)`, `dj_database_url.parse(url)`. */
  #urls(module: Module, { callee, args }: Call): string[] {
    const name = callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
    if (!['config', 'parse', 'db', 'db_url', 'dj_db_url', 'env'].includes(name)) return [];
    const variables = name === 'parse' ? [] : this.#variables(module, name, args);
    const set = variables.flatMap((variable) => this.#search.values.variable(variable) ?? []);
    if (set.length > 0) return set;
    return args
      .filter(({ name: given }) => given === undefined || given === 'default')
      .flatMap(({ value }) => this.#search.values.texts(module, value))
      .filter((text) => engineOfUrl(text) !== undefined);
  }

  /** The environment variables that hold the URL. */
  #variables(module: Module, name: string, args: Call['args']): string[] {
    const given = args.find((argument) => argument.name === 'env' || argument.name === 'var');
    const first = args.find((argument) => argument.name === undefined);
    const value = given ?? first;
    if (value === undefined) return name === 'config' || name === 'db' ? ['DATABASE_URL'] : [];
    return this.#search.values.texts(module, value.value).filter((text) => /^\w+$/.test(text));
  }
}

/** A value, or what the name of one stands for. */
function resolve(search: Search, module: Module, value: Expression): Expression[] {
  if (value.kind !== 'name') return [value];
  return search.provenance
    .of(module, value)
    .flatMap((origin) => (origin.kind === 'value' ? [origin.value] : []));
}

function namesDatabases(target: Expression): boolean {
  if (target.kind === 'name') return target.name === 'DATABASES';
  return target.kind === 'index' && namesDatabases(target.object);
}

function isAlias(target: Expression, alias: string): boolean {
  return target.kind === 'index' && target.index.kind === 'text' && target.index.value === alias;
}
