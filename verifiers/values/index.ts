import type { Module, Project } from '../syntax/types.ts';
import { readEnvironment } from './environment.ts';
import { Evaluator } from './evaluate.ts';

const kept = new WeakMap<readonly Module[], Evaluator>();

/**
 * The evaluator of a project's constants, under the environment that its run.sh and `.env` set. It is kept for its
 * modules, with what it has found out.
 * @param settings paths of Django's settings modules, which `django.conf.settings` stands for
 * @param running the modules that run: their calls give functions their arguments, and they decide what is loaded
 */
export function evaluatorOf(
  project: Project,
  running: readonly Module[],
  settings: readonly string[] = [],
): Evaluator {
  const known = kept.get(running);
  if (known !== undefined) return known;
  const environment = readEnvironment(project, running);
  const evaluator = new Evaluator(project, running, environment, settings);
  kept.set(running, evaluator);
  return evaluator;
}

export type { Evaluator } from './evaluate.ts';
export { callsIn } from './calls.ts';
export { classesOf } from './instances.ts';
export type { Condition, Scope } from './scope.ts';
export { scopesOf } from './scopes.ts';
export { readStart } from './start.ts';
export { partsOf, type Value } from './value.ts';
