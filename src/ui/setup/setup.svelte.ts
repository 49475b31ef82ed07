import { describeTask, findTask } from '../../../tasks/index.ts';
import type { FileMap } from '../../engines/engine.ts';
import type { RunRequest } from '../../evaluate/types.ts';
import type { Generation } from '../../domain/generation.ts';
import type { Task } from '../../domain/task.ts';
import { SubmissionError } from '../../share/submission.ts';
import { setupText } from '../english/setup.ts';
import type { DefectEntry, PageRunRequest, Services } from '../services.ts';
import { missingFeatures, support, type MissingFeature } from '../shell/support.ts';
import { belowFolder, doubtsAbout, type Doubt, type Mend } from './doubts.ts';
import { DraftSlot } from './draft-slot.svelte.ts';
import { Draft } from './draft.svelte.ts';
import { EngineChoice } from './engine-choice.svelte.ts';
import { sourceKinds, type Import, type SourceKind } from './sources.ts';
import { References } from './references.svelte.ts';
import { SuiteChoice } from './suite-choice.svelte.ts';

export type { Import, SourceKind } from './sources.ts';

/** What is set up, for another load of the page. References are in it when they are edited. */
export interface SetupState {
  taskId: string;
  kind: SourceKind;
  pasted: string;
  address: string;
  drafts: readonly {
    kind: SourceKind;
    /** Of a reference: whose. */
    taskId?: string;
    draft: Draft;
  }[];
}

const firstTask = 'express-unconstrained';

/** Asks a model for the submission; given by the part of the set-up that knows how. */
export interface Generator {
  /** Why it cannot be asked, in words; undefined when it can. */
  readonly blocked: string | undefined;
  /** Asks, and runs what comes. */
  start(): void;
}

/** What will be run: the task and the submission. Every failure on the way in becomes a message. */
export class Setup {
  readonly missing: readonly MissingFeature[];
  /** What judges the run. */
  readonly suite: SuiteChoice;
  /** How a model was asked for files, by the files: whatever is edited is no longer what it wrote. */
  readonly generations = new WeakMap<FileMap, Generation>();
  generator = $state.raw<Generator | undefined>();
  /** What runs it. */
  readonly engine: EngineChoice;
  readonly #services: Services;
  #task = $state.raw<Task>(requireTask(firstTask));
  #kind = $state<SourceKind>('reference');
  readonly #references: References;
  #defects = $state.raw<readonly DefectEntry[]>([]);
  readonly #slots = Object.fromEntries(sourceKinds.map((kind) => [kind, new DraftSlot()])) as Readonly<
    Record<SourceKind, DraftSlot>
  >;
  #needsName = $state(false);
  /** The text that the pasted files were read from; undefined after a reload. */
  #readText = $state.raw<string | undefined>();
  #progress = $state.raw<string | undefined>();
  #stop: AbortController | undefined;
  /** What is typed into the sources' fields; another source may come into view meanwhile. */
  pasted = $state('');
  pastedName = $state('');
  address = $state('');

  constructor(services: Services, missing: readonly MissingFeature[] = missingFeatures()) {
    this.#services = services;
    this.#references = new References(services);
    this.missing = missing;
    this.suite = new SuiteChoice(services);
    this.engine = new EngineChoice(missing);
  }

  get task(): Task {
    return this.#task;
  }
  get kind(): SourceKind {
    return this.#kind;
  }
  /** Labels of the reference submissions by task id. */
  get references(): Readonly<Record<string, string>> {
    return this.#references.labels;
  }
  /** Submissions that are flawed on purpose; empty until that source was chosen once. */
  get defects(): readonly DefectEntry[] {
    return this.#defects;
  }
  get draft(): Draft | undefined {
    return this.#slots[this.#kind].draft;
  }
  /** The edited draft that the one in view replaced; `bringBack` has it back. */
  get replaced(): Draft | undefined {
    return this.#slots[this.#kind].replaced;
  }
  /** Why there is no draft, or undefined. */
  get error(): string | undefined {
    return this.#slots[this.#kind].error;
  }
  get loading(): boolean {
    return this.#slots[this.#kind].loading;
  }
  /** True when the pasted text is a single file whose name is asked for. */
  get needsName(): boolean {
    return this.#needsName;
  }
  /** How far a reading has come that can be stopped. */
  get progress(): string | undefined {
    return this.#progress;
  }
  /** Whether a source of this kind has files now. */
  has(kind: SourceKind): boolean {
    return this.#slots[kind].draft !== undefined;
  }

