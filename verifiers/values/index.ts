import type { Module, Project } from '../syntax/types.ts';
import { readEnvironment } from './environment.ts';
import { Evaluator } from './evaluate.ts';

const kept = new WeakMap<Project, { running: readonly Module[]; evaluator: Evaluator }>();

/**
 * The evaluator of a project's constants, under the environment that its run.sh and `.env` set. The last one of a
 * project is kept, with what it has found out.
 * @param running the modules that run: their calls give functions their arguments, and they decide what is loaded
 */
export function evaluatorOf(project: Project, running: readonly Module[]): Evaluator {
  const last = kept.get(project);
  if (last?.running === running) return last.evaluator;
  const evaluator = new Evaluator(project, running, readEnvironment(project, running));
  kept.set(project, { running, evaluator });
  return evaluator;
}

export type { Evaluator } from './evaluate.ts';
export { scopesOf, type Scope, type Site } from './scopes.ts';
export { partsOf, type Value } from './value.ts';
