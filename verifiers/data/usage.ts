import { findDriverCalls } from './handles.ts';
import type { Opening } from './openings.ts';
import { findSequelizeUse, findSqlalchemyUse } from './orm-use.ts';
import { usesOtherOrm } from './other-orms.ts';
import { findStatements } from './sql.ts';
import { classifyStatement } from './statements.ts';
import type { Submission } from './submission.ts';

/**
 * Whether the running code reads or writes rows at all, in whatever way: SQL, an ORM, a query builder. Where statements
 * are made so that they cannot be read, they count.
 */
export function isUsed(submission: Submission, openings: readonly Opening[]): boolean {
  if (findStatements(submission.running.modules).some(({ kind }) => kind === 'data')) return true;
  if (readsSqlFiles(submission)) return true;
  const isOrm = openings.some(({ kind }) => kind === 'orm');
  const { project } = submission;
  const uses = [findSqlalchemyUse(submission), findSequelizeUse(submission)];
  if (uses.some(({ accesses, raw }) => accesses.length > 0 || raw.length > 0)) return true;
  if (isOrm && usesCore(submission)) return true;
  if (usesOtherOrm(submission)) return true;
  return (
    findDriverCalls(submission).some(({ kind, by }) => kind === undefined && by !== undefined) &&
    project.modules.size > 0
  );
}

/** `articles.insert()`, `select(table)`: SQLAlchemy without a mapping. */
function usesCore({ running, provenance }: Submission): boolean {
  return running.modules.some(
    (module) =>
      /\bTable\(/.test(module.source.text) &&
      /\b(?:select|insert|update|delete)\(/.test(module.source.text) &&
      provenance.named(module, 'Table').length > 0,
  );
}

/** Statements in files of their own, which code reads by name. */
function readsSqlFiles({ project, running }: Submission): boolean {
  if (!running.modules.some(({ source }) => /\.sql\b/.test(source.text))) return false;
  return project.sources.some(
    ({ path, text }) => path.endsWith('.sql') && classifyStatement(text) === 'data',
  );
}
