import type { Database } from '../../src/domain/task.ts';
import type { RuleResult } from '../../src/domain/verdict.ts';
import { findEvidence, toFindings, type Evidence, type Match } from '../evidence.ts';
import type { Source } from '../sources.ts';

const labels: Record<Database, string> = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

const djangoDefault: Record<Database, Evidence> = {
  sqlite: { label: 'the Django backend sqlite3', pattern: /django\.db\.backends\.sqlite3/i },
  postgres: { label: 'the Django backend postgresql', pattern: /django\.db\.backends\.postgresql/i },
};

const evidence: Record<Database, readonly Evidence[]> = {
  sqlite: [
    { label: 'an import of sqlite3', pattern: /(?:^|\s)import\s+sqlite3|from\s+sqlite3\s+import/m },
    { label: 'an import of aiosqlite', pattern: /(?:^|\s)import\s+aiosqlite|from\s+aiosqlite\s+import/m },
    { label: 'a sqlite URL', pattern: /sqlite(?:\+\w+)?:\/\/\//i },
    djangoDefault.sqlite,
    { label: 'the npm package sqlite3', pattern: /['"]sqlite3['"]/i },
    { label: 'the npm package better-sqlite3', pattern: /['"]better-sqlite3['"]/i },
    { label: 'the Sequelize dialect sqlite', pattern: /dialect\s*[:=]\s*['"]sqlite['"]/i },
  ],
  postgres: [
    { label: 'psycopg2', pattern: /psycopg2/ },
    { label: 'an import of asyncpg', pattern: /(?:^|\s)import\s+asyncpg|from\s+asyncpg\s+import/m },
    { label: 'a postgres URL', pattern: /postgres(?:ql)?(?:\+\w+)?:\/\//i },
    { label: 'SQLAlchemy’s postgresql dialect', pattern: /sqlalchemy\.dialects\.postgresql/i },
    djangoDefault.postgres,
    { label: 'the npm package pg', pattern: /['"]pg['"]/ },
    { label: 'the npm package pg-promise', pattern: /['"]pg-promise['"]/i },
    { label: 'the Sequelize dialect postgres', pattern: /dialect\s*[:=]\s*['"]postgres(?:ql)?['"]/i },
    { label: 'the host postgres', pattern: /host\s*[:=]\s*['"]postgres['"]/i },
  ],
};

/**
 * The database rule as the paper checks it: there is evidence of the wanted database and none of the other.
 * Works on text, comments included.
 */
export function checkDatabase(sources: readonly Source[], wanted: Database): RuleResult {
  const other: Database = wanted === 'sqlite' ? 'postgres' : 'sqlite';
  const found = findEvidence(sources, evidence[wanted]);
  const foreign = findEvidence(sources, evidence[other]);
  if (found.length === 0) {
    const message = `there is no evidence of ${labels[wanted]}: no driver, no URL, no dialect`;
    const missing = { rule: 'database' as const, file: sources[0]?.path ?? '', line: 1, column: 1, message };
    return {
      rule: 'database',
      compliant: false,
      findings: [missing, ...describeForeign(foreign, other, wanted)],
    };
  }
  if (foreign.length > 0 && !isLoneDefault(foreign, other)) {
    return { rule: 'database', compliant: false, findings: describeForeign(foreign, other, wanted) };
  }
  const findings = toFindings('database', found, (label) => `${label} is evidence of ${labels[wanted]}`);
  return { rule: 'database', compliant: true, findings };
}

/** Django's settings come with a backend; one that is overridden further down says nothing. */
function isLoneDefault(matches: readonly Match[], database: Database): boolean {
  return matches.every((match) => match.evidence === djangoDefault[database]);
}

function describeForeign(matches: readonly Match[], other: Database, wanted: Database) {
  return toFindings(
    'database',
    matches,
    (label) => `${label} is evidence of ${labels[other]}, but the task wants ${labels[wanted]}`,
  );
}
