/** What a file is written in, for highlighting and for its icon. */
export type LanguageId =
  | 'javascript'
  | 'typescript'
  | 'json'
  | 'python'
  | 'shell'
  | 'yaml'
  | 'sql'
  | 'markdown'
  | 'ini'
  | 'html'
  | 'css'
  | 'xml'
  | 'dockerfile'
  | 'plaintext';

const byExtension: Readonly<Record<string, LanguageId>> = {
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescript',
  json: 'json',
  py: 'python',
  pyi: 'python',
  sh: 'shell',
  bash: 'shell',
  yml: 'yaml',
  yaml: 'yaml',
  sql: 'sql',
  md: 'markdown',
  ini: 'ini',
  cfg: 'ini',
  conf: 'ini',
  toml: 'ini',
  env: 'ini',
  html: 'html',
  htm: 'html',
  css: 'css',
  xml: 'xml',
  svg: 'xml',
};

export function languageOf(path: string): LanguageId {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name === 'dockerfile') return 'dockerfile';
  const extension = name.slice(name.lastIndexOf('.') + 1);
  return Object.hasOwn(byExtension, extension) ? (byExtension[extension] ?? 'plaintext') : 'plaintext';
}

/** A few letters and a tint that tell kinds of files apart in the tree; the name of the file says the same. */
export interface FileKind {
  readonly letters: string;
  readonly tint: 'script' | 'data' | 'shell' | 'text' | 'binary';
}

const kinds: Readonly<Record<LanguageId, FileKind>> = {
  javascript: { letters: 'JS', tint: 'script' },
  typescript: { letters: 'TS', tint: 'script' },
  python: { letters: 'PY', tint: 'script' },
  json: { letters: '{}', tint: 'data' },
  yaml: { letters: 'YM', tint: 'data' },
  ini: { letters: '=', tint: 'data' },
  xml: { letters: '<>', tint: 'data' },
  sql: { letters: 'DB', tint: 'data' },
  html: { letters: '<>', tint: 'text' },
  css: { letters: '#', tint: 'text' },
  markdown: { letters: 'MD', tint: 'text' },
  shell: { letters: '$', tint: 'shell' },
  dockerfile: { letters: 'DK', tint: 'shell' },
  plaintext: { letters: 'TX', tint: 'text' },
};

export function kindOf(path: string, content: string | Uint8Array | undefined): FileKind {
  if (content instanceof Uint8Array) return { letters: '01', tint: 'binary' };
  return kinds[languageOf(path)];
}
