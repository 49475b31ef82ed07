/** Blanks and comments before a statement. */
const leading = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|;)*/;

/** The first word of a statement, in upper case. */
function keyword(sql: string): string {
  return /^[a-z]*/i.exec(sql.replace(leading, ''))?.[0].toUpperCase() ?? '';
}

/** True for statements that change rows, for which SQLite counts changes. */
export function changesRows(sql: string): boolean {
  const word = keyword(sql);
  if (word === 'WITH') return /\b(insert|update|delete|replace)\b/i.test(sql);
  return word === 'INSERT' || word === 'UPDATE' || word === 'DELETE' || word === 'REPLACE';
}

/** True for statements that write nothing to the file; by their words, as the build has no sqlite3_stmt_readonly. */
export function readsOnly(sql: string): boolean {
  const word = keyword(sql);
  if (word === 'WITH') return !changesRows(sql);
  if (word === 'PRAGMA') return !/=|\(/.test(sql);
  if (word === 'BEGIN') return !/\b(immediate|exclusive)\b/i.test(sql);
  return ['SELECT', 'VALUES', 'EXPLAIN', 'COMMIT', 'END', 'ROLLBACK', 'SAVEPOINT', 'RELEASE'].includes(word);
}
