import type { RunRecord } from '../../domain/run.ts';
import type { Submitted } from './types.ts';

/** A run and the files of it. */
export type Tried = Required<Submitted>;

/** Which is better: scored before unscored, then pass, strict, fewer broken rules, raw. On a tie the earlier one. */
export function better(a: Tried, b: Tried): Tried {
  const [x, y] = [rank(a.record), rank(b.record)];
  for (const [at, value] of x.entries()) {
    const other = y[at] ?? 0;
    if (value !== other) return value > other ? a : b;
  }
  return a;
}

function rank({ verdict, verify }: RunRecord): number[] {
  if (verdict.kind === 'unscored') return [0, 0, 0, 0, 0];
  const { pass, strict, raw } = verdict.score;
  const broken = verify[0]?.rules.filter((rule) => !rule.compliant).length ?? 0;
  return [1, pass ? 1 : 0, strict, -broken, raw];
}
