import { describeTask, findTask } from '../../../tasks/index.ts';
import {
  batch as batchSchema,
  BatchRunner,
  payFrom,
  planBatch,
  rowCells,
  rowHeader,
  rowsOf,
  type Amount,
  type Batch,
  type BatchModel,
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
import type { FileMap } from '../../engines/engine.ts';
import { toCsv } from '../../report/csv.ts';
import { openShelf, type Shelf } from '../../store/shelf.ts';
import { WebLocks } from '../../store/tabs.ts';
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
  #elsewhere = $state(false);
  #short = $state.raw<Amount | undefined>();
  #failing = $state.raw<readonly string[]>([]);
  /** Models that were chosen for the next batch. */
  lineup = $state.raw<readonly BatchModel[]>([]);
  readonly #locks = new WebLocks('batch');
  #release: (() => void) | undefined;
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

  /** Another tab runs the batch that is shown: two would pay twice. */
  get elsewhere(): boolean {
    return this.#elsewhere;
  }
  /** What the question needs that did not fit into what is left of the budget. */
  get short(): Amount | undefined {
    return this.#short;
  }
  /** Labels of the models that are asked no more, as their provider fails. */
  get failing(): readonly string[] {
    return this.#failing;
  }

  /** @returns false while another batch is running: it would go on unseen */
  show(id: string | undefined): boolean {
    if (this.#release !== undefined) return this.#shown?.id === id;
    this.#runner = undefined;
    this.#elsewhere = false;
    this.#shown = this.#all.find((one) => one.id === id);
    if (this.#shown === undefined) return true;
    this.#take(this.#shown);
    void this.#heed(this.#shown.id);
    return true;
  }

  #take(batch: Batch): void {
    this.#runner = new BatchRunner(batch, {
      runCell: (request, signal) => this.#runCell(request, signal),
      save: (state) => this.#save(state),
      onChange: (runner) => this.#changed(runner),
    });
    this.#changed(this.#runner);
  }

  /** While another tab runs it, it is looked at alone; what that tab left is read anew. */
  async #heed(id: string): Promise<void> {
    if (this.#release !== undefined || !(await this.#locks.held()).has(id)) return;
    if (this.#shown?.id !== id) return;
    this.#elsewhere = true;
    await this.#locks.freed(id);
    if (this.#shown.id === id) await this.#reread(id);
  }

  async #reread(id: string): Promise<void> {
    const stored = await this.#shelf?.get(id);
    if (stored !== undefined) this.#all = this.#all.map((one) => (one.id === id ? stored : one));
    if (this.#shown?.id === id && this.#release === undefined) this.show(id);
  }

  /** @throws ValiError when a part of the plan is not possible */
  start(plan: BatchPlan): Promise<void> {
    const batch = planBatch(plan, crypto.randomUUID());
    this.#all = [batch, ...this.#all];
    this.show(batch.id);
    return this.resume();
  }

  resume(): Promise<void> {
    return this.#carryOn((runner) => runner.resume());
  }
  retryUnscored(): Promise<void> {
    return this.#carryOn((runner) => runner.retryUnscored());
  }
  pause(): void {
    this.#runner?.pause();
  }
  async stop(): Promise<void> {
    await this.#runner?.stop();
  }
  /** Both hold from the next question on. */
  setBudget(budget: Batch['budget']): void {
    if (this.#runner !== undefined && !this.#elsewhere) this.#runner.budget = budget;
  }
  setConcurrency(concurrency: number): void {
    if (this.#runner !== undefined && !this.#elsewhere) this.#runner.concurrency = concurrency;
  }

  /** One tab at a time; it is this one's until nothing is under way any more. */
  async #carryOn(work: (runner: BatchRunner) => void): Promise<void> {
    const batch = this.#shown;
    if (batch === undefined || this.#elsewhere || !(await this.#hold(batch.id))) return;
    if (this.#runner !== undefined) work(this.#runner);
    await this.#untilStill();
  }

  /** @returns false when another tab has it, another batch is shown by now, or it was asked for twice at once */
  async #hold(id: string): Promise<boolean> {
    if (this.#release !== undefined) return true;
    const held = await this.#locks.held();
    if (this.#shown?.id !== id) return false;
    if (held.has(id)) {
      void this.#heed(id);
      return false;
    }
    this.#release = this.#locks.hold(id);
    // Another tab may have gone on with it since it was shown here.
    const stored = await this.#shelf?.get(id);
    if (stored !== undefined) this.#take(stored);
    return true;
  }

  async #untilStill(): Promise<void> {
    const runner = this.#runner;
    await runner?.settled();
    if (runner?.state === 'running' || runner !== this.#runner) return;
    this.#release?.();
    this.#release = undefined;
  }

  async remove(): Promise<void> {
    const batch = this.#shown;
    if (batch === undefined || this.#elsewhere) return;
    await this.#runner?.stop();
    this.#release?.();
    this.#release = undefined;
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
    this.#short = runner.short;
    this.#failing = runner.failing;
    this.#unsaved = runner.saveFault !== undefined;
    this.#all = this.#all.map((one) => (one.id === runner.batch.id ? runner.batch : one));
  }

  async #save(batch: Batch): Promise<void> {
    if (this.#all.some(({ id }) => id === batch.id)) await this.#shelf?.put(batch);
  }

  /** The reference that stands before the prompt; undefined for none. */
  async #exemplar(id: string | undefined): Promise<{ label: string; files: FileMap } | undefined> {
    const task = id === undefined ? undefined : findTask(id);
    if (task === undefined) return undefined;
    return { label: describeTask(task), files: await this.#session.services.loadReference(task.id) };
  }

  async #runCell({ batch, cell, model, scope, purse }: CellRequest, signal: AbortSignal): Promise<RunRecord> {
    const task = findTask(cell.task);
    const scaffold = findScaffold(batch.scaffold.id);
    if (task === undefined || scaffold === undefined || this.#answers === undefined)
      throw new Error(`${cell.task}, ${batch.scaffold.id}`);
    const { services, history } = this.#session;
    const { prompt } = batch;
    const connection = { ...model.connection, model: model.id };
    const client = payFrom(purse, this.#models.client(connection), () => this.#models.priceOf(connection));
    const exemplar = await this.#exemplar(batch.exemplar);
    const source = { kind: 'model' as const, label: model.label };
    const record = await generateRun(
      {
        task,
        scaffold,
        options: batch.scaffold.options,
        promptFor: (one: Task) => (prompt === undefined ? renderTemplate(one) : renderVariant(one, prompt)),
        parameters: withoutUndefined(model.parameters),
        ...(exemplar !== undefined && { exemplar }),
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
