import type { Verdict } from '../../domain/run.ts';
import type { Difference, Reproduction } from '../../share/links/index.ts';
import { sharedText } from '../english/share.ts';
import { formatShare } from '../text/format.ts';

const words = sharedText.reproduction;

/** One difference for people: what it is about, what was claimed, what came out here. */
export interface DifferenceRow {
  readonly what: string;
  readonly detail: string;
  readonly claimed: string;
  readonly fresh: string;
}

const wordOf = (verdict: Verdict): string =>
  verdict.kind === 'unscored'
    ? words.unscored(verdict.reason)
    : words.scored(verdict.score.passed, verdict.score.total, formatShare(verdict.score.strict));

/** What came of a comparison, in a word or two. */
export function comparisonWord(reproduction: Reproduction): string {
  if (reproduction.outcome === 'reproduced') return words.reproduced;
  if (reproduction.outcome === 'not-comparable') return words.incomparable;
  return words.differences(reproduction.differences.length);
}

/** A difference as a row of a table. */
export function differenceRow(difference: Difference): DifferenceRow {
  switch (difference.kind) {
    case 'verdict': {
      const { claimed, fresh } = difference;
      return { what: words.verdict, detail: '', claimed: wordOf(claimed), fresh: wordOf(fresh) };
    }
    case 'assertion': {
      const { claimed, fresh, id } = difference;
      const known = fresh ?? claimed;
      const status = (one: typeof claimed): string =>
        one === undefined ? words.missing : sharedText.assertions.statuses[one.status];
      const detail = known === undefined ? '' : `${known.endpoint}: ${known.sentence}`;
      return { what: id, detail, claimed: status(claimed), fresh: status(fresh) };
    }
    case 'rule': {
      const word = (kept: boolean): string => (kept ? sharedText.ruleKept : sharedText.ruleViolated);
      const { rule, profile, claimed, fresh } = difference;
      return { what: words.rule(rule, profile), detail: '', claimed: word(claimed), fresh: word(fresh) };
    }
    case 'finding': {
      const { finding, only } = difference;
      const found = (here: boolean): string => (here ? words.found : words.notFound);
      return {
        what: words.finding(`${finding.file}:${finding.line}`),
        detail: finding.message,
        claimed: found(only === 'claimed'),
        fresh: found(only === 'fresh'),
      };
    }
  }
}
