import type { Sandbox } from '../engines/engine.ts';
import { throwIfCancelled } from './cancel.ts';
import { KeptServer } from './kept-server.ts';
import { LiveFault, type LiveServer, type WorkOptions } from './live-types.ts';
import { Recorder } from './recorder.ts';
import type { EvaluateParts } from './run.ts';
import { ServerStages } from './server-stages.ts';
import { takeTrace, type Trace } from './trace.ts';
import type { RunRequest } from './types.ts';

/** Starts a submission's server without judging it. */
export type Serve = (request: RunRequest, options?: WorkOptions) => Promise<LiveServer>;

/**
 * Boots, installs and starts; nothing is tested.
 * @throws LiveFault when the submission does not get healthy, EngineFault, AbortError; the sandbox is gone then
 */
export async function serve(
  request: RunRequest,
  { signal = new AbortController().signal, onEvent }: WorkOptions,
  { limits, installedPackages, runCollection }: EvaluateParts,
): Promise<LiveServer> {
  throwIfCancelled(signal);
  const { engine, task, files } = request;
  const recorder = new Recorder(onEvent ?? (() => undefined), limits.outputBytes);
  let before: Trace | undefined;
  const beforeStart = async (sandbox: Sandbox): Promise<void> => {
    before = await takeTrace(sandbox, signal);
  };
  const stages = new ServerStages({
    engine,
    task,
    files,
    limits,
    installedPackages,
    recorder,
    signal,
    beforeStart,
  });
  const sandbox = await stages.boot();
  try {
    const served = await stages.serve(sandbox);
    if ('server' in served) return new KeptServer(served, { request, before, runCollection });
    recorder.end('failed', served);
    const cannot = stages.unsupported.verdict;
    throw new LiveFault(
      cannot === undefined ? served.message : `${served.message} (not possible here: ${cannot.detail})`,
    );
  } catch (error) {
    await sandbox.dispose();
    throw error;
  }
}
