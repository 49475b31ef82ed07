import type { RunRequest } from '../../evaluate/types.ts';
import type { FileMap } from '../../engines/engine.ts';

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

  constructor(files: FileMap, source: RunRequest['source'], notes: readonly string[] = []) {
    this.original = files;
    this.#files = files;
    this.#list = Object.entries(files).map(([path, content]) => describe(path, content));
    this.#source = source;
    this.notes = notes;
  }

  get files(): FileMap {
    return this.#files;
  }
  get list(): readonly DraftFile[] {
    return this.#list;
  }
  get edited(): boolean {
    return this.#edited;
  }
  get source(): RunRequest['source'] {
    const { kind, label } = this.#source;
    return { kind, label: this.#edited ? `${label}, edited here` : label };
  }

  edit(path: string, text: string): void {
    if (path in this.#files) this.change({ [path]: text });
  }

  /** Writes files, new ones too, and takes away those whose content is undefined. What is there already stays as it is. */
  change(changes: Readonly<Record<string, string | Uint8Array | undefined>>): void {
    const files = { ...this.#files };
    let list = this.#list;
    for (const [path, content] of Object.entries(changes)) {
      if (files[path] === content) continue;
      const known = Object.hasOwn(files, path);
      if (content === undefined) {
        delete files[path];
        list = list.filter((file) => file.path !== path);
        continue;
      }
      files[path] = content;
      // Only what changed is measured again: this happens with every key pressed.
      const described = describe(path, content);
      list = known ? list.map((file) => (file.path === path ? described : file)) : [...list, described];
    }
    if (list === this.#list) return;
    this.#files = files;
    this.#list = list;
    this.#edited = true;
  }
}

function describe(path: string, content: string | Uint8Array): DraftFile {
  if (typeof content !== 'string') return { path, bytes: content.length, editable: false };
  const bytes = new TextEncoder().encode(content).length;
  return { path, bytes, editable: content.length <= editableLength };
}
