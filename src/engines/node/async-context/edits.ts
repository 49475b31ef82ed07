/** A change to a source text: `text` takes the place of what stands from `start` to `end` (UTF-16 offsets). */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all edits, which are in order and do not overlap; one that lies in an earlier one is left out. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let out = '';
  let from = 0;
  for (const { start, end, text } of edits) {
    if (start < from) continue;
    out += source.slice(from, start) + text;
    from = end;
  }
  return out + source.slice(from);
}

/** From this column of the rewritten line on, columns are `shift` further right than in the original. */
interface Segment {
  readonly column: number;
  /** Column of the original. Within inserted text every column is that of the place of insertion. */
  readonly original: number;
  readonly inserted: boolean;
}

/** Finds the columns of an original text in its rewritten form. Edits keep the number of line breaks. */
export class ColumnMap {
  readonly #source: string;
  readonly #edits: readonly Edit[];
  readonly #firstLineShift: number;
  #lines: Map<number, Segment[]> | undefined;

  /** @param firstLineShift Characters put before the first line. */
  constructor(source: string, edits: readonly Edit[], firstLineShift: number) {
    this.#source = source;
    this.#edits = edits;
    this.#firstLineShift = firstLineShift;
  }

  /** Line and column count from 1, as in stack traces. */
  original(line: number, column: number): number {
    this.#lines ??= this.#index();
    const at = column - 1;
    const segment = this.#lines.get(line)?.findLast((each) => each.column <= at);
    if (segment === undefined) return Math.max(1, column - (line === 1 ? this.#firstLineShift : 0));
    return segment.original + 1 + (segment.inserted ? 0 : at - segment.column);
  }

  #index(): Map<number, Segment[]> {
    const lines = new Map<number, Segment[]>();
    let line = 1;
    let lineStart = 0;
    /** Column of the rewritten text minus that of the original, on the current line. */
    let shift = this.#firstLineShift;
    let from = 0;
    const advance = (to: number): void => {
      for (
        let at = this.#source.indexOf('\n', from);
        at >= 0 && at < to;
        at = this.#source.indexOf('\n', at + 1)
      ) {
        line++;
        lineStart = at + 1;
        shift = 0;
      }
      from = to;
    };
    for (const { start, end, text } of this.#edits) {
      if (start < from) continue;
      advance(start);
      const lastBreak = text.lastIndexOf('\n');
      if (lastBreak < 0) {
        const column = start - lineStart + shift;
        const segments = lines.get(line) ?? [];
        segments.push({ column, original: start - lineStart, inserted: true });
        lines.set(line, segments);
      }
      advance(end);
      const tail = text.length - lastBreak - 1;
      const column = lastBreak < 0 ? start - lineStart + shift + text.length : tail;
      const segments = lines.get(line) ?? [];
      segments.push({ column, original: end - lineStart, inserted: false });
      lines.set(line, segments);
      shift = column - (end - lineStart);
    }
    return lines;
  }
}
