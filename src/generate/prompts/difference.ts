import { diffLines } from 'diff';

/** A line of a comparison. */
export interface DifferenceLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** 1-based lines of the two texts; missing where the line is not. */
  readonly before?: number;
  readonly after?: number;
}

export interface Difference {
  readonly lines: readonly DifferenceLine[];
  readonly added: number;
  readonly removed: number;
}

/** Compares two texts line by line. */
export function compareTexts(before: string, after: string): Difference {
  const lines: DifferenceLine[] = [];
  let [left, right] = [0, 0];
  for (const part of diffLines(ended(before), ended(after))) {
    const kind = part.added ? 'added' : part.removed ? 'removed' : 'same';
    for (const text of part.value.replace(/\n$/, '').split('\n')) {
      if (kind !== 'added') left++;
      if (kind !== 'removed') right++;
      lines.push({
        kind,
        text,
        ...(kind !== 'added' && { before: left }),
        ...(kind !== 'removed' && { after: right }),
      });
    }
  }
  const count = (kind: DifferenceLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  return { lines, added: count('added'), removed: count('removed') };
}

/** A missing line break at the end is no difference of its own. */
const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** A comparison with long stretches that are the same left out: their lines are told by `skipped`. */
export function condensed(
  { lines }: Difference,
  around = 3,
): readonly (DifferenceLine | { readonly kind: 'skipped'; readonly count: number })[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, at) => {
    if (kind === 'same') return;
    for (let other = at - around; other <= at + around; other++) near.add(other);
  });
  const kept: (DifferenceLine | { readonly kind: 'skipped'; readonly count: number })[] = [];
  let skipped = 0;
  const flush = (): void => {
    if (skipped > 0) kept.push({ kind: 'skipped', count: skipped });
    skipped = 0;
  };
  lines.forEach((line, at) => {
    if (!near.has(at)) return void skipped++;
    flush();
    kept.push(line);
  });
  flush();
  return kept;
}
