import { collectionNotRun, type CollectionResult, type CollectionSource } from '../domain/collection.ts';
import type { SuiteResult } from '../domain/verdict.ts';
import type { RawRequest, Sandbox } from '../engines/engine.ts';
import { failuresOutsideTests, toSuiteResult } from '../postman/suite-result.ts';
import type { RunCollection } from '../postman/types.ts';
import { runConduitSuite, unreachedConduitSuite } from '../../tasks/suite/index.ts';
import { describeError, EngineFault, isSubmissionFault } from './faults.ts';
import type { RunLimits } from './limits.ts';
import type { Recorder } from './recorder.ts';
import type { RunRequest } from './types.ts';

export interface SuiteStageOptions {
  request: RunRequest;
  sandbox: Sandbox;
  limits: RunLimits;
  recorder: Recorder;
  /** Makes users and titles unique to the run. */
  runKey: string;
  signal: AbortSignal;
  runCollection: RunCollection | undefined;
}

export interface Tested {
  /** What the verdict counts. */
  suite: SuiteResult;
  /** Failures of a deciding collection that are no assertion's; they keep a run from passing, as in Newman. */
  outsideTests: number;
  collection?: CollectionResult;
}

/**
 * Sends the suite to a healthy server; with a collection, the collection in its place or after it.
 * @throws EngineFault, or the signal's reason.
 */
export async function testServer(options: SuiteStageOptions): Promise<Tested> {
  const { collection } = options.request;
  if (collection === undefined) return { suite: await runSuite(options), outsideTests: 0 };
  if (collection.role === 'instead') {
    const result = await runOwn(options, collection.source);
    return { suite: toSuiteResult(result), outsideTests: failuresOutsideTests(result), collection: result };
  }
  const suite = await runSuite(options);
  try {
    return { suite, outsideTests: 0, collection: await runOwn(options, collection.source) };
  } catch (error) {
    options.signal.throwIfAborted();
    options.recorder.note(`beside the suite: ${describeError(error)}`);
    return { suite, outsideTests: 0 };
  }
}

/** Why what was tested is no pass; undefined when it is one. */
export function shortcoming({ suite, outsideTests }: Tested): string | undefined {
  const { assertions } = suite;
  if (assertions.length === 0) return 'the collection asserted nothing';
  const missed = assertions.filter((assertion) => assertion.status !== 'passed').length;
  if (missed > 0) return `${missed} of ${assertions.length} assertions did not pass`;
  if (outsideTests > 0) return `the collection had ${outsideTests} failures outside of its tests`;
  return undefined;
}

/** What the verdict counts when there is no server: every assertion of the suite, none of a collection. */
export function untested({ collection }: RunRequest, reason: string): SuiteResult {
  if (collection?.role !== 'instead') return unreachedConduitSuite(reason);
  return { suite: { id: 'postman', version: collectionNotRun }, assertions: [], exchanges: [] };
}

function runSuite(options: SuiteStageOptions): Promise<SuiteResult> {
  const { limits, recorder, runKey, signal } = options;
  return runConduitSuite({
    send: sender(options),
    signal,
    requestMs: limits.requestMs,
    suiteMs: limits.suiteMs,
    recordedBodyBytes: limits.recordedBodyBytes,
    runKey,
    now: () => recorder.now(),
    onExchange: (index, exchange) => recorder.event({ type: 'exchange', index, exchange }),
    onAssertion: (result) => recorder.event({ type: 'assertion', result }),
  });
}

/** @throws EngineFault when the collection cannot be run: that says nothing about the submission. */
async function runOwn(options: SuiteStageOptions, source: CollectionSource): Promise<CollectionResult> {
  const { limits, recorder, signal, request, runCollection } = options;
  if (runCollection === undefined) throw new EngineFault('collections cannot be run here');
  const { requestMs, scriptMs, collectionMs, recordedBodyBytes } = limits;
  try {
    return await runCollection(source, {
      send: sender(options),
      port: request.task.port,
      signal,
      requestMs,
      scriptMs,
      collectionMs,
      recordedBodyBytes,
      now: () => recorder.now(),
      onExecution: (execution) => recorder.event({ type: 'execution', execution }),
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineFault) throw error;
    throw new EngineFault(`the collection ${source.fileName} could not be run: ${describeError(error)}`, {
      cause: error,
    });
  }
}

/** A request to the submission; what is not the submission's fault becomes the engine's. */
function sender({ sandbox, request: { task } }: SuiteStageOptions) {
  return async (request: RawRequest, signal: AbortSignal) => {
    try {
      return await sandbox.request(task.port, request, signal);
    } catch (error) {
      if (signal.aborted || isSubmissionFault(error, 'request')) throw error;
      throw new EngineFault(`a request failed inside the engine: ${describeError(error)}`, { cause: error });
    }
  };
}
