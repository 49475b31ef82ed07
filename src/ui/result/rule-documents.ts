import type { Finding } from '../../domain/verdict.ts';
import architecture from '../../../verifiers/architecture/README.md?raw';
import database from '../../../verifiers/database/README.md?raw';
import framework from '../../../verifiers/framework/README.md?raw';
import orm from '../../../verifiers/orm/README.md?raw';

/** The rules as their verifiers document them, in Markdown. Loaded when somebody wants to read one. */
export const ruleDocuments: Readonly<Record<Finding['rule'], string>> = {
  architecture,
  database,
  orm,
  framework,
};
