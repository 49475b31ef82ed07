import { stageNames, type RunRecord, type Verdict } from '../domain/run.ts';
import { recordFiles } from '../domain/files.ts';
import type { CollectionResult } from '../domain/collection.ts';
import type { SuiteResult } from '../domain/verdict.ts';
import type { Sandbox, SandboxFs, Substitution } from '../engines/engine.ts';
import { taskVersion } from '../../tasks/index.ts';
import type { RunCollection } from '../postman/types.ts';
import { abortError, cancellable, throwIfCancelled } from './cancel.ts';
import { describeError, EngineFault, UnsupportedLog } from './faults.ts';
import { waitForHealth } from './health.ts';
import type { RunLimits } from './limits.ts';
import { install, startServer, stopServer, type Server, type StageContext } from './processes.ts';
import { Recorder } from './recorder.ts';
import { scoreRun } from './score.ts';
import { shortcoming, testServer, untested } from './suite-stage.ts';
import type { RunOptions, RunRequest } from './types.ts';
import { VerifyStage, type Verified, type VerifySubmission } from './verify-stage.ts';

/** What an evaluation is made of besides the request. */
export interface EvaluateParts {
  limits: RunLimits;
  /** Versions of the packages that an install left in the sandbox. */
  installedPackages: (fs: SandboxFs, language: 'node' | 'python') => Promise<Record<string, string>>;
  verify: VerifySubmission;
  /** Runs a user's own collection; without it a request that has one is the engine's fault. */
  runCollection?: RunCollection;
}

type Unscored = Extract<Verdict, { kind: 'unscored' }>;
type Outcome = Verified | { error: string };

const mostSubstitutions = 500;

/** One run, from files to verdict. */
export class Run {
  readonly #request: RunRequest;
  readonly #parts: EvaluateParts;
  readonly #signal: AbortSignal;
  readonly #recorder: Recorder;
  readonly #unsupported = new UnsupportedLog();
  readonly #substitutions = new Map<string, Substitution>();
  readonly #id = randomId();
  #packages: Record<string, string> = {};
  #suite: SuiteResult | undefined;
  #collection: CollectionResult | undefined;
  #stopped: string | undefined;

  constructor(request: RunRequest, options: RunOptions, parts: EvaluateParts) {
    this.#request = request;
    this.#parts = parts;
    this.#signal = options.signal ?? new AbortController().signal;
    this.#recorder = new Recorder(options.onEvent ?? (() => {}), parts.limits.outputBytes);
  }

