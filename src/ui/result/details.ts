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

/** Bytes of all files of a record. */
export function sizeOf(files: RunRecord['files']): number {
  return Object.values(files).reduce<number>((sum, file) => {
    if (typeof file === 'string') return sum + new TextEncoder().encode(file).length;
    const { base64 } = file;
    return sum + Math.floor((base64.length * 3) / 4) - (base64.match(/=+$/)?.[0].length ?? 0);
  }, 0);
}
