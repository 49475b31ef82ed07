import type { editor, IDisposable } from 'monaco-editor/editor/editor.api.js';
import type { FileMap } from '../../../engines/engine.ts';
import type { Mark } from '../marks/marks.ts';
import { monaco } from './monaco.ts';
import { pythonServices } from './python.ts';

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
  const collect = (): void => {
    const marks = monaco.editor
      .getModelMarkers({})
      .filter(({ owner, severity }) => owner !== 'run' && severity === monaco.MarkerSeverity.Error)
      .flatMap(({ resource, startLineNumber, startColumn, message }): Mark[] => {
        const path = around.pathOf(resource);
        if (path === undefined) return [];
        return [{ kind: 'syntax', path, line: startLineNumber, column: startColumn, message, stale: false }];
      });
    around.faults(marks.slice(0, 200));
  };
  const parts = [monaco.editor.onDidChangeMarkers(collect), pythonServices(around)];
  return { dispose: () => parts.forEach((part) => part.dispose()) };
}
