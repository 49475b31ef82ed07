import { stageNames, type RunRecord, type Verdict } from '../domain/run.ts';
import { recordFiles } from '../domain/files.ts';
import type { CollectionResult } from '../domain/collection.ts';
import type { SuiteResult } from '../domain/verdict.ts';
import type { Sandbox } from '../engines/engine.ts';
import { taskVersion } from '../../tasks/index.ts';
import type { RunCollection } from '../postman/types.ts';
import { cancellable, throwIfCancelled } from './cancel.ts';
import { EngineFault } from './faults.ts';
import { KeptServer } from './kept-server.ts';
import type { RunLimits } from './limits.ts';
import { stopServer, type Failed } from './processes.ts';
import { Recorder } from './recorder.ts';
import { scoreRun } from './score.ts';
import { ServerStages, type Healthy, type ServerParts } from './server-stages.ts';
import { shortcoming, testServer, untested } from './suite-stage.ts';
import { takeTrace, type Trace } from './trace.ts';
import type { RunOptions, RunRequest } from './types.ts';
import { VerifyStage, type Verified, type VerifySubmission } from './verify-stage.ts';

/** What an evaluation is made of besides the request. */
export interface EvaluateParts {
  limits: RunLimits;
  installedPackages: ServerParts['installedPackages'];
  verify: VerifySubmission;
  /** Runs a user's own collection; without it a request that has one is the engine's fault. */
  runCollection?: RunCollection;
}

type Unscored = Extract<Verdict, { kind: 'unscored' }>;
type Outcome = Verified | { error: string };

/** One run, from files to verdict. */
export class Run {
  readonly #request: RunRequest;
  readonly #parts: EvaluateParts;
  readonly #signal: AbortSignal;
  readonly #recorder: Recorder;
  readonly #options: RunOptions;
  readonly #stages: ServerStages;
  readonly #id = randomId();
  /** What lay in the sandbox before the server was started. */
  #before: Trace | undefined;
  #kept: KeptServer | undefined;
  #suite: SuiteResult | undefined;
  #collection: CollectionResult | undefined;
  #stopped: string | undefined;

