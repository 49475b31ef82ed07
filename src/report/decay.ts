import type { Level } from '../domain/task.ts';
import { meanOf, shareOf, type Estimate } from './statistics.ts';

/** What one run gave, as far as statistics need it. */
export interface Outcome {
  readonly model: string;
  readonly taskId: string;
  readonly framework: string;
  readonly level: Level;
  readonly sample: number;
  /** Missing when the run is unscored; it is then counted apart. Shares from 0 to 1. */
  readonly score: { readonly raw: number; readonly strict: number; readonly pass: boolean } | undefined;
}

export interface DecayPoint {
  readonly level: Level;
  /** Scored runs. */
  readonly runs: number;
  readonly unscored: number;
  /** Undefined when there are no scored runs. */
  readonly raw: Estimate | undefined;
  readonly strict: Estimate | undefined;
  readonly pass: Estimate | undefined;
}

export interface DecayCurve {
  readonly model: string;
  /** One for each level, L0 to L3. */
  readonly points: readonly DecayPoint[];
  /** L3 minus L0, of means; undefined when one of them has no scored runs. */
  readonly decay: { readonly raw: number; readonly strict: number; readonly pass: number } | undefined;
}

const levels: readonly Level[] = [0, 1, 2, 3];

/**
 * A curve for each model. Unscored runs say nothing about a model.
 * @param models - those to have a curve, in their order, with or without outcomes; else those that come, as they come
 */
export function decayCurves(
  outcomes: readonly Outcome[],
  models: readonly string[] = [...new Set(outcomes.map(({ model }) => model))],
): DecayCurve[] {
  return models.map((model) => {
    const own = outcomes.filter((outcome) => outcome.model === model);
    const points = levels.map((level) => pointOf(level, own));
    const [first, last] = [points[0], points[3]];
    const decay =
      first?.raw && last?.raw && first.strict && last.strict && first.pass && last.pass
        ? {
            raw: last.raw.value - first.raw.value,
            strict: last.strict.value - first.strict.value,
            pass: last.pass.value - first.pass.value,
          }
        : undefined;
    return { model, points, decay };
  });
}

function pointOf(level: Level, outcomes: readonly Outcome[]): DecayPoint {
  const here = outcomes.filter((outcome) => outcome.level === level);
  const scores = here.flatMap(({ score }) => (score === undefined ? [] : [score]));
  return {
    level,
    runs: scores.length,
    unscored: here.length - scores.length,
    raw: meanOf(scores.map(({ raw }) => raw)),
    strict: meanOf(scores.map(({ strict }) => strict)),
    pass: shareOf(scores.filter(({ pass }) => pass).length, scores.length),
  };
}
