import type { RunRecord } from '../../../domain/run.ts';
import type { Finding, Profile } from '../../../domain/verdict.ts';
import type { FileMap } from '../../../engines/engine.ts';
import { codeText } from '../../english/code.ts';
import { serverErrors } from '../../result/exchange-context.ts';
import { ownFrame, stackTraces, type StackTrace } from '../../result/stack-trace.ts';

export type MarkKind =
  /** Violates a rule under the profile that decides. */
  | 'violation'
  /** Violates a rule only under a profile that does not decide. */
  | 'other'
  /** The server went wrong here. */
  | 'error'
  /** Does not follow the grammar of its language. */
  | 'syntax'
  /** Why a rule is held to. */
  | 'evidence'
  /** Worth knowing. */
  | 'note';

/** Something to be said about a place in a file. */
export interface Mark {
  readonly kind: MarkKind;
  readonly path: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Of findings: the rule, and the profiles that found it. */
  readonly rule?: Finding['rule'];
  readonly profiles?: readonly Profile[];
  /** The file was changed since: the place may have moved, the fault may be gone. */
  readonly stale: boolean;
}

/** Kinds from what matters most to what matters least. */
export const markKinds: readonly MarkKind[] = ['violation', 'error', 'syntax', 'other', 'note', 'evidence'];

/** Kinds that ask for a change; the others explain. */
export const isFault = ({ kind }: Mark): boolean => kind !== 'evidence' && kind !== 'note';

/** What a run says about the files that it was run with. */
export function marksOfRun(record: RunRecord, ran: FileMap): readonly Mark[] {
  return [...findingsOf(record), ...errorsOf(record, ran)].map((mark) => ({ ...mark, stale: false }));
}

/**
 * Marks of files that are there now; those of files that differ from what was run are stale.
 * @param ran the files as they were run
 * @param now the same files as they are now
 */
export function whereStillThere(marks: readonly Mark[], ran: FileMap, now: FileMap): readonly Mark[] {
  return marks
    .filter(({ path }) => Object.hasOwn(now, path))
    .map((mark) => (ran[mark.path] === now[mark.path] ? mark : { ...mark, stale: true }));
}

/** Files by name, what matters most in a file first, then by line. */
export function inOrder(a: Mark, b: Mark): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  const weight = markKinds.indexOf(a.kind) - markKinds.indexOf(b.kind);
  return weight === 0 ? a.line - b.line : weight;
}

/** A place in the files; both numbers count from 1. */
interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The mark that comes after or before a place, from the last to the first again. Only marks that ask for a change; those
 * of before an edit only when there are no others.
 */
export function markBeside(
  marks: readonly Mark[],
  from: Position,
  direction: 'next' | 'previous',
): Mark | undefined {
  const faults = marks.filter(isFault);
  const fresh = faults.filter(({ stale }) => !stale);
  const sorted = [...(fresh.length > 0 ? fresh : faults)].sort(byPlace);
  if (direction === 'next') return sorted.find((mark) => byPlace(mark, from) > 0) ?? sorted[0];
  return sorted.findLast((mark) => byPlace(mark, from) < 0) ?? sorted.at(-1);
}

function byPlace(a: Position, b: Position): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

type Unchecked = Omit<Mark, 'stale'>;

/** The findings of all profiles; what two of them say with the same words is one mark. */
function findingsOf(record: RunRecord): readonly Unchecked[] {
  const marks = new Map<string, Unchecked>();
  for (const { profile, rules } of record.verify) {
    const decides = profile === record.profile;
    for (const { compliant, findings, notes = [] } of rules) {
      const kind = compliant ? 'evidence' : decides ? 'violation' : 'other';
      for (const finding of findings) add(marks, finding, kind, profile);
      for (const note of notes) add(marks, note, 'note', profile);
    }
  }
  return [...marks.values()];
}

function add(marks: Map<string, Unchecked>, finding: Finding, kind: MarkKind, profile: Profile): void {
  const { file: path, line, column, message, rule } = finding;
  const key = JSON.stringify([kind, path, line, column, message, rule]);
  const profiles = [...(marks.get(key)?.profiles ?? []), profile];
  marks.set(key, { kind, path, line, column, message, rule, profiles });
}

/** Where the server's own words say that it went wrong; with the request that it failed at, where that is known. */
function errorsOf(record: RunRecord, ran: FileMap): readonly Unchecked[] {
  const files = new Set(Object.keys(ran));
  const exchanges = record.suite?.exchanges ?? [];
  const known = new Map<string, string>();
  for (const [index, traces] of serverErrors(exchanges, record.log, files)) {
    const { request, response } = exchanges[index] ?? {};
    if (request === undefined) continue;
    const [target = ''] = request.target.split('?');
    for (const trace of traces)
      known.set(identity(trace), codeText.failedAt(response?.status, request.method, target));
  }
  const marks = new Map<string, Unchecked>();
  for (const trace of stackTraces(record.log, files)) {
    const frame = ownFrame(trace);
    if (frame === undefined) continue;
    const { path, line, column = 1 } = frame;
    const request = known.get(identity(trace));
    const message = request === undefined ? trace.message : `${request}: ${trace.message}`;
    marks.set(JSON.stringify([path, line, message]), { kind: 'error', path, line, column, message });
  }
  return [...marks.values()];
}

const identity = ({ from, to, message }: StackTrace): string => `${from} ${to} ${message}`;
