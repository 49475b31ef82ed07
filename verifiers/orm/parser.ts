import type { Task } from '../../src/domain/task.ts';
import type { Finding, RuleResult } from '../../src/domain/verdict.ts';
import { findDriverCalls } from '../data/handles.ts';
import { findSequelizeUse, findSqlalchemyUse, packageOf, type OrmUse, type Place } from '../data/orm-use.ts';
import { findBuilderCalls, findOtherOrms } from '../data/other-orms.ts';
import { sequelizePackages, sqlalchemyPackages } from '../data/roles.ts';
import { readSubmission, type Submission } from '../data/submission.ts';
import type { Project } from '../syntax/types.ts';

interface Orm {
  readonly name: string;
  readonly packages: ReadonlySet<string>;
  readonly dependencies: readonly string[];
  find(submission: Submission): OrmUse;
}

const orms: Record<Task['language'], Orm> = {
  python: {
    name: 'SQLAlchemy',
    packages: sqlalchemyPackages,
    dependencies: ['sqlalchemy', 'flask-sqlalchemy', 'sqlmodel', 'flask-sqlalchemy-lite', 'advanced-alchemy'],
    find: findSqlalchemyUse,
  },
  node: {
    name: 'Sequelize',
    packages: sequelizePackages,
    dependencies: ['sequelize', 'sequelize-typescript', '@sequelize/core'],
    find: findSequelizeUse,
  },
};

/** Places of one kind that are listed; of more, the first ones. */
const mostPlaces = 10;

/**
 * The ORM rule: the running code maps at least one table with the ORM of its language, reads or writes through it, and
 * sends no statement for data around it.
 */
export function checkOrm(project: Project, language: Task['language']): RuleResult {
  const submission = readSubmission(project);
  const orm = orms[language];
  const use = orm.find(submission);
  const say = ({ file, at }: { file: string; at: number }, message: string) =>
    submission.finding('orm', file, at, message);
  const [mapped] = use.mapped;
  const [access] = use.accesses;
  const findings = [
    ...(mapped === undefined || access === undefined ? explain(submission, orm, use) : []),
    ...aroundOf(submission, mapped !== undefined && access !== undefined).map((place) =>
      say(place, `${place.what} reads or writes data around ${orm.name}`),
    ),
  ];
  const notes = [
    ...use.raw
      .slice(0, mostPlaces)
      .map((place) => say(place, `${place.what} over ${orm.name}’s own connection`)),
    ...submission.entryNotes('orm'),
  ];
  const extra = notes.length > 0 ? { notes } : {};
  if (findings.length > 0 || mapped === undefined || access === undefined) {
    return { rule: 'orm', compliant: false, findings, ...extra };
  }
  const evidence = [
    say(mapped, `${mapped.what} of ${orm.name}`),
    say(access, `${access.what} goes through ${orm.name}`),
  ];
  return { rule: 'orm', compliant: true, findings: evidence, ...extra };
}

/**
 * Statements for data that go to a driver of the submission's own.
 * @param isBeside the ORM is used as well: then another ORM or a query builder goes around it, too
 */
function aroundOf(submission: Submission, isBeside: boolean): Place[] {
  const isOwnDriver = submission.openings().some(({ kind }) => kind === 'driver');
  const calls = findDriverCalls(submission).filter(
    ({ kind, by }) => kind === 'data' && (by !== undefined || isOwnDriver),
  );
  return [...calls, ...(isBeside ? findBuilderCalls(submission) : [])].slice(0, mostPlaces);
}

/** Why there is no data access through the ORM: the nearest thing to it that is there. */
function explain(submission: Submission, orm: Orm, use: OrmUse): Finding[] {
  const { name } = orm;
  const say = (place: { file: string; at: number }, message: string) =>
    submission.finding('orm', place.file, place.at, message);
  const [mapped] = use.mapped;
  const [raw] = use.raw;
  if (raw !== undefined) {
    return use.raw
      .slice(0, mostPlaces)
      .map((place) =>
        say(place, `${place.what}: all data go through ${name} as SQL, nothing through mapped models`),
      );
  }
  if (mapped !== undefined) {
    return [say(mapped, `${mapped.what}, and nothing is read or written through ${name}`)];
  }
  const others = findOtherOrms(submission);
  if (others.length > 0) {
    return others.map((place) => say(place, `the data are accessed with ${place.name}, not with ${name}`));
  }
  for (const module of submission.running.modules) {
    const found = module.imports.find(
      ({ specifier, typeOnly }) => !typeOnly && orm.packages.has(packageOf(module, specifier)),
    );
    if (found === undefined) continue;
    const place = { file: module.path, at: found.at };
    return [say(place, `${name} is imported here, and no table is mapped with it in the running code`)];
  }
  for (const module of submission.project.modules.values()) {
    const found = module.imports.find(({ specifier }) => orm.packages.has(packageOf(module, specifier)));
    if (found === undefined) continue;
    return [say({ file: module.path, at: found.at }, `${name} is imported only in code that does not run`)];
  }
  const declared = submission.dependencies.find((dependency) => orm.dependencies.includes(dependency.name));
  if (declared !== undefined)
    return [say(declared, `${declared.name} is declared, and the code never uses it`)];
  const { sources } = submission.project;
  const place = sources.find(({ path }) => path === 'run.sh')?.path ?? sources[0]?.path ?? '';
  return [say({ file: place, at: 0 }, `${name} is not used: no import, no model, no dependency`)];
}
