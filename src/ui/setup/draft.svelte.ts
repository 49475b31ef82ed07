import type { FileMap } from '../../engines/engine.ts';
import type { RunRequest } from '../../evaluate/types.ts';
import { checkPath } from '../../share/submission.ts';

/** Files larger than this are not offered for editing in a plain text field. */
const editableLength = 200_000;

export interface DraftFile {
  path: string;
  bytes: number;
  /** Text that can be edited here. */
  editable: boolean;
}

/** A submission about to be run: files as they came in, and what was changed by hand since. */
export class Draft {
  readonly notes: readonly string[];
  /** The files as they came in. */
  readonly original: FileMap;
  readonly #source: RunRequest['source'];
  #files = $state.raw<FileMap>({});
  #edited = $state(false);
  #list = $state.raw<readonly DraftFile[]>([]);

  /** @param files - as they are now, when they are not as they came in */
  constructor(
    original: FileMap,
    source: RunRequest['source'],
    notes: readonly string[] = [],
    files: FileMap = original,
  ) {
    this.original = original;
    this.#source = source;
    this.notes = notes;
    this.#files = original;
    if (files === original) this.#list = listOf(original);
    else this.#change(files);
  }

  get files(): FileMap {
    return this.#files;
  }
  get list(): readonly DraftFile[] {
    return this.#list;
  }
  /** Whether the files differ from those that came in. */
  get edited(): boolean {
    return this.#edited;
  }
  get source(): RunRequest['source'] {
    const { kind, label } = this.#source;
    return { kind, label: this.#edited ? `${label}, edited here` : label };
  }
  /** Where it came from, whether edited or not. */
  get origin(): RunRequest['source'] {
    return this.#source;
  }

  /** Replaces the text of a file that is there. */
  edit(path: string, text: string): void {
    if (this.#files[path] === text || !Object.hasOwn(this.#files, path)) return;
    this.#files = { ...this.#files, [path]: text };
    // Only the edited file is measured again: this happens with every key pressed.
    this.#list = this.#list.map((file) => (file.path === path ? describe(path, text) : file));
    this.#edited = true;
  }

  /**
   * Adds a file. @returns the path in its clean form
   * @throws SubmissionError for a path that cannot be, or is taken.
   */
  add(path: string, text = ''): string {
    const clean = checkPath(path.trim(), Object.keys(this.#files));
    this.#change({ ...this.#files, [clean]: text });
    return clean;
  }

  remove(path: string): void {
    this.#change(Object.fromEntries(Object.entries(this.#files).filter(([other]) => other !== path)));
  }

  /** Gives a file another name. @returns it @throws SubmissionError as `add` */
  rename(from: string, to: string): string {
    const content = this.#files[from];
    if (content === undefined) return from;
    const others = Object.entries(this.#files).filter(([path]) => path !== from);
    const clean = checkPath(
      to.trim(),
      others.map(([path]) => path),
    );
    this.#change(Object.fromEntries([...others, [clean, content]]));
    return clean;
  }

  /** Writes files, new ones too, and takes away those whose content is undefined: all at once. */
  change(changes: Readonly<Record<string, FileMap[string] | undefined>>): void {
    const files: Record<string, FileMap[string] | undefined> = { ...this.#files, ...changes };
    const kept = Object.entries(files).filter(
      (entry): entry is [string, FileMap[string]] => entry[1] !== undefined,
    );
    this.#change(Object.fromEntries(kept));
  }

  /** Back to the files as they came in. @returns what gives `change` the edits again */
  restore(): Readonly<Record<string, FileMap[string] | undefined>> {
    const gone = Object.keys(this.original).map((path) => [path, undefined] as const);
    const edits = { ...Object.fromEntries(gone), ...this.#files };
    this.#change(this.original);
    return edits;
  }

  #change(files: FileMap): void {
    const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
    this.#files = files === this.original ? files : Object.fromEntries(sorted);
    this.#list = listOf(this.#files);
    this.#edited = !same(files, this.original);
  }
}

const listOf = (files: FileMap): DraftFile[] =>
  Object.entries(files).map(([path, content]) => describe(path, content));

function same(some: FileMap, others: FileMap): boolean {
  const paths = Object.keys(some);
  return (
    paths.length === Object.keys(others).length &&
    paths.every((path) => Object.hasOwn(others, path) && sameContent(some[path], others[path]))
  );
}

function sameContent(one: FileMap[string] | undefined, other: FileMap[string] | undefined): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one?.length === other?.length && one?.every((byte, at) => byte === other?.[at]) !== false;
}

function describe(path: string, content: string | Uint8Array): DraftFile {
  if (typeof content !== 'string') return { path, bytes: content.length, editable: false };
  const bytes = new TextEncoder().encode(content).length;
  return { path, bytes, editable: content.length <= editableLength };
}
