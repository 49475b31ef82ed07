/** Places in a submission's files, as programs write them into their output. */

export interface SourcePlace {
  /** Path inside the submission, with `/`. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly column?: number;
}

/** A place and where in a text it is named. */
export interface NamedPlace extends SourcePlace {
  readonly from: number;
  readonly to: number;
}

/** Longest path that is looked at, in characters. */
const longestPath = 512;
const foreign = /(^|\/)(node_modules|site-packages|dist-packages|lib\/python3[^/]*)\//;

/**
 * The file of the submission that a path of a running program means, whatever directory it ran in: the longest end
 * of the path that is a file. Undefined for files of packages and of the language.
 */
export function ownPath(path: string, files: ReadonlySet<string>): string | undefined {
  const plain = path.replace(/^file:\/\//, '').replaceAll('\\', '/');
  if (plain.length > longestPath || foreign.test(plain)) return undefined;
  const parts = plain.split('/').filter((part) => part !== '' && part !== '.');
  for (let from = 0; from < parts.length; from++) {
    const end = parts.slice(from).join('/');
    if (files.has(end)) return end;
  }
  return undefined;
}

/** Text between blanks, quotes and brackets; what is longer than a path is no place. */
const words = /[^\s"'`()[\]<>|,;]+/g;
const numbered = /^([^:]+|file:\/\/[^:]+):(\d{1,7})(?::(\d{1,7}))?:?$/;
const pythonLine = /File "([^"\n]{1,512})", line (\d{1,7})/g;

/** The files of the submission that a line of output names with a line number, in order. */
export function namedPlaces(text: string, files: ReadonlySet<string>): NamedPlace[] {
  const places: NamedPlace[] = [];
  for (const match of text.matchAll(pythonLine)) {
    const path = ownPath(match[1] ?? '', files);
    if (path === undefined) continue;
    const from = match.index;
    places.push({ path, line: Number(match[2]), from, to: from + match[0].length });
  }
  for (const match of text.matchAll(words)) {
    const [word] = match;
    if (word.length > longestPath + 16) continue;
    const found = numbered.exec(word);
    const path = found === null ? undefined : ownPath(found[1] ?? '', files);
    if (found === null || path === undefined) continue;
    const from = match.index;
    const length = word.endsWith(':') ? word.length - 1 : word.length;
    places.push({
      path,
      line: Number(found[2]),
      ...(found[3] !== undefined && { column: Number(found[3]) }),
      from,
      to: from + length,
    });
  }
  return places.sort((a, b) => a.from - b.from);
}
