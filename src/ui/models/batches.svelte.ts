import { findTask } from '../../../tasks/index.ts';
import {
  batch as batchSchema,
  BatchRunner,
  planBatch,
  rowCells,
  rowHeader,
  rowsOf,
  type Batch,
  type BatchPlan,
  type BatchState,
  type CellRequest,
} from '../../generate/batch/index.ts';
import { presetOf } from '../../generate/client/presets.ts';
import { renderTemplate, renderVariant } from '../../generate/prompts/variant.ts';
import {
  findScaffold,
  generateRun,
  rememberAnswers,
  type AnswerMemory,
} from '../../generate/scaffolds/index.ts';
import type { RunRecord } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import { toCsv } from '../../report/csv.ts';
import { openShelf, type Shelf } from '../../store/shelf.ts';
import type { Session } from '../session.svelte.ts';
import { openAnswers } from './answer-memory.ts';
import type { Models } from './models.svelte.ts';

/** The batches that the browser keeps, and the one that is shown. It goes on when another view is looked at. */
export class Batches {
  readonly #session: Session;
  readonly #models: Models;
  #all = $state.raw<readonly Batch[]>([]);
  #shown = $state.raw<Batch | undefined>();
  #state = $state.raw<BatchState>('paused');
  #brief = $state(false);
  #unsaved = $state(false);
  #runner: BatchRunner | undefined;
  #shelf: Shelf<Batch> | undefined;
  #answers: AnswerMemory | undefined;
  readonly ready: Promise<void>;

  constructor(session: Session, models: Models) {
    this.#session = session;
    this.#models = models;
    this.ready = this.#open();
  }

  async #open(): Promise<void> {
    const [shelf, answers] = await Promise.all([openShelf('batches', batchSchema), openAnswers()]);
    this.#shelf = shelf;
    this.#answers = answers;
    this.#brief = shelf.fault !== undefined;
    this.#all = (await shelf.list()).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    this.#forgetAnswers = (id) => answers.forget(id);
    const [newest] = this.#all;
    if (newest !== undefined && this.#shown === undefined) this.show(newest.id);
  }

  #forgetAnswers: (batch: string) => Promise<void> = () => Promise.resolve();

  get all(): readonly Batch[] {
    return this.#all;
  }
  get shown(): Batch | undefined {
    return this.#shown;
  }
  get state(): BatchState {
    return this.#state;
  }
  /** Batches go when the page is closed. */
  get brief(): boolean {
    return this.#brief;
  }
  get unsaved(): boolean {
    return this.#unsaved;
  }

  /** @returns false while another batch is running: it would go on unseen */
  show(id: string | undefined): boolean {
    if (this.#runner?.state === 'running') return this.#shown?.id === id;
    this.#runner = undefined;
    this.#shown = this.#all.find((one) => one.id === id);
    if (this.#shown === undefined) return true;
    this.#runner = new BatchRunner(this.#shown, {
      runCell: (request, signal) => this.#runCell(request, signal),
      save: (batch) => this.#save(batch),
      onChange: (runner) => this.#changed(runner),
    });
    this.#state = this.#runner.state;
    return true;
  }

  start(plan: BatchPlan): void {
    const batch = planBatch(plan, crypto.randomUUID());
    this.#all = [batch, ...this.#all];
    this.show(batch.id);
    this.#runner?.resume();
  }

  resume(): void {
    this.#runner?.resume();
  }
  pause(): void {
    this.#runner?.pause();
  }
  async stop(): Promise<void> {
    await this.#runner?.stop();
  }
  retryUnscored(): void {
    this.#runner?.retryUnscored();
  }

  async remove(): Promise<void> {
    const batch = this.#shown;
    if (batch === undefined) return;
    await this.#runner?.stop();
    this.#runner = undefined;
    this.#all = this.#all.filter(({ id }) => id !== batch.id);
    this.show(this.#all[0]?.id);
    await this.#shelf?.remove(batch.id);
    await this.#forgetAnswers(batch.id);
  }

  /** Addresses of the shown batch that want a key and have none. */
  get keyless(): readonly string[] {
    const wanting = (this.#shown?.models ?? []).filter(
      ({ connection: { preset, address } }) =>
        presetOf(preset).key === 'needed' && (this.#models.keys.get(address) ?? '') === '',
    );
    const addresses = wanting.map(({ connection }) => connection.address);
    return addresses.filter((address, at) => addresses.indexOf(address) === at);
  }

  csv(batch: Batch): string {
    return toCsv(rowHeader, rowsOf(batch).map(rowCells));
  }

  #changed(runner: BatchRunner): void {
    if (runner !== this.#runner) return;
    this.#shown = runner.batch;
    this.#state = runner.state;
    this.#unsaved = runner.saveFault !== undefined;
    this.#all = this.#all.map((one) => (one.id === runner.batch.id ? runner.batch : one));
  }

  async #save(batch: Batch): Promise<void> {
    if (this.#all.some(({ id }) => id === batch.id)) await this.#shelf?.put(batch);
  }

  async #runCell(
    { batch, cell, model, scope, budget }: CellRequest,
    signal: AbortSignal,
  ): Promise<RunRecord> {
    const task = findTask(cell.task);
    const scaffold = findScaffold(batch.scaffold.id);
    if (task === undefined || scaffold === undefined || this.#answers === undefined)
      throw new Error(`${cell.task}, ${batch.scaffold.id}`);
    const { services, history } = this.#session;
    const { prompt } = batch;
    const client = this.#models.client({ ...model.connection, model: model.id });
    const source = { kind: 'model' as const, label: model.label };
    const record = await generateRun(
      {
        task,
        scaffold,
        options: batch.scaffold.options,
        promptFor: (one: Task) => (prompt === undefined ? renderTemplate(one) : renderVariant(one, prompt)),
        parameters: withoutUndefined(model.parameters),
        budget,
      },
      {
        client: rememberAnswers(client, this.#answers, scope),
        evaluate: (files, _, stop) => services.evaluate({ task, files, source }, { signal: stop }),
        sandbox: (stop) => services.sandbox(task, stop),
        signal,
      },
    );
    await history.keep(record);
    return record;
  }
}

/** Stored parameters may hold a name without a value; what is sent may not. */
function withoutUndefined<T extends object>(given: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

let one: Batches | undefined;

/** The one of this page load. */
export const batches = (session: Session, models: Models): Batches => (one ??= new Batches(session, models));
