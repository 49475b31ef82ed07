import { limits } from '../../domain/limits.ts';
import type { FileMap } from '../../engines/engine.ts';
import { cleanPath, commonTopFolder, quotePath, skippedPart } from '../../share/paths.ts';
import type { Block } from './block.ts';
import { applyChange, type Change } from './changes.ts';
import { LineMatcher, linesOf } from './match-lines.ts';
import { elisionOf, saysUnchanged } from './remarks.ts';
import type { Incomplete, ParsedAnswer, Unplaced, UnplacedReason } from './types.ts';

/** A sentence that asks for a part of a file rather than giving the whole. */
const asksForPart =
  /\b(?:in|to|into|inside)\b.*\b(?:add|append|insert|change|replace|modify|fix|update)|\b(?:add|append|insert|change|replace|modify|fix)\b/i;

/** With a slash in front, models mean the top of the submission; these folders are of the system. */
const systemFolder =
  /^\/(?:bin|boot|dev|etc|home|lib\w*|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$)/;

/** A sentence that shows how a file is used, rather than giving another version of it. */
const showsUse = /\b(?:tests?|testing|try|usage|uses?|using|calls?|imports?|examples?|how)\b/i;

/** Puts the parts of one answer into files. Whatever cannot be placed is told with its reason; nothing is guessed. */
export class Placer {
  readonly #before: FileMap;
  readonly #written = new Map<string, string>();
  readonly #removed = new Set<string>();
  readonly #unplaced: Unplaced[] = [];
  readonly #notes: string[];
  readonly #matcher = new LineMatcher();
  readonly #folded = new Map<string, string>();
  #bytes = 0;

  constructor(before: FileMap, notes: readonly string[]) {
    this.#before = before;
    this.#notes = [...notes];
  }

