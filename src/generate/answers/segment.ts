import { readAttachedFence, readBare, readFence, readSection, type Block, type Fence } from './block.ts';
import { BlockWriter, type Beginning } from './block-writer.ts';
import { Captions, titleAbove } from './captions.ts';
import { hasEdits } from './changes.ts';
import { JsonFiles, sinkOf } from './json-files.ts';
import { OpenFence } from './open-fence.ts';
import { isIndentedCode, readInfo } from './path-words.ts';
import {
  bareRun,
  fileMarkRun,
  indentedRun,
  readFileMark,
  replacementRun,
  sectionRun,
  startsCode,
  type Run,
} from './runs.ts';
import {
  contentTag,
  endOfTag,
  opensFiles,
  opensOld,
  readPathTag,
  readTag,
  reopens,
  type Tag,
} from './tags.ts';
import { afterLoneThought, afterThought, opensThought } from './thinking.ts';
import type { AnswerEvent } from './types.ts';

type Mode =
  | { is: 'prose' }
  | { is: 'fence'; fence: OpenFence }
  | { is: 'tag'; name: string }
  | { is: 'run'; run: Run; indent: number; open: boolean }
  | { is: 'thought'; name: string }
  | { is: 'json'; reader: JsonFiles };

/** Parts of one line that are read: each is looked through to the line's end. */
const mostParts = 100;

/** Parts an answer into prose and blocks, line by line. The next line is known when a line is read. */
export class Segmenter {
  readonly notes: string[] = [];
  readonly #emit: (event: AnswerEvent) => void;
  readonly #writer: BlockWriter;
  readonly #captions = new Captions();
  #mode: Mode = { is: 'prose' };
  /** Up to this line, JSON was looked for in vain. */
  #plainUntil = 0;
  #wrapped = false;
  /** Marks like `// FILE: src/app.js` part this answer, without fences. */
  #fileMarks = false;
  #before = '';
  /** What is left of the line that is read: several parts may stand in one. */
  #again: string | undefined;
  #lastText = '';

  constructor(emit: (event: AnswerEvent) => void) {
    this.#emit = emit;
    this.#writer = new BlockWriter(emit);
  }

  get blocks(): readonly Block[] {
    return this.#writer.blocks;
  }

  /** Lines outside of all blocks. */
  get prose(): readonly string[] {
    return this.#captions.prose;
  }

  /** What is open after the lines so far. */
  get inside(): Mode['is'] {
    return this.#mode.is;
  }

  /** @param next - the line after it; undefined at the end of the text */
  take(line: string, next: string | undefined): void {
    this.#writer.line++;
    const answer = this.#mode.is === 'prose' && !opensThought(line) ? afterLoneThought(line) : undefined;
    if (answer !== undefined) {
      // The beginning of the reasoning was not in the answer: all that came so far is of it.
      if (this.blocks.length > 0)
        this.notes.push(`Left out the reasoning that ends in line ${this.#writer.line}.`);
      this.#writer.blocks.length = 0;
      this.#captions.forget();
    }
    this.#again = answer ?? line;
    for (let parts = 0; this.#again !== undefined; parts++) {
      const text: string = this.#again;
      this.#again = undefined;
      if (parts < mostParts) this.#read(text, next);
      else this.notes.push(`Line ${this.#writer.line} has too many parts; its end was not read.`);
    }
    this.#before = line;
    if (line.trim() !== '') this.#lastText = line.trimEnd();
  }

  end(): void {
    const mode = this.#mode;
    if (mode.is === 'json') mode.reader.end();
    this.#close(mode.is === 'run' && mode.open);
  }

