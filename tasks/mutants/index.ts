import { designedMutants } from './designed/index.ts';
import { whyEquivalent } from './equivalents.ts';
import { systematicMutants } from './systematic.ts';
import { runSuiteOn, tryMutants, type Trial } from './trial.ts';
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

export interface MeasureOptions {
  /** How many servers run at once. */
  parallel: number;
  /** Runs the whole suite against each mutant; without it, a mutant is left as soon as it is killed. */
  thorough: boolean;
  onTrial?: (trial: Trial) => void;
}

/**
 * Tries mutants against the suite.
 * @throws Error when the reference itself does not pass: then nothing that fails says anything.
 */
export async function measureStrength(
  workshop: Workshop,
  mutants: readonly Mutant[],
  { parallel, thorough, onTrial }: MeasureOptions,
): Promise<Strength> {
  const departures = (await runSuiteOn(workshop)).filter(({ status }) => status !== 'passed');
  if (departures.length > 0) {
    const lines = departures.map(({ id, message }) => `  ${id}: ${message ?? ''}`);
    throw new Error(
      `the reference fails ${departures.length} assertions; mend it or the suite first:\n${lines.slice(0, 20).join('\n')}`,
    );
  }
  const trials = await tryMutants(workshop, mutants, { parallel, thorough }, onTrial);
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

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
