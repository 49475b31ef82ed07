import type { Call, Expression, Module } from '../syntax/types.ts';
import { walkModule } from '../syntax/walk.ts';
import { walkRunning } from '../entry/liveness.ts';
import { Roles, sequelizePackages, sqlalchemyPackages } from './roles.ts';
import { statementOf } from './sql.ts';
import type { Submission } from './submission.ts';
import { originsOf } from './values.ts';

/** A place in the text of a submission, and what stands there. */
export interface Place {
  readonly file: string;
  readonly at: number;
  readonly what: string;
}

/** What the running code does with an ORM. */
export interface OrmUse {
  /** Mapped classes, models, tables. */
  readonly mapped: readonly Place[];
  /** Reads and writes through them. */
  readonly accesses: readonly Place[];
  /** Statements in SQL that are handed to the ORM's own connection. */
  readonly raw: readonly Place[];
}

/** Reads a call for its ORM and adds what it finds. */
type ReadCall = (module: Module, call: Call, found: Found) => void;

export interface Found {
  mapped: Place[];
  accesses: Place[];
  raw: Place[];
  roles: Roles;
}

const known = new WeakMap<Submission, Map<string, OrmUse>>();

/** What the running code does with SQLAlchemy. */
export function findSqlalchemyUse(submission: Submission): OrmUse {
  return findUse(submission, 'python', readSqlalchemy(submission), sqlalchemyPackages);
}

/** What the running code does with Sequelize. */
export function findSequelizeUse(submission: Submission): OrmUse {
  return findUse(submission, 'javascript', readSequelize(submission), sequelizePackages);
}

function findUse(
  submission: Submission,
  language: 'python' | 'javascript',
  readCall: ReadCall,
  packages: ReadonlySet<string>,
): OrmUse {
  const uses = known.get(submission) ?? new Map<string, OrmUse>();
  known.set(submission, uses);
  const kept = uses.get(language);
  if (kept !== undefined) return kept;
  const modules = submission.running.modules.filter(
    (module) => (module.language === 'python') === (language === 'python'),
  );
  const found: Found = { mapped: [], accesses: [], raw: [], roles: new Roles(submission) };
  const isThere = [...submission.project.modules.values()].some((module) => importsAny(module, packages));
  if (isThere) for (const module of modules) readImperative(submission, module, found);
  if (isThere) for (const module of modules) readModule(submission, module, readCall, found);
  uses.set(language, found);
  return found;
}

/** `registry.map_imperatively(Article, table)` maps a class that says nothing of it. */
function readImperative(submission: Submission, module: Module, found: Found): void {
  if (!/\bmap_imperatively\b|\bmapper\b/.test(module.source.text)) return;
  walkModule(module, {
    expression: (expression) => {
      if (expression.kind !== 'call' || !/^(?:map_imperatively|mapper)$/.test(calledName(expression))) return;
      const [first] = expression.args;
      if (first === undefined) return;
      for (const origin of originsOf(submission, module, first.value)) {
        if (origin.kind !== 'class') continue;
        found.roles.map(origin.value);
        found.mapped.push({ file: module.path, at: expression.at, what: `${origin.value.name} is mapped` });
      }
    },
  });
}

function readModule(submission: Submission, module: Module, readCall: ReadCall, found: Found): void {
  walkRunning(module, submission.liveness, {
    expression: (expression) => {
      if (expression.kind === 'class' && found.roles.of(module, expression) === 'mapped') {
        found.mapped.push({
          file: module.path,
          at: expression.at,
          what: `${expression.name} is a mapped class`,
        });
      }
      if (expression.kind === 'call') readCall(module, expression, found);
      // `Article.query.filter_by(…)` of Flask-SQLAlchemy.
      if (expression.kind === 'member' && expression.name === 'query' && module.language === 'python') {
        const { object } = expression;
        if (object.kind !== 'call' && found.roles.isMapped(module, object)) {
          found.accesses.push({ file: module.path, at: expression.at, what: 'a query of a mapped class' });
        }
      }
    },
  });
}

const constructs = new Set([
  'select',
  'insert',
  'update',
  'delete',
  'query',
  'exists',
  'get',
  'get_or_404',
  'exec',
]);
const sessionWrites = new Set([
  ...[
    'add',
    'add_all',
    'delete',
    'merge',
    'bulk_save_objects',
    'bulk_insert_mappings',
    'bulk_update_mappings',
  ],
  ...[
    'scalar',
    'scalars',
    'execute',
    'get',
    'get_one',
    'first',
    'refresh',
    'one_or_404',
    'first_or_404',
    'paginate',
  ],
]);
const sessionName = /session|^db$|^s$|uow|conn|^tx$/i;

