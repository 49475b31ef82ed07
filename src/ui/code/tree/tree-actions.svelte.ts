import { limits } from '../../../domain/limits.ts';
import { textOrBytes } from '../../../share/collect.ts';
import type { FileMap } from '../../../engines/engine.ts';
import { codeText } from '../../english/code.ts';
import type { Draft } from '../../setup/draft.svelte.ts';
import type { Notices } from '../../shell/notices.svelte.ts';
import { formatBytes } from '../../text/format.ts';
import { shown } from '../../text/visible.ts';
import type { CodeView } from '../code-view.svelte.ts';
import { addFiles, createFile, deletePath, filesAt, renamePath, type Changes } from '../draft-files.ts';

/** A path that is asked for: of a new file, or the new one of a file or folder. */
export interface Asked {
  readonly kind: 'new' | 'rename';
  /** What stands in the field at first. */
  readonly path: string;
}

/** What can be done to the files of the draft. Deleting and replacing can be undone. */
export class TreeActions {
  readonly #code: CodeView;
  readonly #notices: Notices;
  #asked = $state.raw<Asked | undefined>();
  #refusal = $state('');

  constructor(code: CodeView, notices: Notices) {
    this.#code = code;
    this.#notices = notices;
  }

  get asked(): Asked | undefined {
    return this.#asked;
  }
  /** Why the path that was given cannot be; empty when it can. */
  get refusal(): string {
    return this.#refusal;
  }

  askNew(folder: string): void {
    this.#ask({ kind: 'new', path: folder === '' ? '' : `${folder}/` });
  }
  askRename(path: string): void {
    this.#ask({ kind: 'rename', path });
  }
  cancel(): void {
    this.#asked = undefined;
  }

  /** Does what was asked for; when the path cannot be, the question stays with the reason. */
  answer(path: string): void {
    const asked = this.#asked;
    const draft = this.#draft;
    if (asked === undefined || draft === undefined) return;
    try {
      if (asked.kind === 'new') this.#code.open(createFile(draft, path));
      else for (const [from, to] of renamePath(draft, asked.path, path)) this.#code.renamed(from, to);
      this.#asked = undefined;
    } catch (error) {
      this.#refusal = error instanceof Error ? error.message : String(error);
    }
  }

  remove(path: string): void {
    const draft = this.#draft;
    if (draft === undefined) return;
    const count = filesAt(draft.files, path).length;
    this.#offerUndo(draft, codeText.deleted(shown(path, 80), count), deletePath(draft, path));
  }

  /** Adds files that a person chose; those that are too large are refused before they are read. */
  async upload(folder: string, chosen: readonly File[]): Promise<void> {
    const draft = this.#draft;
    if (draft === undefined || chosen.length === 0) return;
    try {
      const large = chosen.find(({ size }) => size > limits.submissionFileBytes);
      if (large !== undefined)
        throw new RangeError(
          codeText.tooLarge(shown(large.name, 80), formatBytes(limits.submissionFileBytes)),
        );
      const files: FileMap = {};
      for (const file of chosen) files[file.name] = textOrBytes(new Uint8Array(await file.arrayBuffer()));
      this.#offerUndo(draft, codeText.uploaded(chosen.length), addFiles(draft, folder, files));
    } catch (error) {
      this.#notices.add(error instanceof Error ? error.message : String(error));
    }
  }

  get #draft(): Draft | undefined {
    const { source } = this.#code;
    return source?.kind === 'draft' ? source.draft : undefined;
  }

  #ask(asked: Asked): void {
    this.#refusal = '';
    this.#asked = asked;
  }

  #offerUndo(draft: Draft, text: string, changes: Changes): void {
    this.#notices.say(text, { action: { label: codeText.undo, run: () => draft.change(changes) } });
  }
}
