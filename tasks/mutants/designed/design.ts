import type { Endpoint } from '../../contract/index.ts';
import { lineOf } from '../syntax.ts';
import type { Mutant } from '../types.ts';

/** A bug written by hand: what a plausible server gets wrong, as a change of the reference. */
export interface Design {
  readonly id: string;
  /** One sentence: what the server does. */
  readonly what: string;
  /** File below `src/`, a text that it has exactly once, and the text in its place. */
  readonly edits: readonly (readonly [file: string, find: string, replacement: string])[];
  readonly endpoints: readonly Endpoint[];
  readonly rules: readonly string[];
}

/**
 * The mutant of a design.
 * @throws Error when the reference does not have a text of it exactly once.
 */
export function applyDesign(design: Design, sources: Readonly<Record<string, string>>): Mutant {
  const files: Record<string, string> = {};
  let where = '';
  for (const [name, find, replacement] of design.edits) {
    const file = `src/${name}`;
    const source = files[file] ?? sources[file];
    const at = source?.indexOf(find) ?? -1;
    if (source === undefined || at === -1 || source.includes(find, at + 1)) {
      throw new Error(`the mutant ${design.id} needs this text exactly once in ${file}: ${find}`);
    }
    if (where === '') where = `${file}:${lineOf(source, at)}`;
    files[file] = source.slice(0, at) + replacement + source.slice(at + find.length);
  }
  const { id, what, endpoints, rules } = design;
  return { id, operator: 'designed', where, what, about: { endpoints, rules }, files };
}