  /** @throws AbortError when cancelled */
  async finish(): Promise<RunRecord> {
    const createdAt = new Date().toISOString();
    throwIfCancelled(this.#signal);
    const { task, source, files, engine, profile, collection } = this.#request;
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
      files: recordFiles(files),
      engine: { id: engine.id, versions },
      packages: this.#packages,
      substitutions: [...this.#substitutions.values()],
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
      sandbox = await this.#boot();
      const server = await this.#serve(sandbox);
      if (server !== undefined) await this.#test(server.context, server.server);
      else this.#skipTo('verify', `the server is not running: ${this.#stopped ?? ''}`);
      return undefined;
    } catch (error) {
      throwIfCancelled(this.#signal);
      if (!(error instanceof EngineFault)) throw error;
      this.#recorder.end('failed', { message: error.message });
      this.#skipTo('verify', 'the engine failed');
      return { kind: 'unscored', reason: 'engine', detail: error.message };
    } finally {
      await sandbox?.dispose();
    }
  }

  async #boot(): Promise<Sandbox> {
    const { engine, files } = this.#request;
    this.#recorder.begin('boot');
    const booting = engine.boot(
      { onProgress: (progress) => this.#recorder.event({ type: 'progress', stage: 'boot', progress }) },
      this.#signal,
    );
    let sandbox: Sandbox;
    try {
      sandbox = await cancellable(booting, this.#signal);
    } catch (error) {
      void booting.then((late) => late.dispose()).catch(() => {});
      if (this.#signal.aborted) throw abortError();
      throw new EngineFault(`the ${engine.id} engine did not boot: ${describeError(error)}`, {
        cause: error,
      });
    }
    this.#listen(sandbox);
    try {
      await cancellable(sandbox.mount(files), this.#signal);
    } catch (error) {
      await sandbox.dispose();
      if (this.#signal.aborted) throw abortError();
      throw new EngineFault(`the files could not be placed in the sandbox: ${describeError(error)}`, {
        cause: error,
      });
    }
    this.#recorder.end('passed');
    return sandbox;
  }

  #listen(sandbox: Sandbox): void {
    this.#unsupported.listen(sandbox);
    sandbox.on('log', ({ message }) => this.#recorder.note(message));
    sandbox.on('progress', (progress) =>
      this.#recorder.event({ type: 'progress', stage: this.#recorder.stage, progress }),
    );
    sandbox.on('substitution', (what) => {
      if (this.#substitutions.size < mostSubstitutions)
        this.#substitutions.set(`${what.package} ${what.detail}`, what);
    });
    sandbox.on('unsupported', ({ detail }) => this.#recorder.note(`not possible in this engine: ${detail}`));
  }

  /** Installs and starts. @returns the healthy server, if it gets so far */
  async #serve(sandbox: Sandbox): Promise<{ server: Server; context: StageContext } | undefined> {
    const { task, files, engine } = this.#request;
    const { limits } = this.#parts;
    const recorder = this.#recorder;
    const installMs = engine.capabilities.isolated ? limits.installMs : limits.nativeInstallMs;
    const context = { sandbox, task, files, recorder, limits, installMs, signal: this.#signal };
    const listening = new Set<number>();
    sandbox.on('listen', ({ port }) => listening.add(port));
    sandbox.on('unlisten', ({ port }) => listening.delete(port));

    recorder.begin('install');
    const notInstalled = await install(context);
    if (notInstalled !== undefined) return this.#fail(notInstalled);
    this.#packages = await cancellable(this.#installedPackages(sandbox), this.#signal);
    recorder.end('passed', { exitCode: 0 });

    recorder.begin('start');
    const started = await startServer(context);
    if (!('server' in started)) return this.#fail(started);
    const { server } = started;
    const toHealth = () => {
      recorder.end('passed');
      recorder.begin('health');
    };
    const watched = { sandbox, port: task.port, listening, exit: server.process.exit };
    const unhealthy = await waitForHealth(watched, limits, this.#signal, toHealth);
    if (unhealthy !== undefined) {
      await stopServer(server, context);
      const { exitCode, message } = unhealthy;
      return this.#fail(
        exitCode === undefined ? unhealthy : { exitCode, message: recorder.explain(message) },
      );
    }
    if (recorder.stage === 'start') toHealth();
    recorder.end('passed');
    return { server, context };
  }

  async #test(context: StageContext, server: Server): Promise<void> {
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
    await stopServer(server, context);
    this.#stopped = shortcoming(tested);
    if (this.#stopped === undefined) recorder.end('passed');
    else recorder.end('failed', { message: this.#stopped });
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
    const unscored = fault ?? (this.#stopped === undefined ? undefined : this.#unsupported.verdict);
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
  #fail(why: { message: string; exitCode?: number }): undefined {
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

  async #installedPackages(sandbox: Sandbox): Promise<Record<string, string>> {
    try {
      return await this.#parts.installedPackages(sandbox.fs, this.#request.task.language);
    } catch (error) {
      this.#recorder.note(`the installed packages could not be listed: ${describeError(error)}`);
      return {};
    }
  }
}

/** 24 lower-case letters and digits. */
function randomId(): string {
  const alphabet = '0123456789abcdefghijklmnopqrstuv';
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => alphabet[byte % 32]).join('');
}
