import type { Import, ImportedName, Statement } from '../types.ts';
import type { Cursor } from './cursor.ts';
import { operator } from './tokens.ts';

/** `import a.b, c as d`: one statement for each module. */
export function parseImport(cursor: Cursor): Statement[] {
  cursor.expectWord('import');
  const statements: Statement[] = [];
  do {
    const { at } = cursor;
    const specifier = parseDottedName(cursor);
    const whole = cursor.takeWord('as') ? cursor.expectName() : (specifier.split('.')[0] ?? specifier);
    statements.push(note(cursor, { specifier, names: [], whole, at }));
  } while (cursor.takeOperator(','));
  return statements;
}

/** `from ..a import b as c, d`. */
export function parseFromImport(cursor: Cursor): Statement[] {
  const { at } = cursor;
  cursor.expectWord('from');
  let specifier = '';
  while (cursor.kind === operator && (cursor.text === '.' || cursor.text === '...')) {
    specifier += cursor.text;
    cursor.advance();
  }
  if (specifier === '' || !cursor.isWord('import')) specifier += parseDottedName(cursor);
  cursor.expectWord('import');
  const names = parseNames(cursor);
  return [note(cursor, { specifier, names, at })];
}

function parseNames(cursor: Cursor): ImportedName[] {
  const { at } = cursor;
  if (cursor.takeOperator('*')) return [{ imported: '*', local: '*', at }];
  const bracketed = cursor.takeOperator('(');
  const names: ImportedName[] = [];
  do {
    if (bracketed && names.length > 0 && cursor.isOperator(')')) break;
    const start = cursor.at;
    const imported = cursor.expectName();
    names.push({ imported, local: cursor.takeWord('as') ? cursor.expectName() : imported, at: start });
  } while (cursor.takeOperator(','));
  if (bracketed) cursor.expectOperator(')');
  return names;
}

export function parseDottedName(cursor: Cursor): string {
  let dotted = cursor.expectName();
  while (cursor.takeOperator('.')) dotted += `.${cursor.expectName()}`;
  return dotted;
}

function note(
  cursor: Cursor,
  read: { specifier: string; names: ImportedName[]; whole?: string; at: number },
): Statement {
  const { gathered } = cursor;
  const found: Import = {
    ...read,
    form: 'import',
    typeOnly: gathered.typeOnly > 0,
    deferred: gathered.functions > 0,
  };
  gathered.imports.push(found);
  return { kind: 'import', import: found, at: read.at };
}
