import { ofDiff, readBare, readSection, type BareKind } from './block.ts';
import { closesEdit } from './changes.ts';
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
