import type { CollectionExecution, CollectionResult } from '../../domain/collection.ts';
import { stageNames, type RunRecord, type StageName, type StageRecord } from '../../domain/run.ts';
import type { AssertionResult, Exchange, SuiteResult } from '../../domain/verdict.ts';
import type { BootProgress } from '../../engines/engine.ts';
import type { RunEvent } from '../../evaluate/types.ts';
import { Output } from '../result/output.svelte.ts';

export interface StageState {
  readonly name: StageName;
  readonly status: 'waiting' | 'running' | StageRecord['status'];
  /** Milliseconds; of a running stage, so far. */
  readonly ms: number | undefined;
  readonly message: string | undefined;
}

/** What has come of a run so far. Events are gathered as they come, and show after the next `repaint`. */
export class RunProgress {
  readonly output = new Output();
  readonly #stages: Partial<Record<StageName, { startedAt: number; record?: StageRecord }>> = {};
  readonly #assertions: AssertionResult[] = [];
  readonly #exchanges: Exchange[] = [];
  readonly #executions: CollectionExecution[] = [];
  #latest: BootProgress | undefined;

  #elapsed = $state(0);
  #stageList = $state.raw<readonly StageState[]>(
    stageNames.map((name) => ({ name, status: 'waiting', ms: undefined, message: undefined })),
  );
  #assertionList = $state.raw<readonly AssertionResult[]>([]);
  #exchangeList = $state.raw<readonly (Exchange | undefined)[]>([]);
  #executionList = $state.raw<readonly CollectionExecution[]>([]);
  #progress = $state.raw<BootProgress | undefined>();

  /** Milliseconds since the start, or of the whole run. */
  get elapsed(): number {
    return this.#elapsed;
  }
  get stages(): readonly StageState[] {
    return this.#stageList;
  }
  get assertions(): readonly AssertionResult[] {
    return this.#assertionList;
  }
  get exchanges(): readonly (Exchange | undefined)[] {
    return this.#exchangeList;
  }
  get executions(): readonly CollectionExecution[] {
    return this.#executionList;
  }
  get progress(): BootProgress | undefined {
    return this.#progress;
  }

  /** @returns true when the event should be seen at once: a stage has begun or ended */
  take(event: RunEvent): boolean {
    switch (event.type) {
      case 'stage-start':
        this.#stages[event.stage] = { startedAt: event.at };
        this.#latest = undefined;
        return true;
      case 'stage-end':
        this.#putStage(event.record);
        this.#latest = undefined;
        return true;
      case 'progress':
        this.#latest = event.progress;
        return false;
      case 'log':
        this.output.add(event.line);
        return false;
      case 'exchange':
        this.#exchanges[event.index] = event.exchange;
        return false;
      case 'assertion':
        this.#assertions.push(event.result);
        return false;
      case 'execution':
        this.#executions.push(event.execution);
        return false;
    }
  }

  /** What came in the end stands in for what came meanwhile. */
  settle(suite: SuiteResult | undefined, collection: CollectionResult | undefined): void {
    if (suite !== undefined) {
      this.#assertions.splice(0, Infinity, ...suite.assertions);
      this.#exchanges.splice(0, Infinity, ...suite.exchanges);
      this.#assertionList = suite.assertions;
      this.#exchangeList = suite.exchanges;
    }
    if (collection !== undefined) {
      this.#executions.splice(0, Infinity, ...collection.executions);
      this.#executionList = collection.executions;
    }
  }

  settleStages(stages: RunRecord['stages']): void {
    for (const stage of stages) this.#putStage(stage);
  }

  /**
   * Nothing more comes.
   * @param cut what is said of a stage that was under way
   * @param unused what is said of stages that were no part of it; without it they stay waiting
   */
  end(ms: number, cut: string, unused?: string): void {
    this.#latest = undefined;
    this.repaint(ms);
    this.#stageList = this.#stageList.map((stage) => {
      if (stage.status === 'running') return { ...stage, status: 'skipped', message: cut };
      if (stage.status === 'waiting' && unused !== undefined)
        return { ...stage, status: 'skipped', message: unused };
      return stage;
    });
  }

  /** @param elapsed milliseconds since the start */
  repaint(elapsed: number): void {
    this.#elapsed = elapsed;
    this.#stageList = stageNames.map((name) => {
      const known = this.#stages[name];
      if (known === undefined) return { name, status: 'waiting', ms: undefined, message: undefined };
      const { record, startedAt } = known;
      if (record !== undefined)
        return { name, status: record.status, ms: record.ms, message: record.message };
      return { name, status: 'running', ms: Math.max(0, elapsed - startedAt), message: undefined };
    });
    if (this.#assertionList.length !== this.#assertions.length) this.#assertionList = [...this.#assertions];
    if (this.#exchangeList.length !== this.#exchanges.length) this.#exchangeList = [...this.#exchanges];
    if (this.#executionList.length !== this.#executions.length) this.#executionList = [...this.#executions];
    this.#progress = this.#latest;
    this.output.flush();
  }

  #putStage(record: StageRecord): void {
    this.#stages[record.name] = { startedAt: record.startedAt, record };
  }
}
