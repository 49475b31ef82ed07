import type { RunRecord } from '../../domain/run.ts';
import type { CollectionExecution } from '../../domain/collection.ts';
import type { Task } from '../../domain/task.ts';
import type { AssertionResult, Exchange } from '../../domain/verdict.ts';
import type { BootProgress, FileMap } from '../../engines/engine.ts';
import type { LiveServer, SuiteAlone, SuiteState, WorkOptions } from '../../evaluate/live-types.ts';
import type { RunEvent } from '../../evaluate/types.ts';
import { runsText } from '../english/runs.ts';
import type { Output } from '../result/output.svelte.ts';
import type { PageRunRequest, Services } from '../services.ts';
import type { Gate } from './gate.ts';
import { RunProgress, type StageState } from './run-progress.svelte.ts';

export type { StageState } from './run-progress.svelte.ts';
export type RunPhase = 'running' | 'finished' | 'cancelled' | 'broken';

/** Time, and when to repaint; replaced in tests. */
export interface Pace {
  now(): number;
  /** Calls back regularly until undone. */
  every(ms: number, call: () => void): () => void;
}

export const browserPace: Pace = {
  now: () => performance.now(),
  every: (ms, call) => {
    const timer = setInterval(call, ms);
    return () => clearInterval(timer);
  },
};

/** Events come by the thousand; the page follows them at this pace. */
const repaintMs = 100;

/** One run: takes in its events, ends in a record, a cancellation, or a fault that kept it from being carried out. */
export class Run {
  /** Called when a stage has begun. */
  onStage: () => void = () => undefined;
  readonly #pace: Pace;
  #begin: number;
  readonly #abort = new AbortController();
  readonly #came = new RunProgress();

  #phase = $state<RunPhase>('running');
  #queued = $state(false);
  #record = $state.raw<RunRecord | undefined>();
  #fault = $state.raw('');
  #live = $state.raw<LiveServer | undefined>();
  #freed = $state.raw<string | undefined>();
  #suiteAlone = $state.raw<SuiteAlone | undefined>();

  constructor(
    readonly id: number,
    readonly request: PageRunRequest,
    pace: Pace = browserPace,
    /** Set when it is no full run but the suite alone, on a server that an earlier run has left. */
    readonly suite?: SuiteState,
  ) {
    this.#pace = pace;
    this.#begin = pace.now();
  }

  get task(): Task {
    return this.request.task;
  }
  get phase(): RunPhase {
    return this.#phase;
  }
  /** True while it waits for other runs to make room; its phase is `running` all the same. */
  get queued(): boolean {
    return this.#queued;
  }
  /** The server of the run while it is kept. */
  get live(): LiveServer | undefined {
    return this.#live;
  }
  /** Why there is no server any more; undefined when there never was one, or when there is one. */
  get freed(): string | undefined {
    return this.#freed;
  }
  /** Of a run that was the suite alone, what it gave; such a run has no record. */
  get suiteAlone(): SuiteAlone | undefined {
    return this.#suiteAlone;
  }
  /** Present once a full run has finished. */
  get record(): RunRecord | undefined {
    return this.#record;
  }
  /** Why the run could not be carried out; empty unless broken. */
  get fault(): string {
    return this.#fault;
  }
  /** Milliseconds since the start, or of the whole run. */
  get elapsed(): number {
    return this.#record?.ms ?? this.#came.elapsed;
  }
  get output(): Output {
    return this.#came.output;
  }
  get stages(): readonly StageState[] {
    return this.#came.stages;
  }
  get currentStage(): StageState | undefined {
    return this.stages.find((stage) => stage.status === 'running');
  }
  get assertions(): readonly AssertionResult[] {
    return this.#came.assertions;
  }
  get exchanges(): readonly (Exchange | undefined)[] {
    return this.#came.exchanges;
  }
  /** Requests of the user's own collection, with what its scripts asserted. */
  get executions(): readonly CollectionExecution[] {
    return this.#came.executions;
  }
  get progress(): BootProgress | undefined {
    return this.#came.progress;
  }

