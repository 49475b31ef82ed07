import { limits } from '../../domain/limits.ts';
import type { FileMap } from '../../engines/engine.ts';
import { JsonFiles, sinkOf, type JsonSink } from './json-files.ts';
import { blockOf, placeBlock, placeList } from './place-block.ts';
import { placeRemarks } from './place-remarks.ts';
import { Placer } from './place.ts';
import { refusalIn } from './remarks.ts';
import { Segmenter } from './segment.ts';
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
    this.#sink = sinkOf(emit);
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
    if (reader.failed && reader.empty) {
      this.#json = undefined;
      return this.#readLines(raw.join(''));
    }
    if (!reader.done && !reader.failed) return;
    if (reader.empty) {
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
      if (!reader.empty) this.#lists.push(reader);
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
    placeRemarks(placer, this.#segments.prose);
    const prose = this.#segments.prose.join('\n');
    const placed = placer.finish();
    const none = !placer.wrote && placed.unplaced.length === 0;
    return { ...placed, commands, truncated, refusal: none ? refusalIn(prose) : undefined };
  }
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
