import type { RunRecord } from '../../domain/run.ts';

/** What a run was made with, without its files, its output and its requests: for a report or a comparison. */
export function detailsOf(record: RunRecord): object {
  const {
    id,
    createdAt,
    task,
    source,
    engine,
    packages,
    substitutions,
    stages,
    verify,
    profile,
    verdict,
    ms,
  } = record;
  return {
    id,
    createdAt,
    ms,
    task,
    source,
    engine,
    ...(record.suite && { suite: record.suite.suite }),
    verifiers: verify.map(({ profile: name, version, compliant }) => ({ profile: name, version, compliant })),
    profile,
    verdict,
    stages,
    substitutions,
    packages,
  };
}
