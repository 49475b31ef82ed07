import { findTask, tasks } from '../../../tasks/index.ts';
import { renderTemplate } from '../prompts/variant.ts';
import type { Constraints, Task } from '../../domain/task.ts';
import type { FileMap } from '../../engines/engine.ts';
import type { Scaffold, ScaffoldContext } from './types.ts';
import { answerFormat, changeFormat } from './words.ts';

/** The server without constraints first, then each constraint as a change to it. */
export const stepByStep: Scaffold = {
  id: 'step-by-step',
  name: 'One constraint after another',
  explain:
    'First the server without constraints; then each constraint of the task is asked for as a change to what is there.',
  options: [],
  needs: [],
  async run(context) {
    const { talk, promptFor } = context;
    const conversation = talk();
    let files: FileMap = {};
    for (const [index, stage] of stagesTo(context.task).entries()) {
      if (index === 0)
        conversation.add({ role: 'user', text: `${promptFor(stage.task).text}\n\n${answerFormat}` });
      else conversation.add({ role: 'user', text: `${stageText(context, stage)}\n\n${changeFormat}` });
      ({ files } = await conversation.askFiles(stage.name, files));
    }
    return { files };
  },
};

interface Stage {
  readonly name: string;
  readonly task: Task;
  /** The section of the prompt that it adds. */
  readonly section: string | undefined;
}

/** The tasks on the way to one: none of its constraints, then one more each time. */
export function stagesTo(task: Task): Stage[] {
  const { architecture, database, orm } = task.constraints;
  const steps: Constraints = { architecture: false, database: undefined, orm: false };
  const stages: Stage[] = [
    { name: 'without constraints', task: taskWith(task, { ...steps }), section: undefined },
  ];
  const add = (name: string, section: string, change: Partial<Constraints>): void => {
    Object.assign(steps, change);
    stages.push({ name, task: taskWith(task, { ...steps }), section });
  };
  if (database !== undefined) add(database, 'constraint-database', { database });
  if (orm) add('ORM', 'constraint-orm', { orm });
  if (architecture) add('architecture', 'constraint-architecture', { architecture });
  return stages;
}

function taskWith(task: Task, wanted: Constraints): Task {
  const found = tasks.find(
    ({ framework, constraints: { architecture, database, orm } }) =>
      framework === task.framework &&
      architecture === wanted.architecture &&
      database === wanted.database &&
      orm === wanted.orm,
  );
  return found ?? findTask(task.id) ?? task;
}

/** The section as the person's prompt has it, or ours when theirs is one text. */
function stageText({ promptFor }: ScaffoldContext, { task, section }: Stage): string {
  const has = (one: { id: string }): boolean => one.id === section;
  const found = promptFor(task).sections.find(has) ?? renderTemplate(task).sections.find(has);
  return `Change the server so that it also keeps this constraint, and does everything else as before:

# ${found?.title ?? ''}

${found?.text ?? ''}`;
}
