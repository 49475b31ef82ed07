import { readFence, type Fence } from './block.ts';
import { compatible, isHeading, readCaption, readInfo, sameFamily, type Caption } from './path-words.ts';

/** What the words above a block say about its name. */
export interface NameAbove {
  readonly path: string | undefined;
  /** The sentence that mentions the path, when nothing better names it. */
  readonly mention: string | undefined;
  /** The sentence between a name and the block: it may ask for a part of the file. */
  readonly sentence: string | undefined;
  /** The block goes on with what an earlier one began. */
  readonly append: boolean;
}

const tellsOfResult =
  /\b(?:prints?|outputs?|logs?|shows?|returns?|responds?|replies|response|see|says?|errors?|missing|fails?|run|running|starts?|starting|executes?|executing)\b/i;

/** Keeps what the words outside of blocks say about the names of those that follow. */
export class Captions {
  /** Lines outside of all blocks. */
  readonly prose: string[] = [];
  /** What the last line says. */
  above: Caption | undefined;
  aboveText = '';
  /** The path that the last heading gave. */
  heading: string | undefined;
  /** The file that the block before changed. */
  changed: string | undefined;
  /** The path in a tag of its own. */
  tagPath: string | undefined;
  /** The path of a heading whose content needs no fence. */
  section: string | undefined;

  take(line: string): void {
    this.prose.push(line);
    this.above = readCaption(line);
    this.aboveText = line;
    if (isHeading(line)) this.heading = this.changed = undefined;
    if (this.above?.heading === true || (this.above?.how === 'name' && this.above.rest === ''))
      this.heading = this.above.path;
  }

  /** A block begins: what was said before is not of the next one. */
  spend(): void {
    this.above = undefined;
    this.heading = undefined;
  }

  /** All that was said does not count. */
  forget(): void {
    this.prose.length = 0;
    this.spend();
  }

  /** The name of a block in this language: the line above, or else the last heading, or else the path it mentions. */
  nameOf(language: string): NameAbove & { readonly direct: string | undefined } {
    const { above } = this;
    const fits = (one: string | undefined): string | undefined =>
      one !== undefined && compatible(language, one) ? one : undefined;
    const direct = this.section ?? fits(above?.how === 'name' ? above.path : undefined);
    const heading = direct ?? fits(this.heading);
    const mentioned = heading === undefined && above?.how === 'mention' ? fits(above.path) : undefined;
    // What a file prints, or what is said when it fails, is not the file.
    const result = mentioned !== undefined && tellsOfResult.test(this.aboveText.replaceAll(mentioned, ''));
    const mention = result && !sameFamily(language, mentioned) ? undefined : mentioned;
    return {
      direct,
      path: heading ?? mention,
      mention: mention === undefined ? undefined : this.aboveText,
      sentence: direct === undefined ? this.aboveText : undefined,
      append: /\b(?:part\s*[2-9]|continued|cont\.|continuation)/i.test(above?.rest ?? ''),
    };
  }
}

/** What names a fence that opens within another one: its info string, or a title in the line above; else undefined. */
export function titleAbove(above: string, fence: Fence): Caption | 'info' | undefined {
  if (readInfo(fence.info).path !== undefined) return 'info';
  const caption = /^\s{0,3}(?:#{2,6}\s|\*\*|`)/.test(above) ? readCaption(above) : undefined;
  return caption?.how === 'name' ? caption : undefined;
}

/**
 * In Markdown, a bare fence opens a block of the file when text goes on right behind it, after a blank line or a colon.
 * @param before - the line above it
 * @param lastText - the last line above it that is not blank
 * @param next - the line below it
 */
export function opensInMarkdown(before: string, lastText: string, next: string | undefined): boolean {
  if (next === undefined || next.trim() === '' || isHeading(next) || readFence(next) !== undefined)
    return false;
  if (lastText.endsWith(':')) return true;
  return before.trim() === '' && readCaption(next)?.how !== 'name';
}
