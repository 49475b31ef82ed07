import { unsupportedReason } from '../../domain/engine-report.ts';
import type { RunRecord } from '../../domain/run.ts';
import type { AssertionResult, Score, VerifyResult } from '../../domain/verdict.ts';
import type { SuiteAlone } from '../../evaluate/live-types.ts';
import { resultText } from '../english/result.ts';
import { runsText } from '../english/runs.ts';
import { stageTitle } from '../runs/run-words.ts';
import type { Run } from '../runs/run.svelte.ts';
import { shown } from '../text/visible.ts';
import type { ResultPlace } from './result-tabs.svelte.ts';

/** One sentence about a verdict, and where among the results it can be seen. */
export interface Reason {
  readonly text: string;
  readonly place?: ResultPlace;
}

/** What the verdict card says. */
export type VerdictView =
  | { kind: 'none' | 'running' }
  | { kind: 'passed' | 'failed'; score: Score; reasons: readonly Reason[]; other: string | undefined }
  /** `code` is the reason as the run record has it. */
  | { kind: 'unscored'; reasons: readonly Reason[]; code: string }
  /** The suite alone is no run: it has no share that counts, and no rule was checked. */
  | { kind: 'suite'; tally: Tally; reasons: readonly Reason[] }
  | { kind: 'cancelled' | 'broken'; reasons: readonly Reason[] };

export type Tally = Pick<Score, 'passed' | 'failed' | 'notReached' | 'total'>;

const text = resultText.verdict;

/** The verifiers' result under the profile that decided, and under the other one. */
function verifierResults(record: RunRecord): { deciding?: VerifyResult; other?: VerifyResult } {
  const deciding = record.verify.find((result) => result.profile === record.profile);
  const other = record.verify.find((result) => result.profile !== record.profile);
  return { ...(deciding && { deciding }), ...(other && { other }) };
}

/** A message from inside a run: its beginning, as it is. */
const message = (words: string): string => shown(words.trim(), 600);

function reasonsOf(record: RunRecord, score: Score): Reason[] {
  const reasons: Reason[] = [];
  const stopped = record.stages.find((stage) => stage.status === 'failed');
  if (stopped !== undefined && stopped.name !== 'suite' && stopped.name !== 'verify') {
    reasons.push({
      text: text.stoppedAt(stageTitle(stopped.name), message(stopped.message ?? text.noReason)),
      place: { tab: 'console', stage: stopped.name },
    });
  }
  if (score.failed > 0) {
    reasons.push({ text: text.failed(score.failed), place: { tab: 'assertions', status: 'failed' } });
  }
  if (score.notReached > 0) {
    const place = { tab: 'assertions', status: 'not-reached' } as const;
    reasons.push({ text: text.notReached(score.notReached), place });
  }
  const violated = verifierResults(record).deciding?.rules.filter((rule) => !rule.compliant) ?? [];
  if (violated.length > 0) {
    const names = violated.map(({ rule }) => resultText.rules.names[rule]);
    reasons.push({ text: text.violates(names), place: { tab: 'rules' } });
  }
  if (reasons.length > 0) return reasons;
  // A collection can fail outside of its tests; only the stage says so.
  return [{ text: score.pass ? text.allWell : text.outside(message(stopped?.message ?? text.noReason)) }];
}

function otherProfile(record: RunRecord): string | undefined {
  const { deciding, other } = verifierResults(record);
  if (deciding === undefined || other === undefined) return undefined;
  return text.otherProfile(other.profile, other.compliant, deciding.compliant === other.compliant);
}

/** What to do about a run that has no score. */
function adviceFor(reason: string): string {
  const known = unsupportedReason.options.find((option) => option === reason);
  if (['generation', 'provider', 'budget'].includes(reason)) return text.generationAdvice;
  return known === undefined ? text.otherAdvice : text.advice[known];
}

function suiteView({ suite, state }: SuiteAlone): VerdictView {
  const count = (wanted: AssertionResult['status']): number =>
    suite.assertions.filter(({ status }) => status === wanted).length;
  const [passed, failed, notReached] = [count('passed'), count('failed'), count('not-reached')];
  const reasons: Reason[] = [{ text: runsText.suite[state] }, { text: runsText.suite.noRun }];
  if (failed > 0) {
    reasons.unshift({ text: text.failed(failed), place: { tab: 'assertions', status: 'failed' } });
  }
  return { kind: 'suite', tally: { passed, failed, notReached, total: suite.assertions.length }, reasons };
}

/** What the verdict of a run is, in words, with the places that show why. */
export function verdictView(run: Run | undefined): VerdictView {
  if (run === undefined) return { kind: 'none' };
  if (run.phase === 'running') return { kind: 'running' };
  if (run.phase === 'cancelled') return { kind: 'cancelled', reasons: [{ text: text.cancelled }] };
  if (run.suiteAlone !== undefined) return suiteView(run.suiteAlone);
  const { record } = run;
  if (record === undefined) {
    const reasons = [text.reason(message(run.fault)), text.saysNothing, text.otherAdvice];
    return { kind: 'broken', reasons: reasons.map((words) => ({ text: words })) };
  }
  if (record.verdict.kind === 'unscored') {
    const { reason, detail } = record.verdict;
    const stage = record.stages.find(({ status }) => status === 'failed')?.name;
    return {
      kind: 'unscored',
      reasons: [
        { text: text.reason(message(detail)), ...(stage && { place: { tab: 'console', stage } }) },
        { text: text.saysNothing },
        { text: adviceFor(reason) },
      ],
      code: shown(reason, 60),
    };
  }
  const { score } = record.verdict;
  return {
    kind: score.pass ? 'passed' : 'failed',
    score,
    reasons: reasonsOf(record, score),
    other: otherProfile(record),
  };
}
