import { limits } from '../../domain/limits.ts';
import type { FileMap } from '../../engines/engine.ts';
import type { Block } from './block.ts';
import { hasDiff, hasEdits, readDiff, readEdits, readPatch } from './changes.ts';
import { JsonFiles, type JsonSink } from './json-files.ts';
import { isShell, readCaption } from './path-words.ts';
import { Placer } from './place.ts';
import { refusalIn, remarkOn } from './remarks.ts';
import { Segmenter } from './segment.ts';
import { readShell } from './shell-files.ts';
import type { AnswerEvent, ParsedAnswer } from './types.ts';

/**
 * Reads a model's answer into files, as it streams. The same text gives the same result however it is cut into chunks;
 * time is linear in its length; nothing that it holds is run.
 */
export class AnswerParser {
  readonly #before: FileMap;
  readonly #segments: Segmenter;
  readonly #sink: JsonSink;
  /** Text of a line whose end has not come. */
  #partial: string[] = [];
  /** A line that waits for the one after it. */
  #held: string | undefined;
  #started = false;
  #json: { reader: JsonFiles; raw: string[] } | undefined;
  readonly #lists: JsonFiles[] = [];
  #length = 0;
  #skippedReturn = false;

  /** @param before - the files that the answer may change */
  constructor(before: FileMap = {}, emit: (event: AnswerEvent) => void = () => {}) {
    this.#before = before;
    this.#segments = new Segmenter(emit);
    this.#sink = {
      open: (path) => emit({ type: 'open', path }),
      append: (path, text) => emit({ type: 'append', path, text }),
      close: (path) => emit({ type: 'close', path }),
    };
  }

  /** Takes more of the answer; what goes beyond `limits.answerCharacters` is not read. */
  feed(chunk: string): void {
    const room = limits.answerCharacters - this.#length;
    this.#length += chunk.length;
    if (room > 0) this.#read(chunk.length > room ? chunk.slice(0, room) : chunk);
  }

  #read(chunk: string): void {
    let text = chunk;
    if (!this.#started) {
      text = this.#partial.splice(0).join('') + text;
      const start = text.search(/\S/);
      if (start === -1) return void this.#partial.push(text);
      this.#started = true;
      if (text[start] === '{' || text[start] === '[')
        this.#json = { reader: new JsonFiles(this.#sink), raw: [] };
    }
    if (this.#json !== undefined) this.#readJson(text);
    else this.#readLines(text);
  }

  /** The whole answer may be JSON; if it turns out not to be, it is read again as text. */
  #readJson(text: string): void {
    const { reader, raw } = this.#json ?? {};
    if (reader === undefined || raw === undefined) return;
    raw.push(text);
    const read = reader.feed(text);
    if (reader.failed && reader.files.length === 0) {
      this.#json = undefined;
      return this.#readLines(raw.join(''));
    }
    if (!reader.done && !reader.failed) return;
    if (reader.files.length === 0) {
      this.#json = undefined;
      return this.#readLines(raw.join(''));
    }
    reader.end();
    this.#lists.push(reader);
    this.#json = undefined;
    this.#started = false;
    this.#read(text.slice(read).replace(/^[\s,]+/, ''));
  }

  #readLines(text: string): void {
    let from = 0;
    for (let at = text.indexOf('\n', from); at !== -1; at = text.indexOf('\n', from)) {
      this.#partial.push(text.slice(from, at));
      this.#line(this.#partial.splice(0).join(''));
      from = at + 1;
    }
    if (from < text.length) this.#partial.push(text.slice(from));
  }

  #line(line: string): void {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text !== line) this.#skippedReturn = true;
    if (this.#held !== undefined) this.#segments.take(this.#held, text);
    this.#held = text;
  }

  /** Ends the answer. Call it once. */
  end(): ParsedAnswer {
    if (this.#json !== undefined) {
      const { reader, raw } = this.#json;
      reader.end();
      if (reader.files.length > 0) this.#lists.push(reader);
      else this.#readLines(raw.join(''));
    }
    const rest = this.#partial.splice(0).join('');
    if (rest !== '') this.#line(rest);
    if (this.#held !== undefined) this.#segments.take(this.#held, undefined);
    this.#segments.end();
    return this.#place();
  }

  #place(): ParsedAnswer {
    const placer = new Placer(this.#before, this.#segments.notes);
    const commands: string[] = [];
    let truncated: { path?: string } | undefined;
    if (this.#skippedReturn) placer.note('Lines end with a line feed now; the answer had carriage returns.');
    if (this.#length > limits.answerCharacters) {
      placer.note(
        `The answer is longer than ${limits.answerCharacters.toLocaleString('en')} characters; the rest was not read.`,
      );
      truncated = {};
    }
    for (const list of this.#lists) truncated = placeList(placer, list, blockOf(1)) ?? truncated;
    for (const block of this.#segments.blocks) truncated = placeBlock(placer, block, commands) ?? truncated;
    for (const line of this.#segments.prose) placeRemark(placer, line);
    const prose = this.#segments.prose.join('\n');
    const placed = placer.finish();
    const none = !placer.wrote && placed.unplaced.length === 0;
    return { ...placed, commands, truncated, refusal: none ? refusalIn(prose) : undefined };
  }
}

const blockOf = (line: number): Block => ({
  kind: 'json',
  line,
  language: 'json',
  path: undefined,
  mention: undefined,
  lines: [],
  closed: true,
});

/** @returns where the answer was cut off, if it was in here */
function placeList(placer: Placer, list: JsonFiles, block: Block): ParsedAnswer['truncated'] {
  let truncated: { path?: string } | undefined = list.done ? undefined : {};
  for (const { path, content, closed } of list.files) {
    placer.file(block, path, content);
    if (!closed) truncated = { path };
  }
  return truncated;
}

function placeBlock(placer: Placer, block: Block, commands: string[]): ParsedAnswer['truncated'] {
  const { kind, path, closed } = block;
  const lines = unwrapped(block);
  const cut = closed ? undefined : path === undefined ? {} : { path };
  if (kind === 'patch' || lines.some((line) => line.startsWith('*** Begin Patch'))) {
    const { changes, complete } = readPatch(lines);
    for (const change of changes) placer.change(block, change);
    return complete ? undefined : {};
  }
  if (hasEdits(lines)) {
    const { changes, complete } = readEdits(lines, path);
    for (const change of changes) placer.change(block, change);
    return complete ? cut : {};
  }
  const named = path !== undefined && /\.(diff|patch)$/.test(path);
  if (kind === 'diff' || (hasDiff(lines) && !named)) {
    const changes = readDiff(lines, path);
    for (const change of changes) placer.change(block, change);
    if (changes.length === 0) placer.refuse(block, 'unreadable', 'A diff without a change that can be read.');
    return cut;
  }
  if (path !== undefined) {
    placer.file(block, path, lines.map((line) => `${line}\n`).join(''));
    return cut;
  }
  return placeNameless(placer, { ...block, lines: [...lines] }, commands) ?? cut;
}

function placeNameless(placer: Placer, block: Block, commands: string[]): ParsedAnswer['truncated'] {
  const { lines, language } = block;
  const first = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  if (first === '' || isTree(lines)) return undefined;
  if (first.startsWith('{') || first.startsWith('[')) {
    const list = new JsonFiles();
    list.feed(`${lines.join('\n').trimStart()}\n`);
    list.end();
    if (list.files.length > 0) return placeList(placer, list, block);
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
  return inner.filter((line, at) => line !== '' || (at !== 0 && at !== final));
}

function placeRemark(placer: Placer, line: string): void {
  const remark = remarkOn(line);
  const path = remark === undefined ? undefined : readCaption(line)?.path;
  if (path === undefined) return;
  const clean = placer.path({ line: 0, lines: [line] }, path);
  if (clean === undefined) return;
  if (remark === 'empty') placer.empty(clean);
  else if (placer.current(clean) === undefined)
    placer.refuse(
      { line: 0, lines: [line] },
      'no-file',
      `${path} is said to be unchanged, and there is no such file yet.`,
    );
}

/** Reads a whole answer at once. */
export function parseAnswer(text: string, before: FileMap = {}): ParsedAnswer {
  const parser = new AnswerParser(before);
  parser.feed(text);
  return parser.end();
}

/** The files after an answer: those of before with its changes in them. */
export function applyAnswer(before: FileMap, parsed: ParsedAnswer): FileMap {
  const files: FileMap = { ...before };
  for (const path of parsed.removed) Reflect.deleteProperty(files, path);
  return { ...files, ...parsed.files };
}
