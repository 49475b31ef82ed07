import type { Profile } from '../../src/domain/verdict.ts';
import { verify } from '../index.ts';
import { parseFixture, type LabelledFixture, type Place, type Rule } from './fixture-files.ts';

/** How often a profile's rule agrees with the labels; a violation is the positive. */
export interface Score {
  readonly profile: Profile;
  readonly rule: Rule;
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
  readonly disagreements: Disagreement[];
}

export interface Disagreement {
  readonly fixture: LabelledFixture;
  /** `false alarm`: violated where the label says compliant; `missed` the other way round. */
  readonly kind: 'false alarm' | 'missed';
  /** The first finding of a false alarm. */
  readonly finding: string;
}

const texts = import.meta.glob<string>('../fixtures/*/*.txt', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** All labelled fixtures, by name. */
export function loadFixtures(): LabelledFixture[] {
  return Object.entries(texts).map(([path, text]) =>
    parseFixture(path.replace('../fixtures/', '').replace(/\.txt$/, ''), text),
  );
}

/** Counts a profile against the labels, one score a rule that the profile has. */
export function measure(fixtures: readonly LabelledFixture[], profile: Profile): Score[] {
  const scores = new Map<Rule, Score>();
  for (const fixture of fixtures) {
    for (const result of verify(fixture.task, fixture.files, profile).rules) {
      const label = fixture.labels.get(result.rule);
      if (label === undefined) continue;
      const score = scores.get(result.rule) ?? emptyScore(profile, result.rule);
      scores.set(result.rule, score);
      const [first] = result.findings;
      const finding = first === undefined ? '' : `${first.file}:${first.line} ${first.message}`;
      if (label.compliant && result.compliant) score.trueNegatives++;
      else if (!label.compliant && !result.compliant) score.truePositives++;
      else if (result.compliant) {
        score.falseNegatives++;
        score.disagreements.push({ fixture, kind: 'missed', finding: '' });
      } else {
        score.falsePositives++;
        score.disagreements.push({ fixture, kind: 'false alarm', finding });
      }
    }
  }
  return [...scores.values()];
}

/** TP / (TP + FP); 1 when nothing was reported. */
export function precision({ truePositives, falsePositives }: Score): number {
  const reported = truePositives + falsePositives;
  return reported === 0 ? 1 : truePositives / reported;
}

/** TP / (TP + FN); 1 when there was nothing to report. */
export function recall({ truePositives, falseNegatives }: Score): number {
  const violations = truePositives + falseNegatives;
  return violations === 0 ? 1 : truePositives / violations;
}

/** Places of a label at which none of the findings is. */
export function missedPlaces(
  places: readonly Place[],
  findings: readonly { file: string; line: number }[],
): Place[] {
  return places.filter(
    ({ file, line }) =>
      !findings.some((finding) => finding.file === file && (line === undefined || finding.line === line)),
  );
}

function emptyScore(profile: Profile, rule: Rule): Score {
  return {
    profile,
    rule,
    truePositives: 0,
    falsePositives: 0,
    falseNegatives: 0,
    trueNegatives: 0,
    disagreements: [],
  };
}
