import type { Argument, Call, Expression, Module, Project } from '../syntax/types.ts';
import { walkRunning, type Liveness } from '../entry/liveness.ts';
import { readSettings, type Settings } from './arguments.ts';
import { originsOf, type Values } from './values.ts';
import { bindingsOf } from '../syntax/bindings.ts';
import { definitionsOf } from './definitions.ts';
import { drivers, driversOf, type Driver } from './drivers.ts';
import { engineOfName, engineOfUrl, type Engine } from './engines.ts';
import type { Origin, Provenance } from './provenance.ts';
import { findDjangoDatabases } from './django.ts';
import { findUrlSettings } from './url-settings.ts';

/** A place where code opens a database. */
export interface Opening {
  /** Undefined when it cannot be told which. */
  readonly engine: Engine | undefined;
  /** The package by which it is opened: `better-sqlite3`, `sqlalchemy`. */
  readonly by: string;
  /** What stands there, for people: `connect() of psycopg2`. */
  readonly what: string;
  /** `orm` when statements are built by what opens it. */
  readonly kind: Driver['kind'];
  readonly file: string;
  readonly at: number;
  readonly inMemory: boolean;
}

/** What the search needs to know of a submission. */
export interface Search {
  readonly project: Project;
  readonly provenance: Provenance;
  readonly values: Values;
  readonly liveness: Liveness;
}

/** Everything that opens a database in these modules. Branches that are known not to run are left out. */
export function findOpenings(
  search: Search,
  modules: readonly Module[],
  settings?: readonly string[],
): Opening[] {
  const finder = new Finder(search);
  const called = modules.flatMap((module) => finder.find(module));
  const opened = [...finder.configure(called, modules), ...findDjangoDatabases(search, modules, settings)];
  return settleUnknown(opened, modules, search);
}

/**
 * An address may come on ways that cannot be followed: as the option of a plugin, by a container. When all addresses in
 * the code name one engine, it is that one.
 */
function settleUnknown(openings: Opening[], modules: readonly Module[], search: Search): Opening[] {
  if (!openings.some(({ engine, kind }) => engine === undefined && kind === 'orm')) return openings;
  const engines = new Set<Engine>();
  const add = (text: string) => {
    const engine = /^[a-z0-9+]{2,40}:(?:\/\/|:memory:)/i.test(text) ? engineOfUrl(text) : undefined;
    if (engine !== undefined) engines.add(engine);
  };
  for (const module of modules) {
    walkRunning(module, search.liveness, {
      expression: (expression) => {
        if (expression.kind === 'text') add(expression.value);
        if (expression.kind === 'template' && expression.parts[0]?.kind === 'text')
          add(expression.parts[0].value);
      },
    });
  }
  const [only] = engines;
  if (engines.size !== 1) return openings;
  return openings.map((one) =>
    one.engine === undefined && one.kind === 'orm' ? { ...one, engine: only } : one,
  );
}

class Finder {
  readonly #search: Search;

  constructor(search: Search) {
    this.#search = search;
  }

  find(module: Module): Opening[] {
    const found: Opening[] = [];
    walkRunning(module, this.#search.liveness, {
      expression: (expression) => {
        if (expression.kind === 'call' && mayOpen(module, expression.callee))
          found.push(...this.#call(module, expression));
      },
    });
    return found;
  }

  /** Flask-SQLAlchemy and its like open what the application's settings name. */
  configure(openings: readonly Opening[], modules: readonly Module[]): Opening[] {
    const isBySettings = ({ by, engine }: Opening) => /^flask_sqlalchemy/.test(by) && engine === undefined;
    if (!openings.some(isBySettings)) return [...openings];
    const found = findUrlSettings(this.#search, modules).flatMap(({ module, at, value }) => {
      const settings = readSettings(this.#search.values, module, [{ name: 'url', value }]);
      return toOpenings(settings, {
        by: 'flask_sqlalchemy',
        what: 'SQLALCHEMY_DATABASE_URI',
        kind: 'orm',
        module,
        at,
      });
    });
    return [...openings.filter((opening) => found.length === 0 || !isBySettings(opening)), ...found];
  }

