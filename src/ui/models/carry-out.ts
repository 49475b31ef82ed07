import type { RunRecord } from '../../domain/run.ts';
import type { Run } from '../runs/run.svelte.ts';
import type { Runs } from '../runs/runs.svelte.ts';
import type { PageRunRequest } from '../services.ts';

/**
 * Starts a run like any other, shown and kept, and waits for its record.
 * @throws AbortError when it is cancelled, here or in the run's own bar; Error when it could not be carried out
 */
export async function carryOut(runs: Runs, request: PageRunRequest, signal: AbortSignal): Promise<RunRecord> {
  signal.throwIfAborted();
  const started = runs.start(request);
  const run = runs.underWay(request) ?? runs.list[0];
  if (run === undefined) throw new Error('The run did not begin.');
  const cancel = (): void => runs.cancel(run);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await started;
    await ended(runs, run);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  if (run.record !== undefined) return run.record;
  signal.throwIfAborted();
  if (run.phase === 'cancelled') throw new DOMException('The run was cancelled.', 'AbortError');
  throw new Error(run.fault);
}

/** A run of the same files that was under way is not waited for by `start`. */
function ended(runs: Runs, run: Run): Promise<void> {
  if (run.phase !== 'running') return Promise.resolve();
  return new Promise((resolve) => {
    const stop = runs.listen('end', (other) => {
      if (other !== run) return;
      stop();
      resolve();
    });
  });
}