  /** Why the task cannot be run here, whatever the submission; undefined when it can. */
  get cannotRun(): string | undefined {
    const lacking = this.missing.find((feature) => feature.blocks.includes(this.#task.language));
    if (lacking !== undefined) return setupText.lacks(lacking.name);
    return support(this.#task) === 'coming' ? setupText.cannotRunYet(describeTask(this.#task)) : undefined;
  }

  /** Why Run cannot be pressed, in words; undefined when it can. */
  get blocked(): string | undefined {
    const { cannotRun } = this;
    if (cannotRun !== undefined) return cannotRun;
    if (this.loading) return setupText.beingRead;
    if (this.draft === undefined) return setupText.chooseFirst;
    return this.engine.blocked(this.#task);
  }

  /** Given when there is no submission yet and pressing Run asks a model for one. */
  get generates(): Generator | undefined {
    return this.#kind === 'model' && this.draft === undefined ? this.generator : undefined;
  }

  /** What is likely to go wrong with these files; they can be run all the same. */
  get doubts(): readonly Doubt[] {
    const files = this.draft?.files;
    if (files === undefined) return [];
    const pasted = this.#kind === 'paste' && this.#readText !== undefined && this.#readText !== this.pasted;
    return [...doubtsAbout(files, this.#task), ...(pasted ? [{ text: setupText.doubts.pastedChanged }] : [])];
  }

  /** Does what a doubt offers. */
  async mend(mend: Mend): Promise<void> {
    if ('taskId' in mend) return this.chooseTask(mend.taskId);
    const { draft } = this;
    if (draft === undefined) return;
    const files = belowFolder(draft.files, mend.top);
    const others = Object.keys(draft.files).length - Object.keys(files).length;
    const notes = [...draft.notes, setupText.doubts.tookAsTop(mend.top, others)];
    this.#slots[this.#kind].put(new Draft(files, draft.origin, notes));
  }

  /** Loads the list of references and the first of them. */
  async open(): Promise<void> {
    await this.#slots.reference.load(() => this.#references.draftOf(this.#task.id));
  }

  async chooseTask(id: string): Promise<void> {
    this.#references.keep(this.#task.id, this.#slots.reference.draft);
    this.#task = requireTask(id);
    await this.#slots.reference.load(() => this.#references.draftOf(id));
    void this.#services.prepare?.(this.#task);
  }

  chooseKind(kind: SourceKind): void {
    this.#kind = kind;
    if (kind === 'defect') void this.#listDefects();
  }

  get state(): SetupState {
    this.#references.keep(this.#task.id, this.#slots.reference.draft);
    const references = Object.entries(this.#references.edited).map(([taskId, draft]) => ({
      kind: 'reference' as const,
      taskId,
      draft,
    }));
    const others = sourceKinds.flatMap((kind) => {
      const { draft } = this.#slots[kind];
      return kind === 'reference' || draft === undefined ? [] : [{ kind, draft }];
    });
    const { id: taskId } = this.#task;
    const drafts = [...references, ...others];
    return { taskId, kind: this.#kind, pasted: this.pasted, address: this.address, drafts };
  }

  /** Goes on where an earlier load of the page was; before `open`. */
  resume({ taskId, kind, pasted, address, drafts }: SetupState): void {
    this.#task = requireTask(taskId);
    this.pasted = pasted;
    this.address = address;
    for (const { kind: of, taskId: whose, draft } of drafts) {
      if (of !== 'reference') this.#slots[of].put(draft);
      else if (whose !== undefined) this.#references.keep(whose, draft);
    }
    this.chooseKind(kind);
  }

  async import(chosen: Import): Promise<void> {
    this.#kind = 'import';
    await this.#stoppable('import', async (signal, say) => {
      const { readImport } = await import('./read-import.ts');
      return readImport(chosen, signal, (done, total) => {
        // Small folders are there before anybody could read it.
        if (total > 100 && done % 50 === 0) say(setupText.submission.readingOf(done, total));
      });
    });
  }

  /** Reads the pasted text. */
  async paste(text = this.pasted, name = this.#needsName ? this.pastedName : ''): Promise<void> {
    this.#kind = 'paste';
    this.#needsName = false;
    await this.#slots.paste.load(async () => {
      try {
        const { readPaste } = await import('./read-paste.ts');
        const { files, notes } = await readPaste(text, name === '' ? undefined : name);
        this.#readText = text;
        return new Draft(files, { kind: 'paste', label: 'pasted text' }, notes);
      } catch (error) {
        this.#needsName = error instanceof SubmissionError && error.code === 'needs-name';
        throw error;
      }
    });
  }

  /** Takes what `fetchIt` gives for an address; its error becomes the message. */
  async fetched(
    fetchIt: (signal: AbortSignal, say: (progress: string) => void) => Promise<Draft>,
  ): Promise<void> {
    this.#kind = 'link';
    await this.#stoppable('link', fetchIt);
  }

  /** A flawed submission, and the task that it is for. */
  async chooseDefect({ id, taskId, label }: DefectEntry): Promise<void> {
    this.chooseKind('defect');
    const loaded = this.#slots.defect.load(async () => {
      const files = await this.#services.loadDefect(id);
      return new Draft(files, { kind: 'reference', label });
    });
    if (taskId !== this.#task.id) await this.chooseTask(taskId);
    await loaded;
  }

