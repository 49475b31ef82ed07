import type { Task } from '../../src/domain/task.ts';
import type { RuleResult } from '../../src/domain/verdict.ts';
import { findEvidence, toFindings, type Evidence } from '../evidence.ts';
import type { Source } from '../sources.ts';

interface Orm {
  readonly name: string;
  readonly evidence: readonly Evidence[];
}

const orms: Record<Task['language'], Orm> = {
  python: {
    name: 'SQLAlchemy',
    evidence: [
      {
        label: 'an import of sqlalchemy',
        pattern: /(?:^|\s)import\s+sqlalchemy|from\s+sqlalchemy(?:\.|\s+import)/m,
      },
      { label: 'the name SQLAlchemy', pattern: /sqlalchemy/i },
    ],
  },
  node: {
    name: 'Sequelize',
    evidence: [
      { label: 'a require of sequelize', pattern: /require\(\s*['"]sequelize['"]\s*\)/i },
      { label: 'an import of sequelize', pattern: /from\s+['"]sequelize['"]/i },
      { label: 'a dependency on sequelize', pattern: /['"]sequelize['"]\s*:/i },
      { label: 'a new Sequelize instance', pattern: /new\s+Sequelize\s*\(/i },
    ],
  },
};

/** The ORM rule as the paper checks it: any evidence of the ORM of the task's language. Works on text. */
export function checkOrm(sources: readonly Source[], language: Task['language']): RuleResult {
  const { name, evidence } = orms[language];
  const found = findEvidence(sources, evidence);
  if (found.length > 0) {
    const findings = toFindings('orm', found, (label) => `${label} is evidence of ${name}`);
    return { rule: 'orm', compliant: true, findings };
  }
  const message = `there is no evidence of ${name}: no import, no dependency`;
  return {
    rule: 'orm',
    compliant: false,
    findings: [{ rule: 'orm', file: sources[0]?.path ?? '', line: 1, column: 1, message }],
  };
}
