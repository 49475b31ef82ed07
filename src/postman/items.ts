import { limits } from '../domain/limits.ts';

export type Fields = Record<string, unknown>;

/** A request of a collection as its file has it. */
export interface ListedItem {
  item: Fields;
  /** The folder that it lies in, or the collection. */
  parent: Fields;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of the object itself, never of what it inherits from. */
export function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/**
 * Everything in a collection that is no folder, in the order in which it is run: its place is the `position` of an
 * execution.
 * @returns undefined when folders are nested deeper than `limits.collectionDepth`.
 */
export function listItems(collection: Fields): ListedItem[] | undefined {
  const listed: ListedItem[] = [];
  const open = children(collection, 1);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > limits.collectionDepth) return undefined;
    if (Array.isArray(own(next.item, 'item'))) open.push(...children(next.item, next.depth + 1));
    else listed.push({ item: next.item, parent: next.parent });
  }
  return listed;
}

/** Last first, as they are taken from the end. */
function children(parent: Fields, depth: number): (ListedItem & { depth: number })[] {
  const items = own(parent, 'item');
  if (!Array.isArray(items)) return [];
  return items
    .filter(isFields)
    .map((item) => ({ item, parent, depth }))
    .reverse();
}
