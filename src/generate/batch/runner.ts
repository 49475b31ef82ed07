import type { RunRecord } from '../../domain/run.ts';
import type { Budget } from '../scaffolds/ledger.ts';
import {
  progressOf,
  restored,
  type Batch,
  type BatchCell,
  type BatchModel,
  type CellResult,
} from './state.ts';

/** What a cell is run with. */
export interface CellRequest {
  readonly batch: Batch;
  readonly cell: BatchCell;
  readonly model: BatchModel;
  /** Whose the kept answers are; see `rememberAnswers`. */
  readonly scope: string;
  /** What is left of the batch's budget. */
  readonly budget: Budget;
}

export interface BatchParts {
  /** Asks the model and runs what it gives. Rejects when it is cancelled, or when the page itself fails. */
  runCell(request: CellRequest, signal: AbortSignal): Promise<RunRecord>;
  /** Keeps the state; called after every change, never twice at the same time. */
  save(batch: Batch): Promise<void>;
  onChange(runner: BatchRunner): void;
}

/** Why no more cells are begun. */
export type BatchState = 'paused' | 'running' | 'budget' | 'provider' | 'finished';

/** Failures of providers one after the other before no more is asked: a wrong key would spend every cell. */
const mostFailures = 3;

/** Runs the cells of a batch, some at the same time. The state can be stored at any moment and taken up again. */
export class BatchRunner {
  readonly #parts: BatchParts;
  #batch: Batch;
  #state: BatchState = 'paused';
  #abort = new AbortController();
  readonly #underWay = new Map<string, Promise<void>>();
  #saving: Promise<void> = Promise.resolve();
  #unsaved = false;
  #failures = 0;
  /** Why the state could not be stored the last time. */
  saveFault: unknown;

  constructor(stored: Batch, parts: BatchParts) {
    this.#batch = restored(stored);
    this.#parts = parts;
    if (this.#open.length === 0) this.#state = 'finished';
  }

  get batch(): Batch {
    return this.#batch;
  }

  get state(): BatchState {
    return this.#state;
  }

  get #open(): BatchCell[] {
    return this.#batch.cells.filter(({ status }) => status === 'waiting');
  }

  /** Begins or goes on; also after the budget was raised. */
  resume(): void {
    if (this.#state === 'running') return;
    this.#abort = new AbortController();
    this.#state = 'running';
    this.#failures = 0;
    this.#fill();
  }

  /** Begins no more cells; those under way are run to their end. */
  pause(): void {
    if (this.#state === 'running') this.#turn('paused');
  }

  /** Ends at once: what is under way waits again. Resolves when all has ended. */
  async stop(): Promise<void> {
    if (this.#state === 'running') this.#state = 'paused';
    this.#abort.abort();
    await this.settled();
  }

  /** Resolves when nothing is under way and all is stored. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
    while (this.#unsaved) await this.#saving;
    await this.#saving;
  }

  /** Lets the unscored cells alone wait again. A model that gave nothing is asked anew; other answers are used again. */
  retryUnscored(): void {
    this.#change(
      this.#batch.cells.map((cell) => {
        if (cell.status !== 'done' || cell.result?.score !== undefined) return cell;
        const { result, ...rest } = cell;
        const anew = result?.unscored?.reason === 'generation';
        return { ...rest, status: 'waiting', attempt: anew ? cell.attempt + 1 : cell.attempt };
      }),
    );
    if (this.#state === 'finished' && this.#open.length > 0) this.#state = 'paused';
    this.resume();
  }

  set budget(budget: Batch['budget']) {
    this.#batch = { ...this.#batch, budget };
    this.#changed();
  }

  set concurrency(concurrency: number) {
    this.#batch = { ...this.#batch, concurrency: Math.min(16, Math.max(1, Math.round(concurrency))) };
    this.#fill();
    this.#changed();
  }

  #fill(): void {
    while (this.#state === 'running' && this.#underWay.size < this.#batch.concurrency) {
      const cell = this.#open[0];
      if (cell === undefined) {
        if (this.#underWay.size === 0) this.#turn('finished');
        return;
      }
      if (this.#failures >= mostFailures) return this.#turn('provider');
      const budget = this.#left();
      if (budget === undefined) return this.#turn('budget');
      this.#begin(cell, budget);
    }
  }

  /** What may still be spent; undefined when nothing. Cells under way are not counted yet, so it may be overdrawn by them. */
  #left(): Budget | undefined {
    const { cost, tokens } = this.#batch.budget;
    const spent = progressOf(this.#batch);
    if (cost !== undefined && spent.cost >= cost) return undefined;
    if (tokens !== undefined && spent.tokens >= tokens) return undefined;
    return {
      ...(cost !== undefined && { cost: cost - spent.cost }),
      ...(tokens !== undefined && { tokens: tokens - spent.tokens }),
    };
  }

  #begin(cell: BatchCell, budget: Budget): void {
    const model = this.#batch.models[cell.model];
    if (model === undefined)
      return this.#replace({ ...cell, status: 'done', result: pageFault('its model is not in the batch') });
    const { signal } = this.#abort;
    this.#replace({ ...cell, status: 'running' });
    const scope = `${this.#batch.id}/${cell.id}/${cell.attempt}`;
    const done = this.#parts
      .runCell({ batch: this.#batch, cell, model, scope, budget }, signal)
      .then(resultOf, (error: unknown) => {
        if (signal.aborted) return undefined;
        return pageFault(error instanceof Error ? error.message : String(error));
      })
      .then((result) => {
        this.#underWay.delete(cell.id);
        if (result !== undefined)
          this.#failures = result.unscored?.reason === 'provider' ? this.#failures + 1 : 0;
        this.#replace(
          result === undefined ? { ...cell, status: 'waiting' } : { ...cell, status: 'done', result },
        );
        this.#fill();
      });
    this.#underWay.set(cell.id, done);
  }

  #replace(cell: BatchCell): void {
    this.#change(this.#batch.cells.map((one) => (one.id === cell.id ? cell : one)));
  }

  #change(cells: BatchCell[]): void {
    this.#batch = { ...this.#batch, cells };
    this.#changed();
  }

  #turn(state: BatchState): void {
    this.#state = state;
    this.#changed();
  }

  #changed(): void {
    this.#parts.onChange(this);
    if (this.#unsaved) return;
    this.#unsaved = true;
    // One store at a time, and always of the newest state.
    this.#saving = this.#saving.then(async () => {
      this.#unsaved = false;
      try {
        await this.#parts.save(this.#batch);
        this.saveFault = undefined;
      } catch (error) {
        this.saveFault = error;
      }
    });
  }
}

const pageFault = (detail: string): CellResult => ({
  runId: '',
  unscored: { reason: 'page', detail },
  turns: 0,
  ms: 0,
});

/** What a batch keeps of a run. */
export function resultOf({ id, verdict, generation }: RunRecord): CellResult {
  const { turns = 0, usage, cost, ms = 0 } = generation ?? {};
  const spent = { turns, ms, ...(usage !== undefined && { usage }), ...(cost !== undefined && { cost }) };
  if (verdict.kind === 'unscored')
    return { runId: id, unscored: { reason: verdict.reason, detail: verdict.detail }, ...spent };
  const { passed, total, raw, strict, pass } = verdict.score;
  return { runId: id, score: { passed, total, raw, strict, pass }, ...spent };
}
