import { answerOperators } from './operators/answers.ts';
import { conditionOperators } from './operators/conditions.ts';
import { effectOperators } from './operators/effects.ts';
import type { Operator } from './operators/operator.ts';
import { valueOperators } from './operators/values.ts';
import { aboutRegion } from './regions.ts';
import { lineOf, placesOf } from './syntax.ts';
import type { Edit, Mutant } from './types.ts';

/** All operators, in the order of the tables. */
export const operators: readonly Operator[] = [
  ...answerOperators,
  ...conditionOperators,
  ...effectOperators,
  ...valueOperators,
];

/**
 * Every mutant that an operator makes of a program, in the order of files and places.
 * @param sources ES modules by path
 * @throws Error for a region that the table of regions does not know; SyntaxError for a file that is no module.
 */
export function systematicMutants(sources: Readonly<Record<string, string>>): Mutant[] {
  const numbers = new Map<string, number>();
  return Object.entries(sources).flatMap(([file, source]) =>
    placesOf(file, source).flatMap((place) =>
      operators.flatMap((operator) => {
        const edits = operator.changes(place);
        const about = edits.length === 0 ? undefined : aboutRegion(place.region);
        if (about === undefined) return [];
        return edits.map((edit): Mutant => {
          const base = `${operator.id}:${slug(place.region)}`;
          const number = (numbers.get(base) ?? 0) + 1;
          numbers.set(base, number);
          return {
            id: `${base}:${number}`,
            operator: operator.id,
            where: `${file}:${lineOf(source, edit.start)}`,
            what: describe(source, edit),
            about,
            files: { [file]: applyEdit(source, edit) },
          };
        });
      }),
    ),
  );
}

function applyEdit(source: string, { start, end, text }: Edit): string {
  return source.slice(0, start) + text + source.slice(end);
}

/** What an edit changes, on one line: `before → after`, without what long texts have in common. */
function describe(source: string, { start, end, text }: Edit): string {
  const before = oneLine(source.slice(start, end));
  const after = oneLine(text);
  if (before === '') return `${after} is added`;
  if (after === '' || after === ';') return `${shorten(before, before.length)} is left out`;
  let same = 0;
  while (same < after.length && before[same] === after[same]) same += 1;
  const shown = Math.max(0, same - 20);
  const cut = (whole: string) => (shown > 0 ? '…' : '') + shorten(whole.slice(shown), 60);
  return before.length < 60 ? `${before} → ${after}` : `${cut(before)} → ${cut(after)}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/^[, ]+|[, ]+$/g, '');
}

function shorten(text: string, length: number): string {
  const most = Math.min(length, 90);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function slug(region: string): string {
  return region
    .replace('.js', '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/-$/g, '');
}
