import type { StageName } from '../../src/domain/run.ts';
import type { FileMap } from '../../src/engines/engine.ts';
import { loadFolder } from '../files.ts';

/** A submission that is flawed on purpose. */
export interface Defect {
  /** Its folder, e.g. `express-wrong-port`. */
  readonly id: string;
  readonly taskId: string;
  /** For people and for the run record's source. */
  readonly label: string;
  /** What is wrong with it, in a few words. */
  readonly flaw: string;
  /** The stage that fails because of it. */
  readonly fails: StageName;
  /** Where the flaw is seen, when it is one of many things that the submission lacks. */
  readonly trace?: Trace;
  /** What the message of the failed stage holds, of a trap that keeps the server from being tested. */
  readonly reason?: string;
}

/** What a flaw leaves in a run record. */
export interface Trace {
  /** The id of an assertion of suite 1.0.0 that fails because of the flaw and nothing else. */
  readonly assertion: string;
  /** What it got instead, or how that begins. */
  readonly got: string;
  /** What the submission writes about it. */
  readonly log?: string;
}

const flaws: readonly { name: string; fails: StageName; flaw: string }[] = [
  { name: 'failing', fails: 'suite', flaw: 'an endpoint does not do what the contract says' },
  { name: 'hanging', fails: 'start', flaw: 'never listens and keeps running' },
  { name: 'crashing', fails: 'start', flaw: 'exits with 1 at the start' },
  { name: 'wrong-port', fails: 'start', flaw: 'listens on another port' },
  { name: 'crash-midway', fails: 'suite', flaw: 'crashes in the middle of the suite' },
  { name: 'busy-loop', fails: 'start', flaw: 'loops for ever before it listens' },
  { name: 'syntax-error', fails: 'start', flaw: 'has a syntax error' },
  { name: 'no-run-sh', fails: 'start', flaw: 'has no run.sh' },
  { name: 'no-dependency-file', fails: 'install', flaw: 'has no dependency file' },
  { name: 'output-flood', fails: 'suite', flaw: 'writes 100 MB of output' },
];

const texts = import.meta.glob<string>(['./*/**/*', '!**/node_modules/**', '!**/__pycache__/**'], {
  query: '?raw',
  import: 'default',
});

/** Traps of one framework or package: small servers that fall into one and lack the rest of the API. */
const traps: readonly { id: string; taskId: string; flaw: string; trace: Trace }[] = [
  {
    id: 'django-append-slash',
    taskId: 'django-unconstrained',
    flaw: 'Django redirects a POST to the same URL with a slash',
    trace: { assertion: 'users.register.new.status', got: '301' },
  },
  {
    id: 'django-csrf',
    taskId: 'django-unconstrained',
    flaw: 'Django’s protection against forged requests is on',
    trace: {
      assertion: 'users.register.new.status',
      got: '403',
      log: '"POST /api/users HTTP/1.1" 403',
    },
  },
  {
    id: 'django-no-migration',
    taskId: 'django-sqlite',
    flaw: 'the tables of Django’s models are not made',
    trace: {
      assertion: 'users.register.new.status',
      got: '500',
      log: 'django.db.utils.OperationalError: no such table: accounts_user',
    },
  },
  {
    id: 'fastapi-shared-connection',
    taskId: 'fastapi-sqlite',
    flaw: 'one connection of SQLite for the threads of FastAPI',
    trace: {
      assertion: 'users.register.new.status',
      got: '500',
      log: 'SQLite objects created in a thread can only be used in that same thread',
    },
  },
  {
    id: 'fastapi-detached-instance',
    taskId: 'fastapi-sqlite-sqlalchemy',
    flaw: 'an expired instance of SQLAlchemy is read after its session',
    trace: {
      assertion: 'users.register.new.status',
      got: '500',
      log: 'sqlalchemy.orm.exc.DetachedInstanceError: Instance <User at 0x',
    },
  },
  {
    id: 'fastapi-missing-greenlet',
    taskId: 'fastapi-sqlite-sqlalchemy',
    flaw: 'an asynchronous session of SQLAlchemy loads an attribute when it is read',
    trace: {
      assertion: 'users.register.new.status',
      got: '500',
      log: 'sqlalchemy.exc.MissingGreenlet: greenlet_spawn has not been called',
    },
  },
  {
    id: 'fastapi-connection-leak',
    taskId: 'fastapi-sqlite-sqlalchemy',
    flaw: 'sessions of SQLAlchemy keep their connections until the pool is empty',
    trace: {
      assertion: 'texts.unicode.register.status',
      got: '500',
      log: 'sqlalchemy.exc.TimeoutError: QueuePool limit of size 2 overflow 1 reached',
    },
  },
  {
    id: 'aiohttp-returns-none',
    taskId: 'aiohttp-unconstrained',
    flaw: 'a handler of aiohttp does not return its answer',
    trace: {
      assertion: 'users.login.right.status',
      got: '500',
      log: 'Missing return statement on request handler',
    },
  },
  {
    id: 'flask-shared-connection',
    taskId: 'flask-sqlite',
    flaw: 'one connection of SQLite for the threads of Flask',
    trace: {
      assertion: 'users.register.new.status',
      got: '500',
      log: 'SQLite objects created in a thread can only be used in that same thread',
    },
  },
  {
    id: 'fastify-coerced-types',
    taskId: 'fastify-unconstrained',
    flaw: 'Fastify’s validator turns a number into text before the schema is asked',
    trace: { assertion: 'users.register.number-password.status', got: '201' },
  },
  {
    id: 'hono-missing-return',
    taskId: 'hono-unconstrained',
    flaw: 'a handler of Hono does not return its answer',
    trace: { assertion: 'users.login.right.status', got: '404' },
  },
  {
    id: 'koa-missing-await',
    taskId: 'koa-unconstrained',
    flaw: 'a handler of Koa does not wait for its work',
    trace: { assertion: 'users.login.right.status', got: '404' },
  },
  {
    id: 'koa-unhandled-rejection',
    taskId: 'koa-unconstrained',
    flaw: 'a rejection that Koa does not see ends the process',
    trace: {
      assertion: 'users.register.taken-email.status',
      got: 'no answer',
      log: 'Error: no mail server for mail.com',
    },
  },
  {
    id: 'koa-bearer-token',
    taskId: 'koa-unconstrained',
    flaw: 'koa-jwt takes a Bearer token beside those that it was told to take',
    trace: { assertion: 'auth.read-user-scheme.status', got: '200' },
  },
  {
    id: 'express-eager-loading',
    taskId: 'express-sqlite-sequelize',
    flaw: 'Sequelize is asked to include a model that is not associated',
    trace: {
      assertion: 'articles.create.after-refusals.status',
      got: '500',
      log: 'SequelizeEagerLoadingError User is not associated to Article!',
    },
  },
];

