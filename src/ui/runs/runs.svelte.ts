import { findTask } from '../../../tasks/index.ts';
import { restoreFiles } from '../../domain/files.ts';
import type { RunRecord } from '../../domain/run.ts';
import type { SuiteState } from '../../evaluate/live-types.ts';
import { runsText } from '../english/runs.ts';
import type { PageRunRequest, Services } from '../services.ts';
import { Gate, slotsHere } from './gate.ts';
import { RunGroup } from './run-group.svelte.ts';
import { sameFiles } from './same-files.ts';
import { browserPace, Run, type Pace } from './run.svelte.ts';

/** Runs kept in the list; older ones are let go, because each holds its whole output. */
const kept = 24;

/** `progress`: a stage of the run has begun. */
export type RunMoment = 'begin' | 'progress' | 'end';

/** The runs of this page load, newest first; some are under way, any one is shown. */
export class Runs {
  readonly #evaluate: Services['evaluate'];
  readonly #pace: Pace;
  readonly #gate: Gate;
  #listeners: readonly { readonly moment: RunMoment; readonly tell: (run: Run) => void }[] = [];
  #list = $state.raw<readonly Run[]>([]);
  #shown = $state.raw<Run | undefined>();
  #group = $state.raw<RunGroup | undefined>();
  #groups = $state.raw<readonly RunGroup[]>([]);
  #count = 0;

  /** @param slots how many runs may be under way at once; the others wait */
  constructor(evaluate: Services['evaluate'], pace: Pace = browserPace, slots = slotsHere()) {
    this.#evaluate = evaluate;
    this.#pace = pace;
    this.#gate = new Gate(slots);
  }

  get list(): readonly Run[] {
    return this.#list;
  }
  /** The run whose results are shown. */
  get shown(): Run | undefined {
    return this.#shown;
  }
  /** The runs under way, with those that wait for their turn. */
  get active(): readonly Run[] {
    return this.#list.filter((run) => run.phase === 'running');
  }
  /** The runs that are shown side by side. */
  get group(): RunGroup | undefined {
    return this.#group;
  }

  /** The run under way of these very files and this task. */
  underWay(request: PageRunRequest): Run | undefined {
    return this.active.find(
      ({ request: other }) => other.task.id === request.task.id && sameFiles(other.files, request.files),
    );
  }

  /** Starts a run and shows it, or shows the one of the same files that is under way. Resolves when it has ended. */
  async start(request: PageRunRequest): Promise<void> {
    const same = this.underWay(request);
    if (same !== undefined) return this.show(same);
    const run = this.#add(request);
    this.show(run);
    await this.#carryOut(run);
  }

  /** Starts several runs, shown side by side, the first of them below. */
  startGroup(requests: readonly PageRunRequest[], label: string): RunGroup {
    const runs = requests.map((request) => this.#add(request));
    const group = new RunGroup(label, runs);
    this.#groups = [group, ...this.#groups];
    this.#group = group;
    this.#shown = runs[0];
    for (const run of runs) void this.#carryOut(run);
    return group;
  }

  /**
   * Runs the suite alone on the server that a run has kept; the server goes over to the run that this makes.
   * @param files what the server is restarted with, when other than what it has
   * @returns undefined when there is no server
   */
  startSuite(of: Run, state: SuiteState, files?: Pick<PageRunRequest, 'files' | 'source'>): Run | undefined {
    const request = { ...of.request, ...files };
    const run = new Run(++this.#count, request, this.#pace, state);
    const server = of.handOver(runsText.freed.movedOn(run.id));
    if (server === undefined) return undefined;
    this.#put(run);
    this.show(run);
    void run.startSuite(server, files?.files);
    return run;
  }

  /**
   * Shows a stored run, or one from a link or a file, as a finished run.
   * @throws RangeError when this version has no such task
   */
  open(record: RunRecord): Run {
    const known = this.#list.find((run) => run.record?.id === record.id);
    if (known !== undefined) {
      this.show(known);
      return known;
    }
    const task = findTask(record.task.id);
    if (task === undefined) throw new RangeError(`There is no task ${record.task.id} here.`);
    const { source, collection } = record;
    const request: PageRunRequest = {
      task,
      source,
      files: restoreFiles(record.files),
      ...(collection && { collection: { source: collection.source, role: collection.role } }),
    };
    const run = Run.ofRecord(++this.#count, request, record, this.#pace);
    this.#put(run);
    this.show(run);
    return run;
  }

  /** Shows a run, and beside it those that were started with it. */
  show(run: Run): void {
    this.#shown = run;
    this.#group = this.groupOf(run);
  }

  /** The runs that were started together with a run. */
  groupOf(run: Run): RunGroup | undefined {
    return this.#groups.find(({ runs }) => runs.includes(run));
  }

  /** Shows the run below alone from now on. Runs under way go on. */
  closeGroup(): void {
    this.#groups = this.#groups.filter((group) => group !== this.#group);
    this.#group = undefined;
  }

  /** Cancels the run, or the one that is shown. */
  cancel(run: Run | undefined = this.#shown): void {
    run?.cancel();
  }

  cancelAll(): void {
    for (const run of this.active) run.cancel();
  }

  /** @returns ends the listening */
  listen(moment: RunMoment, tell: (run: Run) => void): () => void {
    const listener = { moment, tell };
    this.#listeners = [...this.#listeners, listener];
    return () => void (this.#listeners = this.#listeners.filter((one) => one !== listener));
  }

  #add(request: PageRunRequest): Run {
    const run = new Run(++this.#count, request, this.#pace);
    this.#put(run);
    return run;
  }

  /** Runs that are let go give their server back; those under way stay. */
  #put(run: Run): void {
    const list = [run, ...this.#list];
    const old = list.slice(kept).filter(({ phase }) => phase !== 'running');
    for (const one of old) one.release(runsText.freed.newer);
    this.#list = list.filter((one) => !old.includes(one));
  }

  async #carryOut(run: Run): Promise<void> {
    run.onStage = () => this.#tell('progress', run);
    this.#tell('begin', run);
    await run.start(this.#evaluate, this.#gate);
    this.#tell('end', run);
  }

  #tell(moment: RunMoment, run: Run): void {
    for (const { moment: wanted, tell } of this.#listeners) if (wanted === moment) tell(run);
  }
}
