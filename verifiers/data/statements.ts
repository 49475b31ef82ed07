/**
 * What a text is as SQL: `data` reads or writes rows of the submission, `schema` makes tables, `session` asks or tells
 * the server something else (SELECT 1, PRAGMA, SET, BEGIN, the catalogue). Undefined when it is no SQL.
 */
export type StatementKind = 'data' | 'schema' | 'session';

const data = /^(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|MERGE|WITH|COPY|TRUNCATE|VALUES|UPSERT)\b/i;
const schema = /^(?:CREATE|ALTER|DROP|COMMENT|REINDEX|GRANT)\b/i;
const session =
  /^(?:PRAGMA|SET|SHOW|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|START|VACUUM|ANALYZE|EXPLAIN|ATTACH|DETACH|LISTEN|NOTIFY|UNLISTEN|LOCK|DISCARD|RESET|CHECKPOINT|DO|CALL)\b/i;
const catalogue =
  /\bFROM\s+(?:sqlite_master|sqlite_schema|information_schema|pg_catalog|pg_[a-z]+|alembic_version)\b/i;

/** `SELECT 1`, `SELECT version()`, `SELECT pg_advisory_lock(1)`: a SELECT of no table that asks for no text. */
const probe = /^SELECT\s+(?:\d+|TRUE|NULL|CURRENT_\w+|[a-z_][\w.]*\s*\()(?![\s\S]*\bFROM\b)/i;

/** Words that English begins sentences with, too: more of the statement must be there. */
const shape: readonly (readonly [RegExp, RegExp])[] = [
  [/^SELECT\b/i, /^(?:SELECT\s|[Ss]elect\b(?:[\s\S]*\b(?:FROM|from)\b|\s+(?:\d|['"(*]|[\w.]+\s*\()))/],
  [/^INSERT\b/i, /^INSERT\s+(?:OR\s+[a-z]+\s+)?INTO\b/i],
  [/^UPDATE\b/i, /^UPDATE\b[\s\S]{0,300}?\bSET\b|^UPDATE\s+$/i],
  [/^DELETE\b/i, /^DELETE\s+FROM\b/i],
  [/^REPLACE\b/i, /^REPLACE\s+INTO\b/i],
  [/^WITH\b/i, /^WITH\s+(?:RECURSIVE\s+)?[\w"]+[^;]{0,200}?\bAS\b/i],
  [
    /^CREATE\b/i,
    /^CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP|TEMPORARY|UNIQUE|VIRTUAL|UNLOGGED|TABLE|INDEX|TRIGGER|VIEW|EXTENSION|SCHEMA|SEQUENCE|TYPE|FUNCTION|DATABASE|ROLE|USER)\b/i,
  ],
];

/** Longer texts are judged by their beginning. */
const mostText = 100_000;

/**
 * @param text a statement or several; gaps of templates as any text. Of several the one that says most counts: data,
 * then schema
 */
export function classifyStatement(text: string): StatementKind | undefined {
  const stripped = stripComments(text.slice(0, mostText));
  const kinds = new Set<StatementKind>();
  for (const part of stripped.split(';').slice(0, 2000)) {
    const kind = classifyOne(part.trim().replace(/^\(+\s*/, ''));
    if (kind !== undefined) kinds.add(kind);
    // A text whose beginning is no SQL is none.
    else if (kinds.size === 0 && part.trim() !== '') return undefined;
  }
  for (const kind of ['data', 'schema', 'session'] as const) if (kinds.has(kind)) return kind;
  return undefined;
}

function classifyOne(statement: string): StatementKind | undefined {
  const rule = shape.find(([word]) => word.test(statement));
  if (rule !== undefined && !rule[1].test(statement)) return undefined;
  if (schema.test(statement))
    return /^CREATE\s+(?:EXTENSION|DATABASE|ROLE|USER)\b/i.test(statement) ? 'session' : 'schema';
  if (session.test(statement)) return 'session';
  if (!data.test(statement)) return undefined;
  return probe.test(statement) || (/^SELECT\b/i.test(statement) && catalogue.test(statement))
    ? 'session'
    : 'data';
}

/** Takes `-- …` and block comments away from the front of statements; within a statement they do no harm. */
function stripComments(text: string): string {
  let at = 0;
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at++;
    if (text.startsWith('--', at)) {
      const end = text.indexOf('\n', at);
      if (end === -1) return '';
      at = end + 1;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at);
      if (end === -1) return '';
      at = end + 2;
    } else return text.slice(at);
  }
}
