import { limits } from '../domain/limits.ts';
import { assemble, Intake, megabytes, type Submission } from './collect.ts';
import { fromPatch, looksLikePatch } from './patch.ts';
import { SubmissionError } from './submission-error.ts';

interface Block {
  path: string | undefined;
  /** 1-based line at which the block starts. */
  line: number;
  text: string;
}

/** No line that names a file is longer; a longer one is content, and is not looked at more closely. */
const longestMark = 2_000;

const fencePattern = /^(`{3,}|~{3,})\s*([^`]*)$/;
const fence = (line: string): RegExpExecArray | null =>
  line.length > longestMark ? null : fencePattern.exec(line);

/** A word is taken for a path when it has a folder or an extension, or is a file name known without one. */
function asPath(word: string | undefined): string | undefined {
  const name = word?.trim().replace(/^["'`*]+|["'`*:]+$/g, '');
  if (name === undefined || name === '' || /\s/.test(name)) return undefined;
  return /[^/]\/[^/]|^\.?[\w-]+\.[\w.-]+$|^\.[a-z][\w-]*$|^(Dockerfile|Makefile|Procfile)$/i.test(name)
    ? name
    : undefined;
}

/** The path in a fence's info string: `js server.js`, `js:server.js`, `js title="server.js"` or `server.js`. */
function pathOfInfo(info: string): string | undefined {
  const titled = /(?:title|file|filename|path)\s*=\s*"?([^"\s]+)/i.exec(info)?.[1];
  if (titled !== undefined) return asPath(titled);
  const afterColon = /^\w+:(\S+)/.exec(info)?.[1];
  return (
    asPath(afterColon) ??
    info
      .split(/\s+/)
      .map(asPath)
      .find((path) => path !== undefined)
  );
}

/** The path in the line above a fence: a heading, bold or code text, `File: server.js`, `server.js:`. */
function pathOfLine(line: string): string | undefined {
  const coded = /`([^`]+)`/.exec(line)?.[1] ?? /\*\*([^*]+)\*\*/.exec(line)?.[1];
  if (coded !== undefined) return asPath(coded);
  return asPath(line.replace(/^[#>\-\s\d.)]*(?:file|path)?\s*:?\s*/i, ''));
}

/** The path of `=== server.js ===`, of `===server.js===` or of `=== server.js`; undefined when the line is no heading. */
function pathOfHeading(line: string): string | undefined {
  const inside = line.length > longestMark ? undefined : /^ {0,3}={3,}([^=].*)$/.exec(line)?.[1]?.trimEnd();
  if (inside === undefined) return undefined;
  const [closing = ''] = /=*$/.exec(inside) ?? [];
  const name = inside.slice(0, inside.length - closing.length);
  if (closing.length < 3 || !/^\s.*\s$/.test(name)) return asPath(name);
  return name
    .trim()
    .replace(/^(?:file|path)\s*:\s*/i, '')
    .replace(/^(["'`])(.+)\1$/, '$2');
}

function headed(lines: readonly string[]): Block[] {
  const blocks: (Block & { path: string; body: string[] })[] = [];
  lines.forEach((line, index) => {
    const path = pathOfHeading(line);
    if (path !== undefined) blocks.push({ path, line: index + 1, text: '', body: [] });
    else blocks.at(-1)?.body.push(line);
  });
  return blocks.map(({ path, line, body }) => {
    const inside = trimBlankLines(body);
    const text = /\.(md|markdown)$/i.test(path) ? inside : withoutFence(inside);
    return { path, line, text: `${text.join('\n')}\n` };
  });
}

/** What stands in a fence that encloses everything, as models write it below a heading. */
function withoutFence(lines: readonly string[]): readonly string[] {
  const mark = fence(lines[0] ?? '')?.[1];
  const inside = lines.slice(1, -1);
  const encloses = mark !== undefined && lines.length > 1 && lines.at(-1)?.trim() === mark;
  return encloses && !inside.some((line) => line.startsWith(mark)) ? inside : lines;
}

function trimBlankLines(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => line.trim() !== '') + 1);
}

function fenced(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let above = '';
  for (let at = 0; at < lines.length; at++) {
    const opening = fence(lines[at] ?? '');
    const mark = opening?.[1];
    if (opening === null || mark === undefined) {
      if (lines[at]?.trim() !== '') above = lines[at]?.slice(0, longestMark) ?? '';
      continue;
    }
    const start = at + 1;
    const closes = (line: string): boolean => line.startsWith(mark) && /^[`~]+\s*$/.test(line);
    at = start;
    while (at < lines.length && !closes(lines[at] ?? '')) at++;
    const body = lines.slice(start, at);
    const path = pathOfInfo(opening[2] ?? '') ?? pathOfLine(above);
    blocks.push({ path, line: start, text: body.length === 0 ? '' : `${body.join('\n')}\n` });
    above = '';
  }
  return blocks;
}

/** A submission from text. */
export interface PastedSubmission extends Submission {
  /** Blocks that were left out because they name no file. */
  unnamed: number;
}

/**
 * Reads pasted text that holds one or several files: `=== path ===` headings, fenced blocks with a path in or above
 * the fence, or a unified diff. Text without any of these is one file, named by `name`.
 * @throws SubmissionError `needs-name` when the text is one file and has no name yet; and as the other imports do.
 */
export function fromPaste(pasted: string, name?: string): PastedSubmission {
  const text = pasted.replace(/^\uFEFF/, '');
  if (text.length > limits.submissionBytes) {
    throw new SubmissionError(
      'too-large',
      `The pasted text is larger than ${megabytes(limits.submissionBytes)}.`,
    );
  }
  if (text.trim() === '') {
    throw new SubmissionError(
      'empty',
      'Nothing was pasted. Paste the files, each under a line "=== path ===".',
    );
  }
  const lines = text.split(/\r?\n/);
  // A line of a diff never begins with a fence: then it is an answer with a diff in it.
  const patch = name === undefined && looksLikePatch(text) && !lines.some((line) => fence(line) !== null);
  if (patch) return { ...fromPatch(text), unnamed: 0 };
  const found = lines.some((line) => pathOfHeading(line) !== undefined) ? headed(lines) : fenced(lines);
  if (name !== undefined || found.every((block) => block.path === undefined)) {
    if (name === undefined || name.trim() === '') {
      throw new SubmissionError(
        'needs-name',
        'The pasted text names no file. Give a file name, or put a line "=== path ===" above each file.',
      );
    }
    return { ...collect([{ path: name.trim(), line: 1, text }], []), unnamed: 0 };
  }
  const nameless = found.filter((block) => block.path === undefined);
  const notes = nameless.map((block) => `Left out the block at line ${block.line}: it has no path.`);
  return { ...collect(found, notes), unnamed: nameless.length };
}

function collect(blocks: readonly Block[], notes: readonly string[]): Submission {
  const intake = new Intake();
  const entries: [string, string][] = [];
  for (const block of blocks) {
    if (block.path === undefined) continue;
    const path = intake.admit(block.path);
    if (path === undefined) continue;
    intake.weigh(path, new TextEncoder().encode(block.text).length);
    entries.push([path, block.text]);
  }
  return assemble(entries, [...notes, ...intake.notes()], false);
}
