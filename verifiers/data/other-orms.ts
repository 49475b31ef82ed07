import { walkRunning } from '../entry/liveness.ts';
import type { Call, Module } from '../syntax/types.ts';
import { walkModule } from '../syntax/walk.ts';
import type { Place } from './orm-use.ts';
import { importsAny, packageOf } from './orm-use.ts';
import type { Submission } from './submission.ts';
import { originsOf } from './values.ts';

/** ORMs and query builders beside SQLAlchemy and Sequelize: the package, what people call it, what is only it. */
const others = new Map<string, string>([
  ['peewee', 'peewee'],
  ['playhouse', 'peewee'],
  ['tortoise', 'Tortoise ORM'],
  ['pony', 'Pony ORM'],
  ['ormar', 'ormar'],
  ['piccolo', 'Piccolo'],
  ['orm', 'orm'],
  ['edgy', 'Edgy'],
  ['gino', 'GINO'],
  ['mongoengine', 'MongoEngine'],
  ['beanie', 'Beanie'],
  ['pypika', 'PyPika'],
  ['dataset', 'dataset'],
  ['@prisma/client', 'Prisma'],
  ['typeorm', 'TypeORM'],
  ['@mikro-orm/core', 'MikroORM'],
  ['@mikro-orm/sqlite', 'MikroORM'],
  ['@mikro-orm/better-sqlite', 'MikroORM'],
  ['@mikro-orm/postgresql', 'MikroORM'],
  ['drizzle-orm', 'Drizzle'],
  ['knex', 'Knex'],
  ['kysely', 'Kysely'],
  ['objection', 'Objection'],
  ['bookshelf', 'Bookshelf'],
  ['waterline', 'Waterline'],
  ['mongoose', 'Mongoose'],
  ['massive', 'Massive'],
  ['slonik', 'Slonik'],
]);

/** Methods by which query builders and other ORMs read and write, where what they are called on is not known. */
const methods = new Set([
  ...[
    'selectFrom',
    'insertInto',
    'updateTable',
    'deleteFrom',
    'findMany',
    'findUnique',
    'findFirst',
    'findUniqueOrThrow',
  ],
  ...[
    'createMany',
    'updateMany',
    'deleteMany',
    'getRepository',
    'createQueryBuilder',
    'persistAndFlush',
    'findOneBy',
  ],
  ...[
    'findBy',
    'findOneOrFail',
    'findAndCount',
    'get_or_none',
    'bulk_create',
    'objects',
    'insert_many',
    'prefetch_related',
  ],
]);

/** Where the running code reads or writes with another ORM or query builder, one place each of them. */
export function findOtherOrms(submission: Submission): (Place & { readonly name: string })[] {
  const found = new Map<string, Place & { name: string }>();
  for (const module of submission.running.modules) {
    for (const { specifier, typeOnly, at } of module.imports) {
      const name = others.get(packageOf(module, specifier));
      if (name === undefined || typeOnly || found.has(name)) continue;
      found.set(name, { file: module.path, at, what: `an import of ${specifier}`, name });
    }
  }
  const django = findDjangoModels(submission);
  if (django !== undefined) found.set('the Django ORM', { ...django, name: 'the Django ORM' });
  return [...found.values()];
}

/** Whether anything is read or written through another ORM: by its name, or by methods that only they have. */
export function usesOtherOrm(submission: Submission): boolean {
  const packages = new Set(others.keys());
  return submission.running.modules.some((module) => usesBuilder(submission, module, packages));
}

function usesBuilder(submission: Submission, module: Module, packages: ReadonlySet<string>): boolean {
  let isUsed = false;
  walkModule(module, {
    expression: (expression) => {
      if (isUsed) return false;
      if (expression.kind === 'member' && expression.name === 'objects') isUsed = true;
      if (expression.kind !== 'call') return true;
      const { callee } = expression;
      const isMethod = callee.kind === 'member' && methods.has(callee.name);
      isUsed ||= isMethod || builderOf(submission, module, expression, packages) !== undefined;
      return true;
    },
  });
  return isUsed;
}

/** Calls by which the running code reads or writes with another ORM or query builder, as far as what they are called on is known. */
export function findBuilderCalls(submission: Submission): Place[] {
  const packages = new Set(others.keys());
  const found: Place[] = [];
  const { modules } = submission.running;
  if (!modules.some((module) => importsAny(module, packages))) return found;
  for (const module of modules) {
    walkRunning(module, submission.liveness, {
      expression: (expression) => {
        if (expression.kind !== 'call') return;
        const name = builderOf(submission, module, expression, packages);
        if (name === undefined) return;
        found.push({ file: module.path, at: expression.at, what: `a call of ${others.get(name) ?? name}` });
      },
    });
  }
  return found;
}

/** The package, one of those named, through which a call reads or writes. */
function builderOf(
  submission: Submission,
  module: Module,
  { callee }: Call,
  packages: ReadonlySet<string>,
): string | undefined {
  for (const origin of originsOf(submission, module, callee)) {
    if (origin.kind === 'package' && packages.has(origin.name) && isBeyondOpening(origin.path))
      return origin.name;
  }
  return undefined;
}

const openers = new Set([
  ...[
    'connect',
    'close',
    'destroy',
    'init',
    'bind',
    '$connect',
    '$disconnect',
    'raw',
    'initialize',
    'schema',
  ],
  ...['generate_mapping', 'create_tables', 'generate_schemas', 'close_connections', 'sync', 'migrate'],
]);
/** Functions of packages by which they read and write. */
const functions = new Set([
  'select',
  'insert',
  'update',
  'delete',
  'get',
  'exists',
  'count',
  'commit',
  'in_transaction',
]);

/** Classes of packages that models extend, and so have their methods of. */
const bases = new Set(['Model', 'BaseModel', 'Entity', 'BaseEntity', 'Document', 'Table', 'SQLModel']);

/** `knex(options)('users')` and `prisma.user.findMany()` are; `new Kysely(options)` and `connect()` are not. */
function isBeyondOpening(path: readonly string[]): boolean {
  const called = path.indexOf('()');
  if (called !== -1) return !openers.has(path[called + 1] ?? '');
  const model = path.findIndex((name) => bases.has(name));
  return functions.has(path.at(-1) ?? '') || (model !== -1 && model < path.length - 1);
}

function findDjangoModels(submission: Submission): Place | undefined {
  for (const module of submission.running.modules) {
    if (module.language !== 'python' || !module.source.text.includes('objects')) continue;
    let found: Place | undefined;
    walkModule(module, {
      expression: (expression) => {
        if (found !== undefined) return false;
        if (expression.kind !== 'member' || expression.name !== 'objects') return true;
        found = { file: module.path, at: expression.at, what: 'a query of a Django model' };
        return false;
      },
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