  #read(line: string, next: string | undefined): void {
    const mode = this.#mode;
    switch (mode.is) {
      case 'fence':
        return this.#inFence(line, next, mode.fence);
      case 'tag':
        return this.#inTag(line, mode.name);
      case 'run':
        return this.#inRun(line, next, mode);
      case 'thought':
        return this.#inThought(line, mode.name);
      case 'json':
        return this.#inJson(line, next, mode.reader);
      case 'prose':
        return this.#inProse(line, next);
    }
  }

  #inProse(line: string, next: string | undefined): void {
    const text = line.trim();
    const attached = readAttachedFence(line);
    if (attached !== undefined) this.#captions.take(attached.words);
    const fence = attached?.fence ?? readFence(line.replace(/^\s{0,3}>\s?/, ''));
    if (this.#captions.section !== undefined && text !== '' && fence === undefined) {
      // The line says that content begins; it is not of it.
      if (/^\[file content begin\]$/i.test(text)) return;
      this.#run({ path: this.#captions.section }, sectionRun, line);
      this.#captions.section = undefined;
      return;
    }
    if (fence !== undefined) return this.#openFence(fence, next, line.trimStart().startsWith('>'));
    const thought = opensThought(line);
    if (thought !== undefined) {
      this.#begin({ kind: 'thought' });
      this.#mode = { is: 'thought', name: thought.name };
      this.#again = thought.rest;
      return;
    }
    const bare = readBare(line, next);
    if (bare !== undefined) {
      const path =
        bare === 'edit'
          ? (this.#captions.above?.path ?? this.#captions.heading ?? this.#captions.tagPath)
          : undefined;
      return this.#run({ path, kind: bare }, bareRun(bare, line), line, { open: bare === 'diff' });
    }
    const section = readSection(line);
    if (section !== undefined && section !== '') {
      this.#captions.section = section;
      return;
    }
    const marked = readFileMark(line);
    if (marked !== undefined && (this.#fileMarks || startsCode(next))) {
      this.#fileMarks = true;
      return this.#run({ path: marked }, fileMarkRun);
    }
    if (this.#writer.line > this.#plainUntil && /^[[{]\s*(?:["'{[\]}]|\/\/|$)/.test(text))
      return this.#openJson(line);
    const { above, aboveText } = this.#captions;
    if (this.#before.trim() === '' && isIndentedCode(line, above, aboveText))
      return this.#run({ path: above?.path }, indentedRun, line, { indent: 4 });
    if (text.startsWith('<') && this.#tagged(line)) return;
    if (text !== '') this.#captions.take(line);
  }

  #tagged(line: string): boolean {
    const named = readPathTag(line);
    if (named !== undefined) {
      this.#captions.tagPath = named;
      return false;
    }
    const tag = readTag(line);
    if (tag === undefined) return false;
    if (this.#captions.tagPath !== undefined && opensOld(line)) {
      this.#run({ path: this.#captions.tagPath }, replacementRun(), line, { open: false });
      return true;
    }
    const path = tag.path ?? (contentTag.test(tag.role) ? this.#captions.tagPath : undefined);
    if (path !== undefined) {
      this.#openTag(tag, path);
      return true;
    }
    // A call or a list in JSON may stand right behind its tag, and one tag behind another.
    if (!/^\s*[<{[]/.test(tag.rest)) return false;
    this.#again = tag.rest;
    return true;
  }

  #openFence(fence: Fence, next: string | undefined, quoted = false): void {
    const { language, path, excerpt } = readInfo(fence.info);
    const markdown =
      /^(md|markdown|mdx)$/.test(language) || /\.mdx?$/i.test(path ?? this.#captions.above?.path ?? '');
    const first = this.blocks.length === 0 && this.prose.length === 0 && !this.#wrapped;
    if (first && /^(md|markdown)$/.test(language) && path === undefined) {
      // The whole answer stands in a fence of its own.
      this.#wrapped = true;
      return;
    }
    if (
      this.#wrapped &&
      fence.info === '' &&
      this.#captions.above === undefined &&
      this.#captions.section === undefined
    ) {
      this.#wrapped = false;
      return;
    }
    const above = this.#captions.nameOf(language);
    if (
      path === undefined &&
      (above.path === undefined || above.mention !== undefined) &&
      opensFiles(next, language)
    ) {
      this.#wrapped = true;
      return;
    }
    this.#captions.section = undefined;
    this.#mode = { is: 'fence', fence: new OpenFence(fence, markdown, quoted) };
    const kind = /^(diff|patch|udiff)$/.test(language) ? 'diff' : 'code';
    const named = path ?? above.path;
    const given = { path: named, language, kind, append: above.append, excerpt } as const;
    this.#begin(path === undefined ? { ...given, above } : given);
    // A comment in the first line names it better, so it is read before anything is shown.
    if ((path ?? above.direct) === undefined || /\.json$/i.test(named ?? '')) this.#writer.wait();
  }

  #openTag(tag: Tag, path: string): void {
    const { name, rest, selfClosed, action, to } = tag;
    this.#begin({ path, kind: action === 'write' ? 'code' : action, to });
    this.#captions.tagPath = undefined;
    this.#mode = { is: 'tag', name };
    if (selfClosed) return this.#close(true);
    if (rest.trim() !== '') this.#again = rest;
  }

  #openJson(line: string): void {
    const reader = new JsonFiles(sinkOf(this.#emit));
    this.#begin({ kind: 'json', list: reader });
    this.#mode = { is: 'json', reader };
    this.#again = line;
  }

  /** JSON without a fence; what turns out not to be is prose. */
  #inJson(line: string, next: string | undefined, reader: JsonFiles): void {
    const block = this.#writer.block;
    if (block === undefined) return;
    const read = reader.feed(line);
    block.lines.push(line.slice(0, read));
    reader.feed('\n');
    if (reader.done || (reader.failed && !reader.empty)) {
      reader.end();
      this.#close(true);
      const rest = line.slice(read).replace(/^[\s,]+/, '');
      if (rest !== '') this.#again = rest;
    } else if (reader.failed) {
      this.#writer.drop();
      this.#mode = { is: 'prose' };
      this.#plainUntil = this.#writer.line;
      this.#writer.line -= block.lines.length;
      block.lines.forEach((one, at) => this.take(one, block.lines[at + 1] ?? next));
    }
  }

  #inThought(line: string, name: string): void {
    const rest = afterThought(line, name);
    if (rest === undefined) return void this.#writer.block?.lines.push(line);
    this.#writer.drop();
    this.#mode = { is: 'prose' };
    if (rest.trim() !== '') this.#again = rest;
  }

  #begin(given: Beginning): Block {
    this.#captions.spend();
    return this.#writer.begin({ ...given, after: this.#captions.changed });
  }

  #inFence(line: string, next: string | undefined, fence: OpenFence): void {
    const found = fence.read(line, next, this.#before, this.#lastText);
    if (found.is === 'fence') {
      if (this.#opensNext(found.fence)) return this.#openFence(found.fence, next);
      fence.nest();
    }
    if (found.is === 'after') this.#again = line;
    else if (found.text !== undefined) this.#writer.content(found.text);
    if (found.is === 'after' || found.is === 'end') this.#close(true);
  }

  /** Whether a fence inside of one begins the next file, because the one before was not closed; then that is closed. */
  #opensNext(fence: Fence): boolean {
    const block = this.#writer.block;
    if (block === undefined) return false;
    const above = titleAbove(this.#lastText, fence);
    if (above === undefined) return false;
    this.notes.push(`The block that begins at line ${block.line} was not closed before the next one.`);
    this.#writer.settle(true);
    if (above !== 'info') {
      this.#writer.trim();
      block.lines.pop();
      this.#writer.trim();
    }
    this.#close(true);
    if (above !== 'info') this.#captions.above = above;
    return true;
  }

  #inTag(line: string, name: string): void {
    const end = endOfTag(line, name);
    if (end === -1) {
      const block = this.#writer.block;
      const tag = block?.kind === 'code' ? reopens(line, name, block.path) : undefined;
      if (block === undefined || tag === undefined) return this.#writer.content(line);
      this.notes.push(`<${name}> of line ${block.line} was not closed before the next one.`);
      this.#close(true);
      return this.#openTag(tag, tag.path);
    }
    if (line.slice(0, end).trim() !== '') this.#writer.content(line.slice(0, end));
    this.#close(true);
    const rest = line.slice(end + name.length + 3);
    if (rest.trimStart().startsWith('<')) this.#again = rest;
  }

  #run(given: Beginning, run: Run, line?: string, { open = true, indent = 0 } = {}): void {
    this.#begin(given);
    this.#mode = { is: 'run', run, indent, open };
    this.#again = line;
  }

  #inRun(line: string, next: string | undefined, { run, indent }: Extract<Mode, { is: 'run' }>): void {
    const what = run(line, next);
    if (what === 'after') this.#again = line;
    else this.#writer.content(indent > 0 ? line.replace(/^(?: {4}|\t)/, '') : line);
    if (what === 'after' && indent > 0) this.#writer.trim();
    if (what !== 'in') this.#close(true);
  }

  #close(closed: boolean): void {
    const block = this.#writer.close(closed);
    if (block === undefined) return;
    this.#mode = { is: 'prose' };
    this.#captions.above = undefined;
    // Further changes of the same file follow without its name.
    const changes = block.kind === 'edit' || block.kind === 'diff' || hasEdits(block.lines);
    this.#captions.changed = changes ? (block.path ?? block.after) : undefined;
  }
}