  #call(module: Module, call: Call): Opening[] {
    const registered =
      call.callee.kind === 'member' && call.callee.name === 'register' ? call.args[0] : undefined;
    const found = new Map<string, Opening>();
    const see = (origin: Origin, args: readonly Argument[]) => {
      for (const opening of this.#origin(module, call, origin, args)) {
        found.set(`${opening.engine} ${opening.by}`, opening);
      }
    };
    for (const origin of originsOf(this.#search, module, call.callee)) see(origin, call.args);
    // `fastify.register(require('@fastify/postgres'), options)`.
    if (registered !== undefined) {
      for (const origin of originsOf(this.#search, module, registered.value)) see(origin, call.args.slice(1));
    }
    return [...found.values()];
  }

  #origin(module: Module, call: Call, origin: Origin, args: readonly Argument[]): Opening[] {
    if (origin.kind !== 'package') return [];
    const open = origin.path.at(-1) ?? '';
    const name = qualify(module, origin);
    if (open === 'PrismaClient') return this.#prisma(module, call);
    const matching = driversOf(name, module.language === 'python').filter(({ opens }) =>
      opens.includes(open),
    );
    return matching.flatMap(({ engine, kind }) => {
      const given = args.map((argument) => named(argument));
      const settings = readSettings(this.#search.values, module, nameFirst(name, given));
      const what = open === '' || open === '()' ? name : `${open}() of ${name}`;
      const base = { by: name, what, kind, module, at: call.at };
      return engine === 'arguments'
        ? toOpenings(settings, base)
        : toOpenings({ engines: new Set([engine]), inMemory: settings.inMemory }, base);
    });
  }

  /** Prisma's engine stands in its schema. */
  #prisma(module: Module, call: Call): Opening[] {
    const schema = this.#search.project.sources.find(({ path }) => path.endsWith('.prisma'));
    const provider = /^\s*datasource\s[^}]*?\bprovider\s*=\s*"(\w+)"/m.exec(schema?.text ?? '')?.[1];
    const engine = provider === undefined ? undefined : engineOfName(provider);
    const base = { by: '@prisma/client', what: 'PrismaClient()', kind: 'orm', module, at: call.at } as const;
    return toOpenings({ engines: new Set(engine === undefined ? [] : [engine]), inMemory: false }, base);
  }
}

const openNames = new Set([...drivers.flatMap(({ opens }) => opens), 'PrismaClient', 'register', 'default']);

/**
 * Whether what is called may open a database: it has the name for that, or is a name that something was given. Most
 * calls are neither, and need not be followed.
 */
function mayOpen(module: Module, callee: Expression): boolean {
  if (callee.kind === 'member') return openNames.has(callee.name);
  if (callee.kind !== 'name') return true;
  if (openNames.has(callee.name) || bindingsOf(module).has(callee.name)) return true;
  const definitions = definitionsOf(module).names.get(callee.name) ?? [];
  return definitions.some(({ kind }) => kind !== 'declaration');
}

/** The names of parameters whose position says what they are. */
function nameFirst(
  name: string,
  args: { name?: string; value: Expression }[],
): { name?: string; value: Expression }[] {
  const [first, ...rest] = args;
  if (name !== 'pony' || first === undefined || first.name !== undefined) return args;
  return [{ ...first, name: 'provider' }, ...rest];
}

function named({ name, value }: Argument): { name?: string; value: Expression } {
  return name === undefined ? { value } : { name, value };
}

/** `drizzle-orm/node-postgres`: the part of the package decides. */
function qualify(module: Module, origin: Origin & { kind: 'package' }): string {
  if (origin.name !== 'drizzle-orm') return origin.name;
  const imported = module.imports.find(
    ({ specifier, names }) =>
      specifier.startsWith('drizzle-orm/') && names.some((name) => name.imported === origin.path[0]),
  );
  return imported?.specifier ?? origin.name;
}

interface Place {
  by: string;
  what: string;
  kind: Driver['kind'];
  module: Module;
  at: number;
}

function toOpenings({ engines, inMemory }: Settings, { module, ...place }: Place): Opening[] {
  const found = engines.size === 0 ? [undefined] : [...engines];
  return found.map((engine) => ({
    ...place,
    engine,
    file: module.path,
    inMemory: inMemory && (engine === 'sqlite' || engine === undefined),
  }));
}