function readSqlalchemy(submission: Submission): ReadCall {
  const { project } = submission;
  return (module, call, found) => {
    const name = calledName(call);
    const place = (what: string) => ({ file: module.path, at: call.at, what });
    const [first] = call.args;
    if (first === undefined) return;
    const packages = originsOf(submission, module, call.callee).filter((origin) => origin.kind === 'package');
    const isOwn = packages.some((origin) => sqlalchemyPackages.has(origin.name));
    if (name === 'text' || name === 'execute' || name === 'exec_driver_sql') {
      // What `text()` gives is counted where that stands.
      const isText =
        name === 'text'
          ? isOwn || packages.length === 0
          : isOwn && originsOf(submission, module, first.value).length === 0;
      if (isText && statementOf(project, module, call) === 'data') {
        found.raw.push(place(`${name}() is handed SQL`));
        return;
      }
    }
    const receiver = call.callee.kind === 'member' ? call.callee.object : undefined;
    const isSession =
      isOwn || (receiver !== undefined && packages.length === 0 && sessionName.test(lastName(receiver)));
    if (!(constructs.has(name) || sessionWrites.has(name))) return;
    const isGiven = call.args.slice(0, 6).some(({ value }) => found.roles.isMapped(module, value));
    if (isGiven && (isOwn || isSession || call.callee.kind === 'name')) {
      found.accesses.push(place(`${name}() of a mapped class`));
    } else if (isSession && isObjectGiven(name, first.value))
      found.accesses.push(place(`${name}() of a session`));
  };
}

/** Objects whose class is not known, handed to `session.add()` and its like: a parameter, a variable. */
function isObjectGiven(name: string, given: Expression): boolean {
  return ['add', 'add_all', 'merge', 'delete', 'refresh'].includes(name) && given.kind !== 'text';
}

/** Methods that only models of Sequelize have. */
const finders = new Set([
  ...[
    'findAll',
    'findByPk',
    'findAndCountAll',
    'findOrCreate',
    'findOrBuild',
    'bulkCreate',
    'findCreateFind',
  ],
]);
/** Methods that other objects have, too. */
const common = new Set([
  ...[
    'findOne',
    'create',
    'update',
    'destroy',
    'count',
    'upsert',
    'increment',
    'decrement',
    'max',
    'min',
    'sum',
    'build',
  ],
  ...['save', 'reload', 'scope', 'unscoped', 'aggregate', 'truncate'],
]);

function readSequelize(submission: Submission): ReadCall {
  const { project } = submission;
  return (module, call, found) => {
    const { callee } = call;
    if (callee.kind !== 'member') return;
    const place = (what: string) => ({ file: module.path, at: call.at, what });
    const { name, object } = callee;
    const [first] = call.args;
    if (name === 'define' && first?.value.kind === 'text' && call.args[1]?.value.kind !== 'callable') {
      const origins = originsOf(submission, module, object);
      const isOwn =
        origins.length === 0 ||
        origins.some((one) => one.kind === 'package' && sequelizePackages.has(one.name));
      if (isOwn) found.mapped.push(place(`the model ${first.value.value} is defined`));
      return;
    }
    if (name === 'query') {
      const origins = originsOf(submission, module, object);
      const isOwn = origins.some((one) => one.kind === 'package' && sequelizePackages.has(one.name));
      const isLikely = origins.length === 0 && /sequelize/i.test(lastName(object));
      if ((isOwn || isLikely) && statementOf(project, module, call) === 'data') {
        found.raw.push(place('sequelize.query() is handed SQL'));
      }
      return;
    }
    if (!finders.has(name) && !common.has(name)) return;
    if (found.roles.isMapped(module, object)) {
      found.accesses.push(place(`${name}() of a model`));
      return;
    }
    const isUnknown = originsOf(submission, module, object).length === 0;
    const isNamedAsModel = /^[A-Z]/.test(lastName(object)) || finders.has(name);
    if (isUnknown && isNamedAsModel) found.accesses.push(place(`${name}() of a model`));
  };
}

export function calledName({ callee }: Call): string {
  return callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
}

/** The last name of `this.session`, `ctx.db`, `db`. */
export function lastName(expression: Expression): string {
  if (expression.kind === 'member' || expression.kind === 'name') return expression.name;
  if (expression.kind === 'call') return lastName(expression.callee);
  if (expression.kind === 'index')
    return expression.index.kind === 'text' ? expression.index.value : lastName(expression.object);
  return '';
}

export function importsAny(module: Module, packages: ReadonlySet<string>): boolean {
  return module.imports.some(({ specifier }) => packages.has(packageOf(module, specifier)));
}

/** The package of a specifier, by its text alone. */
export function packageOf(module: Module, specifier: string): string {
  if (module.language === 'python') return specifier.split('.')[0] ?? '';
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
