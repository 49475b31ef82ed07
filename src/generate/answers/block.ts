import { asPath, captionLength } from './path-words.ts';

/** A part of an answer that is not prose. */
export interface Block {
  readonly kind: 'code' | 'diff' | 'patch' | 'edit' | 'json';
  /** 1-based line of the answer where its content begins. */
  readonly line: number;
  readonly language: string;
  /** As it is written; undefined when nothing names it. */
  path: string | undefined;
  /** The sentence that mentions the path, when nothing better names it. */
  mention: string | undefined;
  readonly lines: string[];
  /** False when the answer ended in its middle. */
  closed: boolean;
}

/** The opening of a fence: which character, how many, how far in. */
export interface Fence {
  readonly mark: '`' | '~';
  readonly length: number;
  readonly indent: number;
  readonly info: string;
}

/** Long lines are content: nobody writes a fence of a thousand characters. */
const longestFenceLine = 1_000;

/** Reads a line as the opening or closing of a fence. */
export function readFence(line: string): Fence | undefined {
  if (line.length > longestFenceLine) return undefined;
  const [, indent = '', marks = '', info = ''] = /^([ \t]{0,16})(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  const mark = marks[0];
  if ((mark !== '`' && mark !== '~') || (mark === '`' && info.includes('`'))) return undefined;
  return { mark, length: marks.length, indent: indent.length, info: info.trim() };
}

/** A tag that holds, or begins to name, a file. */
export interface Tag {
  readonly name: string;
  readonly path: string | undefined;
  readonly rest: string;
  readonly selfClosed: boolean;
}

const htmlTags =
  /^(a|img|script|link|source|iframe|input|form|meta|html|head|body|div|span|p|ul|ol|li|table|tr|td|th|br|hr|details|summary|kbd|sub|sup|button|label|select|option|video|audio)$/i;
const pathAttributes = /^(path|name|file|filename|file_?path|src|target|title|identifier)$/i;

/** Reads a line as `<file path="...">` or the like. */
export function readTag(line: string): Tag | undefined {
  if (line.length > longestFenceLine || !line.trimStart().startsWith('<')) return undefined;
  const found = /^\s*<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>(.*)$/s.exec(
    line,
  );
  const [, name = '', attributes = '', slash = '', rest = ''] = found ?? [];
  if (found === null || htmlTags.test(name)) return undefined;
  let path: string | undefined;
  for (const [, key = '', double, single] of attributes.matchAll(
    /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
  )) {
    const value = (double ?? single ?? '').trim();
    const certain = /^(path|filename|file_?path)$/i.test(key) && value !== '' && !/\s/.test(value);
    if (path === undefined && pathAttributes.test(key)) path = certain ? value : asPath(value);
  }
  return { name, path, rest, selfClosed: slash !== '' };
}

/** The path in `<path>src/app.js</path>`. */
export function readPathTag(line: string): string | undefined {
  if (line.length > captionLength) return undefined;
  const [, , value] = /^\s*<(path|file_?path|file_?name|name|source)>([^<>]*)<\/\1>\s*$/i.exec(line) ?? [];
  const path = value?.trim();
  return path === undefined || path === '' || /\s/.test(path) ? undefined : path;
}

/** Tags whose text is the content of the file that was named before. */
export const contentTag =
  /^(content|contents|code|file_?content|file_?contents|file_?text|document_content|body|text)$/i;

/** The name in `=== src/app.js ===` and the like; '' when the line is such a heading without a path. */
export function readSection(line: string): string | undefined {
  if (line.length > captionLength) return undefined;
  const [, inner] =
    /^\s*(?:(?:\/\/|#)\s*)?(?:={3,}|-{3,}|#{3,}(?=.*#{3}))\s*(\S.*?)\s*(?:={3,}|-{3,}|#{3,})\s*$/.exec(
      line,
    ) ?? [];
  if (inner === undefined) return undefined;
  return asPath(inner.replace(/^(?:begin\s+)?(?:file\s*(?:name|path)?|path)?\s*:?\s*/i, '')) ?? '';
}

/** What begins here without any fence around it. */
export function readBare(line: string, next: string | undefined): 'diff' | 'patch' | 'edit' | undefined {
  if (line.startsWith('diff --git ')) return 'diff';
  if (line.startsWith('--- ') && next?.startsWith('+++ ') === true) return 'diff';
  if (line.startsWith('*** Begin Patch')) return 'patch';
  if (/^<{5,9} (SEARCH|ORIGINAL|HEAD)/.test(line)) return 'edit';
  return undefined;
}

/** Whether a line can still be of a diff that has begun. */
export const ofDiff = (line: string): boolean =>
  line === '' ||
  /^([ +\-@\\]|diff --git |index [0-9a-f]|(new|deleted|old) (file )?mode |similarity |rename |copy |Binary files )/.test(
    line,
  );
