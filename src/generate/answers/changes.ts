import { linesOf, textOf, type LineMatcher } from './match-lines.ts';
import { captionLength } from './path-words.ts';

/** One change to a file, as an answer writes it. */
export interface Change {
  /** As it is written; undefined when the change does not name it. */
  readonly path: string | undefined;
  /** 0-based line of the block at which it begins. */
  readonly at: number;
  readonly action: 'edit' | 'create' | 'remove';
  /** Lines that go and lines that come in their place; context stands in both. */
  readonly hunks: { old: string[]; new: string[]; near: number | undefined }[];
  /** Where the file goes, when it is renamed. */
  to?: string;
  /** The old text need not be whole lines. */
  readonly inLine?: boolean;
}

/** Whether a line begins a change of SEARCH and REPLACE. */
export const opensEdit = (line: string): boolean =>
  /^(?:<{5,9}|-{5,9}) ?(?:SEARCH|ORIGINAL|HEAD|OLD|BEFORE|CURRENT)\b|^<{7}\s*$/.test(line);

/** Whether a line ends one. */
export const closesEdit = (line: string): boolean =>
  /^>{5,9}(?: |$)/.test(line) || /^\+{5,9} ?(?:REPLACE|UPDATED|NEW)\b/.test(line);

/** Whether a text holds changes in blocks of SEARCH and REPLACE. */
export const hasEdits = (lines: readonly string[]): boolean => lines.some(opensEdit);

/** Whether a text holds a unified diff or a patch of `*** Begin Patch`. */
export function hasDiff(lines: readonly string[]): boolean {
  return lines.some(
    (line, at) =>
      line.startsWith('*** Begin Patch') ||
      line.startsWith('diff --git ') ||
      (line.startsWith('--- ') && lines[at + 1]?.startsWith('+++ ') === true),
  );
}

/** Reads blocks of SEARCH and REPLACE. @param path - of the file, when it stands outside */
export function readEdits(
  lines: readonly string[],
  path: string | undefined,
): { changes: Change[]; complete: boolean } {
  const changes: Change[] = [];
  let named = path;
  let hunk: { old: string[]; new: string[]; near: undefined } | undefined;
  let side: 'old' | 'new' | undefined;
  lines.forEach((line, at) => {
    if (side === undefined && opensEdit(line)) {
      hunk = { old: [], new: [], near: undefined };
      side = 'old';
      changes.push({ path: named, at, action: 'edit', hunks: [hunk] });
    } else if (side === 'old' && /^={5,9}\s*$/.test(line)) side = 'new';
    else if (side === 'new' && closesEdit(line)) side = undefined;
    else if (
      side === 'old' &&
      hunk?.old.length === 0 &&
      /^(?::(?:start|end)_line:\s*\d+|-{5,9})\s*$/.test(line)
    )
      return;
    else if (side !== undefined) hunk?.[side].push(line);
    else if (line.length <= captionLength && line.trim() !== '' && !/\s/.test(line.trim()))
      named = line.trim().replace(/^[`*#]+|[`*:]+$/g, '');
  });
  return { changes, complete: side === undefined };
}

const headerPath = (line: string): string | undefined => {
  const name = line
    .slice(4)
    .split('\t', 1)
    .join('')
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/ \((?:original|modified|old|new|before|after|updated|current|deleted)\)$/i, '');
  return name === '/dev/null' || name === '' ? undefined : name.replace(/^[ab]\//, '');
};

/** Reads a unified diff. Numbers of lines in its hunks are often wrong in what models write, so marks decide. */
export function readDiff(lines: readonly string[], path: string | undefined): Change[] {
  const changes: Change[] = [];
  let change: Change | undefined;
  let hunk: Change['hunks'][number] | undefined;
  let announced: { path: string; isNew: boolean; at: number; from?: string; to?: string } | undefined;
  const addEmpty = (): void => {
    if (announced?.isNew === true)
      changes.push({ path: announced.path, at: announced.at, action: 'create', hunks: [] });
    else if (announced?.from !== undefined && announced.to !== undefined)
      changes.push({ path: announced.from, at: announced.at, action: 'edit', hunks: [], to: announced.to });
    announced = undefined;
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const next = lines[at + 1];
    if (line.startsWith('diff --git ')) {
      addEmpty();
      const name = / b\/(.+)$/.exec(line)?.[1]?.trim();
      if (name !== undefined) announced = { path: name, isNew: false, at };
      change = hunk = undefined;
    } else if (line.startsWith('new file mode') && announced !== undefined && hunk === undefined)
      announced.isNew = true;
    else if (/^rename (from|to) /.test(line) && announced !== undefined)
      announced[line.startsWith('rename from ') ? 'from' : 'to'] = line.replace(/^rename \w+ /, '').trim();
    else if (line.startsWith('--- ') && next?.startsWith('+++ ') === true) {
      const [from, to] = [headerPath(line), headerPath(next)];
      const moved = announced?.from !== undefined && announced.from === from && announced.to === to;
      announced = undefined;
      change = {
        path: (moved ? from : to) ?? from ?? path,
        at,
        action: from === undefined ? 'create' : to === undefined ? 'remove' : 'edit',
        hunks: [],
        ...(moved && to !== undefined && { to }),
      };
      changes.push(change);
      hunk = undefined;
      at++;
    } else if (line.startsWith('@@')) {
      if (change === undefined) changes.push((change = { path, at, action: 'edit', hunks: [] }));
      const start = Number(/^@@ -(\d+)/.exec(line)?.[1]);
      change.hunks.push(
        (hunk = { old: [], new: [], near: Number.isNaN(start) ? undefined : Math.max(0, start - 1) }),
      );
    } else if (hunk !== undefined) takeLine(hunk, line);
    else if (/^[-+]/.test(line) && path !== undefined && change === undefined) {
      // A diff without any header, under the name of a file.
      changes.push((change = { path, at, action: 'edit', hunks: [] }));
      change.hunks.push((hunk = { old: [], new: [], near: undefined }));
      takeLine(hunk, line);
    }
  }
  addEmpty();
  for (const { hunks } of changes) for (const one of hunks) dropTrailingBlank(one);
  return changes;
}

