import type { Block } from './block.ts';
import { hasDiff, hasEdits, readDiff, readEdits, readPatch, replacement } from './changes.ts';
import { JsonFiles } from './json-files.ts';
import { isShell } from './path-words.ts';
import type { Placer } from './place.ts';
import { readShell } from './shell-files.ts';
import { readReplacements } from './tags.ts';
import type { ParsedAnswer } from './types.ts';

/** A list of files that is the whole answer, as a block. */
export const blockOf = (line: number): Block => ({
  kind: 'json',
  line,
  language: 'json',
  path: undefined,
  mention: undefined,
  sentence: undefined,
  above: false,
  append: false,
  excerpt: false,
  after: undefined,
  lines: [],
  closed: true,
});

/** @returns where the answer was cut off, if it was in here */
export function placeList(placer: Placer, list: JsonFiles, block: Block): ParsedAnswer['truncated'] {
  let truncated: { path?: string } | undefined = list.done ? undefined : {};
  for (const { path, content, closed } of list.files) {
    placer.file(block, path, content);
    if (!closed) truncated = { path };
  }
  for (const { path, old, new: fresh } of list.edits) placer.change(block, replacement(path, 0, old, fresh));
  for (const path of list.removals) placer.change(block, { path, at: 0, action: 'remove', hunks: [] });
  return truncated;
}

/** Puts what a block holds into files. @returns where the answer was cut off, if it was in here */
export function placeBlock(placer: Placer, block: Block, commands: string[]): ParsedAnswer['truncated'] {
  const { kind, path, closed } = block;
  if (kind === 'thought') {
    placer.refuse(block, 'unreadable', 'Reasoning that does not end; nothing in it is taken.');
    return {};
  }
  if (block.list !== undefined) {
    if (block.list.empty) placer.refuse(block, 'no-path', 'JSON that names no file.');
    return placeList(placer, block.list, block);
  }
  if (kind === 'remove' || kind === 'rename') {
    placer.change(block, {
      path,
      at: 0,
      action: kind === 'remove' ? 'remove' : 'edit',
      hunks: [],
      ...toOf(block),
    });
    return undefined;
  }
  const lines = unwrapped(block);
  const cut = closed ? undefined : path === undefined ? {} : { path };
  if (kind === 'patch' || lines.some((line) => line.startsWith('*** Begin Patch'))) {
    const { changes, complete } = readPatch(lines);
    for (const change of changes) placer.change(block, change);
    return complete ? undefined : {};
  }
  if (hasEdits(lines)) {
    const { changes, complete } = readEdits(lines, path ?? block.after);
    for (const change of changes) placer.change(block, change);
    return complete ? cut : {};
  }
  const named = path !== undefined && /\.(diff|patch)$/.test(path);
  if (kind === 'diff' || (hasDiff(lines) && !named)) {
    const changes = readDiff(lines, path ?? block.after);
    for (const change of changes) placer.change(block, change);
    if (changes.length === 0) placer.refuse(block, 'unreadable', 'A diff without a change that can be read.');
    return cut;
  }
  const replaced = path === undefined ? undefined : readReplacements(lines);
  if (replaced !== undefined) {
    for (const one of replaced.pairs) placer.change(block, replacement(path, one.at, one.old, one.new));
    return replaced.complete ? cut : {};
  }
  if (path !== undefined && !runs(block, path)) {
    placer.file(block, path, lines.map((line) => `${line}\n`).join(''));
    return cut;
  }
  return placeNameless(placer, { ...block, path: undefined, lines: [...lines] }, commands) ?? cut;
}

const toOf = ({ to }: Block): { to?: string } => (to === undefined ? {} : { to });

/** Whether a block of a shell that stands below a script's name runs the script: it is not its text. */
function runs({ above, language, lines }: Block, path: string): boolean {
  if (!above || !isShell(language) || lines.some((line) => line.startsWith('#!'))) return false;
  const name = path.split('/').at(-1) ?? path;
  return lines.some(
    (line) =>
      line.length < 500 &&
      !/^\s*(?:#|echo\b|printf\b)/.test(line) &&
      line.split(/[\s;&|'"]+/).some((word) => word.split('/').at(-1) === name),
  );
}

function placeNameless(placer: Placer, block: Block, commands: string[]): ParsedAnswer['truncated'] {
  const { lines, language } = block;
  const first = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  if (first === '' || isTree(lines)) return undefined;
  if (first.startsWith('{') || first.startsWith('[')) {
    const list = new JsonFiles();
    list.feed(`${lines.join('\n').trimStart()}\n`);
    list.end();
    if (!list.empty) return placeList(placer, list, block);
  }
  const shell = readShell(lines);
  if (shell.files.length > 0 || (isShell(language) && !first.startsWith('#!'))) {
    commands.push(...shell.commands);
    let truncated: { path?: string } | undefined;
    for (const file of shell.files) {
      const part = { ...block, line: block.line + file.at };
      if (file.append) placer.append(part, file.path, file.content);
      else placer.file(part, file.path, file.content);
      if (file.expands)
        placer.note(`A shell would have put values into ${file.path}; it is taken as it is written.`);
      if (!file.closed) truncated = { path: file.path };
    }
    return truncated;
  }
  placer.refuse(block, 'no-path', `A block${language === '' ? '' : ` of ${language}`} that names no file.`);
  return undefined;
}

/** A picture of folders and files. */
function isTree(lines: readonly string[]): boolean {
  const full = lines.filter((line) => line.trim() !== '');
  const drawn = full.filter((line) => /[├└│]|^\s*[|+`]--/.test(line)).length;
  const listed = full.filter((line) => /^\s*[\w.@-]+(\/[\w.@-]+)*\/?(\s+#.*)?$/.test(line)).length;
  return drawn > 0
    ? drawn + listed >= full.length / 2
    : full.length > 1 && full.some((line) => /^\s*[\w.-]+\/\s*(#.*)?$/.test(line)) && listed === full.length;
}

/** Lines without a fence or CDATA around all of them, as they stand inside of tags. */
function unwrapped({ lines, path, language, kind }: Block): readonly string[] {
  if (kind !== 'code' || language !== '' || path === undefined) return lines;
  const full = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const [first = '', end = ''] = [lines[full]?.trim(), lines[last]?.trim()];
  if (last > full && /^(```|~~~)[\w.+-]*$/.test(first) && end === first.slice(0, 3) && !/\.mdx?$/.test(path))
    return lines.slice(full + 1, last);
  if (!first.startsWith('<![CDATA[')) return lines;
  const inner = lines.slice(full, last + 1);
  inner[0] = (inner[0] ?? '').replace(/^\s*<!\[CDATA\[/, '');
  const final = inner.length - 1;
  inner[final] = (inner[final] ?? '').replace(/\]\]>\s*$/, '');
  // The end of a section within its text is written as two sections.
  for (const [at, line] of inner.entries()) inner[at] = line.replaceAll(']]]]><![CDATA[>', ']]>');
  return inner.filter((line, at) => line !== '' || (at !== 0 && at !== final));
}
