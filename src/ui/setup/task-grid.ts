import { frameworkLabels } from '../../../tasks/index.ts';
import type { Constraints, Framework, Level, Task } from '../../domain/task.ts';
import { support, type Support } from '../shell/support.ts';

interface TaskCell {
  task: Task;
  support: Support;
}

/** The tasks as a grid: a row a framework, a column a set of constraints, in the order of the tasks. */
export interface TaskGrid {
  columns: readonly { level: Level; constraints: Constraints }[];
  /** Neighbouring columns of one level, for the heading above them. */
  levels: readonly { level: Level; columns: number }[];
  rows: readonly { framework: Framework; label: string; cells: readonly TaskCell[] }[];
}

/** Constraint marks above the columns, from top to bottom. */
export const constraintMarks: readonly { label: string; active: (constraints: Constraints) => boolean }[] = [
  { label: 'Layers', active: (constraints) => constraints.architecture },
  { label: 'SQLite', active: (constraints) => constraints.database === 'sqlite' },
  { label: 'PostgreSQL', active: (constraints) => constraints.database === 'postgres' },
  { label: 'ORM', active: (constraints) => constraints.orm },
];

export function taskGrid(tasks: readonly Task[]): TaskGrid {
  const frameworks = [...new Set(tasks.map((task) => task.framework))];
  const rows = frameworks.map((framework) => ({
    framework,
    label: frameworkLabels[framework],
    cells: tasks
      .filter((task) => task.framework === framework)
      .map((task) => ({ task, support: support(task) }))
      .sort((a, b) => a.task.level - b.task.level),
  }));
  const columns = (rows[0]?.cells ?? []).map(({ task: { level, constraints } }) => ({ level, constraints }));
  const levels = ([0, 1, 2, 3] as const).map((level) => ({
    level,
    columns: columns.filter((column) => column.level === level).length,
  }));
  return { columns, levels, rows };
}
