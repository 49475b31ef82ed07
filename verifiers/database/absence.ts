import type { Database } from '../../src/domain/task.ts';
import type { Finding } from '../../src/domain/verdict.ts';
import { driversOf } from '../data/drivers.ts';
import { engineNames } from '../data/engines.ts';
import { packageOf } from '../data/orm-use.ts';
import type { Submission } from '../data/submission.ts';

const mentions: Record<Database, RegExp> = {
  sqlite: /\bsqlite3?\b/i,
  postgres: /\b(?:postgres(?:ql)?|psycopg2?|asyncpg)\b/i,
};

/** Why nothing of the wanted kind is opened: the nearest thing to it that is there. */
export function explainAbsence(submission: Submission, wanted: Database): Finding[] {
  const label = engineNames[wanted];
  const say = (file: string, at: number, message: string) =>
    submission.finding('database', file, at, message);
  const unknown = submission.openings().filter(({ engine }) => engine === undefined);
  if (unknown.length > 0) {
    return unknown.map(({ file, at, what }) =>
      say(
        file,
        at,
        `${what} opens a database, and which one is not known: no value or default of its address is in the code, run.sh or a file that is loaded`,
      ),
    );
  }
  const idle = submission.idleOpenings().filter(({ engine }) => engine === wanted);
  if (idle.length > 0) {
    return idle.map(({ file, at, what }) =>
      say(
        file,
        at,
        `${what} opens ${label} in code that does not run: nothing that run.sh starts leads here`,
      ),
    );
  }
  const imported = findImport(submission, wanted);
  if (imported !== undefined) {
    const { file, at, specifier } = imported;
    return [say(file, at, `${specifier} is imported and no ${label} database is ever opened`)];
  }
  const declared = submission.dependencies.find(({ engine }) => engine === wanted);
  if (declared !== undefined) {
    return [
      say(
        declared.file,
        declared.at,
        `${declared.name} is declared, and the code never uses it: ${label} is not opened`,
      ),
    ];
  }
  const { sources } = submission.project;
  for (const source of sources) {
    const match = /\.(?:py|[cm]?[jt]sx?)$/.test(source.path) ? mentions[wanted].exec(source.text) : null;
    if (match !== null) {
      return [
        say(
          source.path,
          match.index,
          `${label} is only named here, in a comment or a text; no code opens it`,
        ),
      ];
    }
  }
  const place = sources.find(({ path }) => path === 'run.sh')?.path ?? sources[0]?.path ?? '';
  return [
    say(place, 0, `nothing opens ${label}: no driver, no URL, no setting of the running code names it`),
  ];
}

function findImport(
  submission: Submission,
  wanted: Database,
): { file: string; at: number; specifier: string } | undefined {
  for (const module of submission.running.modules) {
    const isPython = module.language === 'python';
    for (const { specifier, at, typeOnly } of module.imports) {
      const drivers = driversOf(packageOf(module, specifier), isPython);
      if (!typeOnly && drivers.some(({ engine }) => engine === wanted))
        return { file: module.path, at, specifier };
    }
  }
  return undefined;
}
