import { describe, expect, it } from 'vitest';
import { applyEdits, ColumnMap, type Edit } from './edits.ts';

/** Places of the letters a to z, each in the text once, as `line:column` from 1. */
function placesOf(text: string): Map<string, [line: number, column: number]> {
  const places = new Map<string, [number, number]>();
  text.split('\n').forEach((line, index) => {
    for (const match of line.matchAll(/[a-z]/g)) places.set(match[0], [index + 1, match.index + 1]);
  });
  return places;
}

describe('columns of rewritten texts', () => {
  const source = 'ab cd\n ef gh\nij\n\nkl mn op';
  const edits: Edit[] = [
    { start: 0, end: 0, text: '((((' },
    { start: 3, end: 4, text: '!!!' },
    { start: 5, end: 5, text: ')' },
    { start: 9, end: 16, text: '#\n\n' },
    { start: 17, end: 18, text: '' },
    { start: 20, end: 20, text: '$' },
    { start: 20, end: 20, text: '%%' },
    { start: 23, end: 24, text: '&&&&' },
  ];

  it.each([0, 12])('finds every letter where it was, %i characters behind a head', (shift) => {
    const columns = new ColumnMap(source, edits, shift);
    const rewritten = '~'.repeat(shift) + applyEdits(source, edits);
    const originals = placesOf(source);
    const kept = placesOf(rewritten);
    expect([...kept.keys()].join('')).toBe('abdeflmnp');
    for (const [letter, [line, column]] of kept) {
      expect([letter, line, columns.original(line, column)]).toEqual([
        letter,
        ...(originals.get(letter) ?? []),
      ]);
    }
  });

  it('takes a place in inserted text for the place of insertion', () => {
    const columns = new ColumnMap('ab', [{ start: 1, end: 1, text: '<<<<' }], 3);
    expect([4, 5, 6, 8, 9].map((column) => columns.original(1, column))).toEqual([1, 2, 2, 2, 2]);
  });
});
