import type { AnyNode } from 'acorn';
import type { Place } from '../syntax.ts';
import type { Edit } from '../types.ts';

/** One way of breaking a program, wherever its kind of place is found. */
export interface Operator {
  readonly id: string;
  /** What it does, as a line of the table in docs/strength.md. */
  readonly does: string;
  /** The ways in which it breaks this place; each gives a mutant. */
  changes(place: Place): Edit[];
}

/** Puts a text in place of a node. */
export function replace(node: AnyNode, text: string): Edit {
  return { start: node.start, end: node.end, text };
}

/** Takes the item at `index` out of a list that is separated by commas. */
export function takeOut(items: readonly (AnyNode | null)[], index: number): Edit[] {
  const item = items[index];
  if (item === null || item === undefined) return [];
  const next = items[index + 1];
  if (next) return [{ start: item.start, end: next.start, text: '' }];
  const previous = items[index - 1];
  return [{ start: previous ? previous.end : item.start, end: item.end, text: '' }];
}
