/** Where rows of a long list stand, so that only those in view are in the page. All measures in CSS pixels. */
export interface RowHeights {
  readonly count: number;
  readonly total: number;
  /** Distance from the top of the list to the top of a row. */
  top(row: number): number;
  /** The row at a distance from the top; the last one beyond the end. */
  at(distance: number): number;
}

/** All rows have one height. */
export function evenRows(count: number, height: number): RowHeights {
  return {
    count,
    total: count * height,
    top: (row) => row * height,
    at: (distance) => clamp(Math.floor(distance / height), count),
  };
}

/**
 * Rows of text that wraps.
 * @param lengths characters of each row
 * @param columns characters that fit side by side
 */
export function wrappedRows(lengths: readonly number[], height: number, columns: number): RowHeights {
  const fit = Math.max(1, columns);
  const tops = new Float64Array(lengths.length + 1);
  for (let row = 0; row < lengths.length; row++) {
    const turns = Math.max(1, Math.ceil((lengths[row] ?? 0) / fit));
    tops[row + 1] = (tops[row] ?? 0) + turns * height;
  }
  return {
    count: lengths.length,
    total: tops[lengths.length] ?? 0,
    top: (row) => tops[Math.min(Math.max(row, 0), lengths.length)] ?? 0,
    at: (distance) => {
      let low = 0;
      let high = lengths.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((tops[middle + 1] ?? Infinity) <= distance) low = middle + 1;
        else high = middle;
      }
      return clamp(low, lengths.length);
    },
  };
}

const clamp = (row: number, count: number): number => Math.max(0, Math.min(row, count - 1));
