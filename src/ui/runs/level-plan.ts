import type { Constraints, Level, Task } from '../../domain/task.ts';

export const levels: readonly Level[] = [0, 1, 2, 3];

/** The tasks of one level that can be run, the one nearest to what is wanted first. */
export interface LevelChoices {
  readonly level: Level;
  readonly tasks: readonly Task[];
}

/**
 * Of one framework, the tasks of each level that can be run.
 * @param near the task that is set up: others that share most of its rules come first
 */
export function levelPlan(
  tasks: readonly Task[],
  near: Task,
  canRun: (task: Task) => boolean,
): readonly LevelChoices[] {
  const own = tasks.filter((task) => task.framework === near.framework && canRun(task));
  return levels.map((level) => ({
    level,
    tasks: own
      .filter((task) => task.level === level)
      .toSorted(
        (a, b) => distance(a.constraints, near.constraints) - distance(b.constraints, near.constraints),
      ),
  }));
}

/** In how many rules two sets differ. */
function distance(one: Constraints, other: Constraints): number {
  return (
    Number(one.architecture !== other.architecture) +
    Number(one.database !== other.database) +
    Number(one.orm !== other.orm)
  );
}
