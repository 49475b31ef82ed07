import { explain } from '../../verifiers/disagreement.ts';
import { verify } from '../../verifiers/index.ts';
import type { VerifySubmission } from './verify-stage.ts';

/** Checks at once, in the caller's own thread: a hostile text holds it up until it is read. */
export const verifyHere: VerifySubmission = async (task, files) => {
  const parser = verify(task, files, 'parser');
  const paper = verify(task, files, 'paper');
  const disagreements = explain(paper, parser, files).map(({ rule, reason, ...compliant }) => ({
    rule,
    paper: compliant.paper,
    parser: compliant.parser,
    reason,
  }));
  return { results: [parser, paper], disagreements };
};
