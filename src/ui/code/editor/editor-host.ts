import type { editor, IDisposable } from 'monaco-editor/editor/editor.api.js';
import { codeText } from '../../english/code.ts';
import type { Place } from '../code-view.svelte.ts';
import { monaco } from './monaco.ts';
import { editorOptions } from './options.ts';
import { followTheme } from './theme.ts';

interface Events {
  cursor(at: { line: number; column: number }): void;
  /** A definition was followed into another model. */
  open(uri: { scheme: string; path: string }, place: Omit<Place, 'path'>): boolean;
}

/** One Monaco editor in an element; models come and go, where each was left is kept. */
export class EditorHost {
  readonly editor: editor.IStandaloneCodeEditor;
  readonly #undo: IDisposable[] = [];
  readonly #margin: editor.IEditorDecorationsCollection;
  readonly #states = new WeakMap<editor.ITextModel, editor.ICodeEditorViewState>();

  constructor(element: HTMLElement, events: Events) {
    const unfollow = followTheme();
    this.editor = monaco.editor.create(element, { ...editorOptions(), model: null, glyphMargin: true });
    this.#margin = this.editor.createDecorationsCollection();
    this.#undo.push(
      { dispose: unfollow },
      this.editor,
      this.editor.onDidChangeCursorPosition(({ position }) =>
        events.cursor({ line: position.lineNumber, column: position.column }),
      ),
      monaco.editor.registerEditorOpener({
        openCodeEditor: (_source, uri, place) => {
          if (place === undefined) return events.open(uri, {});
          if ('startLineNumber' in place)
            return events.open(uri, { line: place.startLineNumber, column: place.startColumn });
          return events.open(uri, { line: place.lineNumber, column: place.column });
        },
      }),
    );
  }

  show(model: editor.ITextModel | null, { name, readOnly }: { name: string; readOnly: boolean }): void {
    const before = this.editor.getModel();
    if (before !== model) {
      const state = this.editor.saveViewState();
      if (before !== null && state !== null) this.#states.set(before, state);
      this.editor.setModel(model);
      const known = model === null ? undefined : this.#states.get(model);
      if (known !== undefined) this.editor.restoreViewState(known);
    }
    this.editor.updateOptions({
      readOnly,
      readOnlyMessage: { value: codeText.readOnlyHint },
      ariaLabel: codeText.editorLabel(name, readOnly),
    });
  }

  /** Marks beside the lines of the model in view. */
  set margin(decorations: editor.IModelDeltaDecoration[]) {
    this.#margin.set(decorations);
  }

  set wrap(on: boolean) {
    this.editor.updateOptions({ wordWrap: on ? 'on' : 'off' });
  }

  /** Places the cursor and takes the focus. Lines beyond the end are the last one. */
  reveal({ line = 1, column = 1, endLine }: Omit<Place, 'path'>): void {
    const model = this.editor.getModel();
    if (model === null) return;
    const from = model.validatePosition({ lineNumber: line, column });
    if (endLine === undefined) this.editor.setPosition(from);
    else {
      const to = model.validatePosition({ lineNumber: endLine, column: Infinity });
      this.editor.setSelection(monaco.Range.fromPositions(from, to));
    }
    this.editor.revealPositionInCenterIfOutsideViewport(from);
    this.editor.focus();
  }

  /** Shows what there is to say about the place of the cursor. */
  explain(): void {
    void this.editor.getAction('editor.action.showHover')?.run();
  }

  dispose(): void {
    for (const part of this.#undo) part.dispose();
  }
}
