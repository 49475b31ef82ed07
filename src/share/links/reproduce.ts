import { collectionNotRun } from '../../domain/collection.ts';
import { recordFiles } from '../../domain/files.ts';
import { limits } from '../../domain/limits.ts';
import type { RunRecord, Verdict } from '../../domain/run.ts';
import type { Finding, Profile } from '../../domain/verdict.ts';
import { findTask } from '../../../tasks/index.ts';
import { canonical } from './canonical.ts';
import { claimOf } from './claim.ts';
import type { ClaimedAssertion, SharedRun } from './shared-run.ts';

/** A thing in which a fresh run came out otherwise than was claimed. */
export type Difference =
  /** Missing on one side when that suite does not have it. */
  | {
      kind: 'assertion';
      id: string;
      claimed: ClaimedAssertion | undefined;
      fresh: ClaimedAssertion | undefined;
    }
  | { kind: 'rule'; profile: Profile; rule: Finding['rule']; claimed: boolean; fresh: boolean }
  /** A reason for which a rule is violated that only one side has. */
  | { kind: 'finding'; profile: Profile; only: 'claimed' | 'fresh'; finding: Finding }
  | { kind: 'verdict'; claimed: Verdict; fresh: Verdict };

/** Why the two say nothing about each other: they are not the same trial. */
export interface Obstacle {
  what:
    | 'task'
    | 'level'
    | 'task-version'
    | 'suite'
    | 'profile'
    | 'verifiers'
    | 'files'
    | 'collection'
    | 'unscored';
  claimed: string;
  fresh: string;
}

/** What else is not the same, and may explain a difference. */
export interface Circumstance {
  what: 'engine' | 'version' | 'package' | 'substitution';
  name: string;
  /** Missing on one side. */
  claimed: string | undefined;
  fresh: string | undefined;
}

export type Reproduction =
  | { outcome: 'reproduced'; circumstances: readonly Circumstance[] }
  | { outcome: 'different'; differences: readonly Difference[]; circumstances: readonly Circumstance[] }
  | { outcome: 'not-comparable'; obstacles: readonly Obstacle[]; circumstances: readonly Circumstance[] };

/**
 * Holds a fresh run against what was claimed. Statuses of assertions, rules, reasons for violations and the verdict
 * count; texts of failures, times and logs differ between any two runs and do not.
 */
export function reproduce(claimed: SharedRun, record: RunRecord): Reproduction {
  const fresh = claimOf(record);
  const circumstances = circumstancesOf(claimed, fresh);
  const obstacles = obstaclesOf(claimed, fresh);
  if (obstacles.length > 0) return { outcome: 'not-comparable', obstacles, circumstances };
  const differences = [
    ...verdicts(claimed.verdict, fresh.verdict),
    ...assertions(claimed, fresh),
    ...rules(claimed, fresh),
  ];
  return differences.length === 0
    ? { outcome: 'reproduced', circumstances }
    : { outcome: 'different', differences, circumstances };
}

function obstaclesOf(claimed: SharedRun, fresh: SharedRun): Obstacle[] {
  const level = ({ task }: SharedRun): string => {
    const known = findTask(task.id);
    return known === undefined ? 'unknown' : `L${known.level}`;
  };
  const suite = (run: SharedRun): string =>
    run.suite === undefined ? 'none' : `${run.suite.suite.id} ${run.suite.suite.version}`;
  const verifiers = (run: SharedRun): string =>
    run.verify.map(({ profile, version }) => `${profile} ${version}`).join(', ');
  const collection = (run: SharedRun): string =>
    run.collection === undefined ? 'none' : run.collection.role;
  const pairs: Obstacle[] = [
    { what: 'task', claimed: claimed.task.id, fresh: fresh.task.id },
    { what: 'level', claimed: level(claimed), fresh: level(fresh) },
    { what: 'task-version', claimed: claimed.task.version, fresh: fresh.task.version },
    { what: 'suite', claimed: suite(claimed), fresh: suite(fresh) },
    { what: 'profile', claimed: claimed.profile, fresh: fresh.profile },
    { what: 'verifiers', claimed: verifiers(claimed), fresh: verifiers(fresh) },
    { what: 'collection', claimed: collection(claimed), fresh: collection(fresh) },
  ];
  // A server that did not come up, where it was claimed to, is a difference.
  const ran = [claimed, fresh].every((run) => run.suite?.suite.version !== collectionNotRun);
  const obstacles = pairs.filter((pair) => pair.claimed !== pair.fresh && (ran || pair.what !== 'suite'));
  const files = changedFiles(claimed, fresh);
  if (files !== undefined) obstacles.push({ what: 'files', claimed: 'as shared', fresh: files });
  if (claimed.verdict.kind === 'scored' && fresh.verdict.kind === 'unscored') {
    const { reason, detail } = fresh.verdict;
    return [{ what: 'unscored', claimed: 'scored', fresh: `${reason}: ${detail}` }];
  }
  return obstacles;
}

