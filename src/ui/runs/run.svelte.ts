import type { CollectionExecution } from '../../domain/collection.ts';
import { stageNames, type RunRecord, type StageName, type StageRecord } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import type { AssertionResult, Exchange } from '../../domain/verdict.ts';
import type { BootProgress } from '../../engines/engine.ts';
import type { LiveServer } from '../../evaluate/live-types.ts';
import type { RunEvent } from '../../evaluate/types.ts';
import type { PageRunRequest, Services } from '../services.ts';
import { Output } from '../result/output.svelte.ts';
import type { Gate } from './gate.ts';

export type RunPhase = 'running' | 'finished' | 'cancelled' | 'broken';

export interface StageState {
  readonly name: StageName;
  readonly status: 'waiting' | 'running' | StageRecord['status'];
  /** Milliseconds; of a running stage, so far. */
  readonly ms: number | undefined;
  readonly message: string | undefined;
}

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
  readonly output = new Output();
  /** Called when a stage has begun. */
  onStage: () => void = () => undefined;
  readonly #pace: Pace;
  #begin: number;
  readonly #abort = new AbortController();
  readonly #stages: Partial<Record<StageName, { startedAt: number; record?: StageRecord }>> = {};
  readonly #assertions: AssertionResult[] = [];
  readonly #exchanges: Exchange[] = [];
  readonly #executions: CollectionExecution[] = [];
  #latestProgress: BootProgress | undefined;

  #phase = $state<RunPhase>('running');
  #queued = $state(false);
  #live = $state.raw<LiveServer | undefined>();
  #record = $state.raw<RunRecord | undefined>();
  #fault = $state.raw('');
  #elapsed = $state(0);
  #stageList = $state.raw<readonly StageState[]>(
    stageNames.map((name) => ({ name, status: 'waiting', ms: undefined, message: undefined })),
  );
  #assertionList = $state.raw<readonly AssertionResult[]>([]);
  #exchangeList = $state.raw<readonly (Exchange | undefined)[]>([]);
  #executionList = $state.raw<readonly CollectionExecution[]>([]);
  #progress = $state.raw<BootProgress | undefined>();

  constructor(
    readonly id: number,
    readonly request: PageRunRequest,
    pace: Pace = browserPace,
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
  /** Present once finished. */
  get record(): RunRecord | undefined {
    return this.#record;
  }
  /** Why the run could not be carried out; empty unless broken. */
  get fault(): string {
    return this.#fault;
  }
  /** Milliseconds since the start, or of the whole run. */
  get elapsed(): number {
    return this.#elapsed;
  }
  get stages(): readonly StageState[] {
    return this.#stageList;
  }
  get currentStage(): StageState | undefined {
    return this.#stageList.find((stage) => stage.status === 'running');
  }
  get assertions(): readonly AssertionResult[] {
    return this.#assertionList;
  }
  get exchanges(): readonly (Exchange | undefined)[] {
    return this.#exchangeList;
  }
  /** Requests of the user's own collection, with what its scripts asserted. */
  get executions(): readonly CollectionExecution[] {
    return this.#executionList;
  }
  get progress(): BootProgress | undefined {
    return this.#progress;
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
    const { signal } = this.#abort;
    if (gate === undefined) return this.#carryOut(evaluate);
    this.#queued = true;
    const leave = await gate.enter(signal);
    this.#queued = false;
    if (leave === undefined) return this.#end('cancelled');
    try {
      await this.#carryOut(evaluate);
    } finally {
      leave();
    }
  }

  async #carryOut(evaluate: Services['evaluate']): Promise<void> {
    const { signal } = this.#abort;
    this.#begin = this.#pace.now();
    const stop = this.#pace.every(repaintMs, () => this.#repaint());
    const cancelled = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    try {
      const options = {
        signal,
        onEvent: (event: RunEvent): void => this.#take(event),
        onKept: (server: LiveServer): void => this.keep(server),
      };
      const record = await Promise.race([evaluate(this.request, options), cancelled]);
      if (record === undefined || signal.aborted) this.#end('cancelled');
      else this.#finish(record);
    } catch (error) {
      if (!signal.aborted) this.#fault = error instanceof Error ? error.message : String(error);
      this.#end(signal.aborted ? 'cancelled' : 'broken');
    } finally {
      stop();
    }
  }

  /** Takes a server over; it is given up when it ends, or when the run was cancelled meanwhile. */
  keep(server: LiveServer): void {
    if (this.#abort.signal.aborted) return void server.dispose();
    this.#live = server;
    void server.ended.then(() => {
      if (this.#live === server) this.#live = undefined;
    });
  }

  /** Frees the server that was kept, if there is one. */
  release(): void {
    void this.#live?.dispose();
    this.#live = undefined;
  }

  cancel(): void {
    if (this.#phase !== 'running') return;
    this.#abort.abort();
    this.release();
  }

  #take(event: RunEvent): void {
    if (this.#phase !== 'running') return;
    switch (event.type) {
      case 'stage-start':
        this.#stages[event.stage] = { startedAt: event.at };
        this.#latestProgress = undefined;
        this.#repaint();
        return this.onStage();
      case 'stage-end':
        this.#stages[event.record.name] = { startedAt: event.record.startedAt, record: event.record };
        this.#latestProgress = undefined;
        return this.#repaint();
      case 'progress':
        this.#latestProgress = event.progress;
        return undefined;
      case 'log':
        return this.output.add(event.line);
      case 'exchange':
        this.#exchanges[event.index] = event.exchange;
        return undefined;
      case 'assertion':
        this.#assertions.push(event.result);
        return undefined;
      case 'execution':
        this.#executions.push(event.execution);
        return undefined;
    }
  }

  #finish(record: RunRecord): void {
    for (const stage of record.stages)
      this.#stages[stage.name] = { startedAt: stage.startedAt, record: stage };
    if (record.suite !== undefined) {
      this.#assertions.splice(0, Infinity, ...record.suite.assertions);
      this.#exchanges.splice(0, Infinity, ...record.suite.exchanges);
    }
    const executions = record.collection?.result?.executions;
    if (executions !== undefined) this.#executions.splice(0, Infinity, ...executions);
    this.#record = record;
    this.#end('finished');
  }

  #end(phase: RunPhase): void {
    this.#latestProgress = undefined;
    this.#repaint();
    this.#phase = phase;
    if (this.#record !== undefined) this.#elapsed = this.#record.ms;
    this.#stageList = this.#stageList.map((stage) =>
      stage.status === 'running'
        ? { ...stage, status: 'skipped', message: phase === 'cancelled' ? 'cancelled' : 'broken off' }
        : stage,
    );
  }

  #repaint(): void {
    this.#elapsed = this.#pace.now() - this.#begin;
    this.#stageList = stageNames.map((name) => {
      const known = this.#stages[name];
      if (known === undefined) return { name, status: 'waiting', ms: undefined, message: undefined };
      const { record, startedAt } = known;
      if (record !== undefined)
        return { name, status: record.status, ms: record.ms, message: record.message };
      return { name, status: 'running', ms: Math.max(0, this.#elapsed - startedAt), message: undefined };
    });
    if (this.#assertionList.length !== this.#assertions.length || this.#record !== undefined) {
      this.#assertionList = [...this.#assertions];
    }
    if (this.#exchangeList.length !== this.#exchanges.length || this.#record !== undefined) {
      this.#exchangeList = [...this.#exchanges];
    }
    if (this.#executionList.length !== this.#executions.length || this.#record !== undefined) {
      this.#executionList = [...this.#executions];
    }
    this.#progress = this.#latestProgress;
    this.output.flush();
  }
}
