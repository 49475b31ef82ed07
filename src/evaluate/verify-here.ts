import { verifyEveryProfile } from '../../verifiers/every-profile.ts';
import type { VerifySubmission } from './verify-stage.ts';

/** Checks at once, in the caller's own thread: a hostile text holds it up until it is read. */
export const verifyHere: VerifySubmission = async (task, files) => {
  const { results, disagreements } = verifyEveryProfile(task, files);
  return {
    results: [results.parser, results.paper],
    // What each profile found stands in its result already.
    disagreements: disagreements.map(({ rule, paper, parser, reason }) => ({ rule, paper, parser, reason })),
  };
};
