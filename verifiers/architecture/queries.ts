import { driversOf } from '../data/drivers.ts';
import { calledName } from '../data/orm-use.ts';
import type { Origin } from '../data/provenance.ts';
import { statementOf } from '../data/sql.ts';
import type { Submission } from '../data/submission.ts';
import { originsOf } from '../data/values.ts';
import { walkModule } from '../syntax/walk.ts';
import type { Call, Expression, Module } from '../syntax/types.ts';
import { runsWhatItIsGiven } from './wrappers.ts';

/** A place where code reads or writes data itself. */
export interface Query {
  readonly at: number;
  /** What stands there, for people: `execute() of psycopg2`. */
  readonly what: string;
}

/** Methods of connections, sessions, models, managers and query builders that read or write, or say what is to be. */
const queries = new Set(
  // Connections and sessions.
  (
    'execute executemany executescript exec_driver_sql callproc copy_from fetch fetchrow fetchval fetchone fetchall ' +
    'fetchmany fetch_all fetch_one fetch_val iterate exec run all get each query prepare queryRaw executeRaw ' +
    '$queryRaw $executeRaw $queryRawUnsafe $executeRawUnsafe raw unsafe any one none many oneOrNone manyOrNone result ' +
    'batch multi scalar scalars scalar_one stream stream_scalars add add_all delete merge commit flush refresh ' +
    'bulk_save_objects bulk_insert_mappings get_one get_or_404 first_or_404 one_or_404 paginate ' +
    // Statements of SQLAlchemy and of query builders.
    'select insert update selectFrom insertInto updateTable deleteFrom from into table where del ' +
    // Models and managers.
    'findAll findOne findByPk findOrCreate findOrBuild findAndCountAll findCreateFind create bulkCreate upsert destroy ' +
    'truncate increment decrement count sum max min save find findById findMany findFirst findUnique createMany ' +
    'updateMany deleteMany findOneAndUpdate insertOne insertMany updateOne deleteOne aggregate filter exclude ' +
    'filter_by get_or_create update_or_create bulk_create bulk_update exists values values_list order_by ' +
    'findOneBy findBy findOneOrFail remove persistAndFlush persist first limit offset join get_or_none ' +
    'select_related prefetch_related annotate in_bulk latest earliest insert_many distinct'
  ).split(' '),
);

/** What makes a connection, a session or a model, and what is asked of them before any data is. */
const makers = new Set([
  'connect',
  'begin',
  'transaction',
  'acquire',
  'define',
  'cursor',
  'session',
  'connection',
]);

/** Calls on what a query gave that go to the database again; `update` of a dictionary in Python does not. */
const again = new Set(['save', 'destroy']);
const againInNode = new Set(['update', 'increment', 'decrement', 'reload']);

/** Names under which packages that open nothing themselves build or run statements. */
const alsoData = new Set([
  '@prisma/client',
  'mongoose',
  'typeorm',
  'drizzle-orm',
  '@mikro-orm/core',
  'sequelize-typescript',
]);

/** The places in a module that run queries, one a line, in the order of the text. */
export function findQueries(submission: Submission, module: Module): Query[] {
  const found = new Map<number, Query>();
  walkModule(module, {
    expression: (expression) => {
      const what = describe(submission, module, expression);
      if (what === undefined) return;
      const { line } = module.source.locate(expression.at);
      if (!found.has(line)) found.set(line, { at: expression.at, what });
    },
  });
  return [...found.values()].sort((a, b) => a.at - b.at);
}

function describe(submission: Submission, module: Module, expression: Expression): string | undefined {
  if (expression.kind === 'member' && expression.name === 'objects') {
    const isManager = originsOf(submission, module, expression).some((origin) => isManagerOfDjango(origin));
    return isManager ? 'the manager of a Django model' : undefined;
  }
  if (expression.kind !== 'call') return undefined;
  const kind = statementOf(submission.project, module, expression);
  if (kind === 'session' || (kind !== 'data' && isOrdinary(expression))) return undefined;
  const origins = originsOf(submission, module, expression.callee);
  for (const origin of origins) {
    const what = origin.kind === 'package' ? queryOf(origin, module, expression, kind === 'data') : undefined;
    if (what !== undefined) return what;
  }
  if (kind !== 'data') return undefined;
  const { callee } = expression;
  const given = `${calledName(expression)}() with a statement of SQL`;
  // What is not known, or is taken for something of a package, is judged by the statement.
  if (origins.every((origin) => origin.kind === 'package')) {
    return callee.kind === 'member' && queries.has(callee.name) ? given : undefined;
  }
  return origins.some((origin) => runsWhatItIsGiven(origin, queries)) ? given : undefined;
}

