import {
  contentTag,
  ofDiff,
  readBare,
  readFence,
  readPathTag,
  readSection,
  readTag,
  type Block,
  type Fence,
} from './block.ts';
import { compatible, isHeading, readCaption, readComment, readInfo, type Caption } from './path-words.ts';
import type { AnswerEvent } from './types.ts';

type Mode =
  | { is: 'prose' }
  | { is: 'fence'; fence: Fence; markdown: boolean; depth: number; held: string | undefined }
  | { is: 'tag'; name: string }
  | { is: 'section' }
  | { is: 'bare'; kind: 'diff' | 'patch' | 'edit' };

/** Parts an answer into prose and blocks, line by line. The next line is known when a line is read. */
export class Segmenter {
  readonly blocks: Block[] = [];
  /** Lines outside of all blocks. */
  readonly prose: string[] = [];
  readonly notes: string[] = [];
  readonly #emit: (event: AnswerEvent) => void;
  #mode: Mode = { is: 'prose' };
  #block: Block | undefined;
  #open = false;
  /** The first lines of a block whose name may stand in a comment. */
  #waiting: string[] | undefined;
  #marked = false;
  #above: Caption | undefined;
  #aboveText = '';
  #heading: string | undefined;
  #tagPath: string | undefined;
  #section: string | undefined;
  #wrapped = false;
  #line = 0;
  #before = '';
  #lastText = '';

  constructor(emit: (event: AnswerEvent) => void) {
    this.#emit = emit;
  }

  /** @param next - the line after it; undefined at the end of the text */
  take(line: string, next: string | undefined): void {
    this.#line++;
    const mode = this.#mode;
    if (mode.is === 'fence') this.#inFence(line, next, mode);
    else if (mode.is === 'tag') this.#inTag(line, mode.name);
    else if (mode.is === 'section') this.#inSection(line);
    else if (mode.is === 'bare') this.#inBare(line, next, mode.kind);
    else this.#inProse(line, next);
    this.#before = line;
    if (line.trim() !== '') this.#lastText = line.trimEnd();
  }

  end(): void {
    if (this.#block === undefined) return;
    this.#close(this.#mode.is === 'section' || (this.#mode.is === 'bare' && this.#mode.kind === 'diff'));
  }

  #inProse(line: string, next: string | undefined): void {
    const text = line.trim();
    if (this.#section !== undefined && text !== '' && readFence(line) === undefined) {
      this.#begin({ path: this.#section });
      this.#section = undefined;
      this.#mode = { is: 'section' };
      return this.#inSection(line);
    }
    const fence = readFence(line);
    if (fence !== undefined) return this.#openFence(fence);
    const bare = readBare(line, next);
    if (bare !== undefined) {
      const path = bare === 'edit' ? (this.#above?.path ?? this.#heading) : undefined;
      this.#begin({ path, kind: bare });
      this.#mode = { is: 'bare', kind: bare };
      return this.#inBare(line, next, bare);
    }
    const section = readSection(line);
    if (section !== undefined && section !== '') {
      this.#section = section;
      return;
    }
    this.#tagPath = readPathTag(line) ?? this.#tagPath;
    const tag = readTag(line);
    const path = tag?.path ?? (tag !== undefined && contentTag.test(tag.name) ? this.#tagPath : undefined);
    if (tag !== undefined && path !== undefined)
      return this.#openTag(tag.name, path, tag.rest, tag.selfClosed);
    if (text !== '') this.#prose(line);
  }

  #prose(line: string): void {
    this.prose.push(line);
    this.#above = readCaption(line);
    this.#aboveText = line;
    if (isHeading(line)) this.#heading = undefined;
    if (this.#above?.heading === true || (this.#above?.how === 'name' && this.#above.rest === ''))
      this.#heading = this.#above.path;
  }

  #openFence(fence: Fence): void {
    const { language, path } = readInfo(fence.info);
    const markdown = /^(md|markdown|mdx)$/.test(language) || /\.mdx?$/i.test(path ?? this.#above?.path ?? '');
    const first = this.blocks.length === 0 && this.prose.length === 0 && !this.#wrapped;
    if (first && /^(md|markdown)$/.test(language) && path === undefined) {
      // The whole answer stands in a fence of its own.
      this.#wrapped = true;
      return;
    }
    if (this.#wrapped && fence.info === '' && this.#above === undefined && this.#section === undefined) {
      this.#wrapped = false;
      return;
    }
    const above = this.#above;
    const fits = (one: string | undefined): string | undefined =>
      one !== undefined && compatible(language, one) ? one : undefined;
    const named = path ?? this.#section ?? fits(above?.how === 'name' ? above.path : undefined);
    const heading = fits(this.#heading);
    const mentioned = fits(above?.how === 'mention' ? above.path : undefined);
    this.#section = undefined;
    this.#mode = { is: 'fence', fence, markdown, depth: 0, held: undefined };
    const kind = /^(diff|patch|udiff)$/.test(language) ? 'diff' : 'code';
    this.#begin({ path: named, language, kind, mention: undefined });
    if (named === undefined && this.#block !== undefined) {
      this.#block.path = heading ?? mentioned;
      if (heading === undefined && mentioned !== undefined) this.#block.mention = this.#aboveText;
      // A comment in the first line names it better, so it is read before anything is shown.
      this.#waiting = [];
    }
  }

  #openTag(name: string, path: string, rest: string, selfClosed: boolean): void {
    this.#begin({ path });
    this.#tagPath = undefined;
    this.#mode = { is: 'tag', name };
    if (selfClosed) return this.#close(true);
    if (rest.trim() !== '') this.#inTag(rest, name);
  }

  #begin(given: {
    path?: string | undefined;
    language?: string;
    kind?: Block['kind'];
    mention?: string | undefined;
  }): void {
    const { path, language = '', kind = 'code', mention } = given;
    this.#block = { kind, line: this.#line, language, path, mention, lines: [], closed: false };
    this.#waiting = undefined;
    this.#marked = false;
    this.#open = false;
    this.#above = undefined;
    this.#heading = undefined;
  }

