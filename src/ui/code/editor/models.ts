import type { editor, IDisposable } from 'monaco-editor/editor/editor.api.js';
import type { FileMap } from '../../../engines/engine.ts';
import { languageOf } from '../languages.ts';
import { monaco } from './monaco.ts';

/** Files that are handed to the language services without being open: so many, so large together. */
const mostKnown = { files: 300, characters: 2_000_000 };

let spaces = 0;

interface Entry {
  readonly model: editor.ITextModel;
  readonly watch: IDisposable;
  /** The file as it is outside. A model has one kind of line end, so that its own text may differ from it. */
  text: string;
}

/**
 * Monaco's models of the files of one source, one a file. Names of files are hostile, and two sources may have the same:
 * each source has a folder of its own.
 */
export class Models {
  readonly #folder = `/${++spaces}/`;
  readonly #models = new Map<string, Entry>();
  readonly #changed: (path: string, text: string) => void;
  /** True while text is put in from outside, which is no edit. */
  #writing = false;

  /** @param changed called with the whole text at every edit */
  constructor(changed: (path: string, text: string) => void) {
    this.#changed = changed;
  }

  /** The model of a file, made when it is first asked for. */
  get(path: string, text: string): editor.ITextModel {
    const known = this.#models.get(path);
    if (known !== undefined) return known.model;
    const uri = monaco.Uri.from({ scheme: 'file', path: this.#folder + path });
    const model = monaco.editor.createModel(text, languageOf(path), uri);
    const watch = model.onDidChangeContent(() => {
      if (this.#writing) return;
      // With the byte order mark, which is a part of the file.
      entry.text = model.getValue(undefined, true);
      this.#changed(path, entry.text);
    });
    const entry: Entry = { model, watch, text };
    this.#models.set(path, entry);
    return model;
  }

  /** The path of a model of this source. */
  pathOf(uri: { readonly scheme: string; readonly path: string }): string | undefined {
    if (uri.scheme !== 'file' || !uri.path.startsWith(this.#folder)) return undefined;
    return uri.path.slice(this.#folder.length);
  }

  /** Paths and models that exist. */
  get all(): readonly (readonly [string, editor.ITextModel])[] {
    return [...this.#models].map(([path, { model }]) => [path, model] as const);
  }

  /** Brings the models in step with files that changed elsewhere; those of files that are gone are let go. */
  follow(files: FileMap): void {
    for (const [path, entry] of this.#models) {
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      if (typeof content !== 'string') {
        entry.watch.dispose();
        entry.model.dispose();
        this.#models.delete(path);
      } else if (entry.text !== content) this.#write(entry, content);
    }
  }

  /** Lets completions and definitions reach all scripts of the submission, unless they are too many. */
  know(files: FileMap): void {
    const scripts = Object.entries(files).filter((entry): entry is [string, string] => {
      const [path, content] = entry;
      return typeof content === 'string' && /^(java|type)script$/.test(languageOf(path));
    });
    const characters = scripts.reduce((sum, [, text]) => sum + text.length, 0);
    if (scripts.length > mostKnown.files || characters > mostKnown.characters) return;
    for (const [path, text] of scripts) this.get(path, text);
  }

  dispose(): void {
    for (const { model, watch } of this.#models.values()) {
      watch.dispose();
      model.dispose();
    }
    this.#models.clear();
  }

  /** Undo goes back over it. */
  #write(entry: Entry, text: string): void {
    const { model } = entry;
    entry.text = text;
    this.#writing = true;
    try {
      const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text: plain }], () => null);
    } finally {
      this.#writing = false;
    }
  }
}
