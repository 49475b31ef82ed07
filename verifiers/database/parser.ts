import type { Database } from '../../src/domain/task.ts';
import type { Finding, RuleResult } from '../../src/domain/verdict.ts';
import { engineNames } from '../data/engines.ts';
import type { Opening } from '../data/openings.ts';
import { readSubmission, type Submission } from '../data/submission.ts';
import { isUsed } from '../data/usage.ts';
import type { Project } from '../syntax/types.ts';
import { explainAbsence } from './absence.ts';

/**
 * The database rule: the running code opens the database that the task names and uses it, and opens no other.
 * The reasons name where; of what decides nothing (a database in memory, an unused dependency) there are notes.
 */
export function checkDatabase(project: Project, wanted: Database): RuleResult {
  const submission = readSubmission(project);
  const openings = submission.openings();
  const right = openings.filter(({ engine }) => engine === wanted);
  const wrong = openings.filter(({ engine }) => engine !== undefined && engine !== wanted);
  const findings: Finding[] = wrong.map((opening) =>
    at(
      submission,
      opening,
      `${opening.what} opens ${nameOf(opening)}, but the task wants ${engineNames[wanted]}`,
    ),
  );
  if (right.length === 0) findings.push(...explainAbsence(submission, wanted));
  else if (!isUsed(submission, right)) {
    findings.push(
      ...right.map((opening) =>
        at(
          submission,
          opening,
          `${opening.what} opens ${engineNames[wanted]} and nothing ever reads or writes a row there: opened but never used`,
        ),
      ),
    );
  }
  const notes = readNotes(submission, wanted, right);
  const extra = notes.length > 0 ? { notes } : {};
  if (findings.length > 0) return { rule: 'database', compliant: false, findings, ...extra };
  const evidence = right.map((opening) =>
    at(submission, opening, `${opening.what} opens ${engineNames[wanted]}`),
  );
  return { rule: 'database', compliant: true, findings: evidence, ...extra };
}

function readNotes(submission: Submission, wanted: Database, right: readonly Opening[]): Finding[] {
  const memory = right
    .filter(({ inMemory }) => inMemory)
    .map((opening) =>
      at(
        submission,
        opening,
        'this database is in memory: its data end with the process, and so does each connection’s own',
      ),
    );
  const declared = submission.dependencies
    .filter(({ engine }) => engine !== undefined && engine !== wanted)
    .filter(({ engine }) => !submission.openings().some((opening) => opening.engine === engine))
    .map(({ name, file, at: offset, engine }) => {
      const label = engine === undefined ? '' : engineNames[engine];
      return submission.finding(
        'database',
        file,
        offset,
        `${name} is declared, a driver of ${label}, and never used`,
      );
    });
  return [...memory, ...declared, ...submission.entryNotes('database')];
}

function at(submission: Submission, opening: Opening, message: string): Finding {
  return submission.finding('database', opening.file, opening.at, message);
}

function nameOf({ engine }: Opening): string {
  return engine === undefined ? 'a database' : engineNames[engine];
}
