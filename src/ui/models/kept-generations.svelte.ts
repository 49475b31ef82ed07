import { findTask } from '../../../tasks/index.ts';
import { restoreFiles } from '../../domain/files.ts';
import { presetOf } from '../../generate/client/presets.ts';
import { renderTemplate, renderVariant } from '../../generate/prompts/variant.ts';
import {
  GenerationKeeper,
  keptGeneration,
  type GenerationStart,
  type HeldGeneration,
  type KeptGeneration,
} from '../../generate/resume/index.ts';
import { findScaffold } from '../../generate/scaffolds/index.ts';
import { openShelf } from '../../store/shelf.ts';
import { WebLocks } from '../../store/tabs.ts';
import { modelsText } from '../english/models.ts';
import { resumeText } from '../english/resume.ts';
import type { Session } from '../session.svelte.ts';
import { openAnswers } from './answer-memory.ts';
import { GenerationRun } from './generation.svelte.ts';
import type { Models } from './models.svelte.ts';

/** Begins generations whose answers outlive the tab, and offers those that were interrupted. */
export class KeptGenerations {
  readonly #session: Session;
  readonly #models: Models;
  readonly #locks = new WebLocks('generation');
  readonly #opening: Promise<GenerationKeeper>;
  /** Generations of other tabs whose end is waited for. */
  #awaited: readonly string[] = [];
  #offers = $state.raw<readonly KeptGeneration[]>([]);
  #brief = $state(false);
  #busy = $state(false);

  constructor(session: Session, models: Models) {
    this.#session = session;
    this.#models = models;
    this.#opening = this.#open();
    void this.refresh();
  }

  async #open(): Promise<GenerationKeeper> {
    const [generations, answers] = await Promise.all([
      openShelf('generations', keptGeneration),
      openAnswers(),
    ]);
    this.#brief = generations.fault !== undefined;
    return new GenerationKeeper({
      generations,
      answers,
      locks: this.#locks,
      onLost: () => (this.#brief = true),
    });
  }

  /** Interrupted generations, newest first. */
  get offers(): readonly KeptGeneration[] {
    return this.#offers;
  }
  /** The browser does not keep answers: they go with the tab. */
  get brief(): boolean {
    return this.#brief;
  }
  /** One is being begun or is under way. */
  get busy(): boolean {
    return this.#busy || this.#models.generation?.active === true;
  }

  /** Reads anew what is offered. */
  async refresh(): Promise<void> {
    const { offers, underWay } = await (await this.#opening).interrupted();
    this.#offers = offers;
    for (const id of underWay) this.#await(id);
  }

  /** A tab that ends in the middle leaves its generation to this one. */
  #await(id: string): void {
    if (this.#awaited.includes(id)) return;
    this.#awaited = [...this.#awaited, id];
    void this.#locks.freed(id).then(() => {
      this.#awaited = this.#awaited.filter((one) => one !== id);
      return this.refresh();
    });
  }

  /** Why one cannot go on, in words; undefined when it can. */
  blocked({ start }: KeptGeneration): string | undefined {
    const preset = presetOf(start.connection.preset);
    if (findTask(start.task) === undefined || findScaffold(start.scaffold.id) === undefined)
      return resumeText.unknown;
    const { keys } = this.#models;
    if (preset.key === 'optional' || (keys.get(start.connection.address) ?? '') !== '') return undefined;
    return keys.keeping === 'locked' ? modelsText.asking.locked : modelsText.asking.noKey(preset.name);
  }

  /** Asks a model, and runs what came. Resolves when it has ended. @throws TemplateError */
  begin(start: GenerationStart): Promise<void> {
    return this.#alone(async () => (await this.#opening).begin(start));
  }

  /** Goes on where an interrupted one ended, up to the budget of now. Does nothing when another tab was first. */
  async goOn({ id }: KeptGeneration): Promise<void> {
    await this.#alone(async () => (await this.#opening).goOn(id, this.#models.budget));
    await this.refresh();
  }

  /** Puts the files of an interrupted one into the set-up, and forgets its answers. */
  async keepFiles({ id, start, files }: KeptGeneration): Promise<void> {
    if (files !== undefined) {
      const label = `${start.model}, ${(findScaffold(start.scaffold.id)?.name ?? start.scaffold.id).toLowerCase()}`;
      this.#session.setup.take(restoreFiles(files), { kind: 'model', label }, [], start.task);
    }
    await this.forget(id);
  }

  async forget(id: string): Promise<void> {
    await (await this.#opening).forget(id);
    await this.refresh();
  }

  /** One at a time; `busy` until it has ended. */
  async #alone(hold: () => Promise<HeldGeneration | undefined>): Promise<void> {
    if (this.busy) return;
    this.#busy = true;
    let held: HeldGeneration | undefined;
    try {
      held = await hold();
      if (held !== undefined) await this.#carryOut(held);
    } catch (error) {
      await held?.leave();
      throw error;
    } finally {
      this.#busy = false;
      await this.refresh();
    }
  }

  async #carryOut(held: HeldGeneration): Promise<void> {
    const { task: taskId, connection, model, scaffold: way, prompt, exemplar, ...start } = held.start;
    const task = findTask(taskId);
    const scaffold = findScaffold(way.id);
    if (task === undefined || scaffold === undefined) throw new Error(resumeText.unknown);
    const run = new GenerationRun(this.#session, {
      task,
      scaffold,
      client: held.client(this.#models.client({ ...connection, model })),
      options: way.options,
      parameters: start.parameters,
      promptFor: (one) => (prompt === undefined ? renderTemplate(one) : renderVariant(one, prompt)),
      exemplar: exemplar && { label: exemplar.label, files: restoreFiles(exemplar.files) },
      budget: start.budget,
      run: start.run,
      onFiles: (files) => held.files(files),
    });
    run.order.promptFor(task);
    this.#models.generation = run;
    await run.start();
    await this.#ended(held, run);
  }

  /** What is in the history is not kept twice; what was broken off is offered. */
  async #ended(held: HeldGeneration, run: GenerationRun): Promise<void> {
    const { history } = this.#session;
    if (run.phase === 'done' && !run.order.run) return this.#untilRun(held);
    if (run.phase !== 'done' && run.fault !== 'generation') return held.leave();
    await history.settled();
    await held.done();
  }

  /** Files that were not run are kept until they are: the set-up keeps them for its own tab alone. */
  async #untilRun(held: HeldGeneration): Promise<void> {
    await held.finished();
    const { runs, history, setup } = this.#session;
    const files = setup.draft?.files;
    const stop = runs.listen('end', ({ request, record }) => {
      if (request.files !== files || record === undefined) return;
      stop();
      void history.settled().then(() => held.done());
    });
  }
}

let one: KeptGenerations | undefined;

/** The one of this page load. */
export const keptGenerations = (session: Session, models: Models): KeptGenerations =>
  (one ??= new KeptGenerations(session, models));
