import type { Task } from '../src/domain/task.ts';
import type { Profile, RuleResult, VerifyResult } from '../src/domain/verdict.ts';
import { checkArchitecture } from './architecture/paper.ts';
import { checkDatabase } from './database/paper.ts';
import { checkOrm } from './orm/paper.ts';
import { readSources } from './sources.ts';

/** Version of the rules; results of different versions are not comparable. */
export const verifierVersion = '0.1.0';

/** Profiles whose rules exist. */
export const availableProfiles: readonly Profile[] = ['paper'];

/**
 * Checks a submission against the constraints of its task. A task without constraints has no rules, and whatever
 * is handed in for it is compliant.
 * @param files by relative path; content that is not UTF-8 is left out
 * @throws RangeError for a profile that is not in `availableProfiles`
 */
export function verify(
  task: Task,
  files: Record<string, string | Uint8Array>,
  profile: Profile,
): VerifyResult {
  if (!availableProfiles.includes(profile)) {
    throw new RangeError(
      `the verifier profile ${profile} is not available yet; choose ${availableProfiles.join(' or ')}`,
    );
  }
  const sources = readSources(files);
  const { architecture, database, orm } = task.constraints;
  const rules: RuleResult[] = [];
  if (architecture) rules.push(checkArchitecture(sources));
  if (database !== undefined) rules.push(checkDatabase(sources, database));
  if (orm) rules.push(checkOrm(sources, task.language));
  return { profile, version: verifierVersion, rules, compliant: rules.every((rule) => rule.compliant) };
}
