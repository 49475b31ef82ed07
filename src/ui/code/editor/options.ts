import type { editor } from 'monaco-editor/editor/editor.api.js';

/** A length of the page in pixels: Monaco takes numbers, the page's sizes follow the reader's. */
function pixels(token: string): number {
  const styles = getComputedStyle(document.documentElement);
  return parseFloat(styles.getPropertyValue(token)) * parseFloat(styles.fontSize);
}

/** What all editors of the page have in common. */
export function editorOptions(): editor.IEditorOptions & editor.IGlobalEditorOptions {
  const size = pixels('--text-s');
  return {
    theme: 'page',
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    fontSize: size,
    lineHeight: Math.round(size * 1.55),
    automaticLayout: true,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    smoothScrolling: false,
    cursorBlinking: 'solid',
    occurrencesHighlight: 'singleFile',
    renderLineHighlight: 'line',
    // Addresses in a submission are not to be followed by mistake.
    links: false,
    // Characters that cannot be seen, or that look like others, are what hostile code hides behind.
    unicodeHighlight: { nonBasicASCII: false, includeComments: true, includeStrings: true },
    renderControlCharacters: true,
    unusualLineTerminators: 'off',
    largeFileOptimizations: true,
    fixedOverflowWidgets: true,
    stickyScroll: { enabled: false },
    dropIntoEditor: { enabled: false },
    lightbulb: { enabled: 'off' as editor.ShowLightbulbIconMode },
    lineNumbersMinChars: 3,
    padding: { top: 6, bottom: 6 },
    scrollbar: { alwaysConsumeMouseWheel: false },
    accessibilitySupport: 'auto',
  };
}
