import type { GenerationStep, TokenUsage } from '../../domain/generation.ts';

export type Turn = Extract<GenerationStep, { kind: 'turn' }>;

export interface Spent {
  readonly usage?: TokenUsage;
  /** US dollars; missing when that of one answer is not known. */
  readonly cost?: number;
}

/** What all these answers took together, as far as providers told it. */
export function spentOn(turns: readonly Turn[]): Spent {
  const told = turns.flatMap(({ usage }) => usage ?? []);
  const sum = (pick: (usage: TokenUsage) => number): number =>
    told.reduce((total, one) => total + pick(one), 0);
  const costs = turns.flatMap(({ cost }) => cost ?? []);
  return {
    ...(told.length > 0 && {
      usage: {
        input: sum(({ input }) => input),
        output: sum(({ output }) => output),
        cached: sum(({ cached }) => cached),
        reasoning: sum(({ reasoning }) => reasoning),
      },
    }),
    ...(turns.length > 0 &&
      costs.length === turns.length && { cost: costs.reduce((total, cost) => total + cost, 0) }),
  };
}
