import type { Call, Module } from '../syntax/types.ts';
import { walkRunning } from '../entry/liveness.ts';
import { driversOf } from './drivers.ts';
import { calledName, type Place } from './orm-use.ts';
import { sequelizePackages, sqlalchemyPackages } from './roles.ts';
import { statementOf } from './sql.ts';
import type { StatementKind } from './statements.ts';
import type { Submission } from './submission.ts';
import { originsOf } from './values.ts';

/** A call that hands a statement to a driver. */
export interface DriverCall extends Place {
  /** Undefined when the text of the statement is not known. */
  readonly kind: StatementKind | undefined;
  /** The driver; undefined when it cannot be told, as for a connection that comes as a parameter. */
  readonly by: string | undefined;
}

const methods = new Set([
  ...[
    'execute',
    'executemany',
    'executescript',
    'execute_fetchall',
    'execute_insert',
    'prepare',
    'exec',
    'run',
    'all',
  ],
  ...[
    'get',
    'each',
    'query',
    'queryOne',
    'fetch',
    'fetchrow',
    'fetchval',
    'fetchmany',
    'fetch_all',
    'fetch_one',
  ],
  ...[
    'fetch_val',
    'iterate',
    'unsafe',
    'any',
    'one',
    'none',
    'oneOrNone',
    'many',
    'manyOrNone',
    'result',
    'multi',
  ],
  ...[
    'map',
    'batch',
    'file',
    'begin',
    'stream',
    'querySync',
    'copy_records_to_table',
    'cursor',
    'copy_expert',
  ],
]);

/** Calls by which statements go to drivers, or to what has their methods. */
export function findDriverCalls(submission: Submission): DriverCall[] {
  return submission.running.modules.flatMap((module) => findIn(submission, module));
}

function findIn(submission: Submission, module: Module): DriverCall[] {
  const found: DriverCall[] = [];
  walkRunning(module, submission.liveness, {
    expression: (expression) => {
      if (expression.kind !== 'call') return;
      const call = readCall(submission, module, expression);
      if (call !== undefined) found.push(call);
    },
  });
  return found;
}

function readCall(submission: Submission, module: Module, call: Call): DriverCall | undefined {
  const { callee } = call;
  const name = calledName(call);
  const isMethod = callee.kind === 'member' && methods.has(name);
  const isTag = call.args.length === 1 && call.args[0]?.value.kind === 'template' && callee.kind !== 'member';
  if (!isMethod && !isTag) return undefined;
  const kind = statementOf(submission.project, module, call);
  const target = isTag ? callee : callee.kind === 'member' ? callee.object : callee;
  const origins = originsOf(submission, module, target);
  const place = { file: module.path, at: call.at };
  for (const origin of origins) {
    if (origin.kind !== 'package' || !origin.path.includes('()')) continue;
    if (sqlalchemyPackages.has(origin.name) || sequelizePackages.has(origin.name)) return undefined;
    const driver = driversOf(origin.name, module.language === 'python').find((one) => one.kind === 'driver');
    if (driver === undefined) continue;
    const what = isTag ? `a statement of ${origin.name}` : `${name}() of ${origin.name}`;
    return { ...place, kind, by: origin.name, what };
  }
  const [first] = call.args;
  const isPlain = first?.value.kind === 'text' || first?.value.kind === 'template';
  if (kind === undefined || origins.some((origin) => origin.kind === 'package')) return undefined;
  // What is wrapped, as in `text('…')`, goes to an ORM; a name may hold either.
  if (!isPlain && first?.value.kind === 'call') return undefined;
  return { ...place, kind, by: undefined, what: isTag ? 'a statement' : `${name}()` };
}
