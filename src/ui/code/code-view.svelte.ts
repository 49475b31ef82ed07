import type { FileMap } from '../../engines/engine.ts';
import type { Run } from '../runs/run.svelte.ts';
import type { Draft } from '../setup/draft.svelte.ts';
import type { Comparison } from './diff/changes.ts';
import { inOrder, markBeside, marksOfRun, whereStillThere, type Mark } from './marks/marks.ts';
import { filesOf, firstFile, identityOf, type CodeSource } from './source.ts';

/** A place in a file; lines and columns count from 1. */
export interface Place {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
}

/** A place that was asked for; `serial` tells two requests for the same place apart. */
export interface Reveal extends Place {
  readonly serial: number;
  /** What is said about the place is to be shown there. */
  readonly explain: boolean;
}

/** What stands beside the editor. */
export type SideView = 'files' | 'search' | 'changes';

interface Tabs {
  readonly open: readonly string[];
  readonly active: string | undefined;
}

/** What the code side depends on. */
interface Surroundings {
  draft(): Draft | undefined;
  shownRun(): Run | undefined;
}

/**
 * What the code side shows: whose files, which of them are open, and the place that somebody asked for. A run that was
 * started from the draft leaves the draft in view; any other run that is opened shows its own files, read-only.
 */
export class CodeView {
  readonly #around: Surroundings;
  /** Tabs by the identity of their source, so that going back and forth loses none. */
  readonly #tabs = new WeakMap<object, Tabs>();
  readonly #runsOfDrafts = new WeakMap<Run, Draft>();
  #lastRun: Run | undefined;
  #lastDraft: Draft | undefined;
  #picked = $state.raw<CodeSource | undefined>();
  #current = $state.raw<Tabs>({ open: [], active: undefined });
  #draftRun = $state.raw<Run | undefined>();
  #reveal = $state.raw<Reveal | undefined>();
  #serial = 0;
  // Told apart by value: an edit changes no path, and what is worked out from the paths stays.
  readonly #pathList = $derived(Object.keys(this.files));
  readonly #pathKey = $derived(this.#pathList.join('\0'));
  readonly #paths = $derived(this.#pathKey === '' ? [] : this.#pathKey.split('\0'));
  /** What the language services found wrong with open files. */
  syntax = $state.raw<readonly Mark[]>([]);
  /** Worked out once a run: reading a log takes its time. */
  readonly #found = $derived.by(() => {
    const run = this.run;
    return run?.record === undefined ? [] : marksOfRun(run.record, run.request.files);
  });
  readonly #marks = $derived.by(() => {
    const found = whereStillThere(this.#found, this.run?.request.files ?? {}, this.files);
    return [...found, ...this.syntax].sort(inOrder);
  });
  /** Undefined: the editor has the whole width. */
  side = $state.raw<SideView | undefined>('files');
  /** The file of which the differences are shown in place of the editor. */
  compared = $state.raw<Comparison | undefined>();
  /** Where the cursor stands in the active file. */
  cursor = $state.raw<{ line: number; column: number }>({ line: 1, column: 1 });

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get source(): CodeSource | undefined {
    return this.#picked;
  }
  get files(): FileMap {
    return filesOf(this.#picked);
  }
  get paths(): readonly string[] {
    return this.#paths;
  }
  get editable(): boolean {
    return this.#picked?.kind === 'draft';
  }
  /** Open files that are still there, in the order of their tabs. */
  get tabs(): readonly string[] {
    const { files } = this;
    return this.#current.open.filter((path) => Object.hasOwn(files, path));
  }
  /** The file in view. */
  get active(): string | undefined {
    const { tabs } = this;
    const { active } = this.#current;
    return active !== undefined && tabs.includes(active) ? active : tabs.at(-1);
  }
  /** The place that was asked for last. Who shows the code side goes there whenever `serial` rises. */
  get revealed(): Reveal | undefined {
    return this.#reveal;
  }
  /** The latest run that says something about the files in view. */
  get run(): Run | undefined {
    const source = this.#picked;
    if (source?.kind === 'run') return source.run;
    return source?.kind === 'draft' ? this.#draftRun : undefined;
  }

  /** Whether the shown run has files of its own, other than the draft. */
  get otherRun(): boolean {
    const run = this.#around.shownRun();
    return run !== undefined && run !== this.#draftRun;
  }
  /** All that is to be said about places in the files: what the run found, and what the languages complain about. */
  get marks(): readonly Mark[] {
    return this.#marks;
  }

  /** Follows the set-up and the runs; to be called whenever one of them changed. */
  follow(): void {
    const run = this.#around.shownRun();
    const draft = this.#around.draft();
    const own = run !== undefined && draft !== undefined && this.#belongs(run, draft);
    if (own) this.#draftRun = run;
    const newRun = run !== this.#lastRun;
    const newDraft = draft !== this.#lastDraft;
    this.#lastRun = run;
    this.#lastDraft = draft;
    if (newDraft && !own) this.#draftRun = undefined;
    if (newRun && run !== undefined && !own && !(newDraft && draft !== undefined))
      this.#pick({ kind: 'run', run });
    else if (draft !== undefined && (newDraft || (newRun && own))) this.#pick({ kind: 'draft', draft });
    else if (draft === undefined && newDraft)
      this.#pick(run === undefined ? undefined : { kind: 'run', run });
  }

  /** Shows the draft, or the files of the shown run. */
  choose(kind: 'draft' | 'run'): void {
    const run = this.#around.shownRun();
    const draft = this.#around.draft();
    if (kind === 'draft' && draft !== undefined) this.#pick({ kind, draft });
    if (kind === 'run' && run !== undefined) this.#pick({ kind, run });
  }

  /** Shows files from elsewhere, read-only, until another source is chosen. */
  show(files: FileMap, { label = '' }: { label?: string } = {}): void {
    this.#pick({ kind: 'files', files, label });
  }

  open(path: string): void {
    if (!Object.hasOwn(this.files, path)) return;
    this.compared = undefined;
    const { open } = this.#current;
    this.#keep({ open: open.includes(path) ? open : [...open, path], active: path });
  }

  /** Closes a tab; its neighbour comes into view. */
  close(path: string): void {
    const { tabs } = this;
    const at = tabs.indexOf(path);
    if (at === -1) return;
    const open = tabs.filter((other) => other !== path);
    const next = this.active === path ? (open[at] ?? open[at - 1]) : this.active;
    this.#keep({ open, active: next });
  }

  /** Takes an open file along when it gets another name. */
  renamed(from: string, to: string): void {
    const { open, active } = this.#current;
    this.#keep({
      open: open.map((path) => (path === from ? to : path)),
      active: active === from ? to : active,
    });
  }

  /**
   * Opens a file and goes to a place in it: in the files in view, else in the draft, else in those of the shown run.
   * @param explain show what is said about it
   * @returns false when none of them has such a file
   */
  reveal(place: Place, explain = false): boolean {
    if (!Object.hasOwn(this.files, place.path)) {
      const draft = this.#around.draft();
      const run = this.#around.shownRun();
      if (draft !== undefined && Object.hasOwn(draft.files, place.path)) this.choose('draft');
      else if (run !== undefined && Object.hasOwn(run.request.files, place.path)) this.choose('run');
      else return false;
    }
    this.open(place.path);
    this.#reveal = { ...place, serial: ++this.#serial, explain };
    return true;
  }

  /** Goes to the next or previous place that asks for a change, in whatever file. */
  step(direction: 'next' | 'previous'): void {
    const mark = markBeside(this.#marks, { path: this.active ?? '', ...this.cursor }, direction);
    if (mark !== undefined) this.reveal(mark, true);
  }

  /** A run is of a draft when it was started with its files. */
  #belongs(run: Run, draft: Draft): boolean {
    if (run.request.files === draft.files) this.#runsOfDrafts.set(run, draft);
    return this.#runsOfDrafts.get(run) === draft;
  }

  #pick(source: CodeSource | undefined): void {
    this.compared = undefined;
    this.#picked = source;
    if (source === undefined) {
      this.#current = { open: [], active: undefined };
      return;
    }
    const first = firstFile(Object.keys(filesOf(source)));
    this.#current = this.#tabs.get(identityOf(source)) ?? {
      open: first === undefined ? [] : [first],
      active: first,
    };
  }

  #keep(tabs: Tabs): void {
    this.#current = tabs;
    if (this.#picked !== undefined) this.#tabs.set(identityOf(this.#picked), tabs);
  }
}
