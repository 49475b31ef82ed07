import { readAnsi, type AnsiStyle } from '../text/ansi.ts';
import { visibleText } from '../text/visible.ts';
import { namedPlaces, type SourcePlace } from './source-place.ts';

/** A piece of a line of output, all of it in one style. */
export interface Piece {
  /** Safe to show. */
  readonly text: string;
  readonly style: AnsiStyle;
  /** A place in the submission that the piece names. */
  readonly place?: SourcePlace;
  /** True when the search found it. */
  readonly found: boolean;
}

/** Most characters of one line that are shown. */
export const longestLine = 1_000;

/** A line of output without what only a terminal understands; capped. */
export const plainLine = (raw: string): string =>
  readAnsi(raw.slice(0, longestLine * 4))
    .text.replace(/\r$/, '')
    .slice(0, longestLine);

/**
 * A line of output in pieces: with its colours, links to the submission's files, and what the search found.
 * @param files paths of the submission
 * @param needle what is searched for, in lower case; empty for nothing
 */
export function piecesOf(raw: string, files: ReadonlySet<string>, needle: string): Piece[] {
  const { text: whole, runs } = readAnsi(raw.slice(0, longestLine * 4));
  const line = whole.replace(/\r$/, '');
  const text = line.slice(0, longestLine);
  const places = namedPlaces(text, files);
  const hits = hitsIn(text, needle);
  const cuts = new Set([0, text.length]);
  for (const { from } of runs) cuts.add(from);
  for (const { from, to } of [...places, ...hits]) cuts.add(from).add(to);
  const edges = [...cuts].filter((cut) => cut <= text.length).sort((a, b) => a - b);
  const pieces: Piece[] = [];
  edges.forEach((from, index) => {
    const to = edges[index + 1];
    if (to === undefined) return;
    const place = places.find((one) => one.from <= from && to <= one.to);
    pieces.push({
      text: visibleText(text.slice(from, to)),
      style: runs.findLast((run) => run.from <= from)?.style ?? {},
      ...(place !== undefined && { place }),
      found: hits.some((hit) => hit.from <= from && to <= hit.to),
    });
  });
  if (line.length > text.length || raw.length > longestLine * 4) {
    pieces.push({ text: '…', style: { dim: true }, found: false });
  }
  return pieces;
}

function hitsIn(text: string, needle: string): { from: number; to: number }[] {
  if (needle === '') return [];
  const hits: { from: number; to: number }[] = [];
  const lower = text.toLowerCase();
  // Lower case of some letters is longer: then places in it are not places in the text.
  if (lower.length !== text.length) return [];
  for (let at = lower.indexOf(needle); at !== -1; at = lower.indexOf(needle, at + needle.length)) {
    hits.push({ from: at, to: at + needle.length });
  }
  return hits;
}
