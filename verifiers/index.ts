import type { Task } from '../src/domain/task.ts';
import type { Profile, RuleResult, VerifyResult } from '../src/domain/verdict.ts';
import { checkArchitecture as checkArchitectureOfPaper } from './architecture/paper.ts';
import { checkArchitecture } from './architecture/parser.ts';
import { checkDatabase as checkDatabaseOfPaper } from './database/paper.ts';
import { checkDatabase } from './database/parser.ts';
import { checkFramework } from './framework/parser.ts';
import { checkOrm as checkOrmOfPaper } from './orm/paper.ts';
import { checkOrm } from './orm/parser.ts';
import { readSources, type Source } from './sources.ts';
import { readProject } from './syntax/project.ts';

/** Version of the rules; results of different versions are not comparable. */
export const verifierVersion = '1.0.0';

/** Profiles whose rules exist; the first is taken when none is asked for. */
export const availableProfiles: readonly Profile[] = ['parser', 'paper'];

/** The rules of a profile that apply to a task, in the order in which they are reported. */
const rulesOf: Record<Profile, (task: Task, sources: readonly Source[]) => RuleResult[]> = {
  parser: (task, sources) => {
    const project = readProject(sources);
    const { architecture, database, orm } = task.constraints;
    return [
      ...(architecture ? [checkArchitecture(project)] : []),
      ...(database === undefined ? [] : [checkDatabase(project, database)]),
      ...(orm ? [checkOrm(project, task.language)] : []),
      checkFramework(project, task.framework),
    ];
  },
  paper: (task, sources) => {
    const { architecture, database, orm } = task.constraints;
    return [
      ...(architecture ? [checkArchitectureOfPaper(sources)] : []),
      ...(database === undefined ? [] : [checkDatabaseOfPaper(sources, database)]),
      ...(orm ? [checkOrmOfPaper(sources, task.language)] : []),
    ];
  },
};

/**
 * Checks a submission against the constraints of its task. The profile `paper` has a rule for each constraint, so
 * that of a task without any every submission is compliant; `parser` checks the framework of every task as well.
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
      `there is no verifier profile ${String(profile)}; choose ${availableProfiles.join(' or ')}`,
    );
  }
  const rules = rulesOf[profile](task, readSources(files));
  return { profile, version: verifierVersion, rules, compliant: rules.every((rule) => rule.compliant) };
}