/** Traps that keep the server from being tested at all. */
const startTraps: readonly { id: string; taskId: string; fails: StageName; flaw: string; reason: string }[] = [
  {
    id: 'django-allowed-hosts',
    taskId: 'django-unconstrained',
    fails: 'health',
    flaw: 'Django refuses every request for the name that it is called by',
    reason: '400',
  },
  {
    id: 'fastapi-wrong-port',
    taskId: 'fastapi-unconstrained',
    fails: 'start',
    flaw: 'uvicorn listens on its own port',
    reason: '8000',
  },
  {
    id: 'fastapi-late-annotation',
    taskId: 'fastapi-unconstrained',
    fails: 'start',
    flaw: 'an annotation names a class that is defined further down',
    reason: "NameError: name 'NewUser' is not defined",
  },
  {
    id: 'flask-missing-requirement',
    taskId: 'flask-unconstrained',
    fails: 'start',
    flaw: 'imports a package that it does not require',
    reason: "No module named 'jwt'",
  },
];

/** Each flaw on Express and on Flask, and the traps. */
export const defects: readonly Defect[] = [
  ...flaws.flatMap(({ name, fails, flaw }) =>
    ['express', 'flask'].map((framework) => ({
      id: `${framework}-${name}`,
      taskId: `${framework}-unconstrained`,
      label: `defect ${framework}-${name} (written by hand): ${flaw}`,
      flaw,
      fails,
    })),
  ),
  ...traps.map(({ id, taskId, flaw, trace }) => ({
    id,
    taskId,
    label: `defect ${id} (written by hand): ${flaw}`,
    flaw,
    fails: 'suite' as const,
    trace,
  })),
  ...startTraps.map(({ id, taskId, fails, flaw, reason }) => ({
    id,
    taskId,
    label: `defect ${id} (written by hand): ${flaw}`,
    flaw,
    fails,
    reason,
  })),
];

/**
 * The files of a defect.
 * @throws RangeError for an id that is not in `defects`
 */
export async function loadDefect(id: string): Promise<FileMap> {
  const files = await loadFolder(texts, id);
  if (files === undefined) {
    throw new RangeError(`no defect ${id}; there are ${defects.map((defect) => defect.id).join(', ')}`);
  }
  return files;
}