  /**
   * Puts files from elsewhere into the draft: of a run, of a link, of a model's answer. Edits of before can be had back.
   * @param notes - one sentence each, shown beside the files
   * @param taskId - the task that they are for; the chosen one without
   */
  take(files: FileMap, source: RunRequest['source'], notes: readonly string[] = [], taskId?: string): void {
    this.#kind = source.kind === 'model' ? 'model' : 'taken';
    this.#slots[this.#kind].put(new Draft(files, source, notes));
    if (taskId !== undefined && taskId !== this.#task.id) void this.chooseTask(taskId);
  }

  /** Brings the edits back that the draft in view replaced. */
  bringBack(): void {
    // A reference belongs to its task: its edits are there again when the task is.
    const whose = this.replaced && this.#references.taskOf(this.replaced);
    if (whose === undefined) this.#slots[this.#kind].bringBack();
    else void this.chooseTask(whose);
  }

  /** Ends a reading that takes too long. */
  stopReading(): void {
    this.#stop?.abort();
    this.#slots[this.#kind].stop(setupText.stopped);
  }

  /** Tells why something dropped could not be read at all. */
  refuse(message: string): void {
    this.#kind = 'import';
    this.#slots.import.refuse(message);
  }

  /** The request for the current choice. @throws Error when `blocked`. */
  request(): PageRunRequest {
    const { draft } = this;
    if (this.blocked !== undefined || draft === undefined)
      throw new Error(this.blocked ?? setupText.chooseFirst);
    const generation = this.generations.get(draft.files);
    return {
      task: this.#task,
      files: draft.files,
      source: draft.source,
      ...(generation !== undefined && { generation }),
      ...this.suite.request,
      ...this.engine.request(this.#task),
    };
  }

  async #listDefects(): Promise<void> {
    if (this.#defects.length > 0) return;
    try {
      this.#defects = await this.#services.defects();
    } catch (error) {
      this.#slots.defect.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  async #stoppable(
    kind: SourceKind,
    read: (signal: AbortSignal, say: (progress: string) => void) => Promise<Draft>,
  ): Promise<void> {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.#progress = undefined;
    const say = (progress: string): void => {
      if (this.#stop === stop) this.#progress = progress;
    };
    await this.#slots[kind].load(() => read(stop.signal, say));
    if (this.#stop === stop) this.#progress = undefined;
  }
}

function requireTask(id: string): Task {
  const task = findTask(id);
  if (task === undefined) throw new RangeError(`There is no task ${id}.`);
  return task;
}
