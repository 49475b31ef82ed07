import { defaultLimits } from './limits.ts';
import { installedPackages } from './packages.ts';
import { Run, type EvaluateParts } from './run.ts';
import type { Evaluate } from './types.ts';

/** An `evaluate` made of other parts: shorter limits, another way to list packages. */
export function createEvaluate(parts: Partial<EvaluateParts> = {}): Evaluate {
  const all: EvaluateParts = { limits: defaultLimits, installedPackages, ...parts };
  return (request, options = {}) => new Run(request, options, all).finish();
}

/** Runs a submission to its verdict; see `Evaluate`. */
export const evaluate: Evaluate = createEvaluate();
