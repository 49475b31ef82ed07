import {
  frameworks,
  type Constraints,
  type Database,
  type Framework,
  type Level,
  type Task,
} from '../src/domain/task.ts';
import { databaseLabels, frameworkLabels, ormLabel } from './labels.ts';

export { frameworkLabels, ormLabel } from './labels.ts';

/** Version of the task definitions; changes when a task asks for something else. */
export const taskVersion = '1.0.0';

const pythonFrameworks: readonly Framework[] = ['flask', 'fastapi', 'django', 'aiohttp'];

const noDatabase = [undefined] as const;
const databases = ['sqlite', 'postgres'] as const;

/**
 * The ten constraint sets of a framework, by level (source: arXiv 2605.06445, section on task construction):
 * one of L0, three of L1, four of L2, two of L3. An ORM needs a database, so it never stands alone.
 */
const constraintSets: readonly Constraints[] = [
  ...combine([false], noDatabase, [false]),
  ...combine([true], noDatabase, [false]),
  ...combine([false], databases, [false]),
  ...combine([true], databases, [false]),
  ...combine([false], databases, [true]),
  ...combine([true], databases, [true]),
];

/** All 80 greenfield tasks, by framework and then by constraint set. */
export const tasks: readonly Task[] = frameworks.flatMap((framework) =>
  constraintSets.map((constraints) => createTask(framework, constraints)),
);

const tasksById = new Map(tasks.map((task) => [task.id, task]));

/** The task of this id, e.g. `express-sqlite`; undefined when there is none. */
export function findTask(id: string): Task | undefined {
  return tasksById.get(id);
}

/** One line for people, e.g. `Express, SQLite with Sequelize, clean architecture (L3)`. */
export function describeTask(task: Task): string {
  const { architecture, database, orm } = task.constraints;
  const parts: string[] = [frameworkLabels[task.framework]];
  if (database !== undefined) {
    parts.push(orm ? `${databaseLabels[database]} with ${ormLabel(task)}` : databaseLabels[database]);
  }
  if (architecture) parts.push('clean architecture');
  if (task.level === 0) parts.push('unconstrained');
  return `${parts.join(', ')} (L${task.level})`;
}

function combine(
  architectures: readonly boolean[],
  wanted: readonly (Database | undefined)[],
  orms: readonly boolean[],
): Constraints[] {
  return architectures.flatMap((architecture) =>
    wanted.flatMap((database) => orms.map((orm) => ({ architecture, database, orm }))),
  );
}

function createTask(framework: Framework, constraints: Constraints): Task {
  const language = pythonFrameworks.includes(framework) ? 'python' : 'node';
  const names: string[] = [];
  if (constraints.architecture) names.push('clean_architecture');
  if (constraints.database !== undefined) names.push(constraints.database);
  if (constraints.orm) names.push(ormLabel({ language }).toLowerCase());
  const common = {
    id: [framework, ...(names.length > 0 ? names : ['unconstrained'])].join('-'),
    framework,
    level: names.length as Level,
    constraints,
  };
  if (language === 'python') {
    return {
      ...common,
      language,
      port: 8080,
      dependencyFile: 'requirements.txt',
      install: ['uv', 'pip', 'install', '-r', 'requirements.txt'],
    };
  }
  return { ...common, language, port: 3000, dependencyFile: 'package.json', install: ['npm', 'install'] };
}
