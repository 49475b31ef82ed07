import type { RunRecord } from '../../domain/run.ts';
import type { Score, VerifyResult } from '../../domain/verdict.ts';
import { counted } from '../text/format.ts';
import { shown } from '../text/visible.ts';
import { stageTitle } from '../runs/run-words.ts';
import type { Run } from '../runs/run.svelte.ts';

/** What the verdict card says. */
export type VerdictView =
  | { kind: 'none' | 'running' }
  | { kind: 'passed' | 'failed'; score: Score; reasons: readonly string[]; other: string | undefined }
  /** `code` is the reason as the run record has it. */
  | { kind: 'unscored'; reasons: readonly string[]; code: string }
  | { kind: 'cancelled' | 'broken'; reasons: readonly string[] };

/** The verifiers' result under the profile that decided, and under the other one. */
function verifierResults(record: RunRecord): { deciding?: VerifyResult; other?: VerifyResult } {
  const deciding = record.verify.find((result) => result.profile === record.profile);
  const other = record.verify.find((result) => result.profile !== record.profile);
  return { ...(deciding && { deciding }), ...(other && { other }) };
}

/** A message from inside a run: its beginning, as it is. */
const message = (text: string): string => shown(text.trim(), 600);

function reasonsOf(record: RunRecord, score: Score): string[] {
  const reasons: string[] = [];
  const stopped = record.stages.find((stage) => stage.status === 'failed' && stage.name !== 'suite');
  if (stopped !== undefined && stopped.name !== 'verify' && stopped.name !== 'score') {
    reasons.push(
      `Stopped at ${stageTitle(stopped.name)}: ${message(stopped.message ?? 'no reason was given')}`,
    );
  }
  if (score.failed > 0) reasons.push(`${counted(score.failed, 'assertion')} failed.`);
  if (score.notReached > 0) {
    reasons.push(`${counted(score.notReached, 'assertion')} not reached, which counts as failed.`);
  }
  const violated = verifierResults(record).deciding?.rules.filter((rule) => !rule.compliant) ?? [];
  if (violated.length > 0) {
    const names = violated.map((rule) => rule.rule).join(', ');
    reasons.push(`Violates ${violated.length === 1 ? 'the rule' : 'the rules'} ${names}, so A% is 0.`);
  }
  return reasons.length > 0 ? reasons : ['Every assertion passed and every rule of the task holds.'];
}

function otherProfile(record: RunRecord): string | undefined {
  const { deciding, other } = verifierResults(record);
  if (deciding === undefined || other === undefined) return undefined;
  return `Under the ${other.profile} profile the rules are ${other.compliant ? 'met' : 'violated'}${
    deciding.compliant === other.compliant ? ' too' : ' instead'
  }.`;
}

export function verdictView(run: Run | undefined): VerdictView {
  if (run === undefined) return { kind: 'none' };
  if (run.phase === 'running') return { kind: 'running' };
  if (run.phase === 'cancelled')
    return { kind: 'cancelled', reasons: ['Nothing was judged. Press Run to try again.'] };
  const { record } = run;
  if (record === undefined) {
    return {
      kind: 'broken',
      reasons: [`Reason: ${message(run.fault)}`, 'This says nothing about the submission.'],
    };
  }
  if (record.verdict.kind === 'unscored') {
    const { reason, detail } = record.verdict;
    return {
      kind: 'unscored',
      reasons: [`Reason: ${message(detail)}`, 'This says nothing about the submission.'],
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
