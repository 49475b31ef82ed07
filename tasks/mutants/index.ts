import { conduitSuite } from '../suite/index.ts';
import { designedMutants } from './designed/index.ts';
import { whyEquivalent } from './equivalents.ts';
import { systematicMutants } from './systematic.ts';
import { runSuiteOn, tryMutants, type Trial, type TrialOptions } from './trial.ts';
import type { Mutant } from './types.ts';
import type { Workshop } from './workshop.ts';

/** Every mutant of a program, each program once: those of the operators, then the designed ones, whose names say more. */
export function allMutants(sources: Readonly<Record<string, string>>): Mutant[] {
  const mutants = new Map<string, Mutant>();
  for (const mutant of [...systematicMutants(sources), ...designedMutants(sources)]) {
    const program = JSON.stringify(mutant.files);
    mutants.delete(program);
    mutants.set(program, mutant);
  }
  return [...mutants.values()];
}

/** The strength of the suite, as far as the mutants show it. */
export interface Strength {
  readonly killed: readonly Trial[];
  /** No assertion about what was broken failed: the suite has a hole, or an operator a wrong idea of what it breaks. */
  readonly survivors: readonly Trial[];
  /** Never listened: no mutants, and not counted. */
  readonly stillborn: readonly Trial[];
  /** Survived, as they should. */
  readonly equivalent: readonly Trial[];
  /** Are called equivalent, and were killed: the entry is wrong. */
  readonly wronglyEquivalent: readonly Trial[];
  /** killed / (killed + survivors), 0 to 1. */
  readonly score: number;
}

/**
 * Tries mutants against the suite.
 * @throws Error when the reference itself does not pass: then nothing that fails says anything.
 */
export async function measureStrength(
  workshop: Workshop,
  mutants: readonly Mutant[],
  options: TrialOptions,
): Promise<Strength> {
  await requirePassingReference(workshop);
  const trials = await tryMutants(workshop, mutants, options);
  const [same, different] = partition(trials, ({ mutant }) => whyEquivalent(mutant) !== undefined);
  const killed = different.filter(({ outcome }) => outcome === 'killed');
  const survivors = different.filter(({ outcome }) => outcome === 'survived');
  return {
    killed,
    survivors,
    stillborn: trials.filter(({ outcome }) => outcome === 'stillborn'),
    equivalent: same.filter(({ outcome }) => outcome === 'survived'),
    wronglyEquivalent: same.filter(({ outcome }) => outcome === 'killed'),
    score: killed.length / Math.max(1, killed.length + survivors.length),
  };
}

/** Any order of the groups passes: `tryMutants` uses others than the suite's own. */
async function requirePassingReference(workshop: Workshop): Promise<void> {
  for (const groups of [conduitSuite.groups, conduitSuite.groups.toReversed()]) {
    const departures = (await runSuiteOn(workshop, { groups })).filter(({ status }) => status !== 'passed');
    if (departures.length === 0) continue;
    const lines = departures.slice(0, 20).map(({ id, message }) => `  ${id}: ${message ?? ''}`);
    throw new Error(
      `the reference fails ${departures.length} assertions; mend it or the suite first:\n${lines.join('\n')}`,
    );
  }
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
