import { readComment, type CommentPath } from './path-words.ts';

/** How many lines of a block can come before the one with its name. */
const mostBefore = 20;

/** What the first lines of a block say about its name. */
export interface FirstLines {
  readonly named: CommentPath | undefined;
  /** The lines that are of the file. */
  readonly lines: readonly string[];
}

/**
 * The name in the first lines of a block: in a comment, behind `#!`, or as the first line of a comment of several lines.
 * @param ended - the block has no more lines
 * @returns undefined when further lines decide
 */
export function readFirstLines(lines: readonly string[], ended: boolean): FirstLines | undefined {
  const last = lines.at(-1) ?? '';
  const opened = lines.findIndex((line) => /^\s*(?:\/\*+|"""|'''|<!--)\s*$/.test(line));
  const waits =
    last.trim() === '' || (last.startsWith('#!') && lines.length < 3) || opened === lines.length - 1;
  if (!ended && waits && lines.length < mostBefore) return undefined;
  const written = /^%%(?:writefile|file)\s+(\S+)\s*$/.exec(
    lines.find((line) => line.trim() !== '') ?? '',
  )?.[1];
  if (written !== undefined)
    return {
      named: { path: written, marked: false },
      lines: lines.slice(lines.findIndex((line) => line.includes(written)) + 1),
    };
  for (const [at, line] of lines.entries()) {
    const inside = opened !== -1 && at === opened + 1 && line.trim() !== '';
    const named = readComment(inside ? `# ${line.replace(/^[\s*]+/, '')}` : line);
    if (named === undefined) continue;
    // JSON has no comments: a name in one is not of the file.
    const taken = !inside && /\.json$/i.test(named.path) && !/(^|\/)[tj]sconfig[^/]*$/.test(named.path);
    return { named, lines: taken ? lines.filter((_, index) => index !== at) : lines };
  }
  return { named: undefined, lines };
}