  constructor(request: RunRequest, options: RunOptions, parts: EvaluateParts) {
    this.#request = request;
    this.#parts = parts;
    this.#options = options;
    this.#signal = options.signal ?? new AbortController().signal;
    const { limits, installedPackages } = parts;
    this.#recorder = new Recorder(options.onEvent ?? (() => {}), limits.outputBytes);
    const { engine, task, files } = request;
    this.#stages = new ServerStages({
      engine,
      task,
      files,
      limits,
      installedPackages,
      recorder: this.#recorder,
      signal: this.#signal,
      beforeStart: async (sandbox) => {
        if (options.onKept !== undefined) this.#before = await takeTrace(sandbox, this.#signal);
      },
    });
  }

  /** @throws AbortError when cancelled */
  async finish(): Promise<RunRecord> {
    try {
      const record = await this.#toRecord();
      if (this.#kept !== undefined) this.#options.onKept?.(this.#kept);
      return record;
    } catch (error) {
      await this.#kept?.dispose();
      throw error;
    }
  }

  async #toRecord(): Promise<RunRecord> {
    const createdAt = new Date().toISOString();
    throwIfCancelled(this.#signal);
    const { task, source, files, engine, profile, collection, generation } = this.#request;
    const verifying = new VerifyStage(this.#parts.verify, task, files, this.#signal);
    const fault = await this.#execute();
    const verified = await cancellable(this.#verify(verifying), this.#signal);
    const verdict = this.#decide(fault, verified);
    throwIfCancelled(this.#signal);
    const versions = await cancellable(
      engine.versions().catch(() => ({})),
      this.#signal,
    );
    return {
      version: 1,
      id: this.#id,
      createdAt,
      task: { id: task.id, version: taskVersion },
      source,
      ...(generation !== undefined && { generation }),
      files: recordFiles(files),
      engine: { id: engine.id, versions },
      packages: this.#stages.packages,
      substitutions: [...this.#stages.substitutions.values()],
      stages: this.#recorder.stages,
      log: this.#recorder.log,
      logTruncated: this.#recorder.logTruncated,
      ...(this.#suite !== undefined && { suite: this.#suite }),
      ...(collection !== undefined && {
        collection: { ...collection, ...(this.#collection && { result: this.#collection }) },
      }),
      verify: 'results' in verified ? verified.results : [],
      ...('results' in verified && { disagreements: verified.disagreements }),
      profile,
      verdict,
      ms: this.#recorder.now(),
    };
  }

  /** All stages that need a sandbox. @returns why the engine is to blame, if it is */
  async #execute(): Promise<Unscored | undefined> {
    let sandbox: Sandbox | undefined;
    try {
      sandbox = await this.#stages.boot();
      const served = await this.#stages.serve(sandbox);
      if ('server' in served) await this.#test(served);
      else {
        this.#fail(served);
        this.#skipTo('verify', `the server is not running: ${served.message}`);
      }
      return undefined;
    } catch (error) {
      throwIfCancelled(this.#signal);
      if (!(error instanceof EngineFault)) throw error;
      this.#recorder.end('failed', { message: error.message });
      this.#skipTo('verify', 'the engine failed');
      return { kind: 'unscored', reason: 'engine', detail: error.message };
    } finally {
      if (this.#kept === undefined) await sandbox?.dispose();
    }
  }

  async #test(healthy: Healthy): Promise<void> {
    const { context, server } = healthy;
    const { sandbox, limits } = context;
    const recorder = this.#recorder;
    recorder.begin('suite');
    let running = true;
    void server.process.exit.then((code) => {
      if (running) recorder.note(`run.sh exited with code ${code} during the suite`);
    });
    const tested = await testServer({
      request: this.#request,
      sandbox,
      limits,
      recorder,
      runKey: this.#id.slice(0, 6),
      signal: this.#signal,
      runCollection: this.#parts.runCollection,
    });
    this.#suite = tested.suite;
    this.#collection = tested.collection;
    running = false;
    if (this.#options.onKept === undefined) await stopServer(server, context);
    else this.#kept = this.#keep(healthy);
    this.#stopped = shortcoming(tested);
    if (this.#stopped === undefined) recorder.end('passed');
    else recorder.end('failed', { message: this.#stopped });
  }

  /** Takes the server out of the run: what it says and does from now on is not of the record. */
  #keep(healthy: Healthy): KeptServer {
    this.#stages.unsupported.close();
    const { runCollection } = this.#parts;
    return new KeptServer(healthy, { request: this.#request, before: this.#before, runCollection });
  }

  async #verify(verifying: VerifyStage): Promise<Outcome> {
    this.#recorder.begin('verify');
    const verified = await verifying.finish(this.#request.profile);
    if ('error' in verified) {
      this.#recorder.end('failed', { message: verified.error });
      return verified;
    }
    const [deciding] = verified.results;
    const violated = deciding?.rules.filter((rule) => !rule.compliant).map((rule) => rule.rule) ?? [];
    if (violated.length === 0) this.#recorder.end('passed');
    else this.#recorder.end('failed', { message: `violated: ${violated.join(', ')}` });
    return verified;
  }

  #decide(fault: Unscored | undefined, verified: Outcome): Verdict {
    const unscored = fault ?? (this.#stopped === undefined ? undefined : this.#stages.unsupported.verdict);
    if (unscored !== undefined) {
      this.#recorder.skip('score', `unscored: ${unscored.detail}`);
      return unscored;
    }
    const deciding = 'results' in verified ? verified.results[0] : undefined;
    if (deciding === undefined) {
      const detail = 'error' in verified ? verified.error : 'the verifiers gave no result';
      this.#recorder.skip('score', `unscored: ${detail}`);
      return { kind: 'unscored', reason: 'verifier', detail };
    }
    this.#recorder.begin('score');
    const score = scoreRun(this.#suite ?? untested(this.#request, ''), deciding);
    this.#recorder.end('passed');
    return { kind: 'scored', score: { ...score, pass: score.pass && this.#stopped === undefined } };
  }

  /** Ends the current stage as the submission's failure: every assertion counts as not reached. */
  #fail(why: Failed): void {
    this.#recorder.end('failed', why);
    this.#stopped = why.message;
    this.#suite = untested(this.#request, why.message);
  }

  /** Skips the stages that have not begun, up to this one. */
  #skipTo(next: 'verify', message: string): void {
    const done = new Set(this.#recorder.stages.map((stage) => stage.name));
    for (const name of stageNames.slice(0, stageNames.indexOf(next))) {
      if (!done.has(name)) this.#recorder.skip(name, message);
    }
  }
}

/** 24 lower-case letters and digits. */
function randomId(): string {
  const alphabet = '0123456789abcdefghijklmnopqrstuv';
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => alphabet[byte % 32]).join('');
}
