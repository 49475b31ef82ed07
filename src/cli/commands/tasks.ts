import { tasks } from '../../../tasks/index.ts';
import { references } from '../../../tasks/references/index.ts';
import type { Context } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';

/** Lists all tasks. */
export function listTasks({ io }: Context, json: boolean): ExitCode {
  const withReference = new Set(references.map(({ taskId }) => taskId));
  const list = tasks.map(({ id, framework, language, level, constraints, port }) => ({
    id,
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
    hasReference: withReference.has(id),
  }));
  if (json) {
    io.out(JSON.stringify(list, undefined, 2));
    return ExitCode.passed;
  }
  const width = Math.max(...list.map(({ id }) => id.length));
  for (const { id, level, port, hasReference } of list) {
    io.out(`${id.padEnd(width)}  L${level}  port ${port}${hasReference ? '  reference' : ''}`);
  }
  return ExitCode.passed;
}
