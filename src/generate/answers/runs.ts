import { ofDiff, readBare, readSection, type BareKind } from './block.ts';
import { closesEdit } from './changes.ts';
import { asPath, captionLength } from './path-words.ts';
import { opensDocument } from './shell-files.ts';
import { closesNew, opensNew } from './tags.ts';

/**
 * A part of an answer without a fence, which goes on until a line ends it.
 * @returns `in` for a line of it, `last` for one that also ends it, `after` for the first that is not of it
 */
export type Run = (line: string, next: string | undefined) => 'in' | 'last' | 'after';

/** The text below `=== src/app.js ===`, to the next line like it. */
export const sectionRun: Run = (line) => {
  const section = readSection(line);
  return section === undefined || (section === '' && !/end/i.test(line)) ? 'in' : 'after';
};

/** The path in a line such as `// FILE: src/app.js`, `<!-- FILE: src/app.js -->`, `*** src/app.js ***`. */
export function readFileMark(line: string): string | undefined {
  if (line.length > captionLength) return undefined;
  const [, path] =
    /^(?:(?:\/\/|#|--|<!--|\*{3,})\s*)?(?:FILE|File)\s*:\s*(\S+)\s*(?:-->|\*{3,})?$/.exec(line.trimEnd()) ??
    /^\*{3,}\s*(\S+)\s*\*{3,}$/.exec(line.trimEnd()) ??
    [];
  return asPath(path);
}

/** Whether a line begins code rather than a sentence or a fence. */
export const startsCode = (line: string | undefined): boolean =>
  line !== undefined &&
  /^\s*(?:#!|\/[/*]|[@{<[]|"use |'use |"{3}|(?:import|from|const|let|var|def|class|export|function|async|require|module|CREATE|FROM)\b|[\w.-]+ ?(?:==?|\(|: ?["'{[\d]))/.test(
    line.slice(0, captionLength),
  );

/** The text below such a mark, to the next one. */
export const fileMarkRun: Run = (line) =>
  readFileMark(line) !== undefined || readSection(line) === '' || line.startsWith('```') ? 'after' : 'in';

/** Code that is set in by four spaces or a tab. */
export const indentedRun: Run = (line) => (line.trim() === '' || /^(?: {4}|\t)/.test(line) ? 'in' : 'after');

/** From `<old_str>` to the end of `<new_str>`. */
export function replacementRun(): Run {
  let opened: string | undefined;
  return (line) => {
    opened ??= opensNew(line);
    return closesNew(line, opened) ? 'last' : 'in';
  };
}

/** A change, or a shell's here-document, from its first line on. */
export function bareRun(kind: BareKind, first: string): Run {
  const document = kind === 'shell' ? opensDocument(first) : undefined;
  let begun = false;
  return (line, next) => {
    const opening = !begun;
    begun = true;
    if (kind === 'diff') return ofDiff(line) || readBare(line, next) === 'diff' ? 'in' : 'after';
    if (kind === 'patch') return line.startsWith('*** End Patch') ? 'last' : 'in';
    if (kind === 'edit') return closesEdit(line) ? 'last' : 'in';
    return !opening && document?.ends(line) !== false ? 'last' : 'in';
  };
}