/** A method that has no name of a query's and is given no text: most calls, and where they lead is dear to find out. */
function isOrdinary({ callee, args }: Call): boolean {
  if (callee.kind !== 'member' || queries.has(callee.name) || again.has(callee.name)) return false;
  if (againInNode.has(callee.name) || callee.name.endsWith('_or_404')) return false;
  return args[0]?.value.kind !== 'text';
}

/** @param isStatement whether the call is given SQL that reads or writes data */
function queryOf(
  { name, path }: Origin & { kind: 'package' },
  module: Module,
  call: Call,
  isStatement: boolean,
): string | undefined {
  const last = path.at(-1) ?? '';
  const shown = `${last}() of ${name}`;
  if (name === 'django') return isDjangoQuery(path) ? shown : undefined;
  if (!isData(name, module)) return undefined;
  // A driver or builder that is called itself: sql`…` of postgres, knex('articles').
  if (last === '()' || last === '')
    return isBuilderCall(name, path, call, isStatement) ? `a call of ${name}` : undefined;
  const earlier = path
    .slice(0, -1)
    .findIndex((part, index) => path[index + 1] === '()' && isQuery(part, name));
  const isAgain = again.has(last) || (module.language !== 'python' && againInNode.has(last));
  if (earlier !== -1) return isAgain ? shown : undefined;
  if (path.length === 1 && isConstructor(last)) return undefined;
  return isQuery(last, name) || (isStatement && !makers.has(last) && last !== 'text') ? shown : undefined;
}

/** SQLAlchemy's `text()`, `table` of its Core and `join` of its ORM only describe; so do `from` and the like elsewhere. */
function isQuery(name: string, owner: string): boolean {
  if (!queries.has(name) || makers.has(name)) return false;
  return (
    owner !== 'sqlalchemy' ||
    !['table', 'join', 'values', 'exists', 'count', 'sum', 'max', 'min', 'distinct'].includes(name)
  );
}

/** `Database` of sqlite3 opens; so does `sqlite.open`. */
function isConstructor(name: string): boolean {
  return /^[A-Z]/.test(name);
}

function isBuilderCall(name: string, path: readonly string[], call: Call, isStatement: boolean): boolean {
  const [first] = call.args;
  if (call.construct || first === undefined) return false;
  const isOpen = path.filter((part) => part === '()').length === 1 && path.at(-1) === '()';
  if (name === 'knex') return isOpen && first.value.kind === 'text';
  return isOpen && isStatement;
}

function isData(name: string, module: Module): boolean {
  return alsoData.has(name) || driversOf(name, module.language === 'python').length > 0;
}

function isDjangoQuery(path: readonly string[]): boolean {
  const last = path.at(-1) ?? '';
  if (['get_object_or_404', 'get_list_or_404', 'aget_object_or_404', 'aget_list_or_404'].includes(last))
    return path.length <= 2;
  if (path.includes('connection') || path.includes('connections')) return queries.has(last);
  const model = path.findIndex(
    (part) => part === 'Model' || /^Abstract\w*User$/.test(part) || part === 'get_user_model',
  );
  if (model === -1) return false;
  const rest = path.slice(model + 1).filter((part) => part !== '()');
  if (rest[0] === 'objects') return rest.length === 2;
  return ['save', 'delete', 'refresh_from_db'].includes(last) || (rest.length === 2 && queries.has(last));
}

function isManagerOfDjango(origin: Origin): boolean {
  if (origin.kind !== 'package' || origin.name !== 'django') return false;
  const { path } = origin;
  return (
    path.at(-1) === 'objects' &&
    path.some((part) => /^(?:Model|get_user_model|User|Abstract\w*User)$/.test(part))
  );
}