/** The first file that is not the same; undefined when all are. */
function changedFiles(claimed: SharedRun, fresh: SharedRun): string | undefined {
  if (claimed.files === undefined || fresh.files === undefined) return undefined;
  const [before, after] = [recordFiles(claimed.files), recordFiles(fresh.files)];
  const same = (path: string): boolean => canonical(before[path] ?? null) === canonical(after[path] ?? null);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].find((path) => !same(path));
}

function verdicts(claimed: Verdict, fresh: Verdict): Difference[] {
  const word = (verdict: Verdict): string =>
    verdict.kind === 'unscored' ? `unscored ${verdict.reason}` : canonical(verdict.score);
  return word(claimed) === word(fresh) ? [] : [{ kind: 'verdict', claimed, fresh }];
}

function assertions(claimed: SharedRun, fresh: SharedRun): Difference[] {
  const before = new Map(claimed.suite?.assertions.map((one) => [one.id, one]));
  const after = new Map(fresh.suite?.assertions.map((one) => [one.id, one]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id): Difference[] => {
    const [was, is] = [before.get(id), after.get(id)];
    return was?.status === is?.status ? [] : [{ kind: 'assertion', id, claimed: was, fresh: is }];
  });
}

function rules(claimed: SharedRun, fresh: SharedRun): Difference[] {
  return claimed.verify.flatMap(({ profile, rules: before }) => {
    const after = fresh.verify.find((result) => result.profile === profile)?.rules ?? [];
    return before.flatMap(({ rule, compliant, findings }): Difference[] => {
      const now = after.find((result) => result.rule === rule);
      if (now === undefined || now.compliant !== compliant) {
        return [{ kind: 'rule', profile, rule, claimed: compliant, fresh: now?.compliant ?? false }];
      }
      // A link holds the first of very many.
      const cut = findings.length >= limits.linkFindings;
      const found = cut ? now.findings.slice(0, findings.length) : now.findings;
      return [
        ...onlyIn(findings, found).map((finding) => ({ only: 'claimed' as const, finding })),
        ...onlyIn(found, findings).map((finding) => ({ only: 'fresh' as const, finding })),
      ].map((found): Difference => ({ kind: 'finding', profile, ...found }));
    });
  });
}

/** Findings are told apart by where they are: their words may be cut in a link. */
function onlyIn(findings: readonly Finding[], others: readonly Finding[]): Finding[] {
  const place = ({ rule, file, line, column }: Finding): string => JSON.stringify([rule, file, line, column]);
  const known = new Set(others.map(place));
  return findings.filter((finding) => !known.has(place(finding)));
}

function circumstancesOf(claimed: SharedRun, fresh: SharedRun): Circumstance[] {
  const replaced = ({ substitutions }: SharedRun): Record<string, string> =>
    Object.fromEntries(substitutions.map(({ package: name, kind, detail }) => [`${name} (${kind})`, detail]));
  return [
    ...unlike('engine', { engine: claimed.engine.id }, { engine: fresh.engine.id }),
    ...unlike('version', claimed.engine.versions, fresh.engine.versions),
    ...unlike('package', claimed.packages, fresh.packages),
    ...unlike('substitution', replaced(claimed), replaced(fresh)),
  ];
}

function unlike(
  what: Circumstance['what'],
  claimed: Readonly<Record<string, string>>,
  fresh: Readonly<Record<string, string>>,
): Circumstance[] {
  return [...new Set([...Object.keys(claimed), ...Object.keys(fresh)])]
    .filter((name) => claimed[name] !== fresh[name])
    .map((name) => ({ what, name, claimed: claimed[name], fresh: fresh[name] }));
}
