import { taskVersion, tasks } from '../../../tasks/index.ts';
import { buildPrompt } from '../../../tasks/prompts/index.ts';
import { references } from '../../../tasks/references/index.ts';
import type { Task } from '../../domain/task.ts';
import type { TasksCommand } from '../args.ts';
import type { Context } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';

const withReference = new Set(references.map(({ taskId }) => taskId));

/** Lists all tasks, or prints the prompt of one; as JSON, whole task definitions with their prompts. */
export function listTasks({ io }: Context, { task, json }: TasksCommand): ExitCode {
  if (json) {
    const definitions = task === undefined ? tasks.map(defineTask) : defineTask(task);
    io.out(JSON.stringify(definitions, undefined, 2));
    return ExitCode.passed;
  }
  if (task !== undefined) {
    io.out(buildPrompt(task).text.trimEnd());
    return ExitCode.passed;
  }
  const width = Math.max(...tasks.map(({ id }) => id.length));
  for (const { id, level, port } of tasks) {
    io.out(`${id.padEnd(width)}  L${level}  port ${port}${withReference.has(id) ? '  reference' : ''}`);
  }
  return ExitCode.passed;
}

function defineTask(task: Task) {
  const { id, framework, language, level, constraints, port, dependencyFile, install } = task;
  return {
    id,
    version: taskVersion,
    framework,
    language,
    level,
    constraints: {
      architecture: constraints.architecture,
      // undefined would vanish from the JSON.
      database: constraints.database ?? null,
      orm: constraints.orm,
    },
    port,
    dependencyFile,
    install,
    hasReference: withReference.has(id),
    prompt: buildPrompt(task),
  };
}
