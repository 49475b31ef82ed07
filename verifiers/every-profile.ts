import type { Task } from '../src/domain/task.ts';
import type { Profile, VerifyResult } from '../src/domain/verdict.ts';
import { explain, type Disagreement } from './disagreement.ts';
import { verify } from './index.ts';

/** A submission's results under all profiles, and where they differ. */
export interface EveryProfile {
  readonly results: Readonly<Record<Profile, VerifyResult>>;
  readonly disagreements: readonly Disagreement[];
}

/** Checks a submission under every profile there is, and explains where they differ; see `verify`. */
export function verifyEveryProfile(task: Task, files: Record<string, string | Uint8Array>): EveryProfile {
  const results = { parser: verify(task, files, 'parser'), paper: verify(task, files, 'paper') };
  return { results, disagreements: explain(results.paper, results.parser, files) };
}
