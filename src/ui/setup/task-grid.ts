import { frameworkLabels, tasks as allTasks } from '../../../tasks/index.ts';
import type { SectionId } from '../../../tasks/prompts/index.ts';
import type { Constraints, Framework, Level, Task } from '../../domain/task.ts';
import type { Services } from '../services.ts';
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

export type MarkId = 'layers' | 'sqlite' | 'postgres' | 'orm';

/** Constraint marks above the columns, from top to bottom. */
export const constraintMarks: readonly {
  id: MarkId;
  active: (constraints: Constraints) => boolean;
  /** The section of the prompt that says the rule. */
  section: SectionId;
}[] = [
  { id: 'layers', active: ({ architecture }) => architecture, section: 'constraint-architecture' },
  { id: 'sqlite', active: ({ database }) => database === 'sqlite', section: 'constraint-database' },
  { id: 'postgres', active: ({ database }) => database === 'postgres', section: 'constraint-database' },
  { id: 'orm', active: ({ orm }) => orm, section: 'constraint-orm' },
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

/** The task with the same rules, `by` rows further down, around the end; the same task when none can be run. */
export function neighbour({ rows }: TaskGrid, id: string, by: 1 | -1): string {
  const row = rows.findIndex(({ cells }) => cells.some(({ task }) => task.id === id));
  const column = rows[row]?.cells.findIndex(({ task }) => task.id === id) ?? -1;
  for (let step = 1; step < rows.length; step++) {
    const next = rows[(row + by * step + rows.length * step) % rows.length]?.cells[column];
    if (next !== undefined && next.support !== 'coming') return next.task.id;
  }
  return id;
}

/** The text of a rule as prompts of this language have it. @throws Error when the prompts cannot be loaded. */
export async function ruleText(
  services: Pick<Services, 'prompt'>,
  mark: MarkId,
  language: Task['language'],
): Promise<string> {
  const { active, section } = constraintMarks.find(({ id }) => id === mark) ?? {};
  const task = allTasks.find((one) => one.language === language && active?.(one.constraints) === true);
  if (task === undefined) throw new RangeError(`no task has the rule ${mark}`);
  const { sections } = await services.prompt(task);
  return sections.find(({ id }) => id === section)?.text ?? '';
}
