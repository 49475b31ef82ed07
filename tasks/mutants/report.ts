import type { Strength } from './index.ts';
import { operators } from './systematic.ts';
import type { Trial } from './trial.ts';

/** Counts by operator, as a table in Markdown; the same lines stand in docs/strength.md. */
export function operatorTable(strength: Strength): string {
  const rows = [...operators, { id: 'designed', does: 'bugs written by hand' }].map(({ id, does }) => {
    const count = (trials: readonly Trial[]) => trials.filter(({ mutant }) => mutant.operator === id).length;
    const [killed, survivors, equivalent] = [strength.killed, strength.survivors, strength.equivalent].map(
      count,
    );
    return `| ${id} | ${does} | ${killed} | ${survivors} | ${equivalent} |`;
  });
  return [
    '| operator | what it does | killed | survived | equivalent |',
    '| --- | --- | --: | --: | --: |',
    ...rows,
  ].join('\n');
}

/** One line of a trial, for a terminal. */
export function trialLine({ mutant, outcome, about, elsewhere, notReached, reason }: Trial): string {
  const counts =
    outcome === 'stillborn'
      ? (reason ?? '').split('\n', 1)[0]
      : `${about.length} about it, ${elsewhere.length} elsewhere, ${notReached} not reached`;
  return `${outcome.padEnd(9)} ${mutant.id} (${mutant.where}: ${mutant.what}): ${counts}`;
}

/** What was measured, in sentences. */
export function summary(strength: Strength): string {
  const { killed, survivors, equivalent, wronglyEquivalent, stillborn, score } = strength;
  const about = sum(killed, (trial) => trial.about.length);
  const elsewhere = sum(killed, (trial) => trial.elsewhere.length);
  const fewest = Math.min(...killed.map((trial) => trial.about.length));
  const ruled = killed.filter(
    ({ mutant }) => mutant.operator === 'designed' && mutant.about.rules.length > 0,
  );
  const single = killed.filter((trial) => trial.about.length === 1).length;
  return [
    `${killed.length} killed, ${survivors.length} survived: score ${(100 * score).toFixed(1)} %.`,
    `${equivalent.length} equivalent, ${wronglyEquivalent.length} wrongly called so, ${stillborn.length} never listened.`,
    `Failed assertions of killed mutants: ${about} about what was broken, ${elsewhere} elsewhere ` +
      `(${percent(about, about + elsewhere)} about it); fewest of a mutant ${fewest}, ${single} mutants with only one.`,
    `Of ${ruled.length} killed designs that break a rule of the contract, ${ruled.filter((trial) => trial.onRule > 0).length} ` +
      'fail an assertion that points to that rule.',
  ].join('\n');
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((all, item) => all + value(item), 0);
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}
