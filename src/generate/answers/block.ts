import type { JsonFiles } from './json-files.ts';
import { asPath, captionLength } from './path-words.ts';
import { opensEdit } from './changes.ts';
import { opensDocument } from './shell-files.ts';

/** A part of an answer that is not prose. */
export interface Block {
  readonly kind: 'code' | 'diff' | 'patch' | 'edit' | 'json' | 'shell' | 'thought' | 'remove' | 'rename';
  /** 1-based line of the answer where its content begins. */
  readonly line: number;
  readonly language: string;
  /** As it is written; undefined when nothing names it. */
  path: string | undefined;
  /** The sentence that mentions the path, when nothing better names it. */
  mention: string | undefined;
  /** The sentence between its name and it: it may ask for a part of the file. */
  readonly sentence: string | undefined;
  /** Words above it name it, not the block itself. */
  above: boolean;
  /** The file that the block before changed: a change without a name is of it. */
  readonly after: string | undefined;
  /** It goes on with a file that an earlier block began. */
  readonly append: boolean;
  /** It says which lines of its file it has. */
  readonly excerpt: boolean;
  /** Where a file goes that is renamed. */
  readonly to?: string | undefined;
  /** The files of a list in JSON. */
  readonly list?: JsonFiles;
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

/** Long lines are content: nobody writes a fence of ten thousand characters. */
const longestFenceLine = 10_000;

/** Marks of a server's template that models leave behind their last line. */
const endMarks = /(?:<\|[a-z_]{1,20}\|>|<\/s>)+$/i;

/** Reads a line as the opening or closing of a fence. */
export function readFence(line: string): Fence | undefined {
  if (line.length > longestFenceLine) return undefined;
  const [, indent = '', marks = '', info = ''] = /^([ \t]{0,16})(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  const mark = marks[0];
  if ((mark !== '`' && mark !== '~') || (mark === '`' && info.includes('`'))) return undefined;
  return {
    mark,
    length: marks.length,
    indent: indent.length,
    info: info.trim().replace(endMarks, '').trimEnd(),
  };
}

/** The name in `=== src/app.js ===` and the like; '' when the line is such a heading without a path. */
export function readSection(line: string): string | undefined {
  if (line.length > captionLength) return undefined;
  const [, inner] =
    /^\s*(?:(?:\/\/|#)\s*)?(?:={3,}|-{3,}|#{3,}(?=.*#{3}))\s*(\S.*?)\s*(?:={3,}|-{3,}|#{3,})\s*$/.exec(
      line,
    ) ?? [];
  if (inner === undefined) return readMarkedFile(line);
  return asPath(inner.replace(/^(?:begin\s+)?(?:file\s*(?:name|path)?|path)?\s*:?\s*/i, '')) ?? '';
}

/** The name in `BEGIN FILE: src/app.js`, `<<<FILE src/app.js>>>`, `[file name]: src/app.js`; '' for their ends. */
function readMarkedFile(line: string): string | undefined {
  if (/^\W*(?:end(?:\s+of)?[\s_]+(?:file|section)\b|\[file content end\])/i.test(line)) return '';
  if (/^<{2,}\s*(?:end|\/file)\b.*>{2,}\s*$/i.test(line)) return '';
  const [, name] =
    /^\W{0,8}(?:begin|start)(?:\s+of)?[\s_]+file\W+(\S+?)\W*$/i.exec(line) ??
    /^<{2,}\s*(?:begin\s+)?file\W+(\S+?)\s*>{2,}\s*$/i.exec(line) ??
    /^\[file\s*name\]:?\s*(\S+)\s*$/i.exec(line) ??
    [];
  return asPath(name);
}

export type BareKind = 'diff' | 'patch' | 'edit' | 'shell';

/** What begins here without any fence around it. */
export function readBare(line: string, next: string | undefined): BareKind | undefined {
  if (line.startsWith('diff --git ')) return 'diff';
  if (line.startsWith('--- ') && next?.startsWith('+++ ') === true) return 'diff';
  if (line.startsWith('*** Begin Patch')) return 'patch';
  if (opensEdit(line)) return 'edit';
  if (opensDocument(line) !== undefined) return 'shell';
  return undefined;
}

/** Whether a line can still be of a diff that has begun. */
export const ofDiff = (line: string): boolean =>
  line === '' ||
  /^([ +\-@\\]|diff --git |index [0-9a-f]|(new|deleted|old) (file )?mode |similarity |rename |copy |Binary files )/.test(
    line,
  );

/** Whether a fence is closed behind the last line of its text instead of below it. */
export function closesBehind(line: string, next: string | undefined, { mark, length }: Fence): boolean {
  return (
    mark === '`' &&
    (next === undefined || next.trim() === '') &&
    line.endsWith('`'.repeat(length)) &&
    line.indexOf('`') === line.length - length &&
    line.trim().length > length
  );
}

/** Takes away the indentation of the fence, as far as the line has it. */
export function dedent(line: string, indent: number): string {
  let cut = 0;
  while (cut < indent && (line[cut] === ' ' || line[cut] === '\t')) cut++;
  return line.slice(cut);
}

/** A fence that opens at the end of the words that name it. */
export function readAttachedFence(line: string): { words: string; fence: Fence } | undefined {
  if (line.length > 400 || !/```[\w.+-]*$/.test(line)) return undefined;
  const at = line.lastIndexOf('```');
  const words = line.slice(0, at).trimEnd();
  const fence = readFence(line.slice(at));
  const named = (fence?.info ?? '') !== '' || /:[*_]*$/.test(words);
  return fence === undefined || !named || words.includes('```') || /^[`~>\s]*$/.test(words)
    ? undefined
    : { words, fence };
}