  /** Shows a run of earlier or of elsewhere: it has ended as its record says. */
  static ofRecord(id: number, request: PageRunRequest, record: RunRecord, pace?: Pace): Run {
    const run = new Run(id, request, pace);
    for (const line of record.log) run.output.add(line);
    run.#finish(record);
    return run;
  }

  /**
   * Carries the run out; resolves when it has ended in any way, at once when cancelled.
   * @param gate lets it in when there is room
   */
  async start(evaluate: Services['evaluate'], gate?: Gate): Promise<void> {
    if (gate === undefined) return this.#carryOut(evaluate);
    this.#queued = true;
    const leave = await gate.enter(this.#abort.signal);
    this.#queued = false;
    if (leave === undefined) return this.#end('cancelled');
    try {
      await this.#carryOut(evaluate);
    } finally {
      leave();
    }
  }

  async #carryOut(evaluate: Services['evaluate']): Promise<void> {
    await this.#follow(async (options) => {
      const onKept = (server: LiveServer): void => {
        if (options.signal?.aborted === true) void server.dispose();
        else this.keep(server);
      };
      const record = await evaluate(this.request, { ...options, onKept });
      return () => this.#finish(record);
    });
    if (this.#phase !== 'finished') this.release(runsText.freed.ended);
  }

  /**
   * Carries out the suite alone on a server that was kept, which is this run's from then on.
   * @param files what the server is restarted with
   */
  async startSuite(server: LiveServer, files?: FileMap): Promise<void> {
    const { suite: state = 'as-is' } = this;
    this.keep(server);
    await this.#follow(async (options) => {
      const result = await server.runSuite(state, { ...options, ...(files && { files }) });
      return () => {
        this.#suiteAlone = result;
        this.#came.settle(result.suite, result.collection);
        this.#end('finished');
      };
    });
  }

  /** Takes in the events of the work until it has ended, or was cancelled. */
  async #follow(work: (options: WorkOptions) => Promise<() => void>): Promise<void> {
    const { signal } = this.#abort;
    this.#begin = this.#pace.now();
    const stop = this.#pace.every(repaintMs, () => this.#came.repaint(this.#since));
    const cancelled = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    try {
      const onEvent = (event: RunEvent): void => this.#take(event);
      const finish = await Promise.race([work({ signal, onEvent }), cancelled]);
      if (finish === undefined || signal.aborted) this.#end('cancelled');
      else finish();
    } catch (error) {
      if (!signal.aborted) this.#fault = error instanceof Error ? error.message : String(error);
      this.#end(signal.aborted ? 'cancelled' : 'broken');
    } finally {
      stop();
    }
  }

  cancel(): void {
    if (this.#phase === 'running') this.#abort.abort();
  }

  /** Takes a server over, until it ends. */
  keep(server: LiveServer): void {
    this.#live = server;
    this.#freed = undefined;
    void server.ended.then((why) => {
      if (this.#live === server) this.#letGo(why);
    });
  }

  /** Gives the server to somebody else. */
  handOver(why: string): LiveServer | undefined {
    const server = this.#live;
    if (server !== undefined) this.#letGo(why);
    return server;
  }

  /** Frees the server that was kept, if there is one. */
  release(why: string): void {
    void this.handOver(why)?.dispose();
  }

  #letGo(why: string): void {
    this.#live = undefined;
    this.#freed = why;
  }

  get #since(): number {
    return this.#pace.now() - this.#begin;
  }

  #take(event: RunEvent): void {
    if (this.#phase !== 'running') return;
    if (this.#came.take(event)) this.#came.repaint(this.#since);
    if (event.type === 'stage-start') this.onStage();
  }

  #finish(record: RunRecord): void {
    this.#came.settleStages(record.stages);
    this.#came.settle(record.suite, record.collection?.result);
    this.#record = record;
    this.#end('finished');
  }

  #end(phase: RunPhase): void {
    const { stages } = runsText;
    const cut = phase === 'cancelled' ? stages.cancelled : stages.brokenOff;
    this.#came.end(this.#since, cut, this.suite && stages.notInSuite);
    this.#phase = phase;
  }
}
