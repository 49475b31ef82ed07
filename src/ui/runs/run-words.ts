import type { StageName } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import { runsText } from '../english/runs.ts';
import { formatMs, formatShare } from '../text/format.ts';
import type { Run, StageState } from './run.svelte.ts';

/** What each stage does, for people. */
export function stageTitle(name: StageName): string {
  const titles: Record<StageName, string> = {
    boot: 'Boot',
    install: 'Install',
    start: 'Start',
    health: 'Health',
    suite: 'Test',
    verify: 'Rules',
    score: 'Score',
  };
  return titles[name];
}

/** One short line below the title of a stage. */
export function stageHint(name: StageName, task: Task): string {
  const hints: Record<StageName, string> = {
    boot: 'sandbox',
    install: task.language === 'python' ? 'pip' : 'npm',
    start: './run.sh',
    health: `port ${task.port}`,
    suite: 'over HTTP',
    verify: 'the code',
    score: 'A%',
  };
  return hints[name];
}

/** How a stage stands: a word, or its time, or both. */
export function stageOutcome(status: StageState['status'], ms: number | undefined): string {
  if (status === 'waiting' || status === 'skipped' || ms === undefined) return status;
  return status === 'failed' ? `failed ${formatMs(ms)}` : formatMs(ms);
}

/** How a run stands, in a few words; read out when it changes. */
export function runStatus(run: Run | undefined): string {
  if (run === undefined) return 'Ready';
  if (run.phase === 'cancelled') return 'Cancelled';
  if (run.phase === 'broken') return 'Could not be run';
  if (run.queued) return 'Waiting for a free sandbox';
  if (run.phase === 'running') {
    const stage = run.currentStage;
    return stage === undefined ? 'Loading the engine' : stageTitle(stage.name);
  }
  if (run.suiteAlone !== undefined) {
    const { assertions } = run.suiteAlone.suite;
    const passed = assertions.filter(({ status }) => status === 'passed').length;
    return runsText.suitePassed(passed, assertions.length);
  }
  const verdict = run.record?.verdict;
  if (verdict?.kind !== 'scored') return 'Unscored';
  const { pass, strict } = verdict.score;
  return `${pass ? 'Passed' : 'Failed'}, ${formatShare(strict)}`;
}
