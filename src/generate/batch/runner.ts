import type { RunRecord } from '../../domain/run.ts';
import { BudgetSpent, Purse, type Amount, type CellPurse, type Payment } from './purse.ts';
import {
  paidFor,
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
  /** What its questions are paid from; see `payFrom`. */
  readonly purse: CellPurse;
}

export interface BatchParts {
  /** Asks the model and runs what it gives. Rejects when it is cancelled, with `BudgetSpent`, or when the page itself fails. */
  runCell(request: CellRequest, signal: AbortSignal): Promise<RunRecord>;
  /** Keeps the state; called after every change, never twice at the same time. */
  save(batch: Batch): Promise<void>;
  onChange(runner: BatchRunner): void;
}

/** Why no more cells are begun. */
export type BatchState = 'paused' | 'running' | 'budget' | 'provider' | 'finished';

/** Failures of the provider one after the other before a model is asked no more: a wrong key would spend every cell. */
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
  /** By model, those one after the other. */
  readonly #failures = new Map<number, number>();
  /** By model, answers and their tokens. */
  readonly #outputs = new Map<number, { answers: number; tokens: number }>();
  readonly #purse = new Purse(
    () => this.#limit,
    () => progressOf(this.#batch),
  );
  #short: Amount | undefined;
  /** Why the state could not be stored the last time. */
  saveFault: unknown;

  constructor(stored: Batch, parts: BatchParts) {
    this.#batch = restored(stored);
    this.#parts = parts;
    for (const { model, result } of stored.cells)
      if (result?.usage !== undefined) this.#count(model, result.turns, result.usage.output);
    if (this.#open.length === 0) this.#state = 'finished';
  }

  get batch(): Batch {
    return this.#batch;
  }

  get state(): BatchState {
    return this.#state;
  }

  /** What the question that found too little was taken to need; undefined when the budget is simply spent. */
  get short(): Amount | undefined {
    return this.#short;
  }

  /** Labels of the models that are asked no more, as their provider failed several times in a row. */
  get failing(): string[] {
    return this.#batch.models.flatMap(({ label }, model) => (this.#givenUp(model) ? [label] : []));
  }

  get #open(): BatchCell[] {
    return this.#batch.cells.filter(({ status }) => status === 'waiting');
  }

  get #limit(): Partial<Amount> {
    const { cost, tokens } = this.#batch.budget;
    return { ...(cost !== undefined && { cost }), ...(tokens !== undefined && { tokens }) };
  }

  #givenUp(model: number): boolean {
    return (this.#failures.get(model) ?? 0) >= mostFailures;
  }

  /** Begins or goes on; also after the budget was raised. */
  resume(): void {
    if (this.#state === 'running') return;
    this.#abort = new AbortController();
    this.#state = 'running';
    this.#failures.clear();
    this.#short = undefined;
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
        const attempt = anew ? cell.attempt + 1 : cell.attempt;
        return { ...rest, status: 'waiting', attempt, paid: paidFor(cell) };
      }),
    );
    if (this.#state === 'finished' && this.#open.length > 0) this.#state = 'paused';
    this.resume();
  }

  set budget(budget: Batch['budget']) {
    this.#batch = { ...this.#batch, budget };
    this.#short = undefined;
    this.#purse.wake();
    this.#changed();
  }

  set concurrency(concurrency: number) {
    this.#batch = { ...this.#batch, concurrency: Math.min(16, Math.max(1, Math.round(concurrency))) };
    this.#fill();
    this.#changed();
  }

  #fill(): void {
    while (this.#state === 'running' && this.#underWay.size < this.#batch.concurrency) {
      const cell = this.#open.find(({ model }) => !this.#givenUp(model));
      if (cell === undefined) {
        if (this.#underWay.size === 0) this.#turn(this.#open.length > 0 ? 'provider' : 'finished');
        return;
      }
      if (this.#purse.empty) return this.#turn('budget');
      this.#begin(cell);
    }
  }

  #begin(cell: BatchCell): void {
    const model = this.#batch.models[cell.model];
    if (model === undefined)
      return this.#note(cell.id, { status: 'done', result: pageFault('its model is not in the batch') });
    const { signal } = this.#abort;
    this.#note(cell.id, { status: 'running' });
    const scope = `${this.#batch.id}/${cell.id}/${cell.attempt}`;
    const done = this.#parts
      .runCell({ batch: this.#batch, cell, model, scope, purse: this.#purseOf(cell) }, signal)
      .then(resultOf, (error: unknown) => {
        if (signal.aborted) return undefined;
        if (!(error instanceof BudgetSpent))
          return pageFault(error instanceof Error ? error.message : String(error));
        if (!this.#purse.empty) this.#short = error.needed;
        if (this.#state === 'running') this.#state = 'budget';
        return undefined;
      })
      .then((result) => {
        this.#underWay.delete(cell.id);
        if (result === undefined) this.#note(cell.id, { status: 'waiting' });
        else {
          const failed = result.unscored?.reason === 'provider';
          this.#failures.set(cell.model, failed ? (this.#failures.get(cell.model) ?? 0) + 1 : 0);
          this.#note(cell.id, { status: 'done', result });
        }
        this.#fill();
      });
    this.#underWay.set(cell.id, done);
  }

  /** What is paid is noted at once: a cell that is stopped, or asked for again, has cost what it has cost. */
  #purseOf({ id, model }: BatchCell): CellPurse {
    const mean = (): number | undefined => {
      const { answers, tokens } = this.#outputs.get(model) ?? { answers: 0, tokens: 0 };
      return answers === 0 ? undefined : tokens / answers;
    };
    return {
      setAside: (amount, signal) => this.#purse.setAside(amount, signal),
      paid: (payment) => this.#pay(id, model, payment),
      get meanOutput() {
        return mean();
      },
    };
  }

  #pay(id: string, model: number, { cost, input, output }: Payment): void {
    if (output > 0) this.#count(model, 1, output);
    const cell = this.#batch.cells.find((one) => one.id === id);
    const before = cell === undefined ? { cost: 0, tokens: 0, unpriced: 0 } : paidFor(cell);
    this.#note(id, {
      paid: {
        cost: before.cost + (cost ?? 0),
        tokens: before.tokens + input + output,
        unpriced: before.unpriced + (cost === undefined ? 1 : 0),
      },
    });
    this.#purse.wake();
  }

  #count(model: number, answers: number, tokens: number): void {
    const before = this.#outputs.get(model) ?? { answers: 0, tokens: 0 };
    this.#outputs.set(model, { answers: before.answers + answers, tokens: before.tokens + tokens });
  }

  #note(id: string, change: Partial<BatchCell>): void {
    this.#change(this.#batch.cells.map((one) => (one.id === id ? { ...one, ...change } : one)));
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