  #inFence(line: string, next: string | undefined, mode: Extract<Mode, { is: 'fence' }>): void {
    const { fence } = mode;
    const found = readFence(line);
    const nested = found !== undefined && found.indent > fence.indent + 3;
    if (found === undefined || nested || found.mark !== fence.mark || found.length < fence.length)
      return this.#content(line, fence.indent);
    if (found.info !== '') {
      const { path } = readInfo(found.info);
      if (path !== undefined && !mode.markdown && mode.depth === 0) {
        this.notes.push(
          `The block that begins at line ${this.#block?.line ?? 0} was not closed before the next one.`,
        );
        this.#close(true);
        return this.#openFence(found);
      }
      mode.depth++;
      return this.#content(line, fence.indent);
    }
    if (mode.depth > 0) {
      mode.depth--;
      return this.#content(line, fence.indent);
    }
    if (mode.markdown && this.#opensInside(next)) {
      mode.depth++;
      return this.#content(line, fence.indent);
    }
    this.#close(true);
  }

  /** In Markdown, a bare fence opens a block of the file when text goes on right behind it, after a blank line or a colon. */
  #opensInside(next: string | undefined): boolean {
    if (next === undefined || next.trim() === '' || isHeading(next) || readFence(next) !== undefined)
      return false;
    if (this.#lastText.endsWith(':')) return true;
    return this.#before.trim() === '' && readCaption(next)?.how !== 'name';
  }

  #inTag(line: string, name: string): void {
    const close = `</${name}>`;
    const trimmed = line.trim();
    if (!trimmed.endsWith(close) && !trimmed.startsWith(close)) return this.#content(line, 0);
    if (trimmed.endsWith(close) && trimmed !== close)
      this.#content(line.slice(0, line.lastIndexOf(close)), 0);
    this.#close(true);
  }

  #inSection(line: string): void {
    const section = readSection(line);
    if (section === undefined || (section === '' && !/end/i.test(line))) return this.#content(line, 0);
    this.#close(true);
    if (section !== '') this.#section = section;
  }

  #inBare(line: string, next: string | undefined, kind: 'diff' | 'patch' | 'edit'): void {
    if (kind === 'diff' && !ofDiff(line) && readBare(line, next) !== 'diff') {
      this.#close(true);
      return this.#inProse(line, next);
    }
    this.#content(line, 0);
    if (kind === 'patch' && line.startsWith('*** End Patch')) this.#close(true);
    if (kind === 'edit' && /^>{5,9}( |$)/.test(line)) {
      const path = this.#block?.path;
      this.#close(true);
      // Further changes of the same file follow without its name.
      this.#heading = path;
    }
  }

  #content(line: string, indent: number): void {
    const block = this.#block;
    if (block === undefined) return;
    const text = indent === 0 ? line : dedent(line, indent);
    if (this.#waiting !== undefined) {
      this.#waiting.push(text);
      this.#settleName(false);
      return;
    }
    const marker = this.#marked ? readComment(text) : undefined;
    if (marker?.marked === true && marker.path !== block.path) {
      // Several files in one fence, each under a comment with its name.
      const { language } = block;
      this.#close(true, true);
      this.#begin({ path: marker.path, language });
      this.#marked = true;
      return;
    }
    block.lines.push(text);
    this.#show(text);
  }

  /** Decides what the first line, or the one after `#!`, says about the name. */
  #settleName(ended: boolean): void {
    const block = this.#block;
    const lines = this.#waiting;
    if (block === undefined || lines === undefined) return;
    const last = lines.at(-1) ?? '';
    if (!ended && (last.trim() === '' || (last.startsWith('#!') && lines.length < 3)) && lines.length < 20)
      return;
    this.#waiting = undefined;
    const named = lines.map((line) => readComment(line)).find((one) => one !== undefined);
    if (named !== undefined && !isDiff(block)) {
      block.path = named.path;
      block.mention = undefined;
      this.#marked = named.marked;
    }
    for (const line of lines) {
      block.lines.push(line);
      this.#show(line);
    }
  }

  #show(line: string): void {
    const { path, kind, mention } = this.#block ?? {};
    if (path === undefined || kind !== 'code' || mention !== undefined) return;
    if (!this.#open) this.#emit({ type: 'open', path });
    this.#open = true;
    this.#emit({ type: 'append', path, text: `${line}\n` });
  }

  /** @param within - the fence goes on with another file */
  #close(closed: boolean, within = false): void {
    this.#settleName(true);
    const block = this.#block;
    if (block === undefined) return;
    block.closed = closed;
    if (block.path !== undefined && this.#open) this.#emit({ type: 'close', path: block.path });
    this.blocks.push(block);
    this.#block = undefined;
    this.#open = false;
    if (!within) this.#mode = { is: 'prose' };
    this.#above = undefined;
  }
}

const isDiff = ({ kind }: Block): boolean => kind === 'diff';

/** Takes away the indentation of the fence, as far as the line has it. */
function dedent(line: string, indent: number): string {
  let cut = 0;
  while (cut < indent && (line[cut] === ' ' || line[cut] === '\t')) cut++;
  return line.slice(cut);
}
