import type { editor, IDisposable, languages, Position } from 'monaco-editor/editor/editor.api.js';
import { codeText } from '../../english/code.ts';
import { visibleText } from '../../text/visible.ts';
import { monaco } from './monaco.ts';
import type { PythonAnswer, PythonImport, PythonSymbol } from './python-messages.ts';
import { PythonReader } from './python-reader.ts';
import type { Surroundings } from './services.ts';

/** Reading begins when nothing was typed for this long. Milliseconds. */
const pauseMs = 300;

/** Python in the editor: syntax errors, an outline, and imports that say which file they name and lead there. */
export function pythonServices(around: Surroundings): IDisposable {
  const reader = new PythonReader();
  const answers = new WeakMap<
    editor.ITextModel,
    { version: number; answer: Promise<PythonAnswer | undefined> }
  >();

  function read(model: editor.ITextModel): Promise<PythonAnswer | undefined> {
    const version = model.getVersionId();
    const known = answers.get(model);
    if (known?.version === version) return known.answer;
    const answer = reader.read(around.pathOf(model.uri) ?? '', model.getValue(), Object.keys(around.files()));
    answers.set(model, { version, answer });
    return answer;
  }

  async function check(model: editor.ITextModel): Promise<void> {
    const version = model.getVersionId();
    const answer = await read(model);
    if (model.isDisposed() || model.getVersionId() !== version) return;
    monaco.editor.setModelMarkers(
      model,
      'python',
      (answer?.problems ?? []).map(({ at, message }) => {
        const { lineNumber, column } = model.getPositionAt(at);
        const word = model.getWordAtPosition({ lineNumber, column });
        return {
          severity: monaco.MarkerSeverity.Error,
          message: visibleText(message),
          startLineNumber: lineNumber,
          startColumn: column,
          endLineNumber: lineNumber,
          endColumn: word?.endColumn ?? column + 1,
        };
      }),
    );
  }

  const watched = new Map<editor.ITextModel, IDisposable>();
  function watch(model: editor.ITextModel): void {
    if (model.getLanguageId() !== 'python' || around.pathOf(model.uri) === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const change = model.onDidChangeContent(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void check(model), pauseMs);
    });
    watched.set(model, {
      dispose: () => {
        clearTimeout(timer);
        change.dispose();
      },
    });
    void check(model);
  }

  /** The import on the line of a position. */
  async function importAt(
    model: editor.ITextModel,
    { lineNumber }: Position,
  ): Promise<PythonImport | undefined> {
    const answer = await read(model);
    return answer?.imports.findLast(({ at }) => model.getPositionAt(at).lineNumber === lineNumber);
  }

  const parts: IDisposable[] = [
    monaco.editor.onDidCreateModel((model) => setTimeout(() => !model.isDisposed() && watch(model))),
    monaco.editor.onWillDisposeModel((model) => {
      watched.get(model)?.dispose();
      watched.delete(model);
    }),
    monaco.languages.registerDocumentSymbolProvider('python', {
      provideDocumentSymbols: async (model) =>
        ((await read(model))?.symbols ?? []).map((symbol) => symbolOf(model, symbol)),
    }),
    monaco.languages.registerHoverProvider('python', {
      provideHover: async (model, position) => {
        const found = await importAt(model, position);
        return found === undefined ? null : { contents: [{ value: importText(found) }] };
      },
    }),
    monaco.languages.registerDefinitionProvider('python', {
      provideDefinition: async (model, position) => {
        const path = (await importAt(model, position))?.path;
        const target = path === undefined ? undefined : around.modelOf(path);
        return target === undefined ? null : { uri: target.uri, range: new monaco.Range(1, 1, 1, 1) };
      },
    }),
    { dispose: () => reader.dispose() },
  ];
  for (const model of monaco.editor.getModels()) watch(model);
  return {
    dispose: () => {
      for (const part of [...parts, ...watched.values()]) part.dispose();
    },
  };
}

/** Names are put between backticks, out of which no Markdown leads. */
function importText({ specifier, path, package: name }: PythonImport): string {
  const quote = (text: string): string => `\`${visibleText(text).replaceAll('`', '')}\``;
  if (path !== undefined) return codeText.importsFile(quote(specifier), quote(path));
  return name === undefined
    ? codeText.importsNothing(quote(specifier))
    : codeText.importsPackage(quote(name));
}

function symbolOf(model: editor.ITextModel, symbol: PythonSymbol): languages.DocumentSymbol {
  const { lineNumber } = model.getPositionAt(symbol.at);
  const range = new monaco.Range(lineNumber, 1, lineNumber, model.getLineMaxColumn(lineNumber));
  const { Class, Function: Free, Method } = monaco.languages.SymbolKind;
  return {
    name: symbol.name === '' ? '?' : visibleText(symbol.name),
    detail: '',
    kind: symbol.kind === 'class' ? Class : symbol.kind === 'method' ? Method : Free,
    tags: [],
    range,
    selectionRange: range,
    children: symbol.children.map((child) => symbolOf(model, child)),
  };
}
