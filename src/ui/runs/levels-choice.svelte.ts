import type { Task } from '../../domain/task.ts';
import { runsText } from '../english/runs.ts';
import type { PageRunRequest, Services } from '../services.ts';
import type { Setup } from '../setup/setup.svelte.ts';
import { support } from '../shell/support.ts';
import { levelPlan, type LevelChoices } from './level-plan.ts';

/** What the runs of a group are made from: the reference of each task, or the submission that is set up. */
export type GroupSource = 'references' | 'submission';

/** Which tasks are run side by side. */
export class LevelsChoice {
  readonly #setup: Setup;
  readonly #services: Services;
  #source = $state<GroupSource>('references');
  /** By level, the task that was chosen; none when that level is left out. */
  #chosen = $state.raw<Readonly<Record<number, string | undefined>>>({});
  /** Ids of tasks beyond those of the levels. */
  #more = $state.raw<readonly string[]>([]);
  #fault = $state.raw<string | undefined>();

  constructor(services: Services, setup: Setup) {
    this.#services = services;
    this.#setup = setup;
    this.#source =
      setup.draft === undefined || setup.draft.source.kind === 'reference' ? 'references' : 'submission';
    this.#reset();
  }

  get source(): GroupSource {
    return this.#source;
  }
  get levels(): readonly LevelChoices[] {
    return levelPlan(this.#services.tasks, this.#setup.task, (task) => this.#canRun(task));
  }
  /** Tasks that can be added to those of the levels. */
  get others(): readonly Task[] {
    const taken = this.tasks;
    return this.#services.tasks.filter((task) => this.#canRun(task) && !taken.includes(task));
  }
  get more(): readonly Task[] {
    return this.#tasksOf(this.#more);
  }
  /** The tasks that will be run, in the order of their columns. */
  get tasks(): readonly Task[] {
    return this.#tasksOf([...Object.values(this.#chosen), ...this.#more]);
  }
  /** Why the runs could not be started. */
  get fault(): string | undefined {
    return this.#fault;
  }
  /** Why they cannot be started now. */
  get blocked(): string | undefined {
    if (this.tasks.length === 0) return runsText.levels.nothing;
    return this.#source === 'submission' ? this.#setup.blocked : undefined;
  }

  chosen(level: number): string | undefined {
    return this.#chosen[level];
  }

  from(source: GroupSource): void {
    this.#source = source;
    this.#reset();
  }

  /** @param id none to leave the level out */
  choose(level: number, id: string | undefined): void {
    this.#chosen = { ...this.#chosen, [level]: id };
  }

  add(id: string): void {
    this.#more = [...this.#more, id];
  }

  remove(id: string): void {
    this.#more = this.#more.filter((one) => one !== id);
  }

  /** The requests of the runs; undefined when a submission could not be read, which `fault` says. */
  async requests(): Promise<readonly PageRunRequest[] | undefined> {
    this.#fault = undefined;
    try {
      return await Promise.all(this.tasks.map((task) => this.#request(task)));
    } catch (error) {
      this.#fault = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }

  async #request(task: Task): Promise<PageRunRequest> {
    const { suite, engine, references } = this.#setup;
    const common = { ...suite.request, ...engine.request(task), task };
    if (this.#source === 'submission') return { ...this.#setup.request(), ...common };
    const source = { kind: 'reference', label: references[task.id] ?? task.id } as const;
    return { ...common, files: await this.#services.loadReference(task.id), source };
  }

  #canRun(task: Task): boolean {
    if (support(task) === 'coming') return false;
    if (this.#source === 'references') return task.id in this.#setup.references;
    return task.language === this.#setup.task.language;
  }

  #reset(): void {
    this.#chosen = Object.fromEntries(this.levels.map(({ level, tasks }) => [level, tasks[0]?.id]));
    this.#more = [];
  }

  #tasksOf(ids: readonly (string | undefined)[]): readonly Task[] {
    return ids.flatMap((id) => this.#services.tasks.find((task) => task.id === id) ?? []);
  }
}
