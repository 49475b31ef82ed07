import type { editor, IDisposable } from 'monaco-editor/editor/editor.api.js';
import type { FileMap } from '../../../engines/engine.ts';
import type { Mark } from '../marks/marks.ts';
import { monaco } from './monaco.ts';
import { pythonServices } from './python.ts';

/** Faults of the grammar that are told: where one is, more follow. */
const most = 200;

/** The files in view, as the language services see them. */
export interface Surroundings {
  files(): FileMap;
  pathOf(uri: { readonly scheme: string; readonly path: string }): string | undefined;
  modelOf(path: string): editor.ITextModel | undefined;
  /** What is wrong with the grammar of the files that have a model. */
  faults(marks: readonly Mark[]): void;
}

/** What the editor knows of the languages beyond their colours. Everything works without a network. */
export function languageServices(around: Surroundings): IDisposable {
  let known = '';
  const collect = (): void => {
    const marks = monaco.editor
      .getModelMarkers({})
      .filter(({ owner, severity }) => owner !== 'run' && severity === monaco.MarkerSeverity.Error)
      .flatMap(({ resource, startLineNumber, startColumn, message }): Mark[] => {
        const path = around.pathOf(resource);
        if (path === undefined) return [];
        return [{ kind: 'syntax', path, line: startLineNumber, column: startColumn, message, stale: false }];
      });
    // Marks of the run change the markers too: what is not new is not told, or the two would call each other for ever.
    const now = JSON.stringify(marks.slice(0, most));
    if (now === known) return;
    known = now;
    around.faults(marks.slice(0, most));
  };
  const parts = [monaco.editor.onDidChangeMarkers(collect), pythonServices(around)];
  return { dispose: () => parts.forEach((part) => part.dispose()) };
}
