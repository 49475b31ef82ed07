import { limits } from '../../domain/limits.ts';
import { describeTask, findTask } from '../../../tasks/index.ts';
import type { Task } from '../../domain/task.ts';
import {
  fromPatch,
  fromSources,
  fromZip,
  fromPaste,
  SubmissionError,
  type FileSource,
} from '../../share/submission.ts';
import type { PageRunRequest, Services } from '../services.ts';
import { missingFeatures, support, type MissingFeature } from '../shell/support.ts';
import { DraftSlot } from './draft-slot.svelte.ts';
import { Draft } from './draft.svelte.ts';
import { EngineChoice } from './engine-choice.svelte.ts';
import { SuiteChoice } from './suite-choice.svelte.ts';

export type SourceKind = 'reference' | 'import' | 'paste';

/** What a person dropped or chose. */
export type Import =
  | { kind: 'folder'; name: string; sources: readonly FileSource[] }
  | { kind: 'archive' | 'patch'; name: string; size: number; read: () => Promise<Uint8Array> };

const firstTask = 'express-unconstrained';

/** What will be run: the task and the submission. Every failure on the way in becomes a message. */
export class Setup {
  readonly missing: readonly MissingFeature[];
  /** What judges the run. */
  readonly suite: SuiteChoice;
  /** What runs it. */
  readonly engine: EngineChoice;
  readonly #services: Services;
  #task = $state.raw<Task>(requireTask(firstTask));
  #kind = $state<SourceKind>('reference');
  #references = $state.raw<Readonly<Record<string, string>>>({});
  readonly #slots: Readonly<Record<SourceKind, DraftSlot>> = {
    reference: new DraftSlot(),
    import: new DraftSlot(),
    paste: new DraftSlot(),
  };
  #needsName = $state(false);

  constructor(services: Services, missing: readonly MissingFeature[] = missingFeatures()) {
    this.#services = services;
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
    return this.#references;
  }
  get draft(): Draft | undefined {
    return this.#slots[this.#kind].draft;
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

  /** Why Run cannot be pressed, in words; undefined when it can. */
  get blocked(): string | undefined {
    const lacking = this.missing.find((feature) => feature.blocks.includes(this.#task.language));
    if (lacking !== undefined) return `This browser lacks ${lacking.name}.`;
    if (support(this.#task) === 'coming') return `${describeTask(this.#task)} cannot run yet.`;
    if (this.loading) return 'The submission is being read.';
    if (this.draft === undefined) return 'Choose a submission first.';
    return this.engine.blocked(this.#task);
  }

  /** What is likely to go wrong with these files; they can be run all the same. */
  get warnings(): readonly string[] {
    const files = this.draft?.files;
    if (files === undefined) return [];
    return ['run.sh', this.#task.dependencyFile]
      .filter((path) => !(path in files))
      .map((path) => `There is no ${path} at the top of the submission.`);
  }

  /** Loads the list of references and the first of them. */
  async open(): Promise<void> {
    await this.#slots.reference.load(async () => {
      const list = await this.#services.references();
      this.#references = Object.fromEntries(list.map(({ taskId, label }) => [taskId, label]));
      return this.#reference();
    });
  }

  async chooseTask(id: string): Promise<void> {
    this.#task = requireTask(id);
    await this.#slots.reference.load(() => this.#reference());
    void this.#services.prepare?.(this.#task);
  }

  chooseKind(kind: SourceKind): void {
    this.#kind = kind;
  }

  async import(chosen: Import): Promise<void> {
    this.#kind = 'import';
    await this.#slots.import.load(async () => {
      if (chosen.kind === 'folder') {
        const { files, notes } = await fromSources(chosen.sources, { stripTopFolder: true });
        return new Draft(files, { kind: 'folder', label: `folder ${chosen.name}` }, notes);
      }
      refuseLarge(chosen.name, chosen.size);
      const bytes = await chosen.read();
      const { files, notes } =
        chosen.kind === 'archive' ? fromZip(bytes) : fromPatch(new TextDecoder().decode(bytes));
      return new Draft(files, { kind: chosen.kind, label: `${chosen.kind} ${chosen.name}` }, notes);
    });
  }

  /** @param name - of the one file, when the text names none. */
  async paste(text: string, name: string): Promise<void> {
    this.#needsName = false;
    await this.#slots.paste.load(() => {
      try {
        const { files, notes } = fromPaste(text, name === '' ? undefined : name);
        return Promise.resolve(new Draft(files, { kind: 'paste', label: 'pasted text' }, notes));
      } catch (error) {
        this.#needsName = error instanceof SubmissionError && error.code === 'needs-name';
        throw error;
      }
    });
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
      throw new Error(this.blocked ?? 'There is no submission.');
    return {
      task: this.#task,
      files: draft.files,
      source: draft.source,
      ...this.suite.request,
      ...this.engine.request(this.#task),
    };
  }

  async #reference(): Promise<Draft | undefined> {
    const { id } = this.#task;
    const label = this.#references[id];
    if (label === undefined) return undefined;
    return new Draft(await this.#services.loadReference(id), { kind: 'reference', label });
  }
}

function refuseLarge(name: string, size: number): void {
  if (size <= limits.archiveBytes) return;
  throw new SubmissionError(
    'too-large',
    `${name} is larger than ${limits.archiveBytes / 2 ** 20} MB. Leave out node_modules and what else is not source.`,
  );
}

function requireTask(id: string): Task {
  const task = findTask(id);
  if (task === undefined) throw new RangeError(`There is no task ${id}.`);
  return task;
}