  refuse(block: Pick<Block, 'line' | 'lines'>, reason: UnplacedReason, message: string): void {
    this.#unplaced.push({ line: block.line, reason, message, text: block.lines.join('\n') });
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  /** Text of a file as it is now; undefined when there is none, or none that is text. */
  current(path: string): string | undefined {
    if (this.#removed.has(path)) return undefined;
    const text =
      this.#written.get(path) ?? (Object.hasOwn(this.#before, path) ? this.#before[path] : undefined);
    return typeof text === 'string' ? text : undefined;
  }

  /** The clean form of a path; undefined, and told, when no submission may have it. */
  path(block: Pick<Block, 'line' | 'lines'>, written: string): string | undefined {
    if (/^~[\w-]*\//.test(written)) {
      this.refuse(block, 'bad-path', `The path ${quotePath(written)} is of a home folder.`);
      return undefined;
    }
    const slashed = /^[A-Za-z]:/.test(written) ? written : written.replaceAll('\\', '/');
    try {
      const path = cleanPath(systemFolder.test(slashed) ? slashed : slashed.replace(/^\/(?!\/)/, ''));
      if (path !== written && /[\\]|^\//.test(written))
        this.note(`Read ${quotePath(written)} as ${quotePath(path)}.`);
      if (/\p{Cf}/u.test(path)) {
        this.refuse(block, 'bad-path', `The path ${quotePath(path)} holds a character that cannot be seen.`);
        return undefined;
      }
      const skipped = skippedPart(path);
      if (skipped === undefined) return path;
      this.note(`Left out ${quotePath(path)}: ${skipped} is made by tools.`);
    } catch (error) {
      this.refuse(block, 'bad-path', error instanceof Error ? error.message : String(error));
    }
    return undefined;
  }

  /** A whole file. */
  file(block: Block, written: string, text: string): void {
    const path = this.path(block, written);
    if (path === undefined) return;
    const now = this.current(path);
    if (saysUnchanged(text)) {
      if (now !== undefined)
        this.note(`${quotePath(path)} is kept as it was: the answer says that it is unchanged.`);
      else
        this.refuse(
          block,
          'no-file',
          `${quotePath(path)} is said to be unchanged, and there is no such file yet.`,
        );
      return;
    }
    if (
      now !== undefined &&
      (block.excerpt || (block.sentence !== undefined && asksForPart.test(block.sentence))) &&
      text.length < now.length / 2
    ) {
      this.refuse(block, 'fragment', `A part of ${quotePath(path)}, and it does not say where it goes.`);
      return;
    }
    const once = this.#written.get(path);
    if (block.append) return this.#append(block, path, once, text);
    if (once !== undefined && this.#showsAgain(block, path, once, text)) return;
    if (once !== undefined && once !== text)
      this.note(`${quotePath(path)} is there more than once: the last one holds.`);
    this.#write(block, path, text);
  }

  /** "Part 2": it goes on with what the answer wrote before. */
  #append(block: Block, path: string, once: string | undefined, text: string): void {
    if (once !== undefined) return this.#write(block, path, once + text);
    this.refuse(
      block,
      'fragment',
      `A later part of ${quotePath(path)}, whose beginning is not in this answer.`,
    );
  }

  /** An explanation likes to show a part of a file again: that is not a new version of it. */
  #showsAgain(block: Block, path: string, once: string, text: string): boolean {
    const short = text.length < once.length / 2;
    if (text === once || !(block.mention !== undefined || block.above) || text.trim() === '') return false;
    if (!`\n${once}`.includes(`\n${text}`)) {
      if (block.mention === undefined || !(short || showsUse.test(block.mention))) return false;
      this.refuse(block, 'fragment', `A part of ${quotePath(path)}, and it does not say where it goes.`);
      return true;
    }
    if (!short && block.mention === undefined) return false;
    this.note(`A part of ${quotePath(path)} is shown again; the whole of it holds.`);
    return true;
  }

  append(block: Block, written: string, text: string): void {
    const path = this.path(block, written);
    if (path !== undefined) this.#write(block, path, (this.current(path) ?? '') + text);
  }

  /** Whether a file is there that this answer has not touched. */
  isOfBefore(path: string): boolean {
    return !this.#written.has(path) && this.current(path) !== undefined;
  }

  change(block: Pick<Block, 'line' | 'lines'>, change: Change): void {
    const place = {
      line: block.line + change.at,
      lines: change.hunks.flatMap(({ old, new: fresh }) => [
        ...old.map((one) => `-${one}`),
        ...fresh.map((one) => `+${one}`),
      ]),
    };
    if (change.path === undefined) return this.refuse(place, 'no-path', 'A change that names no file.');
    const path = this.path(place, change.path);
    if (path === undefined) return;
    const now = this.current(path);
    if (change.action === 'remove') return this.#remove(place, path);
    const onlyNew = change.hunks.every(({ old }) => old.every((line) => line === ''));
    if (now === undefined && change.action === 'edit' && !onlyNew) {
      return this.refuse(place, 'no-file', `A change to ${quotePath(path)}, which is not there.`);
    }
    const created = now === undefined || change.action === 'create';
    const changed = created
      ? { text: change.hunks.flatMap(({ new: fresh }) => fresh.map((line) => `${line}\n`)).join('') }
      : applyChange(now, change, this.#matcher);
    if ('text' in changed) {
      this.#write(place, path, changed.text);
      if (change.to !== undefined) this.#rename(place, path, change.to, changed.text);
      return;
    }
    const which = change.hunks.length > 1 ? `Part ${changed.failed + 1} of a change` : 'A change';
    this.refuse(
      place,
      'no-match',
      changed.why === 'several'
        ? `${which} to ${quotePath(path)}: its old lines are in the file more than once.`
        : `${which} to ${quotePath(path)}: its old lines are not in the file. Nothing of this change was applied.`,
    );
  }

  #remove(place: Pick<Block, 'line' | 'lines'>, path: string): void {
    if (this.current(path) === undefined)
      return this.refuse(place, 'no-file', `${quotePath(path)} is to be removed, and is not there.`);
    this.#written.delete(path);
    this.#folded.delete(path.toLowerCase());
    this.#removed.add(path);
  }

  #rename(place: Pick<Block, 'line' | 'lines'>, from: string, written: string, text: string): void {
    const to = this.path(place, written);
    if (to === undefined) return;
    this.#remove(place, from);
    this.#write(place, to, text);
  }

  #write(place: Pick<Block, 'line' | 'lines'>, path: string, text: string): void {
    const folded = path.toLowerCase();
    const other = this.#folded.get(folded);
    const parents = path
      .split('/')
      .slice(0, -1)
      .map((_, at, names) => names.slice(0, at + 1).join('/'));
    const clash =
      other !== undefined && other !== path ? other : parents.find((one) => this.#written.has(one));
    if (clash !== undefined)
      return this.refuse(place, 'bad-path', `${quotePath(path)} cannot be beside ${quotePath(clash)}.`);
    const bytes = text.length;
    const grown = this.#bytes + bytes - (this.#written.get(path)?.length ?? 0);
    if (
      bytes > limits.submissionFileBytes ||
      grown > limits.submissionBytes ||
      this.#written.size >= limits.submissionFiles
    ) {
      return this.refuse(
        { ...place, lines: [] },
        'too-large',
        `${quotePath(path)} is beyond what a submission may hold.`,
      );
    }
    this.#bytes = grown;
    this.#folded.set(folded, path);
    this.#removed.delete(path);
    this.#written.set(path, text);
  }

  /** An empty file that prose speaks of. */
  empty(path: string): void {
    if (this.current(path) === undefined) this.#write({ line: 0, lines: [] }, path, '');
  }

  get wrote(): boolean {
    return this.#written.size > 0 || this.#removed.size > 0;
  }

  finish(): Pick<ParsedAnswer, 'files' | 'removed' | 'unplaced' | 'incomplete' | 'notes'> {
    const top = this.#topFolder();
    const entries = [...this.#written].map(([path, text]): [string, string] => [
      path.slice(top.length),
      text,
    ]);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      files: Object.fromEntries(entries),
      removed: [...this.#removed].filter((path) => Object.hasOwn(this.#before, path)),
      unplaced: this.#unplaced,
      incomplete: entries.flatMap(([path, text]) => elisions(path, text)),
      notes: shortened(this.#notes),
    };
  }

  /** Models like to put everything into a folder of the project's name; `run.sh` says where the top is. */
  #topFolder(): string {
    const paths = [...this.#written.keys()];
    const top = commonTopFolder(paths);
    if (top === undefined || Object.keys(this.#before).length > 0 || !this.#written.has(`${top}/run.sh`))
      return '';
    this.note(`Took the folder ${quotePath(top)} as the top.`);
    return `${top}/`;
  }
}

/** Nobody reads more, and an answer can be made to give a note for each of its lines. */
const mostNotes = 200;

function shortened(notes: readonly string[]): string[] {
  const rest = notes.length - mostNotes;
  return rest <= 0 ? [...notes] : [...notes.slice(0, mostNotes), `And ${rest.toLocaleString('en')} more.`];
}

function elisions(path: string, text: string): Incomplete[] {
  if (/\.(md|mdx|txt|rst)$/i.test(path)) return [];
  return linesOf(text).flatMap((line, at) => {
    const remark = elisionOf(line);
    return remark === undefined ? [] : [{ path, line: at + 1, remark }];
  });
}
