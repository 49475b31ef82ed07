import { limits } from '../../src/domain/limits.ts';
import type { Task } from '../../src/domain/task.ts';
import { basePath } from '../contract/index.ts';
import { databaseLabels, frameworkLabels, ormLabel } from '../labels.ts';
import { contractText } from './contract-text.ts';
import { fill, type TemplateValues } from './fill.ts';
import { promptTemplates, type ConditionName, type SectionId, type SectionTemplate } from './templates.ts';

export { TemplateError } from './fill.ts';
export { promptTemplates, type SectionId, type SectionTemplate } from './templates.ts';

/** Changes with any text of the templates; the contract has a version of its own. */
export const promptVersion = '1.0.0';

export interface PromptSection {
  id: SectionId;
  title: string;
  /** Filled for the task, without the title. */
  text: string;
}

/** What a model is asked for one task. */
export interface Prompt {
  version: string;
  sections: readonly PromptSection[];
  /** All sections in order, each under its title, as Markdown. */
  text: string;
}

/**
 * The prompt of a task, from our own templates or from a user's.
 * @throws TemplateError when a template names a variable or a condition that there is not.
 */
export function buildPrompt(task: Task, templates: readonly SectionTemplate[] = promptTemplates): Prompt {
  const values = promptValues(task);
  const sections = templates
    .filter(({ when }) => when === undefined || values.conditions[when])
    .map(({ id, title, text }) => ({ id, title, text: fill(text, values) }));
  const text = sections.map((section) => `# ${section.title}\n\n${section.text}\n`).join('\n');
  return { version: promptVersion, sections, text };
}

/** What templates can name for this task. */
export function promptValues(
  task: Task,
): TemplateValues & { conditions: Readonly<Record<ConditionName, boolean>> } {
  const { architecture, database, orm } = task.constraints;
  const python = task.language === 'python';
  return {
    variables: {
      contract: contractText,
      language: python ? 'Python' : 'Node.js',
      runtime: python ? 'Python 3.12' : 'Node.js 20',
      framework: frameworkLabels[task.framework],
      database: database === undefined ? '' : databaseLabels[database],
      orm: ormLabel(task),
      dependencyFile: task.dependencyFile,
      install: task.install.join(' '),
      port: String(task.port),
      prefix: basePath,
      ...postgresAccess,
      installTime: seconds(limits.installMs),
      startTime: seconds(limits.startMs),
      requestTime: seconds(limits.requestMs),
    },
    conditions: {
      architecture,
      database: database !== undefined,
      sqlite: database === 'sqlite',
      postgres: database === 'postgres',
      orm,
      storageFree: database === undefined,
      structureFree: !architecture,
      constrained: task.level > 0,
      unconstrained: task.level === 0,
    },
  };
}

/** How a submission reaches its PostgreSQL server; the sandbox makes it true. */
const postgresAccess = {
  postgresHost: 'postgres',
  postgresPort: '5432',
  postgresUser: 'user',
  postgresPassword: 'password',
  postgresDatabase: 'conduit',
};

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
