import type { editor } from 'monaco-editor/editor/editor.api.js';
import { monaco } from './monaco.ts';

/** Defines the theme of a scheme from the page's tokens, and puts it in force. */
export function applyTheme(): void {
  const styles = getComputedStyle(document.documentElement);
  const token = (name: string): string => hex(styles.getPropertyValue(name).trim());
  const rule = (name: string, colour: string): editor.ITokenThemeRule => ({
    token: name,
    foreground: token(colour).slice(1),
  });
  const rules = [
    rule('', '--ink'),
    rule('comment', '--code-comment'),
    rule('keyword', '--code-keyword'),
    rule('string', '--code-string'),
    rule('string.key.json', '--code-function'),
    rule('string.value.json', '--code-string'),
    rule('number', '--code-number'),
    rule('type', '--code-type'),
    rule('tag', '--code-type'),
    rule('attribute.name', '--code-function'),
    rule('attribute.value', '--code-string'),
    rule('variable', '--code-function'),
    rule('regexp', '--code-number'),
    rule('predefined', '--code-type'),
    rule('metatag', '--code-comment'),
    rule('key', '--code-function'),
  ];
  monaco.editor.defineTheme('page', {
    base: luminance(token('--surface')) < 0.5 ? 'vs-dark' : 'vs',
    inherit: true,
    rules,
    colors: {
      'editor.background': token('--surface'),
      'editor.foreground': token('--ink'),
      'editorLineNumber.foreground': token('--ink-soft'),
      'editorLineNumber.activeForeground': token('--ink'),
      'editor.lineHighlightBackground': token('--sunken'),
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': `${token('--accent')}40`,
      'editorCursor.foreground': token('--accent'),
      'editorWidget.background': token('--surface'),
      'editorWidget.foreground': token('--ink'),
      'editorWidget.border': token('--line'),
      'editorHoverWidget.background': token('--surface'),
      'editorHoverWidget.foreground': token('--ink'),
      'editorHoverWidget.border': token('--control'),
      'editorSuggestWidget.selectedBackground': token('--accent-soft'),
      'editorSuggestWidget.selectedForeground': token('--ink'),
      'editorSuggestWidget.selectedIconForeground': token('--ink'),
      'editorSuggestWidget.highlightForeground': token('--accent'),
      'editorSuggestWidget.focusHighlightForeground': token('--accent'),
      'list.highlightForeground': token('--accent'),
      'list.focusHighlightForeground': token('--accent'),
      'list.focusBackground': token('--accent-soft'),
      'list.focusForeground': token('--ink'),
      'list.hoverBackground': token('--sunken'),
      'quickInputList.focusBackground': token('--accent-soft'),
      'quickInputList.focusForeground': token('--ink'),
      'quickInputList.focusIconForeground': token('--ink'),
      'menu.background': token('--surface'),
      'menu.foreground': token('--ink'),
      'menu.selectionBackground': token('--accent-soft'),
      'menu.selectionForeground': token('--ink'),
      'editorError.foreground': token('--fail'),
      'editorWarning.foreground': token('--warn'),
      'editorInfo.foreground': token('--accent'),
      'editorGutter.background': token('--surface'),
      'diffEditor.insertedTextBackground': `${token('--pass')}30`,
      'diffEditor.removedTextBackground': `${token('--fail')}30`,
      'diffEditor.insertedLineBackground': `${token('--pass')}18`,
      'diffEditor.removedLineBackground': `${token('--fail')}18`,
      focusBorder: token('--accent'),
      'textLink.foreground': token('--accent'),
      'textLink.activeForeground': token('--accent'),
    },
  });
  monaco.editor.setTheme('page');
}

/** Puts the theme in force again whenever the page's looks change. Returns the undo. */
export function followTheme(): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(applyTheme);
  applyTheme();
  media.addEventListener('change', applyTheme);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  return () => {
    media.removeEventListener('change', applyTheme);
    observer.disconnect();
  };
}

/** `#rgb`, `#rrggbb` and `rgb(r g b)` as `#rrggbb`. */
function hex(colour: string): string {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  if (/^#[0-9a-f]{3}$/i.test(colour))
    return `#${[...colour.slice(1)].map((digit) => digit + digit).join('')}`;
  const parts = colour.match(/\d+/g)?.slice(0, 3) ?? ['128', '128', '128'];
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
