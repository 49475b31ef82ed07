import type { StageName } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import { runsText } from '../english/runs.ts';
import { formatMs, formatShare } from '../text/format.ts';
import type { Run, StageState } from './run.svelte.ts';

/** What each stage does, for people. */
export function stageTitle(name: StageName): string {
  return runsText.stages.titles[name];
}

/** One short line below the title of a stage. */
export function stageHint(name: StageName, task: Task): string {
  const { hints } = runsText.stages;
  if (name === 'install') return hints.install[task.language];
  return name === 'health' ? hints.health(task.port) : hints[name];
}

/** How a stage stands: a word, or its time, or both. */
export function stageOutcome(status: StageState['status'], ms: number | undefined): string {
  const { states } = runsText.stages;
  if (status === 'waiting' || status === 'skipped') return states[status];
  if (ms === undefined) return states.running;
  return status === 'failed' ? states.failed(formatMs(ms)) : formatMs(ms);
}

/** How a run stands, in a few words; read out when it changes. */
export function runStatus(run: Run | undefined): string {
  const { status } = runsText;
  if (run === undefined) return status.ready;
  if (run.phase === 'cancelled') return status.cancelled;
  if (run.phase === 'broken') return status.broken;
  if (run.queued) return status.queued;
  if (run.phase === 'running') {
    const stage = run.currentStage;
    return stage === undefined ? status.loading : stageTitle(stage.name);
  }
  if (run.suiteAlone !== undefined) {
    const { assertions } = run.suiteAlone.suite;
    const passed = assertions.filter((one) => one.status === 'passed').length;
    return status.suite(passed, assertions.length);
  }
  const verdict = run.record?.verdict;
  if (verdict?.kind !== 'scored') return status.unscored;
  const { pass, strict } = verdict.score;
  return pass ? status.passed(formatShare(strict)) : status.failed(formatShare(strict));
}
