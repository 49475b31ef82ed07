import { defaultLimits } from './limits.ts';
import { installedPackages } from './packages.ts';
import { Run, type EvaluateParts } from './run.ts';
import type { Evaluate } from './types.ts';
import { verifyHere } from './verify-stage.ts';

/** An `evaluate` made of other parts: shorter limits, another way to list packages, verifiers in a worker,
 * collections. */
export function createEvaluate(parts: Partial<EvaluateParts> = {}): Evaluate {
  const all: EvaluateParts = { limits: defaultLimits, installedPackages, verify: verifyHere, ...parts };
  return (request, options = {}) => new Run(request, options, all).finish();
}

/** Runs a submission to its verdict; see `Evaluate`. */
export const evaluate: Evaluate = createEvaluate();
