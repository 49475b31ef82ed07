import type { Task } from '../domain/task.ts';
import type { Disagreement, Profile, VerifyResult } from '../domain/verdict.ts';
import type { FileMap } from '../engines/engine.ts';

export interface Verified {
  /** One for each profile. */
  results: VerifyResult[];
  disagreements: Disagreement[];
}

/**
 * Checks a submission under every profile there is.
 * @throws Error when it could not be done; the message says why.
 */
export type VerifySubmission = (task: Task, files: FileMap, signal: AbortSignal) => Promise<Verified>;

/** The verifiers' part of a run, started early: they need the files only, and need not wait for a server. */
export class VerifyStage {
  readonly #outcome: Promise<Verified | { error: string }>;

  constructor(work: VerifySubmission, task: Task, files: FileMap, signal: AbortSignal) {
    this.#outcome = work(task, files, signal).catch((error: unknown) => ({
      error: error instanceof Error ? error.message : String(error),
    }));
  }

  /** Results with that of the profile that decides first, or why there are none. Never rejects. */
  async finish(profile: Profile): Promise<Verified | { error: string }> {
    const outcome = await this.#outcome;
    if ('error' in outcome) return outcome;
    const deciding = outcome.results.find((result) => result.profile === profile);
    if (deciding === undefined) {
      return { error: `the verifier profile ${profile} is not available; choose another` };
    }
    return { ...outcome, results: [deciding, ...outcome.results.filter((result) => result !== deciding)] };
  }
}
