import type { FileSystem } from '../../fs/types.ts';
import { PipError } from './errors.ts';
import { parseRequirement, RequirementError, type Requirement } from './requirement.ts';

/** A requirement and who asks for it. */
export interface Asked {
  readonly requirement: Requirement;
  /** Where it stands, e.g. ` (from -r requirements.txt (line 3))`; empty for the command line. */
  readonly from: string;
}

export interface RequirementsFile {
  readonly requirements: Asked[];
  readonly constraints: Asked[];
  /** Lines such as `-e .` or a bare path or address, which are not packages of an index. */
  readonly elsewhere: string[];
  /** Lines with hashes. */
  readonly hashed: string[];
}

const MAX_FILES = 32;
/** Options that a requirements file may hold and that make no difference here. */
const IGNORED =
  /^(-i|--index-url|--extra-index-url|--find-links|-f|--no-index|--pre|--prefer-binary|--only-binary|--no-binary|--trusted-host|--use-feature|--require-hashes)\b/;

/**
 * Reads a requirements file with the files it names.
 * @param path - as written; relative to `folder`.
 * @throws PipError when a file is missing or a line is no requirement.
 */
export function readRequirementsFile(
  fs: FileSystem,
  path: string,
  folder: string,
  kind: 'requirements' | 'constraints' = 'requirements',
  seen: Set<string> = new Set(),
): RequirementsFile {
  const found: RequirementsFile = { requirements: [], constraints: [], elsewhere: [], hashed: [] };
  const full = path.startsWith('/') ? path : `${folder}/${path}`;
  if (!fs.exists(full)) {
    throw new PipError(
      [`Could not open requirements file: [Errno 2] No such file or directory: '${path}'`],
      [`error: File not found: \`${path}\``],
    );
  }
  if (seen.has(full)) return found;
  if (seen.size >= MAX_FILES) throw new PipError([`More than ${MAX_FILES} requirements files are included.`]);
  seen.add(full);
  for (const { text, line } of logicalLines(fs.readText(full))) {
    const nested = /^(-r|--requirement|-c|--constraint)(?:\s+|=)?(\S+)$/.exec(text);
    if (nested !== null) {
      const inner =
        nested[1]?.startsWith('-c') === true || nested[1] === '--constraint' ? 'constraints' : kind;
      const base = full.slice(0, full.lastIndexOf('/'));
      const more = readRequirementsFile(fs, nested[2] ?? '', base, inner, seen);
      found.requirements.push(...more.requirements);
      found.constraints.push(...more.constraints);
      found.elsewhere.push(...more.elsewhere);
      found.hashed.push(...more.hashed);
    } else if (/^(-e|--editable)\b|^(\.|\/|git\+|https?:|file:)/.test(text)) {
      found.elsewhere.push(text);
    } else if (!IGNORED.test(text)) {
      if (/\s--hash[= ]/.test(text)) found.hashed.push(text);
      const asked = readLine(
        text,
        `${kind === 'constraints' ? '-c' : '-r'} ${path} (line ${line})`,
        path,
        line,
      );
      if (asked !== undefined) found[kind].push(asked);
    }
  }
  return found;
}

function readLine(text: string, from: string, path: string, line: number): Asked | undefined {
  const bare = text.replaceAll(/\s+--(hash|config-settings?|global-option)[= ]\S+/g, '').trim();
  try {
    const requirement = parseRequirement(bare);
    return requirement === undefined ? undefined : { requirement, from: ` (from ${from})` };
  } catch (error) {
    if (!(error instanceof RequirementError)) throw error;
    throw invalidRequirement(bare, error, ` (from line ${line} of ${path})`, path);
  }
}

/** What pip and uv say about a text that is no requirement. */
export function invalidRequirement(
  text: string,
  error: RequirementError,
  from: string,
  path = text,
): PipError {
  const [reason = '', ...hint] = error.message.split('\n');
  return new PipError(
    [`Invalid requirement: '${text}': ${reason}${from}`, ...hint],
    [`error: Couldn't parse requirement in \`${path}\``, `  Caused by: ${reason}`, text],
  );
}

/** Lines without comments, continued ones joined; numbers are those of the first line. */
function logicalLines(source: string): { text: string; line: number }[] {
  const lines: { text: string; line: number }[] = [];
  let open: { text: string; line: number } | undefined;
  for (const [index, raw] of source
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const continued = raw.endsWith('\\');
    const part = continued ? raw.slice(0, -1) : raw;
    open = { text: `${open?.text ?? ''}${part}`, line: open?.line ?? index + 1 };
    if (continued) continue;
    const text = open.text.replace(/(^|\s)#.*$/, '').trim();
    if (text !== '') lines.push({ text, line: open.line });
    open = undefined;
  }
  return lines;
}
