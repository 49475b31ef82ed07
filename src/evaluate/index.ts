import { defaultLimits } from './limits.ts';
import { installedPackages } from './packages.ts';
import { Run, type EvaluateParts } from './run.ts';
import { serve, type Serve } from './serve.ts';
import type { Evaluate } from './types.ts';
import type { VerifySubmission } from './verify-stage.ts';

/** Parsers are large, and a page that verifies in a worker need not load them. */
const verifyHere: VerifySubmission = async (...request) =>
  (await import('./verify-here.ts')).verifyHere(...request);

/**
 * Makes an `evaluate`; see `Evaluate`.
 * @param parts other than the usual ones: limits, a way to list packages, verifiers in a worker, collections
 */
export function createEvaluate(parts: Partial<EvaluateParts> = {}): Evaluate {
  return (request, options = {}) => new Run(request, options, complete(parts)).finish();
}

/** Makes a `serve`; see `Serve`. */
export function createServe(parts: Partial<EvaluateParts> = {}): Serve {
  return (request, options = {}) => serve(request, options, complete(parts));
}

const complete = (parts: Partial<EvaluateParts>): EvaluateParts => ({
  limits: defaultLimits,
  installedPackages,
  verify: verifyHere,
  ...parts,
});
