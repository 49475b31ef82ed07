import { equivalents } from './equivalents.ts';
import { operators } from './systematic.ts';
import type { Mutant } from './types.ts';

const head = `# Mutants

Written by \`npx vitest run tasks/mutants -t catalogue -u\` from the mutants themselves; a test holds that it agrees. How they
are made and judged: [strength.md](strength.md).
`;

/** docs/mutants.md: counts by operator, every designed mutant, every mutant that is not counted. */
export function catalogue(mutants: readonly Mutant[]): string {
  const named = new Set(equivalents.flatMap((entry) => entry.mutants.map(([id]) => id)));
  const counts = [...operators, { id: 'designed', does: 'bugs written by hand' }].map(({ id, does }) => {
    const own = mutants.filter(({ operator }) => operator === id);
    return [id, does, own.length, own.filter((mutant) => named.has(mutant.id)).length];
  });
  const designed = mutants.filter(({ operator }) => operator === 'designed');
  return [
    head,
    '## Operators',
    '',
    ...table(['operator', 'what it does', 'mutants', 'of these not counted'], counts),
    `${mutants.length} mutants, ${named.size} of them not counted.`,
    '',
    '## Designed',
    '',
    ...table(
      ['mutant', 'the server …', 'rules it breaks'],
      designed.map(({ id, what, about }) => [id, what, about.rules.join(', ')]),
    ),
    '## Not counted',
    '',
    ...equivalents.flatMap(({ reason, mutants: own }) => [
      reason,
      '',
      ...own.map(([id, what]) => `- \`${id}\`: \`${what.replaceAll('`', '´')}\``),
      '',
    ]),
  ].join('\n');
}

function table(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line), ''];
}
