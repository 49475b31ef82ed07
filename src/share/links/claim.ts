import type { Generation } from '../../domain/generation.ts';
import type { RunRecord } from '../../domain/run.ts';
import { recordFiles, restoreFiles } from '../../domain/files.ts';
import { hashOf, type Json } from './canonical.ts';
import type { Place, Share, SharedRun } from './shared-run.ts';

/** What was said on the way to a submission is too long for a link. */
function withoutTrajectory({ trajectory: _, ...generation }: Generation): Generation {
  return generation;
}

/** What a run record has to say in a link: no log, no exchanges, no evidence for rules that are kept. */
export function claimOf(record: RunRecord): SharedRun {
  const { createdAt, ms, task, source, generation, engine, packages, substitutions, stages } = record;
  const { collection, suite, verify, disagreements, profile, verdict } = record;
  return {
    createdAt,
    ms,
    task,
    source,
    ...(generation !== undefined && { generation: withoutTrajectory(generation) }),
    engine,
    packages,
    substitutions,
    files: restoreFiles(record.files),
    ...(collection !== undefined && { collection: { role: collection.role, source: collection.source } }),
    stages,
    ...(suite !== undefined && {
      suite: {
        suite: suite.suite,
        total: suite.assertions.length,
        assertions: suite.assertions.map(({ exchange: _, ...claimed }) => claimed),
      },
    }),
    verify: verify.map((result) => ({
      ...result,
      rules: result.rules.map(({ rule, compliant, findings }) => ({
        rule,
        compliant,
        findings: compliant ? [] : findings,
      })),
    })),
    ...(disagreements !== undefined && disagreements.length > 0 && { disagreements }),
    profile,
    verdict,
  };
}

/** Runs as they are shared. @param at - the assertion that the link is about */
export function shareOf(records: readonly RunRecord[], at?: Place): Share {
  return { runs: records.map(claimOf), ...(at !== undefined && { at }) };
}

/**
 * A claim as a run record, to be kept beside records of runs: without log and exchanges, which a link has not. Its id
 * follows from what it says, so that the same claim is the same record. Undefined when its files are not here.
 */
export async function recordOfClaim(claimed: SharedRun): Promise<RunRecord | undefined> {
  const { files, suite, stages, verify, collection, generation, disagreements, ...rest } = claimed;
  if (files === undefined) return undefined;
  const recorded = recordFiles(files);
  return {
    version: 1,
    id: await hashOf(
      JSON.parse(JSON.stringify([claimed.createdAt, recorded, claimed.task, suite, verify])) as Json,
    ),
    ...rest,
    files: recorded,
    ...(generation !== undefined && { generation }),
    stages: [...stages],
    log: [],
    logTruncated: false,
    ...(suite !== undefined && {
      suite: { suite: suite.suite, assertions: [...suite.assertions], exchanges: [] },
    }),
    ...(collection !== undefined && { collection }),
    verify: [...verify],
    ...(disagreements !== undefined && { disagreements: [...disagreements] }),
  };
}

/**
 * Where a claim contradicts itself: a score that is not that of its assertions, a pass in spite of a failure. A check sum
 * shows that nothing was changed on the way, not that what was written is so.
 */
export function contradiction(claimed: SharedRun): string | undefined {
  const { verdict, suite, verify, profile } = claimed;
  const twice = saidTwice(claimed);
  if (twice !== undefined) return `it has ${twice} twice`;
  const deciding = verify[0];
  if (deciding !== undefined && deciding.profile !== profile) {
    return 'the rules that decide are those of another profile';
  }
  for (const { compliant, rules } of verify) {
    if (compliant !== rules.every((rule) => rule.compliant))
      return 'the verdict on the rules is not that of its rules';
  }
  if (verdict.kind === 'unscored') return undefined;
  const { passed, failed, notReached, total, raw, strict, pass } = verdict.score;
  const counts = [passed, failed, notReached, total];
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0)) return 'the score has no counts';
  if (passed + failed + notReached !== total) return 'the score does not add up';
  if (raw !== (total === 0 ? 0 : passed / total)) return 'the raw score is not that of its counts';
  if (strict !== (deciding?.compliant === true ? raw : 0))
    return 'the strict score does not follow from the rules';
  if (pass && (total === 0 || passed !== total || deciding?.compliant !== true))
    return 'it passes in spite of a failure';
  if (suite === undefined) return undefined;
  if (suite.total !== total) return 'the score counts other assertions';
  if (suite.assertions.length === 0) return undefined;
  const count = (status: string): number => suite.assertions.filter((one) => one.status === status).length;
  return count('passed') === passed && count('failed') === failed && count('not-reached') === notReached
    ? undefined
    : 'the score is not that of its assertions';
}

/** What is in it twice and can be there once: views tell such things apart by their names. */
function saidTwice({ suite, verify, disagreements, stages }: SharedRun): string | undefined {
  const twice = (names: readonly string[]): boolean => new Set(names).size < names.length;
  if (twice(suite?.assertions.map(({ id }) => id) ?? [])) return 'an assertion';
  if (twice(stages.map(({ name }) => name))) return 'a stage';
  if (twice(verify.map((result) => result.profile))) return 'a profile';
  if (verify.some(({ rules }) => twice(rules.map(({ rule }) => rule)))) return 'a rule';
  return twice(disagreements?.map(({ rule }) => rule) ?? []) ? 'a rule' : undefined;
}