function takeLine(hunk: Change['hunks'][number], line: string): void {
  const text = line.slice(1);
  if (line.startsWith('\\')) return;
  if (line.startsWith('+')) hunk.new.push(text);
  else if (line.startsWith('-')) hunk.old.push(text);
  else {
    // An empty line of context has often lost its space, and any line its mark.
    const context = line.startsWith(' ') ? text : line;
    hunk.old.push(context);
    hunk.new.push(context);
  }
}

/** Blank lines behind a diff are not of it. */
function dropTrailingBlank(hunk: Change['hunks'][number]): void {
  while (hunk.old.at(-1) === '' && hunk.new.at(-1) === '' && hunk.old.length > 1) {
    hunk.old.pop();
    hunk.new.pop();
  }
}

/** Reads `*** Begin Patch` with its `Add File`, `Update File` and `Delete File`. */
export function readPatch(lines: readonly string[]): { changes: Change[]; complete: boolean } {
  const changes: Change[] = [];
  let change: Change | undefined;
  let hunk: Change['hunks'][number] | undefined;
  lines.forEach((line, at) => {
    const [, verb, name = ''] = /^\*\*\* (Add|Update|Delete) File: (.*\S)/.exec(line) ?? [];
    const to = /^\*\*\* Move to: (.*\S)/.exec(line)?.[1];
    if (verb !== undefined) {
      const action = verb === 'Add' ? 'create' : verb === 'Delete' ? 'remove' : 'edit';
      change = { path: name, at, action, hunks: [] };
      hunk = undefined;
      changes.push(change);
    } else if (to !== undefined && change !== undefined) change.to = to;
    else if (line.startsWith('*** ') || change === undefined) return;
    else if (line.startsWith('@@')) change.hunks.push((hunk = { old: [], new: [], near: undefined }));
    else {
      if (hunk === undefined) change.hunks.push((hunk = { old: [], new: [], near: undefined }));
      takeLine(hunk, line);
    }
  });
  return { changes, complete: lines.some((line) => line.startsWith('*** End Patch')) };
}

/** The text with all hunks of a change in it; undefined with the first that does not fit. */
export function applyChange(
  text: string,
  change: Change,
  matcher: LineMatcher,
): { text: string } | { failed: number; why: 'nowhere' | 'several' } {
  matcher.comparisons += text.length;
  if (matcher.spent) return { failed: 0, why: 'nowhere' };
  let lines = linesOf(text);
  let shift = 0;
  for (const [index, { old, new: fresh, near }] of change.hunks.entries()) {
    if (old.length === 0 && near === undefined) {
      lines.push(...fresh);
      continue;
    }
    if (change.inLine === true) {
      const now = textOf(lines);
      matcher.comparisons += now.length;
      const replaced = matcher.spent ? undefined : replaceOnly(now, old.join('\n'), fresh.join('\n'));
      if (replaced === 'several') return { failed: index, why: 'several' };
      if (replaced !== undefined) {
        lines = linesOf(replaced);
        continue;
      }
    }
    const place = matcher.find(lines, old, near === undefined ? undefined : near + shift);
    if (place === undefined) return { failed: index, why: 'nowhere' };
    if (place === 'several') return { failed: index, why: 'several' };
    lines.splice(place, old.length, ...fresh);
    shift += fresh.length - old.length;
  }
  return { text: textOf(lines) };
}

/** The text with its only occurrence of `old` replaced; undefined when there is none. */
function replaceOnly(text: string, old: string, fresh: string): string | 'several' | undefined {
  const at = old === '' ? -1 : text.indexOf(old);
  if (at === -1) return undefined;
  if (text.includes(old, at + 1)) return 'several';
  // Whole lines that are replaced by nothing go with their line break.
  const wholeLines = fresh === '' && (at === 0 || text[at - 1] === '\n') && text[at + old.length] === '\n';
  return text.slice(0, at) + fresh + text.slice(at + old.length + (wholeLines ? 1 : 0));
}

/** A replacement of one text by another, as a change. */
export function replacement(path: string | undefined, at: number, old: string, fresh: string): Change {
  const lines = (text: string): string[] => (text === '' ? [] : text.split('\n'));
  return {
    path,
    at,
    action: 'edit',
    inLine: true,
    hunks: [{ old: lines(old), new: lines(fresh), near: undefined }],
  };
}
