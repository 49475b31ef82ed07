import type { CollectionExecution } from '../../domain/collection.ts';
import { stageNames, type RunRecord, type StageName, type StageRecord } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import type { AssertionResult, Exchange } from '../../domain/verdict.ts';
import type { BootProgress } from '../../engines/engine.ts';
import type { RunEvent } from '../../evaluate/types.ts';
import type { PageRunRequest, Services } from '../services.ts';
import { Output } from '../result/output.svelte.ts';

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
  readonly #pace: Pace;
  readonly #begin: number;
  readonly #abort = new AbortController();
  readonly #stages: Partial<Record<StageName, { startedAt: number; record?: StageRecord }>> = {};
  readonly #assertions: AssertionResult[] = [];
  readonly #exchanges: Exchange[] = [];
  readonly #executions: CollectionExecution[] = [];
  #latestProgress: BootProgress | undefined;

  #phase = $state<RunPhase>('running');
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

  /** Carries the run out; resolves when it has ended in any way, at once when cancelled. */
  async start(evaluate: Services['evaluate']): Promise<void> {
    const stop = this.#pace.every(repaintMs, () => this.#repaint());
    const { signal } = this.#abort;
    const cancelled = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    try {
      const options = { signal, onEvent: (event: RunEvent): void => this.#take(event) };
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

  cancel(): void {
    if (this.#phase === 'running') this.#abort.abort();
  }

  #take(event: RunEvent): void {
    if (this.#phase !== 'running') return;
    switch (event.type) {
      case 'stage-start':
        this.#stages[event.stage] = { startedAt: event.at };
        this.#latestProgress = undefined;
        return this.#repaint();
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
