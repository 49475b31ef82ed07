import type {
  Disagreement as RecordedDisagreement,
  Finding,
  RuleResult,
  VerifyResult,
} from '../src/domain/verdict.ts';
import { explainArchitecture } from './disagreement/architecture.ts';
import { explainEvidence } from './disagreement/evidence.ts';
import { Scene } from './disagreement/places.ts';
import { readSources } from './sources.ts';
import { readProject } from './syntax/project.ts';

/** A rule on which the two profiles differ, and why, with what each of them found. */
export interface Disagreement extends RecordedDisagreement {
  readonly findings: { readonly paper: readonly Finding[]; readonly parser: readonly Finding[] };
}

/**
 * Explains where the two profiles differ on a submission, one entry a rule that both have. Parses the submission
 * again when there is anything to explain, so it belongs beside `verify` and not on the page's own thread.
 * @param files the submission, as `verify` got it
 */
export function explain(
  paper: VerifyResult,
  parser: VerifyResult,
  files: Record<string, string | Uint8Array>,
): Disagreement[] {
  const pairs = paper.rules.flatMap((ofPaper) => {
    const ofParser = parser.rules.find(({ rule }) => rule === ofPaper.rule);
    return ofParser === undefined || ofParser.compliant === ofPaper.compliant ? [] : [{ ofPaper, ofParser }];
  });
  if (pairs.length === 0) return [];
  const scene = new Scene(readProject(readSources(files)));
  return pairs.map(({ ofPaper, ofParser }) => ({
    rule: ofPaper.rule,
    paper: ofPaper.compliant,
    parser: ofParser.compliant,
    reason: reasonOf(scene, ofPaper, ofParser),
    findings: { paper: ofPaper.findings, parser: ofParser.findings },
  }));
}

function reasonOf(scene: Scene, paper: RuleResult, parser: RuleResult): string {
  return paper.rule === 'architecture'
    ? explainArchitecture(scene, paper, parser)
    : explainEvidence(scene, paper, parser);
}
