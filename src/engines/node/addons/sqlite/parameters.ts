/** What may be bound to a parameter and come out of a column. */
export type SqliteValue = null | number | bigint | string | Uint8Array;

/** A parameter's place in the text of a statement. */
interface Occurrence {
  readonly start: number;
  readonly end: number;
  readonly index: number;
}

/** The parameters of one statement, numbered from 1 as SQLite does. */
export interface Parameters {
  readonly count: number;
  /** Name with its prefix by index - 1; undefined for a plain `?`. */
  readonly names: readonly (string | undefined)[];
  readonly occurrences: readonly Occurrence[];
}

/**
 * Everything that may hide a parameter (strings, quoted names, comments, words, numbers), or a parameter:
 * `?`, `?12`, `:name`, `@name`, `$name` with Tcl's `::` and `(...)` suffixes. See SQLite's tokenizer.
 */
const token =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[\p{L}\p{N}_\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*|\?(\d*)|([:@$#][\p{L}\p{N}_$\u0080-\uffff]+(?:::[\p{L}\p{N}_$\u0080-\uffff]*)*(?:\([^\s)]*\))?)/gu;

/** Finds the parameters of a statement's text. */
export function parseParameters(sql: string): Parameters {
  const names: (string | undefined)[] = [];
  const occurrences: Occurrence[] = [];
  if (!/[?:@$]/.test(sql)) return { count: 0, names, occurrences };
  for (const match of sql.matchAll(token)) {
    const [text, digits, named] = match;
    if (digits === undefined && named === undefined) continue;
    let index: number;
    if (digits === '') {
      index = names.push(undefined);
    } else if (digits !== undefined) {
      index = Number(digits);
      while (names.length < index) names.push(undefined);
      names[index - 1] = text;
    } else {
      index = names.indexOf(text) + 1 || names.push(text);
    }
    occurrences.push({ start: match.index, end: match.index + text.length, index });
  }
  return { count: names.length, names, occurrences };
}

/** The statement's text with its values in place, as sqlite3_expanded_sql writes it. */
export function expandSql(
  sql: string,
  parameters: Parameters,
  values: ReadonlyMap<number, SqliteValue>,
): string {
  let out = '';
  let at = 0;
  for (const { start, end, index } of parameters.occurrences) {
    out += sql.slice(at, start) + literal(values.get(index) ?? null);
    at = end;
  }
  return out + sql.slice(at);
}

function literal(value: SqliteValue): string {
  if (value === null) return 'NULL';
  // SQLite ends its copy of a text at a zero character.
  if (typeof value === 'string') return `'${(value.split('\0', 1)[0] ?? '').replaceAll("'", "''")}'`;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return real(value);
  return `x'${Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')}'`;
}

/** A number as SQLite prints doubles: always with a fraction. */
function real(value: number): string {
  const text = Math.abs(value) >= 1e15 ? value.toExponential() : String(value);
  return text.includes('.') || !Number.isFinite(value) ? text : text.replace(/(?=e)|$/, '.0');
}
