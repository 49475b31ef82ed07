import type { FileMap } from '../../engines/engine.ts';

/** Whether two submissions hold the same. Content that is not text is the same when it is the same object. */
export function sameFiles(one: FileMap, other: FileMap): boolean {
  if (one === other) return true;
  const paths = Object.keys(one);
  return paths.length === Object.keys(other).length && paths.every((path) => one[path] === other[path]);
}
