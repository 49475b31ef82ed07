import type { Finding } from '../src/domain/verdict.ts';
import { isLockFile, type Source } from './sources.ts';

/** A pattern whose match says that something is used. */
export interface Evidence {
  /** What a match is, for people: `import of sqlite3`. */
  readonly label: string;
  /** Without the flags g and y. */
  readonly pattern: RegExp;
}

export interface Match {
  readonly evidence: Evidence;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The first match of each pattern in each file, lock files left out. */
export function findEvidence(sources: readonly Source[], patterns: readonly Evidence[]): Match[] {
  return sources
    .filter((source) => !isLockFile(source.path))
    .flatMap((source) => patterns.flatMap((evidence) => matchOne(source, evidence)));
}

function matchOne(source: Source, evidence: Evidence): Match[] {
  const match = evidence.pattern.exec(source.text);
  if (match === null) return [];
  const offset = match.index + (match[0].length - match[0].trimStart().length);
  return [{ evidence, file: source.path, ...source.locate(offset) }];
}

/** @param message what the match means for the rule, given its label */
export function toFindings(
  rule: Finding['rule'],
  matches: readonly Match[],
  message: (label: string) => string,
): Finding[] {
  return matches.map(({ evidence, file, line, column }) => ({
    rule,
    file,
    line,
    column,
    message: message(evidence.label),
  }));
}
