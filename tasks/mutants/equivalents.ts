import type { Mutant } from './types.ts';

/** Mutants whose change no suite may see, because the contract leaves it free or no request leads there. */
export interface Equivalent {
  readonly reason: string;
  /** Id and description; both have to fit, so that an entry never stands for another mutant. */
  readonly mutants: readonly (readonly [id: string, what: string])[];
}

export const equivalents: readonly Equivalent[] = [];

/** Why a mutant is equivalent; undefined when it has to be killed. */
export function whyEquivalent({ id, what }: Mutant): string | undefined {
  return equivalents.find(({ mutants }) => mutants.some((named) => named[0] === id && named[1] === what))
    ?.reason;
}

/** Entries that name no mutant of these. */
export function staleEquivalents(mutants: readonly Mutant[]): string[] {
  const there = new Set(mutants.map(({ id, what }) => `${id} | ${what}`));
  return equivalents
    .flatMap((entry) => entry.mutants.map(([id, what]) => `${id} | ${what}`))
    .filter((named) => !there.has(named));
}
